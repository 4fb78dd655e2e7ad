"""What becomes of one user, role, group, consent and app password."""

from typing import Any

import pytest

from stackmap.model import Act, EdgeKind, Node, NodeKind, Outcome, system_id
from stackmap.sdk import Reply, Request
from tests.connectors.google.reading import TENANT, account, company, facts, ident, nodes, person, read, server, token
from tests.support.readings import edges


def user(row: dict[str, Any], **settings: str) -> Node:
    return nodes(facts("users", [row], **settings), NodeKind.ACCOUNT)[ident(NodeKind.ACCOUNT, row["id"])]


def test_a_user_is_a_login_with_everything_that_a_directory_tells() -> None:
    found = user(person(2))
    assert (found.id, found.name) == (account(2), "Person 2")
    assert dict(found.properties) == {
        "login": "person2@example.test",
        "email": "person2@example.test",
        "aliases": ["p2@example.test"],
        "active": True,
        "frozen": False,
        "directory_id": f"google-workspace/{TENANT}:102",
        "department": "Marketing",
        "title": "Specialist",
        "org_unit": "/Marketing",
        "created_at": "2024-05-06T07:08:09.000Z",
        "manager_email": "P1@example.test",
        "used_within": {"30": "yes", "90": "yes", "180": "yes"},
    }


@pytest.mark.parametrize(
    ("said", "means", "active", "frozen"),
    [
        ({"suspended": False}, "away", True, False),
        ({"suspended": True, "suspensionReason": "ADMIN"}, "away", True, True),
        ({"suspended": True}, "left", False, None),
        ({"suspended": True, "suspensionReason": "ADMIN"}, "left", False, None),
        ({"suspended": True, "suspensionReason": "WEB_LOGIN_REQUIRED"}, "left", True, True),
        ({"suspended": True, "archived": True}, "away", False, None),
        ({"suspended": None}, "away", None, None),
        ({"suspended": "false"}, "left", None, None),
    ],
)
def test_a_suspension_means_leaving_only_where_settings_say_so_and_an_administrator_did_it(
    said: dict[str, Any], means: str, active: bool | None, frozen: bool | None
) -> None:
    found = user(person(2, **said), suspended_means=means).properties
    assert (found.get("active"), found.get("frozen")) == (active, frozen)


def test_a_deleted_user_has_left_and_when() -> None:
    (found,) = nodes(facts("deleted-users", company()["deleted"]), NodeKind.ACCOUNT).values()
    assert found.id == account(8)
    assert (found.properties["active"], found.properties["deactivated_at"]) == (False, "2026-11-10T00:00:00.000Z")


def test_only_super_administrators_administer_the_whole_workspace() -> None:
    found = facts("users", company()["users"])
    assert [item.source for item in edges(found, EdgeKind.ADMINISTERS)] == [account(1)]
    roles = facts("role-assignments", company()["roleassignments"])
    held = [(item.source, item.target, dict(item.properties)) for item in edges(roles, EdgeKind.HAS_ROLE)]
    super_admin, helpdesk = ident(NodeKind.ROLE, "31"), ident(NodeKind.ROLE, "32")
    limited = {"limited_to": "one organizational unit"}
    assert held == [(account(1), super_admin, {}), (account(2), helpdesk, limited)]


def test_a_role_that_is_given_to_a_group_is_named_as_unread() -> None:
    rows = company()
    rows["roleassignments"].append(
        {"roleAssignmentId": "43", "roleId": "31", "assignedTo": "g1", "assigneeType": "group"}
    )
    found = {item.inventory: item for item in read(server(company=rows)).coverage}["role-assignments"]
    assert found.state.value == "partial"
    assert "record 43 (it is given to a group, whose members are not read)" in found.reason


def test_a_group_is_owned_by_users_and_each_by_its_own() -> None:
    reading = read(server())
    owned = [(item.source, item.target) for item in edges(reading.facts, EdgeKind.OWNED_BY)]
    assert owned == [(ident(NodeKind.GROUP, "g1"), account(3))]


def test_a_consent_is_authorised_by_its_user_and_ends_with_the_account() -> None:
    found = facts("tokens", [token("103")])
    (grant,) = nodes(found, NodeKind.GRANT)
    (edge,) = edges(found, EdgeKind.AUTHORIZED_BY)
    assert (edge.source, edge.target) == (grant, account(3))
    assert edge.outcomes is not None
    assert edge.outcomes.of(Act.REMOVED).outcome is Outcome.STOPS
    assert edge.outcomes.of(Act.DEACTIVATED).outcome is Outcome.UNKNOWN, "no page of Google's says"
    (app,) = nodes(found, NodeKind.INTEGRATION).values()
    assert app.name == "Salesforce"
    assert [(item.source, item.target) for item in edges(found, EdgeKind.AUTHENTICATES_WITH)] == [(app.id, grant)]
    (far,) = edges(found, EdgeKind.CONNECTS)
    assert (far.source, far.target) == (app.id, system_id("salesforce", "unknown"))


def test_two_users_consent_to_one_app() -> None:
    found = facts("tokens", [token("101"), token("103")])
    assert len(nodes(found, NodeKind.INTEGRATION)) == 1
    assert len(nodes(found, NodeKind.GRANT)) == 2
    assert {item.slot for item in edges(found, EdgeKind.AUTHENTICATES_WITH)} == {"token"}


def test_a_consent_for_signing_in_only_connects_nothing() -> None:
    found = facts("tokens", [token("101", scopes=["openid", "email"])])
    (grant,) = nodes(found, NodeKind.GRANT).values()
    assert grant.properties["sign_in_only"] is True
    assert not nodes(found, NodeKind.INTEGRATION)
    assert nodes(facts("tokens", [token("101", scopes=None)]), NodeKind.INTEGRATION), "unknown rights are no few rights"


@pytest.mark.parametrize("shown", ["Salesforce Inspector", "My Zapier copy", "", None])
def test_an_app_is_a_product_only_by_its_whole_name(shown: object) -> None:
    assert not edges(facts("tokens", [token("101", displayText=shown)]), EdgeKind.CONNECTS)


def test_apps_that_are_not_registered_are_told_apart_by_name() -> None:
    rows = [token("101", clientId="anonymous", anonymous=True, displayText=shown) for shown in ("a.test", "b.test")]
    assert {node.name for node in nodes(facts("tokens", rows), NodeKind.INTEGRATION).values()} == {"a.test", "b.test"}


def test_an_app_password_is_known_by_its_maker_and_dated_whether_in_seconds_or_milliseconds() -> None:
    found = facts("app-passwords", company()["asps"]["103"])
    (password,) = nodes(found, NodeKind.CREDENTIAL).values()
    assert password.name == "Nightly mailer"
    assert password.properties["created_at"] == "2023-11-14T22:13:20+00:00"
    assert password.properties["used_within"] == {"30": "yes", "90": "yes", "180": "yes"}
    assert [(item.source, item.target) for item in edges(found, EdgeKind.KNOWS)] == [(account(3), password.id)]


def test_what_is_private_is_neither_asked_for_nor_kept() -> None:
    answers, came = server(), list[str]()

    def watched(request: Request) -> Reply:
        reply = answers(request)
        came.append(repr(reply.body))
        return reply

    shown = repr(read(watched).facts)
    for private in ("home.test", "555", "salary"):
        assert private not in "".join(came), "it does not even travel"
    assert "a@b.test" not in shown, "an assistant is nobody's manager"
    assert "Person 1" in shown
