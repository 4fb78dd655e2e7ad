"""Rows of Marketo's users and services, and what they come to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from stackmap.model import AccountType, Act, Certainty, EdgeKind, NodeKind, Outcome
from stackmap.sdk import Row
from tests.support.exports import edges, facts_of, joined, nodes

DANA = "dana.okafor@example.com"
API: Row = {"email": "former.colleague@example.com", "name": "Former Colleague", "roles": ("API",), "api_only": True}
SERVICE: Row = {"service": "Webinar sync", "api_user": API["email"], "used_by": "Webinar platform"}


def known(row: Row) -> dict[str, Any]:
    (found,) = nodes(facts_of("marketo-users", row), NodeKind.ACCOUNT).values()
    return found


def test_an_api_only_user_is_a_program_whoever_s_name_it_bears() -> None:
    assert known(API)["account_type"] == AccountType.INTEGRATION
    found = joined(facts_of("marketo-users", API)).facts
    assert not edges(found, EdgeKind.HAS_ACCOUNT)


def test_the_address_of_a_program_is_nobody_s_mailbox() -> None:
    assert "email" not in known(API)
    spoken_of = nodes(facts_of("marketo-launchpoint", SERVICE), NodeKind.ACCOUNT)
    assert [found for found in spoken_of.values() if "email" in found] == []
    assert [found["login"] for found in spoken_of.values()] == [API["email"]]


def test_a_user_who_is_not_api_only_is_left_to_be_judged() -> None:
    assert "account_type" not in known({"email": DANA, "roles": ("Admin",), "api_only": False})


@pytest.mark.parametrize(
    ("roles", "carers"),
    [(("Admin",), 1), (("Marketing User", "admin"), 1), (("Adobe Product Admin",), 1), (("Web Designer",), 0)],
)
def test_only_the_built_in_roles_of_administrators_administer(roles: tuple[str, ...], carers: int) -> None:
    assert len(edges(facts_of("marketo-users", {"email": DANA, "roles": roles}), EdgeKind.ADMINISTERS)) == carers
    program = {**API, "roles": roles}
    assert not edges(facts_of("marketo-users", program), EdgeKind.ADMINISTERS)


def test_the_day_on_which_a_person_s_access_will_end_is_not_kept() -> None:
    future = known({"email": DANA, "roles": ("Admin",), "access_expires": date(2027, 1, 31)})
    assert "2027" not in str(future)
    assert "frozen" not in future


def test_a_program_s_end_is_kept_and_an_end_in_the_past_has_locked_the_login() -> None:
    assert known({**API, "access_expires": date(2027, 1, 31)})["expires_at"] == "2027-01-31"
    assert known({"email": DANA, "roles": ("Admin",), "access_expires": date(2026, 10, 1)})["frozen"] is True


def test_of_the_last_login_only_windows_are_kept() -> None:
    found = known({"email": DANA, "roles": ("Admin",), "last_login": date(2026, 10, 1)})
    assert found["used_within"] == {"30": "no", "90": "yes", "180": "yes"}
    assert "2026" not in str(found)


def test_a_service_stops_when_its_api_only_user_is_deleted_and_of_other_acts_nothing_is_told() -> None:
    (edge,) = edges(facts_of("marketo-launchpoint", SERVICE), EdgeKind.AUTHORIZED_BY)
    assert edge.outcomes is not None
    judged = edge.outcomes.of(Act.REMOVED)
    assert (judged.outcome, judged.certainty) == (Outcome.STOPS, Certainty.POSSIBLE)
    assert edge.outcomes.of(Act.DEACTIVATED).outcome is Outcome.UNKNOWN


def test_a_service_and_the_list_of_users_speak_of_one_user() -> None:
    service, users = facts_of("marketo-launchpoint", SERVICE), facts_of("marketo-users", API)
    assert set(nodes(service, NodeKind.ACCOUNT)) == set(nodes(users, NodeKind.ACCOUNT))


def test_a_service_without_a_user_signs_in_with_nothing_known() -> None:
    found = facts_of("marketo-launchpoint", {"service": "Event platform"})
    assert not edges(found, EdgeKind.AUTHENTICATES_WITH)
    assert len(nodes(found, NodeKind.INTEGRATION)) == 1
