"""Notes meet things by id or by name, exactly one or none, and none is swallowed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from stackmap.declared import Manifest, parse_manifest
from stackmap.identity import Identity, resolve
from stackmap.model import Edge, EdgeKind, Evidence, Fact, Node, NodeKind, build_graph, make_id, system_id

SEEN = (Evidence("glue", "flows"),)
PEOPLE = "people:\n  dana: {name: Dana}\n"
SYNC = make_id("mail", "1", NodeKind.INTEGRATION, "sync:crm")


def thing(name: str, node_id: str, kind: NodeKind = NodeKind.AUTOMATION) -> Node:
    """Something that a source lists."""
    return Node(kind, node_id, name, SEEN)


def flow(name: str, number: str, tenant: str = "t") -> Node:
    """An automation of the system `glue`."""
    return thing(name, make_id("glue", tenant, NodeKind.AUTOMATION, number))


def noted(lines: str, *facts: Fact) -> Identity:
    """What identity makes of these facts and notes."""
    manifest = parse_manifest(PEOPLE + lines)
    return resolve([*facts, *manifest.facts], manifest.hints, {})


def owned(identity: Identity) -> set[str]:
    """The ids of what Dana owns."""
    return {fact.source for fact in identity.facts if isinstance(fact, Edge) and fact.kind is EdgeKind.OWNED_BY}


def unmet(identity: Identity) -> list[tuple[str, str, tuple[str, ...], bool]]:
    """Where each note stands that met nothing, how it is written, what it may be, and whether it made a thing."""
    return [(note.record, note.written, note.candidates, note.made) for note in identity.stale_notes]


def test_a_thing_is_called_by_its_name_whatever_its_case_and_blanks() -> None:
    identity = noted("things:\n  LEAD  router: {owner: dana, means: leads}\n", flow("Lead Router", "1"), flow("X", "2"))
    assert owned(identity) == {"glue/t/automation/1"}
    vertex = build_graph(identity.facts).get("glue/t/automation/1")
    assert vertex is not None
    assert (vertex.name, vertex.properties["means"]) == ("Lead Router", "leads")
    assert identity.aliases == {"LEAD  router": "glue/t/automation/1"}
    assert unmet(identity) == []


def test_a_name_that_several_things_have_joins_none_and_tells_which() -> None:
    identity = noted("things:\n  Sync: {owner: dana}\n", flow("Sync", "1"), flow("sync", "2"))
    assert owned(identity) == set()
    assert unmet(identity) == [("stack.yaml:4", "Sync", ("glue/t/automation/1", "glue/t/automation/2"), False)]


def test_a_kind_tells_namesakes_apart() -> None:
    named = thing("Sync", SYNC, NodeKind.INTEGRATION)
    identity = noted("things:\n  Sync: {owner: dana, kind: Integration}\n", flow("Sync", "1"), named)
    assert owned(identity) == {SYNC}


def test_the_key_of_a_system_tells_namesakes_apart() -> None:
    notes = "systems:\n  two: {product: glue, tenant: u}\nthings:\n  two:Sync: {owner: dana}\n"
    assert owned(noted(notes, flow("Sync", "1"), flow("Sync", "1", "u"))) == {"glue/u/automation/1"}


def test_the_key_of_a_system_whose_tenant_is_filled_in_counts_too() -> None:
    notes = "systems:\n  one: {product: glue}\nthings:\n  one:Sync: {owner: dana}\n"
    system = Node(NodeKind.SYSTEM, system_id("glue", "t"), "Glue", SEEN)
    placed = thing("Sync", "macro/7")
    home = Edge(EdgeKind.PART_OF, placed.id, system.id, SEEN)
    assert owned(noted(notes, system, placed, home, flow("Sync", "1", "u"))) == {"macro/7"}


def test_a_name_with_a_colon_is_a_name_first() -> None:
    notes = "systems:\n  two: {product: glue, tenant: u}\nthings:\n  two:Sync: {owner: dana}\n"
    assert owned(noted(notes, flow("two:Sync", "1"), flow("Sync", "1", "u"))) == {"glue/t/automation/1"}


def test_the_name_that_is_shown_counts_before_one_that_a_declared_name_hides() -> None:
    facts = [thing("Salesforce", SYNC, NodeKind.INTEGRATION), flow("Salesforce", "1")]
    declared = f"facts:\n  - {{kind: Integration, id: '{SYNC}', name: Our sync}}\n"
    assert owned(noted(f"{declared}things:\n  Salesforce: {{owner: dana}}\n", *facts)) == {"glue/t/automation/1"}
    assert owned(noted(f"{declared}things:\n  Salesforce: {{owner: dana}}\n", facts[0])) == {SYNC}


def test_two_ends_of_one_link_with_one_name_are_one_thing() -> None:
    ends = {"a": ["crm", "1"], "b": ["mail", "9"]}
    halves = [
        Node(NodeKind.INTEGRATION, make_id(product, tenant, NodeKind.INTEGRATION, "s"), "Sync", SEEN, {"link": ends})
        for product, tenant in (("crm", "1"), ("mail", "9"))
    ]
    by_name = noted("things:\n  Sync: {owner: dana}\n", *halves)
    by_the_other_id = noted(f"things:\n  {halves[1].id}: {{owner: dana}}\n", *halves)
    assert owned(by_name) == owned(by_the_other_id) == {halves[0].id}


def test_raw_characters_in_an_id_are_read_as_ids_write_them() -> None:
    identity = noted("things:\n  mail/1/integration/sync:crm: {owner: dana}\n", thing("Sync", SYNC))
    assert (owned(identity), unmet(identity)) == ({SYNC}, [])


def test_an_id_that_a_file_lists_with_raw_characters_is_met_as_it_stands() -> None:
    raw = "mail/1/integration/sync:crm"
    assert owned(noted(f"things:\n  {raw}: {{owner: dana}}\n", thing("A", raw), thing("B", SYNC))) == {raw}


def test_raw_characters_are_read_so_wherever_notes_write_an_id() -> None:
    notes = """
