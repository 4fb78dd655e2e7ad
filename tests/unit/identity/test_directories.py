"""What directories tell: who has left, who reports to whom, who is in which team."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from stackmap.identity import resolve
from stackmap.model import (
    Coverage,
    Edge,
    EdgeKind,
    Evidence,
    Fact,
    How,
    IdentityHints,
    Node,
    NodeKind,
    Reach,
    StackGraph,
    build_graph,
    system_id,
)

SEEN = (Evidence("okta", "users"),)
DANA = "d.kim@x.test"
OKTA = Node(NodeKind.SYSTEM, system_id("okta", "x"), "Okta", SEEN, {"directory": True})
GOOGLE = Node(NodeKind.SYSTEM, system_id("google", "x"), "Google", SEEN, {"directory": True})


def login(number: str, product: str = "okta", **properties: object) -> Node:
    """A login, of a directory unless said otherwise."""
    known = {"account_type": "human", "active": True, **properties}
    known = {key: value for key, value in known.items() if value is not None}
    return Node(NodeKind.ACCOUNT, f"{product}/x/account/{number}", "Dana Kim", SEEN, known)


def users(product: str, state: Reach = Reach.COMPLETE) -> Coverage:
    """The list of a directory's users."""
    reason = "" if state is Reach.COMPLETE else "page 2 failed"
    return Coverage(product, f"{product}/x", "users", state, frozenset({NodeKind.ACCOUNT}), reason=reason)


WHOLE = (users("okta"), users("google"))


def graph(*facts: Fact, coverage: Sequence[Coverage] = WHOLE) -> StackGraph:
    """What identity makes of it."""
    return build_graph(resolve(facts, IdentityHints(), {}, coverage).facts, coverage)


def here(*facts: Fact, coverage: Sequence[Coverage] = WHOLE) -> bool | None:
    """Whether person-1 is said to be here."""
    vertex = graph(*facts, coverage=coverage).get("person-1")
    assert vertex is not None
    return vertex.active


def test_somebody_has_left_when_every_login_in_directories_is_off() -> None:
    off = login("1", email=DANA, active=False)
    vertex = graph(OKTA, off).get("person-1")
    assert vertex is not None
    assert vertex.active is False
    assert SEEN[0] in vertex.evidence


@pytest.mark.parametrize("coverage", [(), (users("okta", Reach.PARTIAL),), (users("google"),)])
def test_nobody_has_left_by_a_directory_whose_users_were_not_read_to_the_end(coverage: Sequence[Coverage]) -> None:
    off = login("1", email=DANA, active=False)
    assert here(OKTA, off) is False
    assert here(OKTA, off, coverage=coverage) is None


def test_a_second_list_of_users_that_was_not_read_leaves_it_open() -> None:
    former = replace(users("okta", Reach.DENIED), inventory="former users")
    assert here(OKTA, login("1", email=DANA, active=False), coverage=(*WHOLE, former)) is None


def test_an_old_login_of_somebody_who_came_back_does_not_say_that_they_have_left() -> None:
    old, new = login("1", email=DANA, active=False), login("2", email=DANA)
    found = graph(OKTA, replace(old, properties={**old.properties, "directory_id": "okta/x:1"}),
                  replace(new, properties={**new.properties, "directory_id": "okta/x:2"}))  # fmt: skip
    assert len(list(found.vertices(NodeKind.PERSON))) == 2
    assert all(person.active is None for person in found.vertices(NodeKind.PERSON))


@pytest.mark.parametrize(
    "more",
    [
        [login("1", email=DANA, active=False, frozen=True), login("2", "google", email=DANA)],
        [login("1", email=DANA, frozen=True)],
        [login("1", email=DANA, active=False), Node(NodeKind.ACCOUNT, "okta/x/account/1", "", SEEN, {"active": True})],
        [login("1", "crm", email=DANA, active=False)],
        [login("1", email=DANA, active=False), login("2", "google", email=DANA)],
        [login("1", email=DANA, active=False, frozen=True)],
        [login("1", email=DANA, active=None)],
    ],
    ids=[
        "another directory",
        "suspended",
        "another source",
        "no directory",
        "on elsewhere",
        "off and suspended",
        "unread",
    ],
)
def test_nobody_has_left_while_a_directory_has_them_or_none_was_read(more: Sequence[Fact]) -> None:
    assert here(OKTA, GOOGLE, *more) is None


def test_a_login_that_is_on_elsewhere_keeps_nobody_here() -> None:
    assert here(OKTA, login("1", email=DANA, active=False), login("2", "crm", email=DANA)) is False


@pytest.mark.parametrize("list_on", [19, 21])
@pytest.mark.parametrize("listed", [True, False])
def test_of_a_list_of_people_and_a_directory_the_newest_word_counts(list_on: int, listed: bool) -> None:
    person = Node(NodeKind.PERSON, "p", "Dana", (Evidence("hr", "people"),), {"email": DANA, "active": listed})
    days = (
        replace(users("okta"), read_at=datetime(2026, 11, 20, tzinfo=UTC)),
        Coverage("hr", "hr/x", "people", Reach.COMPLETE, read_at=datetime(2026, 11, list_on, tzinfo=UTC)),
    )
    vertex = graph(OKTA, person, login("1", email=DANA, active=not listed), coverage=days).get("p")
    assert vertex is not None
    assert vertex.active is (listed if list_on == 21 else not listed)
    assert {item.source for item in vertex.evidence} == {"hr", "okta"}


def test_managers_of_logins_are_managers_of_people() -> None:
    boss = login("2", email="r.menon@x.test")
    found = graph(OKTA, boss, login("1", email=DANA, manager="okta/x/account/2"))
    reports = [(link.source, link.target) for link in found.links(EdgeKind.REPORTS_TO)]
    assert reports == [("person-1", "person-2")]
    assert not list(graph(boss, login("1", email=DANA, manager="okta/x/account/2")).links(EdgeKind.REPORTS_TO))


def test_a_department_is_a_team_and_joins_the_one_that_is_called_so() -> None:
    mine = login("1", email=DANA, department="Marketing  Ops")
    found = graph(OKTA, mine)
    (link,) = found.links(EdgeKind.MEMBER_OF)
    assert (link.source, found.name(link.target)) == ("person-1", "Marketing Ops")
    assert link.evidence[0].how is How.INFERRED_KEY
    team = Node(NodeKind.TEAM, "team/mops", "MARKETING OPS", (Evidence("manifest", "teams", "", How.DECLARED),))
    found = graph(OKTA, mine, team)
    (link,) = found.links(EdgeKind.MEMBER_OF)
    assert (link.target, len(list(found.vertices(NodeKind.TEAM)))) == ("team/mops", 1)


def test_who_is_switched_off_is_in_no_team() -> None:
    found = graph(OKTA, login("1", email=DANA, department="Sales", active=False))
    assert not list(found.links(EdgeKind.MEMBER_OF))


def test_a_login_that_is_said_to_be_part_of_a_directory_counts_too() -> None:
    odd = Node(NodeKind.ACCOUNT, "dana", "Dana Kim", SEEN, {"account_type": "human", "email": DANA, "active": False})
    home = Edge(EdgeKind.PART_OF, "dana", OKTA.id, SEEN)
    assert here(OKTA, odd) is None
    assert here(OKTA, odd, home) is False
