"""Workflows: what they use, whom they let in, what they call."""

import json
from typing import Any

import pytest

from connectors.n8n.products import product_of_type
from stackmap.model import EdgeKind, Fact, Node, NodeKind, Outcome, build_graph, is_unread
from tests.connectors.n8n.reading import BASE_URL, by_id, company, facts, ident, nodes, recorded_workflows
from tests.support.readings import edges

CALLED = {"name": "Called", "type": "n8n-nodes-base.executeWorkflowTrigger"}
ALARM = {"name": "On error", "type": "n8n-nodes-base.errorTrigger"}


def row(workflow_id: str, *some: dict[str, Any], project: str = "p1", active: bool = True, **settings: str) -> Any:
    """A workflow's record with these nodes."""
    shared = [{"role": "workflow:owner", "workflowId": workflow_id, "projectId": project}]
    return {
        "id": workflow_id,
        "name": workflow_id,
        "active": active,
        "nodes": list(some),
        "settings": settings,
        "shared": shared,
    }


def call(callee: object, **more: Any) -> dict[str, Any]:
    """A node that calls another workflow."""
    options = more.pop("options", {})
    node = {"name": "Call", "type": "n8n-nodes-base.executeWorkflow", "typeVersion": 1.2}
    return node | more | {"parameters": {"workflowId": callee, "options": options}}


def request(url: str, method: str = "GET", **more: Any) -> dict[str, Any]:
    node = {"name": "Ask", "type": "n8n-nodes-base.httpRequest", "parameters": {"url": url, "method": method}}
    return node | more


def ways_left(found: list[Fact], caller: str) -> set[str]:
    """The addresses a caller asks for that somebody offers: none means that the call fails."""
    graph = build_graph(found)
    targets = {link.target for link in graph.out(ident(NodeKind.AUTOMATION, caller), EdgeKind.CALLS)}
    return {target for target in targets if target in graph}


def test_recorded_workflows_keep_name_state_and_starts() -> None:
    found = nodes(facts("workflows", recorded_workflows().values()), NodeKind.AUTOMATION)
    named = {node.name: node.properties for node in found.values()}
    assert len(named) == 32
    assert named["Lead intake"]["starts"] == ["webhook"]
    assert named["Clean phone numbers"]["starts"] == ["called", "webhook"]
    assert named["CRM digest"]["starts"] == ["schedule"]
    assert named["Lead intake"]["active"] is True
    assert named["Old list import"]["active"] is False
    assert named["Retired form"]["archived"] is True


def test_an_unpublished_workflow_that_others_call_is_neither_on_nor_off() -> None:
    found = nodes(facts("workflows", [recorded_workflows()["Enrich company"]]), NodeKind.AUTOMATION)
    (enrich,) = found.values()
    assert "active" not in enrich.properties
    assert enrich.properties["published"] is False


def test_what_runs_is_the_published_version_not_the_draft() -> None:
    record = row("w", CALLED) | {"activeVersion": {"nodes": [{"name": "T", "type": "n8n-nodes-base.formTrigger"}]}}
    (automation,) = nodes(facts("workflows", [record]), NodeKind.AUTOMATION).values()
    assert automation.properties["starts"] == ["form"]


def test_every_credential_a_workflow_names_is_needed_once() -> None:
    named = {"type": "n8n-nodes-base.httpRequest", "credentials": {"httpHeaderAuth": {"id": "c1", "name": "Key"}}}
    other = named | {"credentials": {"httpHeaderAuth": {"id": "c2", "name": "Other"}}}
    found = facts("workflows", [row("w", {"name": "A"} | named, {"name": "B"} | named, {"name": "C"} | other)])
    used = edges(found, EdgeKind.AUTHENTICATES_WITH)
    assert [(edge.target, edge.slot) for edge in used] == [
        (ident(NodeKind.CREDENTIAL, "c1"), "c1"),
        (ident(NodeKind.CREDENTIAL, "c2"), "c2"),
    ]
    assert all(is_unread(edge.target) for edge in edges(found, EdgeKind.AUTHORIZED_BY))


