"""One workflow of the list: what it uses, whom it lets call it, what it calls.

Calls between workflows are modelled through internal addresses, because who may call whom is decided by the callee
(`callerPolicy`) and this list shows both ends only one at a time:

* a workflow offers `call:<its id>:any`, `:project:<its project>` or `:workflow:<caller>`, as its policy says;
* a caller asks for the three through which it would be let in, and needs one of them.

An address that nobody offers is missing from the complete list, so a call that the callee refuses, or whose callee is
gone, is broken already, as on the server. The rules are those of
n8n-io/n8n, packages/cli/src/executions/pre-execution-checks/subworkflow-policy-checker.ts of 1.123.50.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from connectors.n8n import nodes as reading
from connectors.n8n.mapping import credential_facts, stored
from connectors.n8n.nodes import Demand
from connectors.n8n.products import READING, WRITING, product_of_type
from stackmap.model import Certainty, Edge, EdgeKind, Fact, NodeKind, Outcome, Outcomes, make_id, system_id
from stackmap.model import Node as FactNode
from stackmap.sdk import NotUnderstoodError, Record, Scope

__all__ = ["workflow"]

_SAME_OWNER = "workflowsFromSameOwner"

# docs.n8n.io/workflows/components/nodes, Node settings: "continue on fail" lets the workflow go on.
_GOES_ON = Outcomes.always(Outcome.SURVIVES, Certainty.CERTAIN)
_MAY_STOP = Outcomes()


def workflow(row: Record, at: Scope) -> Iterator[Fact]:
    """Everything the list says about one workflow. Who owns it: `mapping.ownership`.

    Raises NotUnderstoodError, last of all, where its nodes cannot all be read.
    """
    production = reading.in_production(row)
    running = reading.enabled(production)
    automation = _automation(row, production, running, at)
    yield automation
    yield at.edge(EdgeKind.PART_OF, automation.id, at.system, row["id"])
    yield from _credentials(row, automation.id, running, at)
    yield from _offers(row, automation.id, production, at)
    if row.get("active") is True:
        for key, name in reading.listening(running):
            yield from _endpoint(key, name, automation.id, row, at)
    yield from _calls(row, automation.id, running, at)
    yield from _requests(row, automation.id, running, at)
    yield from _alarm(row, automation.id, at)
    yield from _products(row, automation.id, running, at)
    if unread := reading.gaps(row):
        raise NotUnderstoodError(", ".join(unread))


def _automation(row: Record, production: Sequence[Record], running: Sequence[Record], at: Scope) -> FactNode:
    products = {product_of_type(str(node.get("type") or "")) for node in running} - {None}
    properties = {
        "active": _active(row, production),
        "archived": True if row.get("isArchived") is True else None,
        "created_at": row.get("createdAt"),
        "products": sorted(str(product) for product in products) or None,
        "published": row.get("active") if isinstance(row.get("active"), bool) else None,
        "starts": reading.starts(running) or ([] if not reading.gaps(row) else None),
        "updated_at": row.get("updatedAt"),
    }
    base = at.settings.get("base_url", "").rstrip("/").removesuffix("/api/v1")
    link = f"{base}/workflow/{row['id']}" if base.startswith("https://") else ""
    return at.node(NodeKind.AUTOMATION, row["id"], str(row.get("name") or row["id"]), properties, link=link)


def _active(row: Record, production: Sequence[Record]) -> bool | None:
    """Whether it runs. Unpublished ones answer no trigger, but on 1.x still run when another workflow calls them or
    fails (observed on n8n 1.123.50; 2.x refuses: n8n-io/n8n issue 24036), so of those nobody can say.
    """
    published = row.get("active")
    if published is not False:
        return True if published is True else None
    asked = reading.can_be_called(production) or reading.alarm_raised(production) or reading.gaps(row)
    return None if asked else False


def _credentials(row: Record, automation: str, running: Sequence[Record], at: Scope) -> Iterator[Fact]:
    for vendor_id, (name, kind, demand) in reading.credentials(running, str(row["id"])).items():
        yield from credential_facts(vendor_id, name, {"credential_type": kind}, at)
        used = at.id(NodeKind.CREDENTIAL, vendor_id)
        edge = at.edge(EdgeKind.AUTHENTICATES_WITH, automation, used, row["id"], slot=vendor_id)
        # Before a run n8n checks every credential of the workflow, whatever its nodes tolerate, but not for workflows
        # of the instance's owner and admins (credentials-permission-checker.ts of 1.123.50).
        yield edge if demand is Demand.REQUIRED else replace(edge, outcomes=_MAY_STOP)


def _offers(row: Record, automation: str, production: Sequence[Record], at: Scope) -> Iterator[Fact]:
    name = str(row.get("name") or row["id"])
    if reading.can_be_called(production):
        there = stored(row["id"], at)
        yield FactNode(
            NodeKind.ENDPOINT, there, f"{name} is there to be started", at.evidence(row["id"]), {"internal": True}
        )
        yield at.edge(EdgeKind.PART_OF, there, at.system, row["id"])
    for word, offered, says in (
        ("call", reading.can_be_called(production), f"Calls of {name}"),
        ("alarm", reading.alarm_raised(production), f"Failures told to {name}"),
    ):
        for door in _doors(row) if offered else ():
            yield from _endpoint(f"{word}:{row['id']}:{door}", says, automation, row, at, internal=True)


def _doors(row: Record) -> list[str]:
    """Whom the workflow lets in. Nobody at all under `none`, not even workflows of the same project."""
    settings = _settings(row)
    # Without a word of its own the instance's default holds; it is this one unless the operator changed
    # N8N_WORKFLOW_CALLER_POLICY_DEFAULT_OPTION, which no call shows.
    policy = settings.get("callerPolicy") or _SAME_OWNER
    if policy == "any":
        return ["any"]
    if policy == "workflowsFromAList":
        listed = str(settings.get("callerIds") or "").split(",")
        return sorted({f"workflow:{caller.strip()}" for caller in listed if caller.strip()})
    project = _project(row)
    return [f"project:{project}"] if policy == _SAME_OWNER and project else []


def _ways_in(word: str, callee: str, row: Record, at: Scope) -> list[str]:
    """The addresses through which this workflow would be let in by `callee`."""
    doors = ["any", f"workflow:{row['id']}"]
    if project := _project(row):
        doors.append(f"project:{project}")
    return [at.id(NodeKind.ENDPOINT, f"{word}:{callee}:{door}") for door in sorted(doors)]


def _calls(row: Record, automation: str, running: Sequence[Record], at: Scope) -> Iterator[Fact]:
    demands: dict[tuple[str, bool], Demand] = {}
    for call in reading.calls(running):
        if not call.callee:
            unread = at.id(NodeKind.AUTOMATION, f"unread:{row['id']}:{call.node}")
            yield _softened(at.edge(EdgeKind.CALLS, automation, unread, row["id"]), call.demand)
            continue
        key = (call.callee, call.waits)
        demands[key] = max(call.demand, demands.get(key, Demand.TOLERATED))
    for (callee, waits), demand in sorted(demands.items()):
        if not waits:
            # The caller only needs to find it: what happens in the run, a refusal included, it never hears.
            yield _softened(at.edge(EdgeKind.CALLS, automation, stored(callee, at), row["id"]), demand)
            continue
        for way in _ways_in("call", callee, row, at):
            edge = at.edge(EdgeKind.CALLS, automation, way, row["id"], group=f"call:{callee}", need=1, proven=True)
            yield _softened(edge, demand)


def _softened(edge: Edge, demand: Demand) -> Edge:
    return edge if demand is Demand.REQUIRED else replace(edge, outcomes=_GOES_ON)


def _requests(row: Record, automation: str, running: Sequence[Record], at: Scope) -> Iterator[Fact]:
    demands: dict[tuple[str, str], Demand] = {}
    for method, url, demand in reading.requests(running):
        if host := reading.host_of(url):
            own = _own_webhook(method, url, at)
            asked = (own, "") if own else (f"host:{host}", host)
            demands[asked] = max(demand, demands.get(asked, Demand.TOLERATED))
    for (key, foreign), demand in sorted(demands.items()):
        address = at.id(NodeKind.ENDPOINT, key)
        if foreign:
            yield FactNode(NodeKind.ENDPOINT, address, foreign, at.evidence(row["id"]))
        yield _softened(at.edge(EdgeKind.CALLS, automation, address, row["id"]), demand)


def _own_webhook(method: str, url: str, at: Scope) -> str:
    """The address's key where the request goes to a webhook of this very instance, else ""."""
    for name in ("webhook_url", "base_url"):
        home = at.settings.get(name, "").rstrip("/").removesuffix("/api/v1")
        if home and reading.host_of(url) == reading.host_of(home):
            base = urlsplit(home).path.rstrip("/") + "/webhook/"
            path = urlsplit(url).path
            if path.startswith(base) and path != base:
                return reading.webhook_key(method, path.removeprefix(base))
    return ""


