"""Users, ownership, credentials, projects and the audit: records in, facts out."""

import pytest

from connectors.n8n import CONNECTOR
from stackmap.model import Act, EdgeKind, NodeKind, Outcome
from stackmap.sdk import NotUnderstoodError
from tests.connectors.n8n.reading import company, facts, ident, nodes, page, scope
from tests.support.readings import edges

DETAILS = ("workflow-enrich", "workflow-health", "workflow-lead-router", "workflow-crm-digest")


def recorded_users() -> list[dict[str, object]]:
    return [*page("users-1")["data"], *page("users-2")["data"]]


def by_name(rows: list[dict[str, object]], name: str) -> dict[str, object]:
    return next(row for row in rows if row["firstName"] == name)


def test_every_recorded_user_becomes_an_account_with_name_and_email() -> None:
    rows = recorded_users()
    accounts = nodes(facts("users", rows), NodeKind.ACCOUNT)
    assert len(accounts) == len(rows) == 22
    dana = accounts[str(by_name(rows, "Dana")["id"])]
    assert dana.name == "Dana Kim"
    assert dana.properties["email"] == "dana.kim@example.test"


def test_the_user_list_says_nothing_about_who_is_active() -> None:
    accounts = nodes(facts("users", recorded_users()), NodeKind.ACCOUNT)
    assert not any("active" in account.properties for account in accounts.values())


def test_somebody_invited_who_never_signed_in_is_pending_and_named_by_email() -> None:
    accounts = nodes(facts("users", recorded_users()), NodeKind.ACCOUNT).values()
    pending = [account for account in accounts if account.properties.get("pending")]
    assert [account.name for account in pending] == ["pia.costa@example.test"]


def test_the_instance_owner_administers_and_owns_the_system_and_cannot_be_removed() -> None:
    rows = recorded_users()
    found = facts("users", rows)
    owner = ident(NodeKind.ACCOUNT, str(by_name(rows, "Olga")["id"]))
    assert [edge.source for edge in edges(found, EdgeKind.ADMINISTERS)] == [owner]
    (owned,) = edges(found, EdgeKind.OWNED_BY)
    assert (owned.source, owned.target) == (scope("users").system, owner)
    assert owned.outcomes is not None
    assert owned.outcomes.of(Act.REMOVED).outcome is Outcome.REFUSED


def test_a_pending_admin_administers_nothing_yet() -> None:
    row = {"id": "u1", "email": "new@example.test", "isPending": True, "role": "global:admin"}
    assert edges(facts("users", [row]), EdgeKind.ADMINISTERS) == []


def test_a_user_without_a_shown_role_has_none() -> None:
    found = facts("users", page("users-no-role")["data"])
    assert edges(found, EdgeKind.HAS_ROLE) == []


@pytest.mark.parametrize("name", DETAILS)
def test_a_detail_names_the_user_of_the_personal_project_as_owner(name: str) -> None:
    row = page(name)
    user = row["shared"][0]["project"]["projectRelations"][0]["user"]
    owned = edges(facts("workflow-details", [row]), EdgeKind.OWNED_BY)
    workflow, account = ident(NodeKind.AUTOMATION, row["id"]), ident(NodeKind.ACCOUNT, user["id"])
    assert (workflow, account) in {(edge.source, edge.target) for edge in owned}
    assert {edge.target for edge in owned} == {account}


def test_a_workflow_goes_with_its_owner_unless_it_is_handed_over() -> None:
    (owned,) = edges(facts("workflow-details", [page("workflow-health")]), EdgeKind.OWNED_BY)
    assert owned.outcomes is not None
    assert owned.outcomes.row == "n8n:workflow-owner"
    assert owned.outcomes.of(Act.REMOVED).outcome is Outcome.STOPS
    assert owned.outcomes.of(Act.TRANSFERRED).outcome is Outcome.SURVIVES
    assert owned.outcomes.of(Act.DEACTIVATED).outcome is Outcome.SURVIVES
    assert owned.outcomes.of(Act.FROZEN).outcome is Outcome.UNKNOWN


def test_the_detail_tells_who_is_disabled_and_when_somebody_was_last_there() -> None:
    row = page("workflow-health")
    user = row["shared"][0]["project"]["projectRelations"][0]["user"]
    (account,) = nodes(facts("workflow-details", [row]), NodeKind.ACCOUNT).values()
    assert account.properties["active"] is True
    assert account.properties["used_within"] == {"30": "yes", "90": "yes", "180": "yes"}
    user["disabled"], user["lastActiveAt"] = True, None
    (gone,) = nodes(facts("workflow-details", [row]), NodeKind.ACCOUNT).values()
    assert gone.properties["active"] is False
    assert gone.properties["used_within"] == {"30": "unknown", "90": "unknown", "180": "unknown"}


def test_no_mapping_judges_whose_login_it_is() -> None:
    found = [*facts("users", recorded_users()), *facts("workflow-details", [page("workflow-health")])]
    accounts = nodes(found, NodeKind.ACCOUNT).values()
    assert not any("account_type" in account.properties for account in accounts)


