"""What each record of Microsoft Graph's becomes."""

from typing import Any

import pytest

from stackmap.model import Act, Certainty, Edge, EdgeKind, NodeKind, Outcome, Reach
from stackmap.sdk import NotUnderstoodError
from tests.connectors.entra.reading import TENANT, account, facts, ident, read, server, tenant
from tests.support.readings import covered, edge, node, ties

WHOLE = read(server()).facts
GLOBAL = "62e90394-69f5-4237-9190-012177145e10"


def app(number: str) -> str:
    return ident(NodeKind.INTEGRATION, number)


def test_a_disabled_user_has_left_and_an_enabled_one_is_here() -> None:
    assert node(WHOLE, account("u-gone"))["active"] is False
    assert node(WHOLE, account("u-dana"))["active"] is True


def test_a_user_of_whom_graph_does_not_say_it_is_neither() -> None:
    with pytest.raises(NotUnderstoodError, match="sign in"):
        facts("users", [{"id": "u-1", "accountEnabled": None}])


def test_a_deleted_user_has_left_and_keeps_no_rewritten_name() -> None:
    said = node(WHOLE, account("u-past"))
    assert (said["active"], said["deleted"], said["email"]) == (False, True, "pat@example.test")
    assert said["deactivated_at"].startswith("2026-11-10")
    assert "upastpat" not in str(said)


def test_a_user_is_known_by_addresses_directory_id_and_manager() -> None:
    said = node(WHOLE, account("u-dana"))
    assert said["email"] == "Dana.Reyes@example.test"
    assert said["aliases"] == ["dana.r@example.test", "dana@example.test"]
    assert said["directory_id"] == f"entra/{TENANT}:u-dana"
    assert said["manager"] == account("u-olga")
    assert (said["title"], said["department"], said["employee_id"]) == ("Ops lead", "RevOps", "1001")


def test_a_user_without_a_mailbox_is_known_by_the_sign_in_name() -> None:
    said = node(WHOLE, account("u-olga"))
    assert said["email"] == said["login"] == "olga@example.test"
    assert "aliases" not in said
    assert "manager" not in said


def test_a_guest_is_external_and_the_made_up_sign_in_name_is_no_address() -> None:
    said = node(WHOLE, account("u-guest"))
    assert (said["external"], said["email"]) == (True, "ada@agency.test")
    assert "#EXT#" not in str(said)


def test_nobodys_future_and_private_life_reaches_a_fact() -> None:
    shown = repr(WHOLE)
    for private in ("2026-12-31", "dana.private", "555 0100", "555 0111"):
        assert private not in shown


def test_the_tenant_says_that_its_users_say_who_is_here() -> None:
    assert node(WHOLE, ident(NodeKind.SYSTEM, TENANT))["directory"] is True


def test_secrets_and_certificates_are_alternatives_with_an_end_and_no_value() -> None:
    held = {target for source, target in ties(WHOLE, EdgeKind.AUTHENTICATES_WITH) if source == app("a-sync")}
    secret, certificate = ident(NodeKind.CREDENTIAL, "k-1"), ident(NodeKind.CREDENTIAL, "k-2")
    assert {secret, certificate} <= held
    slots = {
        fact.slot
        for fact in WHOLE
        if isinstance(fact, Edge) and fact.kind is EdgeKind.AUTHENTICATES_WITH and fact.target in {secret, certificate}
    }
    assert slots == {"own credentials"}
    assert node(WHOLE, secret)["expires_at"] == "2027-01-01T00:00:00Z"
    assert node(WHOLE, certificate)["credential_type"] == "certificate"
    for value in ("Qx7", "TUlJQ2NlcnQ="):
        assert value not in repr(WHOLE)


def test_an_app_is_one_thing_whether_registered_here_or_brought_by_a_vendor() -> None:
    assert node(WHOLE, app("a-sync"))["app_kind"] == "registered app"
    assert node(WHOLE, app("a-zap"))["app_kind"] == "enterprise app"
    assert node(WHOLE, app("a-zap"))["publisher"] == "Zapier, Inc."
    assert not node(WHOLE, app("a-ms")), "Microsoft's own"
    assert not node(WHOLE, app("a-vm")), "an Azure resource's identity"