def _alarm(row: Record, automation: str, at: Scope) -> Iterator[Fact]:
    """The error workflow of the settings: it is told of failures, if its own policy lets this workflow in
    (executeErrorWorkflow in workflow-execution.service.ts of 1.123.50).
    """
    told = _settings(row).get("errorWorkflow")
    if isinstance(told, str) and told and told not in {"DEFAULT", row["id"]}:
        for way in _ways_in("alarm", told, row, at):
            yield at.edge(EdgeKind.NOTIFIES, automation, way, row["id"])


def _products(row: Record, automation: str, running: Sequence[Record], at: Scope) -> Iterator[Fact]:
    seen: set[tuple[str, EdgeKind]] = set()
    for node in running:
        kind = str(node.get("type") or "")
        product, verb = product_of_type(kind), _verb(node, kind)
        if product is not None and verb is not None:
            seen.add((product, verb))
    for product in sorted({product for product, _ in seen}):
        yield FactNode(
            NodeKind.SYSTEM,
            system_id(product, "unknown"),
            product,
            at.evidence(row["id"]),
            {"product": product, "tenant": "unknown"},
        )
    for product, verb in sorted(seen):
        yield at.edge(verb, automation, make_id(product, "unknown", NodeKind.SYSTEM, "unknown"), row["id"])


