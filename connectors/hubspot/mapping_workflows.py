"""Workflows: from the API that tells what they do, and from the one that tells who made them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from connectors.hubspot.mapping import texts
from stackmap.model import EdgeKind, Fact, How, Node, NodeKind
from stackmap.sdk import NotUnderstoodError, Record, Scope, lookup

__all__ = ["audited", "flow", "flow_detail", "flow_of", "old_workflow", "workflow_id"]

_CLUES = {
    EdgeKind.CREATED_BY: ("originalAuthorUserId", "creationSource.createdByUser.userId"),
    EdgeKind.MODIFIED_BY: ("lastUpdatedByUserId", "updateSource.updatedByUser.userId"),
}
_AUDITED = {"CREATE": EdgeKind.CREATED_BY, "UPDATE": EdgeKind.MODIFIED_BY}
_DEFAULT_PORTS = {"http": 80, "https": 443}


def flow(row: Record, at: Scope) -> Iterator[Fact]:
    """A workflow of any object, as the current API lists it: without its people."""
    enabled = row.get("isEnabled")
    properties = {
        "active": enabled if isinstance(enabled, bool) else None,
        "automation_type": "workflow",
        "created_at": row.get("createdAt"),
        "flow_type": row.get("flowType"),
        "object_type": row.get("objectTypeId"),
    }
    node = at.node(NodeKind.AUTOMATION, row["id"], str(row.get("name") or row["id"]), properties)
    yield node
    yield at.edge(EdgeKind.PART_OF, node.id, at.system, row["id"])
    if not isinstance(enabled, bool):
        raise NotUnderstoodError("it does not say whether it is switched on")


def flow_detail(row: Record, at: Scope) -> Iterator[Fact]:
    """What a workflow calls, and the names of the secrets that its custom code is given. Nothing else is kept.

    Bodies, headers, code and enrolment criteria may hold keys and personal data.
    """
    actions = [item for item in _list(row.get("actions")) if isinstance(item, Mapping)]
    coded = [item for item in actions if item.get("type") == "CUSTOM_CODE"]
    properties: dict[str, Any] = {}
    if coded:
        properties["custom_code"] = True
        properties["secret_names"] = sorted({name for item in coded for name in texts(item.get("secretNames"))})
    node = at.node(NodeKind.AUTOMATION, row["id"], str(row.get("name") or ""), properties)
    yield node
    for position, item in enumerate(actions, 1):
        if item.get("type") == "WEBHOOK":
            yield from _call(node.id, item, position, row, at)
    if not isinstance(row.get("actions"), list) or len(actions) < len(row["actions"]):
        raise NotUnderstoodError("its actions cannot be read")


def _call(automation: str, action: Record, position: int, row: Record, at: Scope) -> Iterator[Fact]:
    host = _host(action.get("webhookUrl"))
    if not host:
        unread = at.id(NodeKind.ENDPOINT, f"unread:{row['id']}:{position}")
        yield at.edge(EdgeKind.CALLS, automation, unread, row["id"])
        return
    address = at.id(NodeKind.ENDPOINT, f"host:{host}")
    yield Node(NodeKind.ENDPOINT, address, host, at.evidence(row["id"]))
    yield at.edge(EdgeKind.CALLS, automation, address, row["id"])


def flow_of(row: Record) -> str:
    """The current id of a workflow of the old API, "" where the row does not tell it."""
    found = lookup(row, "migrationStatus.flowId")
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) and found != "" else ""


def old_workflow(row: Record, at: Scope) -> Iterator[Fact]:
    """Who made and last saved a workflow: only the old API tells, and of contact workflows only.

    Under an old id (`v3:`) where the row does not tell the current one: the list of ids then brings them together.
    """
    automation = at.id(NodeKind.AUTOMATION, flow_of(row) or f"v3:{row['id']}")
    for kind, places in _CLUES.items():
        found = [who for place in places if (who := lookup(row, place)) is not None]
        if found:
            yield at.edge(kind, automation, at.id(NodeKind.ACCOUNT, found[0]), row["id"])


def workflow_id(row: Record, at: Scope) -> Iterator[Fact]:
    """The old id of a workflow that the old API itself gives no current one for."""
    yield at.node(NodeKind.AUTOMATION, row["flowId"], "", {"old_id": str(row["workflowId"])})


def audited(row: Record, at: Scope) -> Iterator[Fact]:
    """Who created or changed a workflow, from the audit log of an Enterprise account.

    Category and action are free texts, and that the target is the workflow's id is nowhere documented: possible.
    """
    kind = _AUDITED.get(str(row.get("action") or "").upper())
    said = f"{row.get('category')} {row.get('subCategory')}".upper()
    who, target = lookup(row, "actingUser.userId"), str(row.get("targetObjectId") or "")
    if kind is not None and "WORKFLOW" in said and who is not None and target.isdecimal():
        automation = at.id(NodeKind.AUTOMATION, target)
        yield at.edge(kind, automation, at.id(NodeKind.ACCOUNT, who), row["id"], how=How.INFERRED_NAME)


def _host(url: object) -> str:
    """Scheme, host and port other than the usual one, "" where they cannot be read: user, path and query stay."""
    if not isinstance(url, str):
        return ""
    try:
        split = urlsplit(url.strip())
        host, port = split.hostname, split.port
    except ValueError:
        return ""
    if split.scheme not in _DEFAULT_PORTS or not host or "{" in host:
        return ""
    shown = f"[{host}]" if ":" in host else host
    own = port is not None and port != _DEFAULT_PORTS[split.scheme]
    return f"{split.scheme}://{shown}:{port}" if own else f"{split.scheme}://{shown}"


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()