def test_a_credential_of_tolerant_nodes_only_may_be_missed() -> None:
    node = {"name": "A", "type": "n8n-nodes-base.httpRequest", "onError": "continueErrorOutput"}
    named = node | {"credentials": {"httpHeaderAuth": {"id": "c1", "name": "Key"}}}
    (used,) = edges(facts("workflows", [row("w", named)]), EdgeKind.AUTHENTICATES_WITH)
    assert used.outcomes is not None
    assert {judgement.outcome for judgement in used.outcomes.by_act.values()} == set()


def test_nodes_that_are_switched_off_use_nothing() -> None:
    record = recorded_workflows()["CRM digest"]
    found = facts("workflows", [record])
    assert {node.name for node in nodes(found, NodeKind.CREDENTIAL).values()} == {"HubSpot portal token"}
    off = facts("workflows", [recorded_workflows()["Enrich, switched off"]])
    assert edges(off, EdgeKind.CALLS) == []


def test_a_recorded_workflow_reads_from_the_product_of_its_nodes() -> None:
    found = facts("workflows", [recorded_workflows()["CRM digest"]])
    assert [edge.target for edge in edges(found, EdgeKind.READS_FROM)] == ["hubspot/unknown/system/unknown"]
    assert edges(found, EdgeKind.WRITES_TO) == []
    system = by_id(found)["hubspot/unknown/system/unknown"]
    assert system.properties == {"product": "hubspot", "tenant": "unknown"}


def test_an_operation_that_is_not_written_out_neither_reads_nor_writes() -> None:
    node = {"name": "A", "type": "n8n-nodes-base.salesforce", "parameters": {"resource": "lead"}}
    found = facts("workflows", [row("w", node)])
    assert edges(found, EdgeKind.READS_FROM) == edges(found, EdgeKind.WRITES_TO) == []
    (automation,) = nodes(found, NodeKind.AUTOMATION).values()
    assert automation.properties["products"] == ["salesforce"]


@pytest.mark.parametrize(
    ("node_type", "product"),
    [
        ("n8n-nodes-base.hubspotTrigger", "hubspot"),
        ("n8n-nodes-base.googleSheets", "google-sheets"),
        ("n8n-nodes-base.microsoftDynamicsCrm", "dynamics365"),
        ("n8n-nodes-base.slackTool", "slack"),
        ("n8n-nodes-acme.acmeCrm", "acme-crm"),
        ("@n8n/n8n-nodes-langchain.lmChatOpenAi", "openai"),
        ("@n8n/n8n-nodes-langchain.agent", None),
        ("n8n-nodes-base.scheduleTrigger", None),
        ("n8n-nodes-base.if", None),
        ("", None),
    ],
)
def test_a_node_type_names_its_product(node_type: str, product: str | None) -> None:
    assert product_of_type(node_type) == product


@pytest.mark.parametrize(
    ("policy", "caller_project", "let_in"),
    [
        ({"callerPolicy": "any"}, "p2", True),
        ({"callerPolicy": "none"}, "p1", False),
        ({"callerPolicy": "workflowsFromSameOwner"}, "p1", True),
        ({"callerPolicy": "workflowsFromSameOwner"}, "p2", False),
        ({"callerPolicy": "workflowsFromAList", "callerIds": "x, caller ,y"}, "p2", True),
        ({"callerPolicy": "workflowsFromAList", "callerIds": "x"}, "p1", False),
        ({"callerPolicy": "workflowsFromAList"}, "p1", False),
        ({}, "p1", True),
        ({}, "p2", False),
    ],
)
def test_a_caller_finds_an_open_door_where_the_policy_lets_it_in(
    policy: Any, caller_project: str, let_in: bool
) -> None:
    callee = row("callee", CALLED, project="p1", **policy)
    caller = row("caller", call("callee"), project=caller_project)
    assert bool(ways_left(facts("workflows", [callee, caller]), "caller")) is let_in


def test_a_workflow_without_an_entry_for_calls_lets_nobody_in() -> None:
    found = facts("workflows", [row("callee", callerPolicy="any"), row("caller", call("callee"))])
    assert ways_left(found, "caller") == set()


def test_a_caller_of_a_workflow_that_is_gone_finds_no_door() -> None:
    assert ways_left(facts("workflows", [row("caller", call("gone"))]), "caller") == set()