def _verb(node: Record, kind: str) -> EdgeKind | None:
    if kind.endswith("Trigger"):
        return EdgeKind.READS_FROM
    parameters = node.get("parameters")
    operation = parameters.get("operation") if isinstance(parameters, Mapping) else None
    if operation in READING:
        return EdgeKind.READS_FROM
    return EdgeKind.WRITES_TO if operation in WRITING else None


def _endpoint(
    key: str, name: str, automation: str, row: Record, at: Scope, *, internal: bool = False
) -> Iterator[Fact]:
    address = at.id(NodeKind.ENDPOINT, key)
    properties = {"internal": True} if internal else {}
    yield FactNode(NodeKind.ENDPOINT, address, name, at.evidence(row["id"]), properties)
    yield at.edge(EdgeKind.PART_OF, address, at.system, row["id"])
    yield at.edge(EdgeKind.SERVED_BY, address, automation, row["id"])


def _project(row: Record) -> str:
    """The project a workflow belongs to; shares with other projects do not count for its policy."""
    shares = row.get("shared")
    for share in shares if isinstance(shares, list) else ():
        if isinstance(share, Mapping) and share.get("role") == "workflow:owner" and share.get("projectId"):
            return str(share["projectId"])
    return ""


def _settings(row: Record) -> Record:
    settings = row.get("settings")
    return settings if isinstance(settings, Mapping) else {}
