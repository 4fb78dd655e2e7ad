"""What each record of Okta's becomes."""

from typing import Any

import pytest

from stackmap.model import Act, Certainty, Edge, EdgeKind, Judgement, NodeKind, Outcome
from stackmap.sdk import NotUnderstoodError
from tests.connectors.okta.reading import account, ask, facts, ident, inventory, org, read, server
from tests.support.readings import edge, node, ties

WHOLE = read(server()).facts


@pytest.mark.parametrize(
    ("status", "active", "frozen", "pending"),
    [
        ("ACTIVE", True, False, None),
        ("LOCKED_OUT", True, False, None),
        ("PASSWORD_EXPIRED", True, False, None),
        ("RECOVERY", True, False, None),
        ("SUSPENDED", True, True, None),
        ("STAGED", None, None, True),
        ("PROVISIONED", None, None, True),
        ("DEPROVISIONED", False, None, None),
    ],
)
def test_only_a_deactivated_user_has_left(
    status: str, active: bool | None, frozen: bool | None, pending: bool | None
) -> None:
    said = node(facts("users", [{"id": "00u1", "status": status}]), account("00u1"))
    assert (said.get("active"), said.get("frozen"), said.get("pending")) == (active, frozen, pending)


def test_a_status_that_nobody_documents_is_not_guessed_at() -> None:
    with pytest.raises(NotUnderstoodError, match="status"):
        facts("users", [{"id": "00u1", "status": "HIBERNATING"}])


def test_a_user_is_known_by_name_address_login_and_directory_id() -> None:
    said = node(WHOLE, account("00udana"))
    assert said["name"] == "Dana Reyes"
    assert said["email"] == said["login"] == "dana@example.test"
    assert said["directory_id"] == "okta/acme.okta.com:00udana"
    assert (said["department"], said["title"]) == ("RevOps", "Ops lead")
    assert said["used_within"] == {"30": "yes", "90": "yes", "180": "yes"}


def test_the_day_of_leaving_is_kept_of_those_who_left_alone() -> None:
    assert node(WHOLE, account("00ugone"))["deactivated_at"].startswith("2026-06-01")
    assert "deactivated_at" not in node(WHOLE, account("00udana"))


def test_private_addresses_and_phone_numbers_reach_no_fact() -> None:
    raw = str(ask(server(), "/api/v1/users", limit="200").body)
    shown = repr(WHOLE)
    for private in ("dana.private@example.test", "555 0100"):
        assert private in raw
        assert private not in shown


def test_the_system_says_that_its_users_say_who_is_here() -> None:
    assert node(WHOLE, ident(NodeKind.SYSTEM, "acme.okta.com"))["directory"] is True


def test_super_and_organization_administrators_administer_the_org_and_nobody_else() -> None:
    system = ident(NodeKind.SYSTEM, "acme.okta.com")
    assert ties(WHOLE, EdgeKind.ADMINISTERS) == {(account("00uolga"), system), (account("00udana"), system)}
    held = ties(WHOLE, EdgeKind.HAS_ROLE)
    assert held == {
        (account("00uolga"), ident(NodeKind.ROLE, "SUPER_ADMIN")),
        (account("00udana"), ident(NodeKind.ROLE, "ORG_ADMIN")),
        (account("00udana"), ident(NodeKind.ROLE, "cr0keeper")),
    }
    by_group = edge(WHOLE, EdgeKind.HAS_ROLE, account("00udana"))
    assert by_group.properties == {"by_group": True}


def test_a_role_without_its_holder_is_not_understood() -> None:
    with pytest.raises(NotUnderstoodError, match="who has it"):
        facts("administrator-roles", [{"id": "ra1", "type": "SUPER_ADMIN"}])


