"""Who is here: by the newest word of directories and staff lists."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from stackmap.analysis import Stack, Whereabouts
from stackmap.identity import resolve
from stackmap.model import Coverage, Edge, EdgeKind, Evidence, Fact, IdentityHints, Node, NodeKind, Reach, build_graph

KIM = "kim@acme.test"
LIST = Node(NodeKind.PERSON, "kim", "Kim", (Evidence("staff-list", "people", "1"),), {"email": KIM, "active": True})
GONE = Node(
    NodeKind.PERSON,
    "kim",
    "Kim",
    (Evidence("staff-list", "people", "1"),),
    {"email": KIM, "active": False, "left_on": "2026-10-03"},
)


def users(product: str, *logins: Node) -> tuple[Fact, ...]:
    """A directory with these logins."""
    seen = (Evidence(product, "users", "system"),)
    return (
        Node(NodeKind.SYSTEM, f"{product}/acme/system/acme", product.title(), seen, {"directory": True}),
        *logins,
        *(Edge(EdgeKind.PART_OF, login.id, f"{product}/acme/system/acme", seen) for login in logins),
    )


def login(product: str, **properties: object) -> Node:
    """Kim's login there."""
    record = f"{product}/acme/account/kim"
    known = {"account_type": "human", "email": KIM, "name": "Kim", **properties}
    return Node(NodeKind.ACCOUNT, record, "Kim Lund", (Evidence(product, "users", record),), known)


def read(source: str, day: int, state: Reach = Reach.COMPLETE) -> Coverage:
    """A list of the source, read on a day of November."""
    kinds = frozenset({NodeKind.PERSON if source == "staff-list" else NodeKind.ACCOUNT})
    when = datetime(2026, 11, day, 9, tzinfo=UTC)
    reason = "" if state is Reach.COMPLETE else "it failed"
    name = "people" if source == "staff-list" else "users"
    return Coverage(source, f"{source}/acme", name, state, kinds, reason=reason, read_at=when)


def of_kim(*facts: Fact, coverage: tuple[Coverage, ...]) -> Whereabouts:
    """What is known of the only person."""
    identity = resolve(facts, IdentityHints(), {}, coverage)
    stack = Stack(build_graph(identity.facts, coverage), coverage, datetime(2026, 11, 22, tzinfo=UTC).date())
    (person,) = stack.people
    return stack.whereabouts[person]


def test_somebody_whose_login_a_directory_has_off_has_left() -> None:
    found = of_kim(*users("okta", login("okta", active=False)), coverage=(read("okta", 20),))
    assert found.text() == "has left, says Okta (login off, read on 2026-11-20)"


@pytest.mark.parametrize("state", [Reach.PARTIAL, Reach.DENIED])
def test_nobody_has_left_by_a_list_that_was_not_wholly_read(state: Reach) -> None:
    found = of_kim(*users("okta", login("okta", active=False)), coverage=(read("okta", 20, state),))
    assert (found.here, found.half) == (None, ("Okta",))
    assert found.text() == (
        "not known: their login in Okta is switched off, but the list of users of Okta was not wholly read: they may "
        "have another login there"
    )


def test_one_directory_that_was_not_wholly_read_keeps_all_of_them_from_telling() -> None:
    facts = (*users("okta", login("okta", active=False)), *users("entra", login("entra", active=False)))
    found = of_kim(*facts, coverage=(read("okta", 20), read("entra", 20, Reach.PARTIAL)))
    assert (found.here, found.half) == (None, ("Entra",))


def test_a_suspended_login_says_neither_here_nor_gone() -> None:
    for active in (True, False):
        found = of_kim(*users("okta", login("okta", active=active, frozen=True)), coverage=(read("okta", 20),))
        assert found.text() == "not known: suspended in Okta"


def test_a_login_of_which_nobody_read_whether_it_is_on_says_nothing() -> None:
    found = of_kim(*users("okta", login("okta")), coverage=(read("okta", 20),))
    assert found.text() == "not known: whether their login in Okta is on was not read"


def test_a_login_that_is_off_beside_a_suspended_one_is_told_without_more() -> None:
    facts = (*users("okta", login("okta", active=False)), *users("entra", login("entra", active=True, frozen=True)))
    found = of_kim(*facts, coverage=(read("okta", 20), read("entra", 19)))
    assert found.doubts == ("their login in Okta is switched off", "suspended in Entra")
    assert found.half == ()


def test_a_staff_list_alone_says_that_somebody_is_here() -> None:
    assert of_kim(LIST, coverage=(read("staff-list", 5),)).text() == (
        "here, as far as staff-list (read on 2026-11-05) says"
    )


