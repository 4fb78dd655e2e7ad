"""One switched-off workflow full of vendors' nodes, so that the recorded pages show such nodes."""

from __future__ import annotations

from itertools import pairwise

from tests.live import admin
from tests.live.admin import Json, Login, Server


def add(server: Server, login: Login, error_workflow: str) -> str:
    """Store the workflow for this person and return its id; it is never run and its token opens nothing."""
    token = admin.make_credential(server, login, "HubSpot portal token", "hubspotAppToken", {"appToken": "not-a-token"})
    workflow_id = admin.make_workflow(server, login, _body(token, error_workflow))
    admin.tag(server, login, workflow_id, "crm")
    return workflow_id


def _body(token: str, error_workflow: str) -> Json:
    hubspot = {"hubspotAppToken": {"id": token, "name": "HubSpot portal token"}}
    # The public API takes a node that names a credential which is not there.
    salesforce = {"salesforceOAuth2Api": {"id": "absent0000000000", "name": "Salesforce login"}}
    cron = {"rule": {"interval": [{"field": "cronExpression", "expression": "0 6 * * 1"}]}}
    nodes: list[Json] = [
        {
            "name": "Every Monday",
            "type": "n8n-nodes-base.scheduleTrigger",
            "typeVersion": 1.2,
            "parameters": cron,
        },
        {
            "name": "Get contacts",
            "type": "n8n-nodes-base.hubspot",
            "typeVersion": 2.1,
            "parameters": {"authentication": "appToken", "resource": "contact", "operation": "getAll"},
            "credentials": hubspot,
        },
        {
            "name": "Update leads",
            "type": "n8n-nodes-base.salesforce",
            "typeVersion": 1,
            "parameters": {"resource": "lead", "operation": "update"},
            "credentials": salesforce,
            "disabled": True,
        },
        {"name": "Mail the team", "type": "n8n-nodes-base.emailSend", "typeVersion": 2.1, "parameters": {}},
    ]
    names = [str(node["name"]) for node in nodes]
    return {
        "name": "CRM digest",
        "nodes": [{"id": f"v{i}", "position": [220 * i, 0], **node} for i, node in enumerate(nodes)],
        "connections": {a: {"main": [[{"node": b, "type": "main", "index": 0}]]} for a, b in pairwise(names)},
        "settings": {"executionOrder": "v1", "errorWorkflow": error_workflow},
    }