accounts:
  glue/h:1/account/5: {type: shared, holders: [dana]}
links:
  feed: {from: glue/h:1/dataset/a, to: [], runs_as: "glue/h:1/account/5"}
facts:
  - {kind: AUTHORIZED_BY, from: "glue/h:1/credential/9", to: "glue/h:1/account/5"}
"""
    listed = [
        Node(kind, make_id("glue", "h:1", kind, number), "", SEEN)
        for kind, number in ((NodeKind.ACCOUNT, "5"), (NodeKind.DATASET, "a"), (NodeKind.CREDENTIAL, "9"))
    ]
    identity = noted(notes, *listed)
    ends = {end for fact in identity.facts if isinstance(fact, Edge) for end in (fact.source, fact.target)}
    assert ends == {"dana", "link/feed", *(node.id for node in listed)}
    types = {fact.properties["account_type"] for fact in identity.facts if fact.key == listed[0].id}
    assert types == {"shared"}
    assert unmet(identity) == []


def test_a_note_that_meets_nothing_is_told_with_its_line() -> None:
    notes = "things:\n  HubSpot sync: {owner: dana}\n  glue/t/automation/gone: {means: x}\n"
    assert unmet(noted(notes, flow("Flow", "1"))) == [
        ("stack.yaml:4", "HubSpot sync", (), False),
        ("stack.yaml:5", "glue/t/automation/gone", (), False),
    ]


def test_a_kind_makes_a_thing_of_its_own_where_nothing_is_called_so() -> None:
    identity = noted("things:\n  Lead macro: {kind: Automation, owner: dana, means: leads}\n", flow("Flow", "1"))
    vertex = build_graph(identity.facts).get("Lead macro")
    assert vertex is not None
    assert (vertex.kind, vertex.name, vertex.properties) == (NodeKind.AUTOMATION, "Lead macro", {"means": "leads"})
    assert owned(identity) == {"Lead macro"}
    assert unmet(identity) == [("stack.yaml:4", "Lead macro", (), True)]


def test_a_kind_makes_nothing_of_an_id_that_a_source_would_list() -> None:
    identity = noted("things:\n  glue/t/automation/w-rooter: {kind: Automation, owner: dana}\n", flow("Flow", "1"))
    assert owned(identity) == set()
    assert unmet(identity) == [("stack.yaml:4", "glue/t/automation/w-rooter", (), False)]


def test_a_login_that_nobody_lists_is_told_unless_something_hangs_on_it() -> None:
    notes = "accounts:\n  glue/t/account/5: {type: shared}\n  glue/t/account/6: {type: shared}\n"
    run = Edge(EdgeKind.RUNS_AS, "glue/t/automation/1", "glue/t/account/6", SEEN)
    assert unmet(noted(notes, flow("Flow", "1"), run)) == [("stack.yaml:4", "glue/t/account/5", (), False)]


def test_what_is_accepted_may_be_called_by_name() -> None:
    accepted = "accepted:\n  - {code: PA02, subject: Flow, reason: r, owner: dana, until: 2027-03-31}\n"
    assert noted(accepted, flow("Flow", "1")).aliases == {"Flow": "glue/t/automation/1"}
    assert unmet(noted(accepted)) == []  # told among the acceptances that match nothing


def test_links_and_facts_of_notes_are_no_notes_about_things() -> None:
    notes = "links:\n  feed: {from: [], to: other/1/dataset/a}\nfacts:\n  - {kind: CALLS, from: link/feed, to: x}\n"
    identity = noted(notes, flow("x", "1"))
    assert (unmet(identity), dict(identity.aliases)) == ([], {})


NAMES = ["Sync", "sync", "Lead router", "Flow", "two:Sync", ""]
KINDS = [NodeKind.AUTOMATION, NodeKind.INTEGRATION, NodeKind.ENDPOINT, NodeKind.ACCOUNT]
THINGS = st.builds(
    lambda kind, tenant, number, name: thing(name, make_id("glue", tenant, kind, number), kind),
    st.sampled_from(KINDS),
    st.sampled_from(["t", "u"]),
    st.sampled_from(["1", "2", "a:b"]),
    st.sampled_from(NAMES),
)
KEYS = [*NAMES[:-1], "glue/t/automation/1", "glue/u/integration/a:b", "glue/u/integration/a%3Ab", "one:Sync", "Other"]


@st.composite
def notebooks(draw: st.DrawFn) -> Manifest:
    keys = draw(st.lists(st.sampled_from(KEYS), max_size=4, unique=True))
    kinds = [draw(st.sampled_from(["", ", kind: Automation", ", kind: Integration"])) for _ in keys]
    lines = [f"  '{key}': {{owner: dana{kind}}}\n" for key, kind in zip(keys, kinds, strict=True)]
    systems = "systems:\n  one: {product: glue, tenant: t}\n  two: {product: glue, tenant: u}\n"
    return parse_manifest(f"{PEOPLE}{systems}things:\n{''.join(lines)}" if keys else PEOPLE)


def everything(identity: Identity) -> tuple[Any, ...]:
    return sorted(map(repr, identity.facts)), dict(identity.aliases), identity.stale_notes


@given(st.lists(THINGS, max_size=8), notebooks(), st.randoms(use_true_random=False))
def test_neither_the_order_of_facts_nor_of_notes_makes_a_difference(
    things: Sequence[Node], manifest: Manifest, random: Any
) -> None:
    shuffled, notes = [*things, *manifest.facts], list(manifest.hints.notes)
    before = resolve(shuffled, manifest.hints, {})
    random.shuffle(shuffled)
    random.shuffle(notes)
    after = resolve(shuffled, replace(manifest.hints, notes=tuple(notes)), {})
    assert everything(after)[:2] == everything(before)[:2]
    assert sorted(after.stale_notes) == sorted(before.stale_notes)


@given(st.lists(THINGS, max_size=8), notebooks())
def test_every_note_reaches_one_thing_or_is_told(things: Sequence[Node], manifest: Manifest) -> None:
    identity = resolve([*things, *manifest.facts], manifest.hints, {})
    told = {note.written for note in identity.stale_notes if not note.made}
    listed = {fact.id for fact in identity.facts if isinstance(fact, Node)}
    for note in manifest.hints.notes:
        met = identity.aliases.get(note.subject, note.subject)
        assert (met in owned(identity) and met in listed) != (note.written in told)


@given(st.lists(THINGS, max_size=8), notebooks(), st.integers(0, 7))
def test_renaming_what_no_note_speaks_of_changes_nothing_else(
    things: Sequence[Node], manifest: Manifest, chosen: int
) -> None:
    before = resolve([*things, *manifest.facts], manifest.hints, {})
    spoken_of = owned(before) | {one for note in before.stale_notes for one in note.candidates}
    renamed = [
        replace(node, name="Renamed") if node.id not in spoken_of and number >= chosen else node
        for number, node in enumerate(things)
    ]
    after = resolve([*renamed, *manifest.facts], manifest.hints, {})
    assert (owned(after), dict(after.aliases)) == (owned(before), dict(before.aliases))


@given(st.lists(THINGS, max_size=8, unique_by=lambda node: node.id))
def test_by_name_is_the_same_as_by_id(things: Sequence[Node]) -> None:
    names = [node.name.casefold() for node in things if node.kind is not NodeKind.ACCOUNT]
    for node in things:
        if node.kind is NodeKind.ACCOUNT or not node.name or names.count(node.name.casefold()) > 1:
            continue
        by_name = noted(f"things:\n  '{node.name}': {{owner: dana, means: x, weight: 3}}\n", *things)
        by_id = noted(f"things:\n  {node.id}: {{owner: dana, means: x, weight: 3}}\n", *things)
        assert everything(by_name)[0] == everything(by_id)[0]
        assert by_name.stale_notes == by_id.stale_notes == ()
