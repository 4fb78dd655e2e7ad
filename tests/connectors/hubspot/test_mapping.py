"""Users, owners, teams, workflows and the Salesforce integration as facts."""

from typing import Any

import pytest

from stackmap.model import EdgeKind, FixBy, How, NodeKind, Reach, is_unread
from tests.connectors.hubspot.reading import by_id, company, facts, ident, read, read_with, server
from tests.support.readings import covered, edges, ends

WHOLE = read(server())
NODES = by_id(WHOLE.facts)


def account(vendor_id: str) -> dict[str, Any]:
    return NODES[ident(NodeKind.ACCOUNT, vendor_id)]


def test_the_portal_is_the_system_and_tells_what_its_token_may_do() -> None:
    system = NODES[ident(NodeKind.SYSTEM, "146020001")]
    assert (system["org_id"], system["ui_domain"]) == ("146020001", "app-eu1.hubspot.com")
    assert "automation" in system["reader_may"]


def test_super_admins_administer_the_portal_and_nobody_else_does() -> None:
    assert ends(WHOLE.facts, EdgeKind.ADMINISTERS) == {("501", "146020001"), ("504", "146020001")}
    assert ends(WHOLE.facts, EdgeKind.HAS_ROLE) == {
        ("501", "super-admin"),
        ("504", "super-admin"),
        ("502", "31"),
        ("502", "32"),
    }


def test_a_user_who_may_or_may_not_be_a_super_admin_leaves_the_list_partial() -> None:
    users = [{"id": "1", "email": "a@example.test"}, *company()["users"]]
    reading = read_with(users=users)
    item = covered(reading)["users"]
    assert (item.state, item.fix_by) == (Reach.PARTIAL, FixBy.US)
    assert ident(NodeKind.ACCOUNT, "1") in by_id(reading.facts)


def test_users_have_the_name_they_go_by_or_their_address() -> None:
    names = {fact.id: fact.name for fact in facts("users", *company()["users"]) if fact.kind is NodeKind.ACCOUNT}
    assert [names[ident(NodeKind.ACCOUNT, number)] for number in ("501", "503")] == ["Ana Admin", "cleo@example.test"]


def test_owners_are_found_under_the_id_of_their_user() -> None:
    assert account("501")["owner_id"] == "9001"
    assert ident(NodeKind.ACCOUNT, "9001") not in NODES


def test_an_owner_without_a_user_is_no_login_here() -> None:
    assert not facts("owners", company()["owners"][2])


def test_people_who_left_are_known_by_the_user_they_were() -> None:
    assert account("488")["active"] is False
    assert account("501")["active"] is True


def test_an_archived_owner_who_still_is_a_user_did_not_leave() -> None:
    assert "active" not in account("503")


def test_users_who_own_nothing_may_be_deactivated_or_not() -> None:
    assert "active" not in account("504")


def test_a_queue_is_a_group() -> None:
    assert ident(NodeKind.GROUP, "queue:9004") in NODES


def test_teams_have_their_members_of_both_sorts() -> None:
    assert ends(WHOLE.facts, EdgeKind.MEMBER_OF) == {("501", "71"), ("502", "71"), ("504", "72"), ("502", "72")}


def test_the_token_that_is_read_with_hangs_on_its_creator() -> None:
    held = [edge for edge in edges(WHOLE.facts, EdgeKind.AUTHORIZED_BY) if edge.evidence[0].inventory == "own-token"]
    assert [(edge.source, edge.target) for edge in held] == [
        (ident(NodeKind.CREDENTIAL, "private-app:3300"), ident(NodeKind.ACCOUNT, "501"))
    ]
    assert NODES[ident(NodeKind.INTEGRATION, "private-app:3300")]["used_by"] == "stackmap"


def test_workflows_run_or_are_switched_off() -> None:
    found = {number: NODES[ident(NodeKind.AUTOMATION, number)]["active"] for number in ("6001", "6002", "6003")}
    assert found == {"6001": True, "6002": False, "6003": True}


def test_a_workflow_calls_hosts_and_an_address_made_up_on_the_way_is_unread() -> None:
    calls = ends(WHOLE.facts, EdgeKind.CALLS)
    assert calls == {
        ("6001", "host%3Ahttps%3A%2F%2Fflows.example.test"),
        ("6003", "unread%3A6003%3A1"),
    }
    assert [edge.source for edge in edges(WHOLE.facts, EdgeKind.CALLS) if is_unread(edge.target)] == [
        ident(NodeKind.AUTOMATION, "6003")
    ]


def test_of_custom_code_only_the_names_of_its_secrets_are_kept() -> None:
    assert NODES[ident(NodeKind.AUTOMATION, "6002")]["secret_names"] == ["a_token", "z_token"]
    shown = repr(WHOLE)
    for secret in ("in-code", "in-address", "in-query", "in-parameters"):
        assert f"secret-{secret}" not in shown


