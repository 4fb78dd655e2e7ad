"""Reading the nodes of one workflow: how it starts, what it calls, which addresses it uses.

Parameters of nodes may hold keys and personal data: what leaves this module are ids, names, kinds and hosts only.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any
from urllib.parse import urlsplit

from stackmap.sdk import Record, maps

__all__ = [
    "Call",
    "Demand",
    "alarm_raised",
    "can_be_called",
    "credentials",
    "enabled",
    "gaps",
    "host_of",
    "in_production",
    "listening",
    "requests",
    "starts",
    "tolerant",
    "webhook_key",
]

_CALLED = "n8n-nodes-base.executeWorkflowTrigger"
_ALARM = "n8n-nodes-base.errorTrigger"
_WEBHOOK = "n8n-nodes-base.webhook"
_FORM = "n8n-nodes-base.formTrigger"
_CHAT = "@n8n/n8n-nodes-langchain.chatTrigger"
_HTTP = "n8n-nodes-base.httpRequest"
_CALL = "n8n-nodes-base.executeWorkflow"
_CALL_AS_TOOL = "@n8n/n8n-nodes-langchain.toolWorkflow"

# A call starts at these where there is no "When executed by another workflow" trigger:
# n8n-io/n8n, packages/cli/src/utils.ts (findSubworkflowStart) and constants.ts of 1.123.50.
_OTHER_ENTRIES = frozenset(
    {
        "@n8n/n8n-nodes-langchain.manualChatTrigger",
        "n8n-nodes-base.manualTrigger",
        "n8n-nodes-base.start",
    }
)

_STARTS = {
    _CALLED: "called",
    _ALARM: "error",
    _WEBHOOK: "webhook",
    _FORM: "form",
    _CHAT: "chat",
    "n8n-nodes-base.cron": "schedule",
    "n8n-nodes-base.interval": "schedule",
    "n8n-nodes-base.scheduleTrigger": "schedule",
    "n8n-nodes-base.emailReadImap": "event",
    **dict.fromkeys(_OTHER_ENTRIES, "manual"),
}

_RANDOM = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{20,}")
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Demand(IntEnum):
    """What a failed call does to the caller. Of several calls of one workflow the strictest counts: the largest."""

    TOLERATED = 0
    REQUIRED = 1


@dataclass(frozen=True, slots=True)
class Call:
    """A call of another workflow. `callee` is "" where the workflow does not say which one.

    Without `waits` only the start of the callee matters to the caller.
    """

    callee: str
    node: str
    waits: bool
    demand: Demand


def in_production(row: Record) -> Sequence[Record]:
    """The nodes that run when the workflow is started for real.

    A published workflow runs its published version while the editor's `nodes` may already say something else.
    """
    published = row.get("activeVersion")
    nodes = published.get("nodes") if isinstance(published, Mapping) else None
    return maps(nodes if nodes is not None else row.get("nodes"))


def enabled(nodes: Sequence[Record]) -> list[Record]:
    """The nodes that are not switched off."""
    return [node for node in nodes if node.get("disabled") is not True]


def starts(nodes: Sequence[Record]) -> list[str]:
    """How a workflow is set off, sorted: schedule, webhook, form, chat, called, error, manual, event (by an app)."""
    found = set()
    for node in nodes:
        kind = _type(node)
        if kind in _STARTS:
            found.add(_STARTS[kind])
        elif kind.endswith("Trigger"):
            found.add("event")
    return sorted(found)


def can_be_called(nodes: Sequence[Record]) -> bool:
    """Whether a call finds a node to start at. n8n looks at the type alone, switched off or not."""
    return any(_type(node) == _CALLED or _type(node) in _OTHER_ENTRIES for node in nodes)


def alarm_raised(nodes: Sequence[Record]) -> bool:
    """Whether it can serve as another workflow's error workflow."""
    return any(_type(node) == _ALARM for node in nodes)


def tolerant(node: Record) -> bool:
    """Whether the workflow goes on when this node fails.

    `onError` wins over the older `continueOnFail`: n8n-core of 1.123.50, base-execute-context.
    A workflow used as an agent's tool answers the agent with the error's text.
    """
    if _type(node) == _CALL_AS_TOOL:
        return True
    on_error = node.get("onError")
    if on_error is None:
        return node.get("continueOnFail") is True
    return on_error in {"continueRegularOutput", "continueErrorOutput"}


def calls(nodes: Sequence[Record]) -> Iterator[Call]:
    """The calls of other workflows, in the order of the nodes."""
    for node in nodes:
        if _type(node) not in {_CALL, _CALL_AS_TOOL}:
            continue
        parameters = _parameters(node)
        options = parameters.get("options")
        waits = not (isinstance(options, Mapping) and options.get("waitForSubWorkflow") is False)
        demand = Demand.TOLERATED if tolerant(node) else Demand.REQUIRED
        yield Call(_callee(parameters), str(node.get("name") or node.get("id") or ""), waits, demand)