def test_owners_who_are_people_are_accountable_and_nothing_stops_with_them() -> None:
    assert ties(WHOLE, EdgeKind.OWNED_BY) == {
        (app("a-sync"), account("u-dana")),
        (app("a-sync"), account("u-gone")),
        (app("a-web"), account("u-olga")),
    }
    assert edge(WHOLE, EdgeKind.OWNED_BY, app("a-sync")).outcomes is None


def test_twenty_owners_may_be_more() -> None:
    data = tenant()
    data["applications"][1]["owners"] = [f"u-{number}" for number in range(25)]
    found = covered(read(server(data)))["application-owners"]
    assert found.state is Reach.PARTIAL
    assert "20 owners came" in found.reason


def test_owners_that_did_not_come_are_not_none() -> None:
    with pytest.raises(NotUnderstoodError, match="owns"):
        facts("application-owners", [{"id": "o-1", "appId": "a-1"}])


def test_a_users_consent_hangs_on_the_user() -> None:
    consent = ident(NodeKind.GRANT, "g-dana")
    held = edge(WHOLE, EdgeKind.AUTHORIZED_BY, consent)
    assert held.target == account("u-dana")
    assert held.outcomes is not None
    assert held.outcomes.of(Act.DEACTIVATED).outcome is Outcome.STOPS
    assert held.outcomes.of(Act.DEACTIVATED).certainty is Certainty.LIKELY
    assert held.outcomes.of(Act.REMOVED).outcome is Outcome.UNKNOWN
    assert (app("a-zap"), consent) in ties(WHOLE, EdgeKind.AUTHENTICATES_WITH)
    assert node(WHOLE, consent)["name"] == "Consent to Mail.Send"


def test_a_consent_for_everybody_hangs_on_nobody() -> None:
    consent = ident(NodeKind.GRANT, "g-all")
    assert node(WHOLE, consent)["for_everybody"] is True
    assert consent not in {source for source, _ in ties(WHOLE, EdgeKind.AUTHORIZED_BY)}
    assert (app("a-sync"), consent) not in ties(WHOLE, EdgeKind.AUTHENTICATES_WITH)


def test_a_consent_for_everybody_is_an_alternative_to_those_of_people() -> None:
    data = tenant()
    data["oauth2PermissionGrants"][1]["clientId"] = "s-zap"
    held = ties(read(server(data)).facts, EdgeKind.AUTHENTICATES_WITH)
    zapier = {(app("a-zap"), ident(NodeKind.GRANT, number)) for number in ("g-dana", "g-all")}
    assert zapier <= held


def test_a_consent_to_sign_in_is_passed_over() -> None:
    assert not node(WHOLE, ident(NodeKind.GRANT, "g-login"))


def test_a_consent_of_nobody_is_not_understood() -> None:
    row: dict[str, Any] = {"id": "g", "clientId": "s", "consentType": "Principal", "scope": "Mail.Send"}
    with pytest.raises(NotUnderstoodError, match="whose"):
        facts("permission-grants", [row])


def test_global_administrators_of_the_whole_tenant_administer_it_and_nobody_else() -> None:
    assert ties(WHOLE, EdgeKind.ADMINISTERS) == {(account("u-olga"), ident(NodeKind.SYSTEM, TENANT))}
    held = ties(WHOLE, EdgeKind.HAS_ROLE)
    assert held == {
        (account("u-olga"), ident(NodeKind.ROLE, GLOBAL)),
        (account("u-dana"), ident(NodeKind.ROLE, "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3")),
        (account("u-dana"), ident(NodeKind.ROLE, GLOBAL)),
    }
    assert node(WHOLE, ident(NodeKind.ROLE, GLOBAL))["name"] == "Global Administrator"


def test_a_role_of_something_unnamed_is_not_understood() -> None:
    with pytest.raises(NotUnderstoodError, match="holds"):
        facts("role-assignments", [{"id": "ra", "principalId": "u-1", "roleDefinitionId": GLOBAL}])