def test_the_ways_in_are_proven_alternatives_of_one_group() -> None:
    found = edges(facts("workflows", [row("caller", call("callee"))]), EdgeKind.CALLS)
    assert {(edge.group, edge.need, edge.proven) for edge in found} == {("call:callee", 1, True)}
    assert len(found) == 3


def test_the_policies_of_the_recorded_server_give_the_calls_that_it_answered() -> None:
    """Observed on n8n 1.123.50: a call across owners under the default policy, and one under `none`, fail."""
    rows = recorded_workflows()
    found = facts("workflows", rows.values())
    asking = {
        name: record["id"]
        for name, record in rows.items()
        if any(edge.group for edge in edges(facts("workflows", [record]), EdgeKind.CALLS))
    }
    let_in = {name for name, vendor_id in asking.items() if ways_left(found, vendor_id)}
    assert set(asking) - let_in == {"Lead scoring", "Quote builder"}
    assert let_in == {
        "Assign account",
        "Enrich if possible",
        "Event attendance",
        "Event follow-up",
        "Find territory",
        "Lead router",
        "Lead router, old form",
        "Merge duplicates",
    }


@pytest.mark.parametrize("callee", ["callee", {"__rl": True, "mode": "id", "value": "callee"}])
def test_both_forms_of_naming_a_callee_are_read(callee: object) -> None:
    assert edges(facts("workflows", [row("caller", call(callee))]), EdgeKind.CALLS)[0].group == "call:callee"


@pytest.mark.parametrize(
    "parameters",
    [
        {"workflowId": "={{ $json.id }}"},
        {"workflowId": {"__rl": True, "mode": "id", "value": "={{ $json.id }}"}},
        {"source": "url", "workflowUrl": "https://files.example.test/secret.json"},
        {},
    ],
)
def test_a_call_whose_target_is_not_written_out_hangs_on_something_unread(parameters: dict[str, Any]) -> None:
    node = {"name": "Call", "type": "n8n-nodes-base.executeWorkflow", "parameters": parameters}
    (edge,) = edges(facts("workflows", [row("caller", node)]), EdgeKind.CALLS)
    assert is_unread(edge.target)


def test_a_caller_that_does_not_wait_only_needs_the_workflow_to_be_there() -> None:
    caller = row("caller", call("callee", options={"waitForSubWorkflow": False}), project="p2")
    (edge,) = edges(facts("workflows", [caller]), EdgeKind.CALLS)
    assert edge.target == ident(NodeKind.ENDPOINT, "stored:callee")
    there = by_id(facts("workflows", [row("callee", CALLED, callerPolicy="none")]))
    assert there[edge.target].properties == {"internal": True}


def outcomes_of(record: Any) -> set[Outcome]:
    """What its calls pass on: empty where the kind's own rule (stops) holds."""
    found = edges(facts("workflows", [record]), EdgeKind.CALLS)
    judged = [edge.outcomes.uniform for edge in found if edge.outcomes is not None]
    return {judgement.outcome for judgement in judged if judgement is not None}


@pytest.mark.parametrize(
    "node",
    [
        call("callee", onError="continueRegularOutput"),
        call("callee", onError="continueErrorOutput"),
        call("callee", continueOnFail=True),
        call("callee", type="@n8n/n8n-nodes-langchain.toolWorkflow"),
    ],
)
def test_a_workflow_that_goes_on_after_a_failed_call_survives_it(node: dict[str, Any]) -> None:
    assert outcomes_of(row("caller", node)) == {Outcome.SURVIVES}


def test_on_error_wins_over_the_older_setting() -> None:
    assert outcomes_of(row("caller", call("callee", onError="stopWorkflow", continueOnFail=True))) == set()


def test_of_two_calls_of_one_workflow_the_stricter_counts() -> None:
    tolerant = call("callee", onError="continueRegularOutput")
    for order in ((tolerant, call("callee")), (call("callee"), tolerant)):
        assert outcomes_of(row("caller", *order)) == set()


def test_an_error_workflow_is_told_through_a_door_of_its_own() -> None:
    found = facts("workflows", [row("w", errorWorkflow="alarm"), row("alarm", ALARM, project="p2", callerPolicy="any")])
    told = {edge.target for edge in edges(found, EdgeKind.NOTIFIES)}
    assert told & set(by_id(found)) == {ident(NodeKind.ENDPOINT, "alarm:alarm:any")}


