"""Rows of a report on users and of the default users, and how they meet what the API tells."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from connectors.salesforce import CONNECTOR, mapping
from connectors.salesforce.mapping_jobs import CASE_OWNER, CASE_USER, case_settings
from stackmap.declared.tables.cells import value_of
from stackmap.model import Act, EdgeKind, Fact, Node, NodeKind, Outcome
from stackmap.sdk import NotUnderstoodError, Row, Scope
from tests.connectors.salesforce.reading import scope
from tests.support.exports import EVERY, edges, facts_of, joined, nodes

DANA, LOGIN = "dana.okafor@example.com", "dana.okafor@example.com.prod"
SHORT, LONG = "005B0000001abcd", "005B0000001abcdIAA"
USER: Row = {
    "user_id": SHORT,
    "username": LOGIN,
    "email": DANA,
    "name": "Dana Okafor",
    "active": True,
    "profile": "System Administrator",
    "licence": "Salesforce",
    "last_login": date(2026, 11, 20),
    "created": date(2021, 4, 1),
}
RECORD: dict[str, Any] = {
    "Id": LONG,
    "Username": LOGIN,
    "Email": DANA,
    "Name": "Dana Okafor",
    "IsActive": True,
    "Profile": {"Name": "System Administrator", "UserLicense": {"Name": "Salesforce"}},
    "UserType": "Standard",
}
ACME = Scope("salesforce", "acme", "sf", "users", scope("users").taken_at)


def the_org() -> list[Fact]:
    """What the API tells of the org and of Dana's login."""
    org = Node(NodeKind.SYSTEM, ACME.system, "Salesforce (Acme)", ACME.evidence("00D"))
    return [org, *mapping.user(RECORD, ACME)]


def without_id(row: Row = USER) -> Row:
    return {name: value for name, value in row.items() if name != "user_id"}


def test_an_id_of_15_characters_is_lengthened_to_the_one_of_the_api() -> None:
    assert set(nodes(facts_of("salesforce-users", USER), NodeKind.ACCOUNT)) == {f"salesforce/unknown/account/{LONG}"}


def test_a_report_and_a_reading_of_the_same_org_are_one_login_of_one_org() -> None:
    both = joined(facts_of("salesforce-users", USER), the_org()).facts
    assert set(nodes(both, NodeKind.ACCOUNT)) == {f"salesforce/acme/account/{LONG}"}
    assert set(nodes(both, NodeKind.SYSTEM)) == {"salesforce/acme/system/acme"}


def test_a_report_without_ids_is_met_by_the_user_name() -> None:
    both = joined(facts_of("salesforce-users", without_id()), the_org()).facts
    assert set(nodes(both, NodeKind.ACCOUNT)) == {f"salesforce/acme/account/{LONG}"}


def test_a_report_without_ids_stands_for_itself_where_nothing_was_read() -> None:
    alone = joined(facts_of("salesforce-users", without_id())).facts
    (known,) = nodes(alone, NodeKind.ACCOUNT).values()
    assert (known["login"], known["email"], known["active"]) == (LOGIN, DANA, True)
    assert len(edges(alone, EdgeKind.HAS_ACCOUNT)) == 1


def test_two_people_of_one_name_are_not_one_login_because_of_it() -> None:
    other = {**without_id(), "username": "dana.okafor2@example.com.prod", "email": "dana.okafor2@example.com"}
    both = joined(facts_of("salesforce-users", other), the_org()).facts
    assert len(nodes(both, NodeKind.ACCOUNT)) == 2


def test_a_profile_is_a_role_and_makes_nobody_an_administrator() -> None:
    found = facts_of("salesforce-users", USER)
    assert len(edges(found, EdgeKind.HAS_ROLE)) == 1
    assert not edges(found, EdgeKind.ADMINISTERS)


def test_of_the_last_login_only_windows_are_kept_and_none_means_not_known() -> None:
    (known,) = nodes(facts_of("salesforce-users", USER), NodeKind.ACCOUNT).values()
    assert known["used_within"] == {"30": "yes", "90": "yes", "180": "yes"}
    assert "2026-11-20" not in str(known)
    silent = {name: value for name, value in USER.items() if name != "last_login"}
    (unknown,) = nodes(facts_of("salesforce-users", silent), NodeKind.ACCOUNT).values()
    assert "used_within" not in unknown


