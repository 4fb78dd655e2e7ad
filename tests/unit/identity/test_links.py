"""Systems, links and logins that are seen from two ends become one; guesses become suggestions."""

from collections.abc import Sequence

import pytest

from stackmap.declared import parse_manifest
from stackmap.identity import Identity, resolve
from stackmap.model import (
    Edge,
    EdgeKind,
    Evidence,
    Fact,
    How,
    IdentityHints,
    Node,
    NodeKind,
    make_id,
    system_id,
)

UNKNOWN = system_id("mail", "unknown")
SEEN = (Evidence("crm", "apps", "7"),)


def system(product: str, tenant: str, how: How = How.OBSERVED) -> Node:
    """A System."""
    seen = (Evidence("crm", "apps", "7", how),)
    return Node(NodeKind.SYSTEM, system_id(product, tenant), f"{product} {tenant}", seen)


def joined(facts: Sequence[Fact]) -> Identity:
    """What identity makes of facts that name nobody."""
    return resolve(facts, IdentityHints(), {})


def edges(identity: Identity) -> dict[tuple[EdgeKind, str, str], set[How]]:
    """How each edge is known."""
    found: dict[tuple[EdgeKind, str, str], set[How]] = {}
    for fact in identity.facts:
        if isinstance(fact, Edge):
            hows = {evidence.how for evidence in fact.evidence}
            found.setdefault((fact.kind, fact.source, fact.target), set()).update(hows)
    return found


def nodes(identity: Identity) -> set[str]:
    """The ids of all nodes."""
    return {fact.id for fact in identity.facts if isinstance(fact, Node)}


FLOW = make_id("glue", "t", NodeKind.AUTOMATION, "1")


def test_an_unknown_tenant_is_filled_where_one_system_of_the_product_exists() -> None:
    facts: list[Fact] = [system("mail", "1"), system("mail", "unknown"), Edge(EdgeKind.READS_FROM, FLOW, UNKNOWN, SEEN)]
    identity = joined(facts)
    assert nodes(identity) == {system_id("mail", "1")}
    assert edges(identity) == {(EdgeKind.READS_FROM, FLOW, system_id("mail", "1")): {How.INFERRED_KEY}}


def test_an_unknown_tenant_of_several_is_suggested_and_stays() -> None:
    facts: list[Fact] = [system("mail", "1"), system("mail", "2"), Edge(EdgeKind.READS_FROM, FLOW, UNKNOWN, SEEN)]
    identity = joined(facts)
    assert edges(identity) == {(EdgeKind.READS_FROM, FLOW, UNKNOWN): {How.OBSERVED}}
    assert identity.suggestions[0].subjects == (UNKNOWN, system_id("mail", "1"), system_id("mail", "2"))


def test_an_unknown_tenant_of_a_product_that_nobody_reads_stays_a_system_of_its_own() -> None:
    identity = joined([system("mail", "unknown"), system("crm", "1")])
    assert UNKNOWN in nodes(identity)
    assert identity.suggestions == ()


def test_a_declared_system_of_the_product_meets_the_read_one_and_keeps_its_owner() -> None:
    text = "people:\n  dana: {name: Dana}\nsystems:\n  mail: {product: mail, owner: dana, means: letters}\n"
    manifest = parse_manifest(text)
    identity = resolve([system("mail", "1"), *manifest.facts], manifest.hints, {})
    assert edges(identity) == {(EdgeKind.OWNED_BY, system_id("mail", "1"), "dana"): {How.DECLARED}}
    assert nodes(identity) == {"dana", system_id("mail", "1")}
    assert identity.aliases == {UNKNOWN: system_id("mail", "1")}


def half(product: str, tenant: str, name: str, a: list[str], b: list[str]) -> Node:
    """One end's view of a link between two systems."""
    node_id = make_id(product, tenant, NodeKind.INTEGRATION, name)
    return Node(NodeKind.INTEGRATION, node_id, name, SEEN, {"link": {"a": a, "b": b}})


def test_a_link_seen_from_both_ends_is_one() -> None:
    crm = half("crm", "1", "app", ["crm", "1"], ["mail", "9"])
    mail = half("mail", "9", "sync", ["mail", "9"], ["crm", "1"])
    person = Edge(EdgeKind.RUNS_AS, mail.id, make_id("mail", "9", NodeKind.ACCOUNT, "5"), SEEN)
    identity = joined([crm, mail, person])
    assert nodes(identity) == {crm.id}
    assert identity.aliases == {mail.id: crm.id}
    assert edges(identity) == {(EdgeKind.RUNS_AS, crm.id, person.target): {How.OBSERVED}}


def test_a_link_joined_over_a_filled_tenant_is_likely() -> None:
    crm = half("crm", "1", "app", ["crm", "1"], ["mail", ""])
    mail = half("mail", "9", "sync", ["mail", "9"], ["crm", "1"])
    run = Edge(EdgeKind.RUNS_AS, mail.id, make_id("mail", "9", NodeKind.ACCOUNT, "5"), SEEN)
    identity = joined([crm, mail, run, system("mail", "9")])
    assert edges(identity) == {(EdgeKind.RUNS_AS, crm.id, run.target): {How.INFERRED_KEY}}


def test_two_candidates_at_one_end_are_suggested() -> None:
    crm = half("crm", "1", "app", ["crm", "1"], ["mail", "9"])
    others = [half("mail", "9", name, ["mail", "9"], ["crm", "1"]) for name in ("s1", "s2")]
    identity = joined([crm, *others])
    assert len(nodes(identity)) == 3
    assert len(identity.suggestions[0].subjects) == 3


