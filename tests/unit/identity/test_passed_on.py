"""Addresses that were one person's and became another's."""

from typing import Any

import pytest

from stackmap.identity import resolve
from stackmap.model import (
    Evidence,
    Fact,
    IdentityHints,
    Node,
    NodeKind,
)
from tests.unit.identity.people import account, person, ties, who

DANA = "d.okafor@x.test"


def test_an_address_that_passed_on_is_suggested_not_tied() -> None:
    old = account("old", active=False, last_used="2021-03-01T00:00:00Z", email=DANA)
    new = account("new", active=True, created_at="2024-01-01", email=DANA)
    identity = resolve([old, new], IdentityHints(), {})
    assert ties(identity) == {"person-1": {"new"}}
    assert identity.unresolved == ("old",)
    assert [suggestion.subjects for suggestion in identity.suggestions] == [("new", "old")]


@pytest.mark.parametrize("since", ["2020-01-01", None])
def test_a_login_that_was_there_all_the_time_shows_that_it_did_not(since: str | None) -> None:
    old = account("old", active=False, deactivated_at="2021-03-01", email=DANA)
    new = account("new", active=True, created_at="2024-01-01", email=DANA)
    other = account("other", active=True, created_at=since, email=DANA)
    assert who([old, new, other]) == {"person-1": {"new", "old", "other"}}


def test_an_address_that_passed_on_to_somebody_on_a_list_is_suggested() -> None:
    old = account("old", active=False, last_used="2021-03-01", email=DANA)
    assert len(who([old, person("p", email=DANA)])) == 1
    identity = resolve([old, person("p", email=DANA, started_on="2023-01-01")], IdentityHints(), {})
    assert ties(identity) == {}
    assert [suggestion.subjects for suggestion in identity.suggestions] == [("old", "p")]


def test_who_had_left_before_a_login_was_made_does_not_have_it() -> None:
    gone = person("p", email=DANA, left_on="2020-01-01")
    assert who([gone, account("a", email=DANA, created_at="2019-01-01")]) == {"p": {"a"}}
    assert who([gone, account("a", email=DANA, created_at="2021-01-01")]) == {"person-1": {"a"}}


def test_a_switched_off_login_that_is_called_otherwise_is_not_tied_by_the_address() -> None:
    old = account("old", "Ravi Menon", active=False, email=DANA)
    identity = resolve([old, account("new", active=True, email=DANA)], IdentityHints(), {})
    assert ties(identity) == {"person-1": {"new"}, "person-2": {"old"}}
    assert len(identity.suggestions) == 1


@pytest.mark.parametrize("earlier", ["Dana Kim", "D. Okafor", "Dan Okafor", "岡田 花"])
def test_a_switched_off_login_may_have_an_earlier_or_a_shorter_name(earlier: str) -> None:
    facts = [account("old", earlier, active=False, email=DANA), account("new", active=True, email=DANA)]
    assert len(who(facts)) == 1


def directory(day: str, *others: Fact, **more: Any) -> list[Fact]:
    """A directory that was filled on the first day of 2018, and has Dana since `day`."""
    system = Node(NodeKind.SYSTEM, "okta/x/system/x", "", (Evidence("okta", "org"),), {"directory": True})
    first = [
        account(f"okta/x/account/{n}", f"P{n} Quist", email=f"p{n}@x.test", created_at="2018-01-01") for n in range(3)
    ]
    return [system, *first, account("okta/x/account/9", email=DANA, created_at=day, **more), *others]


@pytest.mark.parametrize("active", [True, False])
def test_a_login_from_long_before_somebody_came_is_another_persons(active: bool) -> None:
    old = account("crm/1/account/1", email=DANA, created_at="2016-05-01", active=active)
    found = who(directory("2021-06-01", old))
    assert {"okta/x/account/9"} in found.values()
    assert not any("crm/1/account/1" in logins for logins in found.values())


def test_a_login_from_before_the_directory_or_from_somebodys_first_weeks_is_theirs() -> None:
    for day, made in (("2018-01-01", "2015-05-01"), ("2021-06-01", "2021-05-20"), ("2021-06-01", "2023-01-01")):
        found = who(directory(day, account("crm/1/account/1", email=DANA, created_at=made)))
        assert {"okta/x/account/9", "crm/1/account/1"} in found.values(), (day, made)


def test_a_directory_that_was_filled_little_by_little_does_not_tell_who_came_when() -> None:
    facts = directory("2021-06-01", account("crm/1/account/1", email=DANA, created_at="2016-05-01"))
    for n in range(3):
        facts.append(account(f"okta/x/account/2{n}", email=f"q{n}@x.test", created_at="2020-01-01"))
        facts.append(account(f"crm/1/account/2{n}", email=f"q{n}@x.test", created_at="2015-01-01"))
    assert {"okta/x/account/9", "crm/1/account/1"} in who(facts).values()


def test_who_has_left_does_not_have_what_the_directory_gives_to_somebody_with_another_job() -> None:
    gone: dict[str, Any] = {"active": False, "department": "Ops", "title": "Analyst"}
    now: dict[str, Any] = {"active": True, "department": "Sales", "title": "Director"}
    assert "p" not in who(directory("2021-06-01", person("p", email=DANA, **gone), **now))
    assert "p" in who(directory("2021-06-01", person("p", email=DANA, **gone), **{**now, "title": "Analyst"}))