def test_an_api_token_stops_its_program_on_the_day_its_creator_is_deactivated() -> None:
    token, program = ident(NodeKind.CREDENTIAL, "00Tsync"), ident(NodeKind.INTEGRATION, "token:00Tsync")
    assert (program, token) in ties(WHOLE, EdgeKind.AUTHENTICATES_WITH)
    held = edge(WHOLE, EdgeKind.AUTHORIZED_BY, token)
    assert held.target == account("00udana")
    assert held.outcomes is not None
    assert held.outcomes.of(Act.DEACTIVATED).outcome is Outcome.STOPS
    assert held.outcomes.of(Act.DEACTIVATED).certainty is Certainty.CERTAIN
    assert held.outcomes.of(Act.FROZEN) == Judgement(Outcome.STOPS, Certainty.LIKELY), "Okta's pages differ"
    assert node(WHOLE, program)["name"] == "Program with API token Workday sync"


def test_an_api_token_of_nobody_is_not_understood() -> None:
    with pytest.raises(NotUnderstoodError, match="whose"):
        facts("api-tokens", [{"id": "00T1", "name": "x"}])


def test_apps_of_known_products_and_of_oauth_are_integrations_and_nothing_else() -> None:
    assert node(WHOLE, ident(NodeKind.INTEGRATION, "0oasf"))["app_kind"] == "sso"
    assert node(WHOLE, ident(NodeKind.INTEGRATION, "0oasync"))["app_kind"] == "service"
    assert node(WHOLE, ident(NodeKind.INTEGRATION, "0oasl"))["active"] is False
    for passed_over in ("0oabm", "0oalunch", "0oasb"):
        assert not node(WHOLE, ident(NodeKind.INTEGRATION, passed_over))


def test_an_app_of_a_known_name_leads_to_its_product_and_a_sandbox_to_none() -> None:
    far = {target for source, target in ties(WHOLE, EdgeKind.CONNECTS) if source.endswith("/0oasf")}
    assert far == {"salesforce/unknown/system/unknown"}
    assert all(not source.endswith("/0oasb") for source, _ in ties(WHOLE, EdgeKind.CONNECTS))


def test_rights_given_to_an_app_by_an_administrator_hang_on_nobody() -> None:
    given = ident(NodeKind.GRANT, "oag1")
    assert all(source != given for source, _ in ties(WHOLE, EdgeKind.AUTHORIZED_BY))
    assert (given, account("00uolga")) in ties(WHOLE, EdgeKind.CREATED_BY)
    assert given not in {target for _, target in ties(WHOLE, EdgeKind.AUTHENTICATES_WITH)}


def test_rights_that_a_user_gave_end_with_the_user() -> None:
    held = edge(WHOLE, EdgeKind.AUTHORIZED_BY, ident(NodeKind.GRANT, "oag3"))
    assert held.target == account("00udana")
    assert held.outcomes is not None
    for act in (Act.DEACTIVATED, Act.REMOVED):
        assert held.outcomes.of(act) == Judgement(Outcome.STOPS, Certainty.CERTAIN)
    assert {held.outcomes.of(act).outcome for act in (Act.FROZEN, Act.TRANSFERRED)} == {Outcome.UNKNOWN}
    assert (ident(NodeKind.INTEGRATION, "0oaweb"), held.source) in ties(WHOLE, EdgeKind.AUTHENTICATES_WITH)


@pytest.mark.parametrize("number", ["oag2", "oag4"])
def test_revoked_rights_and_consents_to_sign_in_are_passed_over(number: str) -> None:
    assert not node(WHOLE, ident(NodeKind.GRANT, number))


def test_an_api_service_signs_in_as_itself_and_its_maker_is_a_clue() -> None:
    service = ident(NodeKind.INTEGRATION, "0oasvc")
    assert node(WHOLE, service)["scopes"] == ["okta.logs.read"]
    assert (service, account("00uolga")) in ties(WHOLE, EdgeKind.CREATED_BY)
    assert not [fact for fact in WHOLE if isinstance(fact, Edge) and fact.source == service and fact.outcomes]


def test_users_of_apps_are_asked_only_where_their_number_tells_something() -> None:
    requests: Any = inventory("app-users").ask
    rows = [{"status": "ACTIVE", **row} for row in org()["apps"]]
    paths = [item.path for item in requests.requests([*rows, {"id": ""}, {}])]
    assert paths == ["/api/v1/apps/0oasf/users", "/api/v1/apps/0oagw/users"], "no sandbox, nothing switched off"