@pytest.mark.parametrize("actions", [None, "all", {"1": {}}, [None], [{"type": "WEBHOOK"}, 5]])
def test_actions_that_cannot_be_read_make_the_details_partial(actions: object) -> None:
    flows = [{**company()["flows"][0], "actions": actions}]
    item = covered(read_with(flows=flows))["flow-details"]
    assert item.state is Reach.PARTIAL
    assert "record 6001 (its actions cannot be read)" in item.reason


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://hooks.example.test/a/b?c=d", "https://hooks.example.test"),
        ("http://hooks.example.test:8080/x", "http://hooks.example.test:8080"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]"),
        ("ftp://hooks.example.test", ""),
        ("https://{{host}}/x", ""),
        ("https://hooks.example.test:port/", ""),
        (7, ""),
        (None, ""),
    ],
)
def test_of_an_address_called_scheme_host_and_port_are_kept(url: object, host: str) -> None:
    row = {"id": "1", "actions": [{"type": "WEBHOOK", "webhookUrl": url}]}
    (call,) = edges(facts("flow-details", row), EdgeKind.CALLS)
    assert call.target == ident(NodeKind.ENDPOINT, f"host:{host}" if host else "unread:1:1")


def test_the_old_api_tells_who_made_a_workflow_under_its_current_id() -> None:
    made, saved = ends(WHOLE.facts, EdgeKind.CREATED_BY), ends(WHOLE.facts, EdgeKind.MODIFIED_BY)
    assert {("6001", "502"), ("6002", "488")} <= made, "by either of the fields that tell it"
    assert {("6001", "501"), ("6002", "502")} <= saved


def test_of_two_fields_that_name_the_maker_the_plain_one_counts() -> None:
    by_user = {"createdByUser": {"userId": 2, "userEmail": "b@example.test"}}
    row = {"id": 1, "originalAuthorUserId": 3, "creationSource": by_user, "migrationStatus": {"flowId": 8}}
    assert ends(facts("workflows-v3", row), EdgeKind.CREATED_BY) == {("8", "3")}


def test_an_old_workflow_that_does_not_tell_its_current_id_is_found_by_the_list_of_ids() -> None:
    joined = [edge for edge in edges(WHOLE.facts, EdgeKind.CREATED_BY) if edge.source.endswith("/6004")]
    assert [(edge.target, edge.evidence[0].how) for edge in joined] == [
        (ident(NodeKind.ACCOUNT, "489"), How.INFERRED_KEY)
    ]


def test_an_old_workflow_without_any_current_id_is_told_and_costs_the_others_nothing() -> None:
    lost = {"id": 99, "originalAuthorUserId": 501, "migrationStatus": {}}
    reading = read_with(workflows=[lost, *company()["workflows"]])
    item = covered(reading)["workflow-ids"]
    assert (item.state, item.fix_by) == (Reach.PARTIAL, FixBy.NOBODY)
    assert ("6004", "489") in ends(reading.facts, EdgeKind.CREATED_BY)


def test_where_every_old_workflow_tells_its_id_nothing_is_asked() -> None:
    item = covered(read_with(workflows=company()["workflows"][:2]))["workflow-ids"]
    assert (item.state, item.records) == (Reach.COMPLETE, 0)


def test_the_audit_log_tells_of_the_other_workflows_and_that_is_possible_only() -> None:
    found = [edge for edge in WHOLE.facts if edge.evidence[0].inventory == "audit-log"]
    assert ends(found, EdgeKind.CREATED_BY) == {("6003", "504")}
    assert ends(found, EdgeKind.MODIFIED_BY) == {("6003", "502")}
    assert {edge.evidence[0].how for edge in found} == {How.INFERRED_NAME}


def test_the_salesforce_integration_is_concluded_from_its_properties() -> None:
    sync = ident(NodeKind.INTEGRATION, "sync:salesforce")
    assert NODES[sync]["link"] == {"a": ["hubspot", "146020001"], "b": ["salesforce", ""]}
    (far,) = edges(WHOLE.facts, EdgeKind.CONNECTS)
    (login,) = edges(WHOLE.facts, EdgeKind.RUNS_AS)
    assert (far.source, far.target) == (sync, "salesforce/unknown/system/unknown")
    assert login.target == "salesforce/unknown/account/unread%3Ahubspot-sync%3A146020001"
    assert login.outcomes is not None
    assert login.outcomes.row == "hubspot:salesforce-sync"
    assert {edge.evidence[0].how for edge in (far, login)} == {How.INFERRED_KEY}, "the group outlives the integration"


def test_other_groups_and_an_archived_one_are_no_integration() -> None:
    assert not facts("property-groups", {"name": "contactinformation"})
    assert not facts("property-groups", {"name": "salesforceinformation", "archived": True})
