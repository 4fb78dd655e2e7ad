"""Rows of HubSpot's users and connected apps, and how they meet what the API tells."""

from __future__ import annotations

from datetime import date

import pytest

from stackmap.model import Act, EdgeKind, NodeKind, Outcome
from stackmap.sdk import NotUnderstoodError, Row
from tests.connectors.hubspot import reading
from tests.support.exports import edges, facts_of, joined, nodes

DANA = "dana.okafor@example.com"
USER: Row = {"user_id": "501", "email": DANA, "first_name": "Dana", "last_name": "Okafor"}
APP: Row = {"app": "Webinar platform", "app_id": "446", "connected_by": DANA, "connected_on": date(2025, 3, 1)}
RECORD = {"id": "501", "email": DANA, "firstName": "Dana", "lastName": "Okafor", "superAdmin": False}


def test_a_user_is_the_one_that_the_api_counts_by_the_same_number() -> None:
    ours = facts_of("hubspot-users", USER, tenant=reading.TENANT)
    assert set(nodes(ours, NodeKind.ACCOUNT)) == set(nodes(reading.facts("users", RECORD), NodeKind.ACCOUNT))


def test_without_the_portal_s_id_it_meets_the_only_portal_that_is_read() -> None:
    read = [*reading.facts("account", {"portalId": 1}), *reading.facts("users", RECORD)]
    both = joined(facts_of("hubspot-users", USER), read).facts
    assert set(nodes(both, NodeKind.ACCOUNT)) == {f"hubspot/{reading.TENANT}/account/501"}
    assert set(nodes(both, NodeKind.SYSTEM)) == {f"hubspot/{reading.TENANT}/system/{reading.TENANT}"}


@pytest.mark.parametrize(("said", "carers"), [(True, 1), (False, 0), (None, 0)])
def test_a_super_admin_is_one_only_where_the_file_says_so(said: bool | None, carers: int) -> None:
    row = {**USER, "roles": ("Super Admin",), **({} if said is None else {"super_admin": said})}
    assert len(edges(facts_of("hubspot-users", row), EdgeKind.ADMINISTERS)) == carers


def test_whoever_connected_an_app_is_met_by_the_address() -> None:
    found = joined(facts_of("hubspot-connected-apps", APP), facts_of("hubspot-users", USER)).facts
    (consent,) = edges(found, EdgeKind.AUTHORIZED_BY)
    assert consent.target == "hubspot/unknown/account/501"
    assert set(nodes(found, NodeKind.ACCOUNT)) == {"hubspot/unknown/account/501"}


def test_what_becomes_of_an_app_without_its_installer_is_unknown() -> None:
    (consent,) = edges(facts_of("hubspot-connected-apps", APP), EdgeKind.AUTHORIZED_BY)
    assert consent.outcomes is not None
    assert {consent.outcomes.of(act).outcome for act in Act} == {Outcome.UNKNOWN}


def test_an_app_with_a_number_is_the_one_that_the_security_log_tells_of() -> None:
    found = nodes(facts_of("hubspot-connected-apps", APP, tenant=reading.TENANT), NodeKind.INTEGRATION)
    assert set(found) == {f"hubspot/{reading.TENANT}/integration/app%3A446"}


@pytest.mark.parametrize(
    ("kind", "row"), [("hubspot-users", {**USER, "user_id": DANA}), ("hubspot-connected-apps", {**APP, "app_id": "x"})]
)
def test_a_number_that_is_none_is_refused(kind: str, row: Row) -> None:
    with pytest.raises(NotUnderstoodError, match="no number"):
        facts_of(kind, row)


@pytest.mark.parametrize(
    ("word", "on"), [("Active", True), ("aktiv", True), ("Deactivated", False), ("Désactivé", False), ("pending", None)]
)
def test_a_status_in_somebody_s_own_words_is_understood_and_an_unknown_one_says_nothing(
    word: str, on: bool | None
) -> None:
    (known,) = nodes(facts_of("hubspot-users", {**USER, "status": word}), NodeKind.ACCOUNT).values()
    assert known.get("active") is on


def test_a_user_whom_hubspot_calls_inactive_is_not_off_yet() -> None:
    (known,) = nodes(facts_of("hubspot-users", {**USER, "status": "Inactive"}), NodeKind.ACCOUNT).values()
    assert "active" not in known, "inactive users are those that HubSpot will deactivate"
