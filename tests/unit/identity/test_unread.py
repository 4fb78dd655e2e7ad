"""A slip in a login or an address of the notes is told, with what comes nearest; nothing is guessed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from stackmap.declared import parse_manifest
from stackmap.identity import Identity, UnmetNote, Unread, resolve
from stackmap.identity.slips import Comparing, is_a_slip
from stackmap.model import (
    Coverage,
    Edge,
    EdgeKind,
    Evidence,
    Fact,
    How,
    Node,
    NodeKind,
    Reach,
    Sort,
    make_id,
    system_id,
)

SEEN = (Evidence("crm", "users"),)
LISTED = (Evidence("staff-list", "staff"),)
NOTES = """\
systems:
  crm: {name: Our CRM, product: crm}
  ads: {name: Ads}
links:
"""


def login(number: str, word: str, tenant: str = "1", **says: Any) -> Node:
    """A login that a source lists."""
    return Node(NodeKind.ACCOUNT, make_id("crm", tenant, NodeKind.ACCOUNT, number), "", SEEN, {"login": word, **says})


def person(address: str, name: str = "Somebody") -> Node:
    """Somebody on a staff list."""
    return Node(NodeKind.PERSON, f"staff/{address.partition('@')[0]}", name, LISTED, {"email": address})


def users(state: Reach = Reach.COMPLETE, **says: Any) -> Coverage:
    """How the list of logins was read."""
    reason = "" if state is Reach.COMPLETE else "it was not to be"
    return replace(Coverage("crm", "crm/1", "users", state, frozenset({NodeKind.ACCOUNT}), reason=reason), **says)


CRM = Node(NodeKind.SYSTEM, system_id("crm", "1"), "CRM", SEEN)
TOMAS, GRACE = "t.lindqvist@fern.test", "g.adeyemi@fern.test"
LOGINS: Sequence[Fact] = (CRM, login("5", TOMAS), login("6", GRACE))
SLIP = 'runs_as: "crm:t.lindquist@fern.test"'


def linked(says: str) -> str:
    """Notes with one link."""
    return f"{NOTES}  feed: {{from: crm, to: ads, {says}}}\n"


def resolved(notes: str, facts: Sequence[Fact] = (), coverage: Sequence[Coverage] = ()) -> Identity:
    """What identity makes of facts and notes."""
    manifest = parse_manifest(notes)
    return resolve([*facts, *manifest.facts], manifest.hints, {}, coverage)


def told(notes: str, facts: Sequence[Fact] = LOGINS, coverage: Sequence[Coverage] = (users(),)) -> list[UnmetNote]:
    """The notes that met nothing."""
    return list(resolved(notes, facts, coverage).stale_notes)


def near(notes: str, *facts: Fact) -> list[tuple[str, str]]:
    """Each address that nobody has, with what comes nearest."""
    return [(one.written, one.unread.near) for one in told(notes, facts, ()) if one.unread]


def test_a_mistyped_login_is_told_with_its_line_and_the_nearest() -> None:
    (note,) = told(linked(SLIP))
    unread = Unread(TOMAS, ("crm/1/account/5",), "crm/1", whole=True)
    assert note == UnmetNote("stack.yaml:5", "links", "crm:t.lindquist@fern.test", unread=unread)


def test_a_mistyped_login_is_joined_to_nobody() -> None:
    edges = [fact for fact in resolved(linked(SLIP), LOGINS).facts if isinstance(fact, Edge)]
    (runs_as,) = [edge.target for edge in edges if edge.kind is EdgeKind.RUNS_AS]
    assert runs_as.startswith("login/crm/")


@pytest.mark.parametrize(
    ("notes", "record"),
    [
        ("people:\n  tom: {name: Tom, logins: ['crm:tomm']}\nsystems:\n  crm: {product: crm}\n", "stack.yaml:2"),
        ("systems:\n  crm: {product: crm}\naccounts:\n  crm:tomm: {type: integration}\n", "stack.yaml:4"),
        ("systems:\n  crm: {product: crm}\nlinks:\n  a: {from: crm, to: [], notifies: ['crm:tomm']}\n", "stack.yaml:4"),
    ],
    ids=["people", "accounts", "notifies"],
)
def test_a_login_is_looked_for_wherever_notes_name_one(notes: str, record: str) -> None:
    (note,) = told(notes, [CRM, login("5", "tom")])
    assert (note.record, note.written, note.unread) == (
        record,
        "crm:tomm",
        Unread("tom", ("crm/1/account/5",), "crm/1", whole=True),
    )


def test_an_id_of_a_login_that_is_on_no_list_is_told_wherever_it_stands() -> None:
    (note,) = told(linked('runs_as: "crm/1/account/55"'))
    assert note.unread == Unread("crm/1/account/5", ("crm/1/account/5",), "crm/1", whole=True)
    spoken_of = Edge(EdgeKind.RUNS_AS, "crm/1/automation/1", "crm/1/account/55", SEEN)
    assert told(linked('runs_as: "crm/1/account/55"'), [*LOGINS, spoken_of]) == []
    assert told(linked('runs_as: "crm/1/account/5"')) == []


def test_a_login_with_nothing_near_is_told_without_a_guess() -> None:
    (note,) = told(linked('runs_as: "crm:robot"'))
    assert note.unread == Unread("", (), "crm/1", whole=True)


def test_a_list_that_was_read_in_part_proves_nothing_and_says_so() -> None:
    (note,) = told(linked('runs_as: "crm:robot"'), coverage=[users(Reach.PARTIAL)])
    assert note.unread is not None
    assert not note.unread.whole


@pytest.mark.parametrize("coverage", [[], [users(Reach.DENIED)], [users(sort=Sort.EVENT)], [users(system="crm/2")]])
def test_where_no_list_of_logins_was_read_only_what_comes_near_is_told(coverage: Sequence[Coverage]) -> None:
    assert told(linked('runs_as: "crm:robot"'), coverage=coverage) == []
    (note,) = told(linked(SLIP), coverage=coverage)
    assert note.unread == Unread(TOMAS, ("crm/1/account/5",), "crm/1", whole=False)


def test_logins_of_a_system_that_nobody_reads_are_yours_to_name() -> None:
    assert told(linked('runs_as: "ads:t.lindquist@fern.test"')) == []


def test_a_login_that_meets_one_is_not_told() -> None:
    assert told(linked(f'runs_as: "crm:{TOMAS.upper()}"')) == []


def test_a_login_that_only_another_note_names_is_not_a_read_one() -> None:
    notes = linked(SLIP) + "accounts:\n  crm:t.lindquist@fern.test: {type: shared}\n"
    assert [note.unread.near for note in told(notes) if note.unread] == [TOMAS, TOMAS]


STAFF = (person("o.brandt@fern.test"), person("m.tanaka@fern.test"))


def test_a_mistyped_owner_is_told_with_the_nearest_address_and_whose_it_is() -> None:
    (note,) = told(linked("owner: o.brand@fern.test"), STAFF, ())
    unread = Unread("o.brandt@fern.test", ("staff/o.brandt",))
    assert note == UnmetNote("stack.yaml:5", "links", "o.brand@fern.test", unread=unread)


@pytest.mark.parametrize(
    "notes",
    [
        linked("backup: [m.tanaka@fern.test, o.brand@fern.test]"),
        linked("runs_as: o.brand@fern.test"),
        "systems:\n  crm: {owner: o.brand@fern.test}\n",
        "things:\n  Flow: {kind: Automation, owner: o.brand@fern.test}\n",
        "teams:\n  ops: {members: [o.brand@fern.test]}\n",
        "people:\n  al: {name: Al, manager: o.brand@fern.test}\n",
        "systems:\n  crm: {product: crm}\naccounts:\n  crm:x: {holders: [o.brand@fern.test]}\n",
        "accepted:\n  - {code: PA02, subject: x, reason: r, owner: o.brand@fern.test, until: 2027-03-31}\n",
    ],
)
def test_an_address_is_looked_for_wherever_notes_name_somebody(notes: str) -> None:
    assert near(notes, *STAFF) == [("o.brand@fern.test", "o.brandt@fern.test")]


def test_an_address_of_a_known_domain_is_told_even_if_nothing_comes_near() -> None:
    assert near(linked("owner: zz@fern.test"), *STAFF) == [("zz@fern.test", "")]


def test_addresses_of_agencies_are_not_told() -> None:
    assert told(linked("owner: [owen@agency.test, o.brandt@agency.test]"), STAFF, ()) == []


def test_a_slip_in_the_domain_is_told() -> None:
    assert near(linked("owner: o.brandt@fren.test"), *STAFF) == [("o.brandt@fren.test", "o.brandt@fern.test")]


def test_where_no_list_of_people_was_read_addresses_are_believed() -> None:
    assert told(linked("owner: t.lindquist@fern.test")) == []


def test_a_directory_is_a_list_of_people() -> None:
    directory = replace(CRM, properties={"directory": True})
    assert near(linked("owner: t.lindquist@fern.test"), directory, login("5", "x", email=TOMAS)) == [
        ("t.lindquist@fern.test", TOMAS)
    ]


@pytest.mark.parametrize("said", [{"login": TOMAS}, {"login": "x", "email": TOMAS}, {"login": "x", "aliases": [TOMAS]}])
def test_an_address_that_any_read_login_has_is_somebody_s(said: dict[str, Any]) -> None:
    known = login("5", said.pop("login"), **said)
    assert told(linked(f"owner: {TOMAS}"), [*STAFF, known], ()) == []


def test_an_address_that_files_only_speak_of_is_on_no_list() -> None:
    weak = (Evidence("zaps", "zaps", "", How.INFERRED_KEY),)
    spoken_of = Node(NodeKind.PERSON, "unlisted/1", "", weak, {"email": "o.brand@fern.test"})
    named = login("7", "o.brand@fern.test", declared_login=True)
    assert near(linked("owner: o.brand@fern.test"), *STAFF, spoken_of, named) == [
        ("o.brand@fern.test", "o.brandt@fern.test")
    ]


def test_a_login_that_is_only_concluded_from_something_is_on_no_list() -> None:
    weak = replace(login("8", TOMAS), evidence=(Evidence("zaps", "zaps", "", How.INFERRED_KEY),))
    assert near(linked(f"owner: {TOMAS}"), *STAFF, person(GRACE), weak) == [(TOMAS, "")]


def declared(*addresses: str) -> str:
    """Notes with one person."""
    return f"people:\n  owen: {{name: Owen, emails: [{', '.join(addresses)}]}}\n"


def test_whom_you_declare_is_told_only_where_a_letter_or_two_make_them_another() -> None:
    assert near(declared("o.brand@fern.test"), *STAFF) == [("o.brand@fern.test", "o.brandt@fern.test")]
    assert near(declared("owen.b@fern.test"), *STAFF) == []
    assert near(declared("o.brandt@fern.test"), *STAFF) == []


def test_two_spellings_of_one_person_are_both_theirs() -> None:
    assert near(declared("o.brand@fern.test", "o.brandt@fern.test"), *STAFF) == []


def test_one_whom_you_declare_may_be_who_is_meant() -> None:
    notes = declared("owen.brandt@fern.test") + "systems:\n  crm: {owner: owen.brand@fern.test}\n"
    (note,) = told(notes, [STAFF[1]], ())
    assert note.unread == Unread("owen.brandt@fern.test", ("owen",))


def test_an_address_of_several_people_is_told_with_all_of_them() -> None:
    twins = [replace(STAFF[0], id=f"staff/{number}", name=name) for number, name in ((1, "Ola"), (2, "Otto Brandt"))]
    notes = linked("owner: o.brandt@fern.test")
    both = ("staff/1", "staff/2")
    (note,) = resolved(notes, twins).stale_notes
    assert (note.candidates, note.unread) == (both, Unread(likely=both))


def test_the_order_of_facts_and_notes_makes_no_difference() -> None:
    manifest = parse_manifest(linked(f"{SLIP}, owner: [o.brand@fern.test, zz@fern.test]"))
    facts = [*LOGINS, *STAFF, *manifest.facts]
    before = resolve(facts, manifest.hints, {}, [users()]).stale_notes
    assert len(before) == 3
    notes = list(manifest.hints.notes)
    for seed in range(5):
        random.Random(seed).shuffle(facts)
        random.Random(seed).shuffle(notes)
        hints = replace(manifest.hints, notes=tuple(notes))
        assert resolve(facts, hints, {}, [users()]).stale_notes == before


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("o.brand@x.test", "o.brandt@x.test", True),
        ("t.lindquist@x.test", "t.lindqvist@x.test", True),
        ("dana@x.test", "dina@x.test", True),
        ("dana@x.test", "dinu@x.test", False),
        ("jo@x.test", "al@x.test", False),
        ("o.brandt@x.test", "p.brauer@x.test", False),
        ("o.brandt@x.test", "o.brandt@xylo.test", False),
    ],
)
def test_a_letter_or_two_are_a_slip_and_another_name_is_none(one: str, other: str, *, slip: bool) -> None:
    assert (is_a_slip(one, other), is_a_slip(other, one)) == (slip, slip)


def test_of_an_address_what_stands_before_the_at_comes_near() -> None:
    words = {"m.tanaka@fern.test", "o.brandt@fern.test", "o.brandt@old.test"}
    assert Comparing().nearest("o.brand@fern.test", words) == ["o.brandt@fern.test", "o.brandt@old.test"]
    assert Comparing().nearest("a.roux@fern.test", words) == []


def test_what_would_take_long_is_not_compared() -> None:
    comparing = Comparing(left=3)
    assert comparing.nearest("ab", ["abc", "xyz"]) == ["abc"]
    assert comparing.nearest("ab", ["abc", "xyz"]) == []
