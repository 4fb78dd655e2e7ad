"""People who are only spoken of, by an address: they are whoever has it, and no list of anybody."""

from stackmap.declared import parse_manifest
from stackmap.identity import Identity, resolve
from stackmap.model import (
    AccountType,
    Edge,
    EdgeKind,
    Evidence,
    Fact,
    IdentityHints,
    Node,
    NodeKind,
    build_graph,
    unlisted_id,
)

OWNER = unlisted_id("one")


def person(person_id: str, email: str, source: str, name: str = "") -> Node:
    return Node(NodeKind.PERSON, person_id, name, (Evidence(source, "people"),), {"email": email})


def login(email: str, name: str = "", **more: object) -> Node:
    account = "crm/acme/account/1"
    return Node(NodeKind.ACCOUNT, account, name, (Evidence("crm", "users"),), {"email": email, **more})


def owned(by: str) -> Edge:
    return Edge(EdgeKind.OWNED_BY, "crm/acme/automation/9", by, (Evidence("manifest", "things"),))


def owner(identity: Identity) -> str:
    (edge,) = [fact for fact in identity.facts if isinstance(fact, Edge) and fact.kind is EdgeKind.OWNED_BY]
    return edge.target


def test_whoever_a_list_has_with_that_address_is_meant_and_keeps_the_id_of_the_list() -> None:
    facts: list[Fact] = [
        person("staff/7", "mia@acme.test", "staff", "Mia Lund"),
        person(OWNER, "mia@acme.test", "manifest"),
        owned(OWNER),
    ]
    assert owner(resolve(facts, IdentityHints(), {})) == "staff/7"


def test_whoever_signs_in_with_that_address_is_meant() -> None:
    facts: list[Fact] = [
        login("mia.lund@acme.test", "Mia Lund"),
        person(OWNER, "mia.lund@acme.test", "manifest"),
        owned(OWNER),
    ]
    identity = resolve(facts, IdentityHints(), {})
    assert owner(identity) == "person-1"
    assert identity.person_ids["account:crm/acme/account/1"] == "person-1"


def test_nobody_with_that_address_is_somebody_all_the_same() -> None:
    facts: list[Fact] = [person(OWNER, "mia@acme.test", "manifest"), owned(OWNER)]
    assert owner(resolve(facts, IdentityHints(), {})) == OWNER


def test_whoever_is_spoken_of_by_an_address_that_several_have_is_called_by_it() -> None:
    two = [person(f"staff/{number}", "mia@acme.test", "staff", f"Mia {number}") for number in (1, 2)]
    identity = resolve([*two, person(OWNER, "mia@acme.test", "manifest"), owned(OWNER)], IdentityHints(), {})
    assert build_graph(identity.facts).name(owner(identity)) == "mia@acme.test"


def test_notes_may_name_the_holders_of_a_login_by_address_whether_a_list_has_them_or_not() -> None:
    notes = """
systems: {crm: {product: crm, tenant: acme}}
accounts: {"crm:team": {type: shared, holders: [mia@acme.test, lund@acme.test]}}
"""
    manifest = parse_manifest(notes)
    listed = person("staff/7", "mia@acme.test", "staff", "Mia Lund")
    read = login("team@acme.test", login="team")
    graph = build_graph(resolve([listed, read, *manifest.facts], manifest.hints, {}).facts)
    holders = [graph.name(link.source) for link in graph.into(read.id, EdgeKind.HAS_ACCOUNT)]
    assert sorted(holders) == ["Mia Lund", "lund@acme.test"]


def test_to_be_spoken_of_by_two_addresses_tells_nobody_apart() -> None:
    other = unlisted_id("two")
    seen = (Evidence("staff", "people"),)
    known = {"email": "mia@acme.test", "aliases": ["lund@acme.test"]}
    facts: list[Fact] = [
        Node(NodeKind.PERSON, "staff/7", "Mia Lund", seen, known),
        person(OWNER, "mia@acme.test", "manifest"),
        person(other, "lund@acme.test", "manifest"),
        owned(other),
    ]
    identity = resolve(facts, IdentityHints(), {})
    assert owner(identity) == "staff/7"
    assert identity.conflicts == ()


def test_an_address_that_somebody_wrote_down_makes_no_login_a_persons() -> None:
    facts: list[Fact] = [login("q7@acme.test", "q7"), person(OWNER, "q7@acme.test", "manifest")]
    identity = resolve(facts, IdentityHints(), {})
    (account,) = [fact for fact in identity.facts if isinstance(fact, Node) and fact.kind is NodeKind.ACCOUNT]
    assert account.properties["account_type"] == AccountType.UNKNOWN.value