def _callee(parameters: Record) -> str:
    """The id of the workflow called; "" for a file, an address, inline code or an expression."""
    if parameters.get("source", "database") != "database":
        return ""
    chosen = parameters.get("workflowId")
    value = chosen.get("value") if isinstance(chosen, Mapping) else chosen
    return value if isinstance(value, str) and not value.startswith("=") else ""


def gaps(row: Record) -> list[str]:
    """What of a workflow's nodes cannot be read, in words: the workflow may need more than is shown."""
    published = row.get("activeVersion")
    given = published.get("nodes") if isinstance(published, Mapping) else row.get("nodes")
    if not isinstance(given, list):
        return ["its nodes are no list"]
    nodes = enabled(maps(given))
    named = [node.get("credentials") or {} for node in nodes]
    found = {
        "a node is no object": len(maps(given)) < len(given),
        "a node has no type": not all(isinstance(node.get("type"), str) for node in nodes),
        "a node's credentials are no object": not all(isinstance(item, Mapping) for item in named),
        "a credential has no id": not all(
            _credential_id(entry) for item in named if isinstance(item, Mapping) for entry in item.values()
        ),
    }
    return [words for words, true in found.items() if true]


def credentials(nodes: Sequence[Record], workflow_id: str) -> dict[str, tuple[str, str, Demand]]:
    """Credential id -> (name, type, demand) of every credential the nodes name.

    One that is named without an id is there all the same, unread, under an id of its own in this workflow.
    """
    found: dict[str, tuple[str, str, Demand]] = {}
    for node in nodes:
        named = node.get("credentials")
        demand = Demand.TOLERATED if tolerant(node) else Demand.REQUIRED
        for kind, entry in sorted(named.items()) if isinstance(named, Mapping) else ():
            name = entry.get("name") if isinstance(entry, Mapping) else entry
            name = name if isinstance(name, str) and name else kind
            key = _credential_id(entry) or f"unread:{workflow_id}:{_digest(kind, name)}"
            before = found[key][2] if key in found else Demand.TOLERATED
            found[key] = (name, kind, max(demand, before))
    return dict(sorted(found.items()))


def _credential_id(entry: Any) -> str:
    """The id by which a node names a credential; "" where it names it without one."""
    given = entry.get("id") if isinstance(entry, Mapping) else None
    return str(given) if isinstance(given, str | int) and not isinstance(given, bool) else ""


def listening(nodes: Sequence[Record]) -> Iterator[tuple[str, str]]:
    """Addresses a published workflow answers: (key, name for people). Long random parts are not shown: whoever
    knows such an address may use it.
    """
    for node in nodes:
        parameters, kind = _parameters(node), _type(node)
        hook = str(node.get("webhookId") or "")
        path = str(parameters.get("path") or hook)
        if not path:
            continue
        if kind == _WEBHOOK:
            for method in _methods(parameters):
                yield webhook_key(method, path), f"{method} /webhook/{_shown(path)}"
        elif kind == _FORM:
            yield _address("form", path), f"Form {_shown(path)}"
        elif kind == _CHAT:
            yield _address("chat", hook or path), f"Chat {_shown(hook or path)}"


def webhook_key(method: str, path: str) -> str:
    """The id of a webhook's address: a digest, for the path itself may be the secret."""
    return _address(method.upper(), path)


def requests(nodes: Sequence[Record]) -> Iterator[tuple[str, str, Demand]]:
    """(method, address, demand) of HTTP requests whose address is written out. Not for keeping: it may hold keys."""
    for node in nodes:
        parameters = _parameters(node)
        url = parameters.get("url")
        if _type(node) == _HTTP and isinstance(url, str) and not url.startswith("="):
            method = str(parameters.get("method") or parameters.get("requestMethod") or "GET")
            yield method, url, Demand.TOLERATED if tolerant(node) else Demand.REQUIRED


def host_of(url: str) -> str:
    """Scheme, host and port other than the usual one; "" where there is none. User, path and query stay behind."""
    try:
        split = urlsplit(url.strip())
        host, port = split.hostname, split.port
    except ValueError:
        return ""
    if split.scheme not in _DEFAULT_PORTS or not host:
        return ""
    shown = f"[{host}]" if ":" in host else host
    usual = port is None or port == _DEFAULT_PORTS[split.scheme]
    return f"{split.scheme}://{shown}" if usual else f"{split.scheme}://{shown}:{port}"


def _methods(parameters: Record) -> list[str]:
    chosen = parameters.get("httpMethod", "GET")
    return [str(method).upper() for method in (chosen if isinstance(chosen, list) else [chosen])]


def _shown(path: str) -> str:
    return _RANDOM.sub("…", path)


def _address(kind: str, path: str) -> str:
    return f"address:{_digest(kind, path.strip('/'))}"


def _digest(kind: str, name: str) -> str:
    return hashlib.sha256(f"{kind} {name}".encode()).hexdigest()[:16]


def _type(node: Record) -> str:
    return str(node.get("type") or "")


def _parameters(node: Record) -> Record:
    parameters = node.get("parameters")
    return parameters if isinstance(parameters, Mapping) else {}