@pytest.mark.parametrize("last", ["2026-11-05", "2027-12-24", "tomorrow", 5, True])
def test_nobody_has_left_whose_last_day_lay_ahead_or_is_no_day(last: object) -> None:
    leaving = replace(LIST, properties={"email": KIM, "left_on": last})
    found = of_kim(leaving, coverage=(read("staff-list", 5),))
    assert (found.here, found.since) == (None, "")
    assert of_kim(leaving, coverage=()).here is (False if last == "2026-11-05" else None), "without a day of its own"


def test_whose_last_day_was_past_when_it_was_read_has_left() -> None:
    left = replace(LIST, properties={"email": KIM, "left_on": "2026-11-04T00:00:00Z"})
    assert of_kim(left, coverage=(read("staff-list", 5),)).text() == (
        "has left (on 2026-11-04), says staff-list (read on 2026-11-05)"
    )


def test_of_a_list_and_a_directory_the_newest_counts_and_the_other_is_named() -> None:
    off = users("okta", login("okta", active=False))
    newer = of_kim(LIST, *off, coverage=(read("staff-list", 5), read("okta", 20)))
    assert newer.here is False
    assert newer.text().endswith("; staff-list (read on 2026-11-05) says otherwise")
    older = of_kim(LIST, *off, coverage=(read("staff-list", 21), read("okta", 20)))
    assert older.here is True
    assert older.text().endswith("; Okta (login off, read on 2026-11-20) says otherwise")


def test_somebody_whom_an_old_list_has_as_gone_is_here_when_a_directory_has_them_by_now() -> None:
    on = users("okta", login("okta", active=True))
    found = of_kim(GONE, *on, coverage=(read("staff-list", 5), read("okta", 20)))
    assert found.text().startswith("here, as far as Okta (login on, read on 2026-11-20) says")
    found = of_kim(GONE, *on, coverage=(read("staff-list", 21), read("okta", 20)))
    assert found.text() == (
        "has left (on 2026-10-03), says staff-list (read on 2026-11-21); "
        "Okta (login on, read on 2026-11-20) says otherwise"
    )


def test_a_suspended_login_makes_an_older_list_doubtful_and_a_newer_one_not() -> None:
    suspended = users("okta", login("okta", active=True, frozen=True))
    assert of_kim(LIST, *suspended, coverage=(read("staff-list", 5), read("okta", 20))).here is None
    assert of_kim(LIST, *suspended, coverage=(read("staff-list", 21), read("okta", 20))).here is True


def test_without_any_list_only_the_logins_are_told() -> None:
    frozen = Node(
        NodeKind.ACCOUNT,
        "crm/acme/account/1",
        "Kim Lund",
        (Evidence("crm", "users"),),
        {"account_type": "human", "email": KIM, "active": True, "frozen": True},
    )
    found = of_kim(frozen, coverage=())
    assert found.text() == "not known: no directory and no staff list tells; login frozen"


def test_somebody_missing_from_a_list_of_everybody_is_doubtful_and_never_called_gone() -> None:
    found = of_kim(login("crm", active=True), coverage=(read("staff-list", 20),))
    assert found.here is None
    assert found.text() == "not known: not on staff-list, which is said to hold everybody"


def test_a_list_that_may_lack_people_says_nothing_of_those_it_does_not_have() -> None:
    found = of_kim(login("crm", active=True), coverage=(read("staff-list", 20, Reach.PARTIAL),))
    assert found.text() == "not known: no directory and no staff list tells"


def test_somebody_on_the_list_of_everybody_is_not_missing_from_it() -> None:
    assert of_kim(LIST, coverage=(read("staff-list", 20),)).absent == ()


def test_a_directory_that_has_somebody_off_speaks_against_an_older_one_that_has_them_on() -> None:
    logins = (*users("okta", login("okta", active=False)), *users("entra", login("entra", active=True)))
    newer = of_kim(*logins, coverage=(read("okta", 20), read("entra", 19)))
    assert (newer.here, [word.source for word in newer.differing]) == (True, ["Okta"])
    assert newer.text().endswith("; Okta (login off, read on 2026-11-20) says otherwise")
    assert of_kim(*logins, coverage=(read("okta", 18), read("entra", 19))).differing == ()


def test_a_login_that_is_off_beside_one_that_is_on_in_the_same_directory_speaks_against_nothing() -> None:
    again = login("okta", active=True)
    again = replace(again, id="okta/acme/account/kim-2", evidence=(Evidence("okta", "users", "kim-2"),))
    found = of_kim(*users("okta", login("okta", active=False), again), coverage=(read("okta", 20),))
    assert (found.here, found.differing) == (True, ())