def test_an_error_workflow_that_lets_this_workflow_not_in_is_told_nothing() -> None:
    found = facts("workflows", [row("w", errorWorkflow="alarm"), row("alarm", ALARM, project="p2")])
    told = {edge.target for edge in edges(found, EdgeKind.NOTIFIES)}
    assert told
    assert not told & set(by_id(found))


def test_a_published_webhook_is_an_address_served_by_its_workflow() -> None:
    found = facts("workflows", [recorded_workflows()["Lead intake"]])
    (served,) = edges(found, EdgeKind.SERVED_BY)
    assert by_id(found)[served.source].name == "GET /webhook/lead_intake"
    assert "internal" not in by_id(found)[served.source].properties


def test_an_unpublished_webhook_is_no_address() -> None:
    assert edges(facts("workflows", [recorded_workflows()["Old list import"]]), EdgeKind.SERVED_BY) == []


def test_a_random_webhook_path_is_shown_to_nobody() -> None:
    secret = "0b8d1a4c-6f5e-4c7a-9d3b-2f1e0a9c8b7d"
    node = {"name": "Webhook", "type": "n8n-nodes-base.webhook", "webhookId": secret, "parameters": {"path": secret}}
    found = facts("workflows", [row("w", node)])
    assert len(edges(found, EdgeKind.SERVED_BY)) == 1
    assert secret not in repr(found)


def test_a_request_to_another_server_keeps_scheme_host_and_port_only() -> None:
    url = "https://kim:pass@api.example.test:8443/v1/token-in-path?key=secret#top"
    found = facts("workflows", [row("w", request(url))])
    endpoint = next(node for node in found if isinstance(node, Node) and node.kind is NodeKind.ENDPOINT)
    assert endpoint.name == "https://api.example.test:8443"
    assert not any(word in repr(found) for word in ("secret", "token-in-path", "pass@", "kim"))


@pytest.mark.parametrize("url", ["={{ $json.url }}", "ftp://host.example.test", "https://[broken", "no address", ""])
def test_a_request_without_a_readable_host_is_no_call(url: str) -> None:
    assert edges(facts("workflows", [row("w", request(url))]), EdgeKind.CALLS) == []


def test_a_request_to_a_webhook_of_this_instance_hangs_on_the_workflow_behind_it() -> None:
    hook = {"name": "Webhook", "type": "n8n-nodes-base.webhook", "parameters": {"path": "intake", "httpMethod": "POST"}}
    found = facts("workflows", [row("w", hook), row("asks", request(f"{BASE_URL}/webhook/intake?x=1", "POST"))])
    (asked,) = edges(found, EdgeKind.CALLS)
    (served,) = edges(found, EdgeKind.SERVED_BY)
    assert (asked.target, served.target) == (served.source, ident(NodeKind.AUTOMATION, "w"))


def test_no_parameter_of_a_node_is_kept() -> None:
    node = {"name": "Set", "type": "n8n-nodes-base.set", "parameters": {"jsonOutput": "a planted secret"}}
    record = row("w", node) | {"pinData": {"Set": [{"json": {"value": "a planted secret"}}]}}
    assert "a planted secret" not in repr(facts("workflows", [record]))


def test_the_order_of_records_changes_nothing() -> None:
    rows = list(recorded_workflows().values())
    forward, backward = facts("workflows", rows), facts("workflows", rows[::-1])
    assert sorted(map(repr, forward)) == sorted(map(repr, backward))


def test_mapping_changes_no_record() -> None:
    rows = list(recorded_workflows().values())
    before = json.dumps(rows)
    facts("workflows", rows)
    assert json.dumps(rows) == before


def test_the_small_company_maps_without_a_node_of_another_kind() -> None:
    found = facts("workflows", company()["workflows"])
    assert {fact.kind for fact in found if isinstance(fact, Node)} == {
        NodeKind.AUTOMATION,
        NodeKind.CREDENTIAL,
        NodeKind.ENDPOINT,
        NodeKind.SYSTEM,
    }