def test_an_integration_licence_is_a_program_as_in_the_api() -> None:
    row = {**USER, "licence": "Salesforce Integration"}
    (known,) = nodes(facts_of("salesforce-users", row), NodeKind.ACCOUNT).values()
    assert known["account_type"] == "integration"


@pytest.mark.parametrize("number", [DANA, "0051", "00DB0000001abcd"])
def test_a_user_id_that_is_none_is_refused(number: str) -> None:
    with pytest.raises(NotUnderstoodError, match="User ID"):
        facts_of("salesforce-users", {**USER, "user_id": number})


SETTINGS = {
    "Default Lead Owner": EdgeKind.ROUTES_TO,
    "Default Lead Creator": EdgeKind.RUNS_AS,
    "Default Case Owner": EdgeKind.ROUTES_TO,
    "Automated Case User": EdgeKind.RUNS_AS,
    "Default Workflow User": EdgeKind.RUNS_AS,
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_salesforce_refuses_to_deactivate_every_default_user(setting: str) -> None:
    found = facts_of("salesforce-default-users", {"setting": setting, "user": LOGIN})
    (edge,) = edges(found, SETTINGS[setting])
    assert edge.outcomes is not None
    assert edge.outcomes.of(Act.DEACTIVATED).outcome is Outcome.REFUSED
    assert edge.outcomes.row in {f"salesforce:{table.name}" for table in CONNECTOR.departures}


def test_case_settings_are_the_things_that_the_api_tells_of() -> None:
    record = {"DefaultCaseOwner": LOGIN, "DefaultCaseOwnerType": "User", "DefaultCaseUser": LOGIN}
    rows = [{"setting": setting, "user": LOGIN} for setting in ("default case owner", "automated case user")]
    ours = nodes(facts_of("salesforce-default-users", *rows, tenant="acme"), NodeKind.AUTOMATION)
    assert set(ours) == set(nodes(case_settings(record, ACME), NodeKind.AUTOMATION))
    assert {node_id.rpartition("/")[2] for node_id in ours} == {CASE_OWNER, CASE_USER}


@pytest.mark.parametrize("word", [LOGIN, LOGIN.upper(), SHORT, LONG])
def test_a_default_user_is_the_login_of_that_user_name_or_id(word: str) -> None:
    row = {"setting": "Default Workflow User", "user": word}
    both = joined(facts_of("salesforce-default-users", row), facts_of("salesforce-users", USER), the_org()).facts
    (runs_as,) = edges(both, EdgeKind.RUNS_AS)
    assert runs_as.target == f"salesforce/acme/account/{LONG}"
    assert set(nodes(both, NodeKind.ACCOUNT)) == {runs_as.target}


def test_a_user_name_is_no_address() -> None:
    found = facts_of("salesforce-default-users", {"setting": "Default Lead Owner", "user": LOGIN})
    assert all("email" not in known for known in nodes(found, NodeKind.ACCOUNT).values())


def test_an_owner_that_is_a_queue_hangs_on_nobody_known() -> None:
    found = facts_of("salesforce-default-users", {"setting": "Default Lead Owner", "queue": "Inbound"})
    assert not edges(found, EdgeKind.ROUTES_TO)
    assert [known["hands_to_queue"] for known in nodes(found, NodeKind.AUTOMATION).values()] == ["Inbound"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"setting": "Default Opportunity Owner", "user": LOGIN}, "its setting is none of"),
        ({"setting": "Default Lead Owner"}, "it names no user"),
        ({"setting": "Default Workflow User", "queue": "Inbound"}, "it names no user"),
    ],
)
def test_a_row_that_cannot_be_read_says_why(row: Row, says: str) -> None:
    with pytest.raises(NotUnderstoodError, match=says):
        facts_of("salesforce-default-users", row)


def test_what_people_filled_in_is_their_word() -> None:
    assert EVERY["salesforce-default-users"][1].how == "declared"
    assert EVERY["salesforce-users"][1].how == "observed"


@pytest.mark.parametrize(("word", "on"), [("TRUE", True), ("0", False), ("Aktiv", True), ("Inactivo", False)])
def test_whether_a_login_is_on_may_be_said_in_somebody_s_own_words(word: str, on: bool) -> None:
    column = next(one for one in EVERY["salesforce-users"][1].columns if one.name == "active")
    assert value_of(word, column, None) is on
