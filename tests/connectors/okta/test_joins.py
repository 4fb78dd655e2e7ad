"""What only several lists together tell, and how it meets what other sources read."""

from datetime import UTC, datetime
from typing import Any

import pytest

from connectors.okta.products import PRODUCTS, login_number
from stackmap.identity import resolve
from stackmap.model import (
    Act,
    Certainty,
    EdgeKind,
    Evidence,
    Fact,
    FixBy,
    How,
    IdentityHints,
    Judgement,
    Node,
    NodeKind,
    Outcome,
    Reach,
)
from stackmap.sdk import Request, Scope, faulty
from stackmap.sdk.sandbox import status
from tests.connectors.okta.reading import account, ident, org, read, server
from tests.support.readings import covered, edge, node, ties

WHOLE = read(server()).facts
DANA_IN_SALESFORCE = "salesforce/unknown/account/0051U00000DanaRQAR"


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("0051U00000DanaR", "0051U00000DanaRQAR"),
        ("00558000001N0Ke", "00558000001N0KeAAK"),  # the example of the package salesforce_id_converter
    ],
)
def test_salesforces_short_ids_get_their_check_letters(short: str, long: str) -> None:
    assert login_number(PRODUCTS["salesforce"], short) == long
    assert login_number(PRODUCTS["salesforce"], long) == long


def test_ids_of_other_kinds_are_left_as_they_are() -> None:
    assert login_number(PRODUCTS["google"], "0051U00000DanaR") == "0051U00000DanaR"
    assert login_number(PRODUCTS["salesforce"], "dana@example.test") == "dana@example.test"


def test_a_manager_is_known_by_id_or_login_and_never_by_anything_else() -> None:
    assert node(WHOLE, account("00udana"))["manager"] == account("00uolga")
    assert node(WHOLE, account("00ululu"))["manager"] == account("00uolga")
    assert "manager" not in node(WHOLE, account("00uolga")), "4711 is a staff number"


def test_nobody_is_their_own_manager() -> None:
    data = org()
    data["users"][0]["profile"]["managerId"] = "00udana"
    assert "manager" not in node(read(server(data)).facts, account("00udana"))


def test_a_login_elsewhere_carries_the_directory_id_as_a_conclusion() -> None:
    login = next(fact for fact in WHOLE if isinstance(fact, Node) and fact.id == DANA_IN_SALESFORCE)
    assert login.properties["directory_id"] == "okta/acme.okta.com:00udana"
    assert {item.how for item in login.evidence} == {How.INFERRED_KEY}
    assert login.name == "Dana Reyes"


def test_only_an_app_that_pushes_deactivation_drags_its_logins() -> None:
    dragged = ties(WHOLE, EdgeKind.PROVISIONED_BY)
    assert dragged == {
        (DANA_IN_SALESFORCE, account("00udana")),
        ("salesforce/unknown/account/0051U00000LuluOQAR", account("00ululu")),
    }
    row = edge(WHOLE, EdgeKind.PROVISIONED_BY, DANA_IN_SALESFORCE).outcomes
    assert row is not None
    assert row.of(Act.DEACTIVATED) == Judgement(Outcome.CASCADE, Certainty.LIKELY), "the far side may refuse"
    assert row.of(Act.FROZEN).outcome is Outcome.SURVIVES


def test_an_assignment_that_ended_or_only_signs_in_ties_nothing() -> None:
    ids = {fact.id for fact in WHOLE if isinstance(fact, Node)}
    assert not {item for item in ids if "GilGon" in item or item.startswith("slack/unknown/account")}


def test_an_app_whose_number_is_an_address_keeps_it_out_of_ids() -> None:
    data = org()
    data["apps"][2]["users"][0]["externalId"] = "dana@example.test"
    logins = [fact.id for fact in read(server(data)).facts if isinstance(fact, Node) and "google" in fact.id]
    assert any("/account/h-" in item for item in logins)
    assert not any("dana" in item for item in logins)


def salesforce(*users: tuple[str, str]) -> list[Fact]:
    """What another source read of a Salesforce org."""
    at = Scope("salesforce", "acme", "salesforce", "users", datetime(2026, 11, 22, tzinfo=UTC))
    system = Node(NodeKind.SYSTEM, at.system, "Salesforce", (Evidence("salesforce", "users"),))
    made: list[Fact] = [system]
    for number, name in users:
        person: dict[str, Any] = {"active": True, "account_type": "human"}
        made.append(at.node(NodeKind.ACCOUNT, number, name, person))
    return made


def test_oktas_tie_and_the_login_that_salesforce_lists_meet_in_one_person() -> None:
    """Without any address in common: the number alone ties them."""
    found = resolve([*WHOLE, *salesforce(("0051U00000DanaRQAR", "D. R."))], IdentityHints(), {}).facts
    holders = {target: source for source, target in ties(found, EdgeKind.HAS_ACCOUNT)}
    login = "salesforce/acme/account/0051U00000DanaRQAR"
    assert holders[login] == holders[account("00udana")]
    assert (login, account("00udana")) in ties(found, EdgeKind.PROVISIONED_BY)
    assert node(found, login)["active"] is True
    assert not node(found, DANA_IN_SALESFORCE)


def test_with_two_salesforce_orgs_nothing_is_joined() -> None:
    other = Node(NodeKind.SYSTEM, "salesforce/beta/system/beta", "Beta", (Evidence("beta", "users"),))
    found = resolve([*WHOLE, *salesforce(("0051U00000DanaRQAR", "D. R.")), other], IdentityHints(), {}).facts
    assert node(found, DANA_IN_SALESFORCE)


@pytest.mark.parametrize(("closed", "other"), [("users", "deprovisioned-users"), ("deprovisioned-users", "users")])
def test_one_list_of_users_without_the_other_is_only_part(closed: str, other: str) -> None:

    def hit(request: Request) -> bool:
        return request.path == "/api/v1/users" and ("filter" in request.query) == (closed == "deprovisioned-users")

    found = covered(read(faulty(server(), hit, status(403))))
    assert found[closed].state is Reach.DENIED
    assert (found[other].state, found[other].fix_by) == (Reach.PARTIAL, FixBy.ADMIN)
    assert "okta.users.read" in found[other].reason


def test_a_complete_reading_is_left_complete() -> None:
    assert {item.state for item in covered(read(server())).values()} == {Reach.COMPLETE}


def test_ids_stay_ids() -> None:
    assert ident(NodeKind.GROUP, "00gops") in {fact.id for fact in WHOLE if isinstance(fact, Node)}


def test_a_right_that_an_administrator_gave_as_well_is_an_alternative_to_what_a_user_gave() -> None:
    data = org()
    roster = next(app for app in data["apps"] if app["id"] == "0oaweb")
    roster["grants"] = [{"id": "oag9", "scopeId": "okta.users.manage"}, {"id": "oag8", "scopeId": "okta.logs.read"}]
    held = ties(read(server(data)).facts, EdgeKind.AUTHENTICATES_WITH)
    ours = {target for source, target in held if source == ident(NodeKind.INTEGRATION, "0oaweb")}
    assert ours == {ident(NodeKind.GRANT, "oag3"), ident(NodeKind.GRANT, "oag9")}