def test_two_links_of_one_system_are_two() -> None:
    halves = [half("crm", "1", name, ["crm", "1"], ["mail", "9"]) for name in ("s1", "s2")]
    identity = joined(halves)
    assert len(nodes(identity)) == 2
    assert identity.suggestions == ()


def test_a_link_of_another_shape_is_left_alone() -> None:
    odd = Node(NodeKind.INTEGRATION, "crm/1/integration/x", "", SEEN, {"link": {"a": "crm", "b": ["mail"]}})
    assert joined([odd]).facts == (odd,)


LOGINS = """
people:
  dana: {name: Dana, logins: "ads:Dana.O"}
systems:
  ads: {product: ads, tenant: "1"}
accounts:
  ads:robot: {type: integration}
links:
  feed: {from: [], to: ads, runs_as: "ads:dana.o", if_switched_off: stops}
"""


def login(vendor_id: str, name: str = "", **properties: object) -> Node:
    """A login that the declared system lists."""
    node_id = make_id("ads", "1", NodeKind.ACCOUNT, vendor_id)
    return Node(NodeKind.ACCOUNT, node_id, name, (Evidence("ads", "users"),), {"account_type": "human", **properties})


def test_a_declared_login_is_the_read_account_that_is_called_so() -> None:
    manifest = parse_manifest(LOGINS)
    dana, robot = login("5", login="dana.o"), login("robot")
    identity = resolve([dana, robot, *manifest.facts], manifest.hints, {})
    found = edges(identity)
    assert (EdgeKind.HAS_ACCOUNT, "dana", dana.id) in found
    assert found[EdgeKind.RUNS_AS, "link/feed", dana.id] == {How.DECLARED}
    types = {fact.id: fact.properties["account_type"] for fact in identity.facts if fact.key in {dana.id, robot.id}}
    assert types == {dana.id: "human", robot.id: "integration"}
    assert not [node_id for node_id in nodes(identity) if node_id.startswith("login/")]


def test_a_declared_login_that_no_reading_shows_stands_by_itself() -> None:
    manifest = parse_manifest(LOGINS)
    identity = resolve(manifest.facts, manifest.hints, {})
    assert (EdgeKind.HAS_ACCOUNT, "dana", "login/ads/dana.o") in edges(identity)
    assert not [fact for fact in identity.facts if "declared_login" in fact.properties]


def test_a_declared_login_that_two_accounts_fit_is_neither_and_its_notes_are_told_with_both() -> None:
    manifest = parse_manifest(LOGINS)
    identity = resolve([login("5", login="dana.o"), login("6", username="dana.o"), *manifest.facts], manifest.hints, {})
    assert (EdgeKind.HAS_ACCOUNT, "dana", "login/ads/dana.o") in edges(identity)
    both = ("ads/1/account/5", "ads/1/account/6")
    assert [(note.record, note.section, note.written, note.candidates) for note in identity.stale_notes] == [
        ("stack.yaml:3", "people", "ads:Dana.O", both),
        ("stack.yaml:9", "links", "ads:dana.o", both),
    ]


def test_who_is_never_one_person_is_told_once_with_all_that_a_word_may_mean() -> None:
    manifest = parse_manifest(f'{LOGINS}apart:\n  - - dana\n    - "ads:robot"\n')
    two = [login(number, login="robot") for number in ("5", "6")]
    found = resolve([*two, *manifest.facts], manifest.hints, {}).stale_notes
    assert [(note.record, note.section) for note in found] == [("stack.yaml:7", "accounts"), ("stack.yaml:12", "apart")]


OWEN = "o.brandt@x.test"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"vendor_id": OWEN}, {"login": OWEN}),
        ({"login": OWEN}, {"email": OWEN}),
        ({"username": OWEN, "email": "owen@x.test"}, {"username": "dataload@x.test", "email": OWEN}),
        ({"email": OWEN}, {"name": OWEN}),
    ],
    ids=["an id and a login", "a login and an address", "a user name and an address", "an address and a name"],
)
def test_a_declared_login_is_whom_the_word_fits_best(first: dict[str, str], second: dict[str, str]) -> None:
    manifest = parse_manifest(LOGINS.replace("ads:dana.o", f"ads:{OWEN}"))
    best, other = (login(**{"vendor_id": number, **says}) for number, says in (("5", first), ("6", second)))
    identity = resolve([other, best, *manifest.facts], manifest.hints, {})
    assert (EdgeKind.RUNS_AS, "link/feed", best.id) in edges(identity)
    assert identity.stale_notes == ()


def test_a_login_that_a_table_names_and_two_accounts_fit_is_suggested() -> None:
    named = Node(
        NodeKind.ACCOUNT,
        "login/ads/h-1",
        "Dana Kim",
        (Evidence("sheet", "scripts", "h-1", How.DECLARED),),
        {"declared_login": True, "login": OWEN, "email": OWEN},
    )
    place = Edge(EdgeKind.PART_OF, named.id, "ads/1/system/1", named.evidence)
    two = [login(number, email=OWEN, account_type="integration") for number in ("5", "6")]
    identity = resolve([named, place, *two], IdentityHints(), {})
    (told,) = identity.suggestions
    assert told.subjects == ("login/ads/h-1", "ads/1/account/5", "ads/1/account/6")
    assert identity.stale_notes == ()