def test_a_workflow_shared_for_editing_is_administered_by_the_other_user() -> None:
    row = page("workflow-health")
    other = page("workflow-enrich")["shared"][0]
    row["shared"].append({**other, "role": "workflow:editor"})
    found = facts("workflow-details", [row])
    editor = ident(NodeKind.ACCOUNT, other["project"]["projectRelations"][0]["user"]["id"])
    (administers,) = edges(found, EdgeKind.ADMINISTERS)
    assert (administers.source, administers.target) == (editor, ident(NodeKind.AUTOMATION, row["id"]))
    assert editor not in {edge.target for edge in edges(found, EdgeKind.OWNED_BY)}


def test_a_workflow_of_a_team_project_belongs_to_no_user() -> None:
    row = page("workflow-health")
    row["shared"][0]["project"] |= {"type": "team", "name": "Lifecycle", "id": "p-team"}
    found = facts("workflow-details", [row])
    assert edges(found, EdgeKind.OWNED_BY) == []
    (member,) = edges(found, EdgeKind.MEMBER_OF)
    assert member.target == ident(NodeKind.GROUP, "p-team")


def test_a_personal_project_is_no_group() -> None:
    rows = [{"id": "p1", "type": "personal", "name": "Dana"}, {"id": "p2", "type": "team", "name": "Lifecycle"}]
    assert set(nodes(facts("projects", rows), NodeKind.GROUP)) == {"p2"}


def test_the_holder_of_a_credential_is_an_account_that_cannot_be_read() -> None:
    row = {
        "id": "c1",
        "name": "Key",
        "type": "httpHeaderAuth",
        "shared": [{"role": "credential:owner", "name": "Dana"}],
    }
    found = facts("credentials", [row])
    (held,) = edges(found, EdgeKind.AUTHORIZED_BY)
    assert held.target == ident(NodeKind.ACCOUNT, "unread:c1")
    assert held.outcomes is not None
    assert held.outcomes.of(Act.REMOVED).outcome is Outcome.STOPS
    assert nodes(found, NodeKind.CREDENTIAL)["c1"].properties["kept_in"] == "Dana"


def test_the_recorded_audit_names_credentials_that_nothing_uses() -> None:
    found = facts("audit", [page("audit")])
    (credential,) = nodes(found, NodeKind.CREDENTIAL).values()
    assert credential.name == "HubSpot portal token"
    assert "Credentials not used in any active workflow" in credential.properties["audit"]
    assert "used_within" not in credential.properties


def test_an_audit_without_risks_says_nothing() -> None:
    assert facts("audit", [{}]) == []


def test_ids_hold_no_email_address() -> None:
    found = facts("users", company()["users"])
    assert not any("@" in item.id or "%40" in item.id for item in nodes(found, NodeKind.ACCOUNT).values())


def test_every_relation_that_a_row_judges_has_one() -> None:
    assert {row.relation for row in CONNECTOR.departures} == {EdgeKind.OWNED_BY, EdgeKind.AUTHORIZED_BY}
    for table in CONNECTOR.departures:
        assert {row.act for row in table.rows} == {Act.DEACTIVATED, Act.REMOVED, Act.TRANSFERRED}
        assert table.gap
        assert all(row.source and row.checked for row in table.rows)


@pytest.mark.parametrize("vendor_id", [None, 5, "", ["x"], {}], ids=str)
def test_a_user_whose_id_is_no_text_is_not_understood(vendor_id: object) -> None:
    with pytest.raises(NotUnderstoodError):
        facts("users", [{"id": vendor_id, "email": "a@example.test", "role": "global:owner"}])


def test_a_user_without_names_and_with_an_odd_email_is_called_by_the_id() -> None:
    (account,) = nodes(facts("users", [{"id": "u1", "email": ["x"], "role": {}}]), NodeKind.ACCOUNT).values()
    assert account.name == "u1"


def broken_shares() -> list[tuple[str, object]]:
    share = page("workflow-health")["shared"][0]
    home = share["project"]
    relation = home["projectRelations"][0]
    return [
        ("it does not say whose it is", None),
        ("it does not say whose it is", {}),
        ("it does not say whose it is", [None]),
        ("it does not say whose it is", [share | {"project": None}]),
        ("a project does not say whose it is", [share | {"project": home | {"projectRelations": None}}]),
        ("a user has no id", [share | {"project": home | {"projectRelations": [relation | {"user": None}]}}]),
        ("a user has no id", [share | {"project": home | {"projectRelations": [relation | {"user": {"id": None}}]}}]),
    ]


@pytest.mark.parametrize(("says", "shared"), broken_shares())
def test_a_detail_that_does_not_tell_the_owner_is_not_understood(says: str, shared: object) -> None:
    with pytest.raises(NotUnderstoodError, match=says):
        facts("workflow-details", [page("workflow-health") | {"shared": shared}])
