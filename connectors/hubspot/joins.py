"""What only several records or lists together tell: whether a key is over, who still knows it, who never signs in,
and which workflow an old one is. And whether the token is that of the portal that the settings name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from connectors.hubspot.activity import HISTORY, Does, consent_of
from connectors.hubspot.departures import PRIVATE_APP
from stackmap.model import Coverage, Edge, EdgeKind, Fact, FixBy, How, Node, NodeKind, Reach
from stackmap.sdk import Scope, Settings, Trouble

__all__ = ["joins", "read_as", "review"]

_LEARNT = {Does.MADE, Does.SHOWN, Does.ROTATED}
_LIVING = _LEARNT | {Does.ENDED}
_LISTED = {"users", "owners"}
_APP = "app"
_PRIVATE_APP = "private-app"
_PERSONAL_KEY = "personal-key"  # ends with the login of the one who knows it: nothing to rotate
# developers.hubspot.com/docs/api-reference/2026-03/account/audit-logs/guide: log-ins of the past 90 days
_NOT_SEEN = {"30": "no", "90": "no", "180": "unknown"}


def joins(facts: Sequence[Fact], coverage: Mapping[str, Coverage], at: Scope) -> Iterator[Fact]:
    """The conclusions, each with the list that it rests on."""
    yield from _histories(facts, at.at("security-activity"))
    yield from _old_workflows(facts, at.at("workflow-ids"))
    log_ins = coverage.get("log-ins")
    if log_ins is not None and log_ins.state is Reach.COMPLETE:
        yield from _never_seen(facts, at.at("log-ins"))


def review(facts: Sequence[Fact], coverage: Mapping[str, Coverage], settings: Settings) -> Mapping[str, Trouble]:
    """Users of whom nobody told who was deactivated, and a token that opens another portal than the settings say."""
    found: dict[str, Trouble] = {}
    left = coverage.get("owners-archived")
    if left is not None and left.state not in {Reach.COMPLETE, Reach.SKIPPED}:
        reason = f"who of them was deactivated was not read: {left.reason}"
        found["users"] = Trouble(Reach.PARTIAL, reason, left.fix_by or FixBy.OPERATOR, "owners-archived")
    tenant = settings.get("tenant", "")
    portals = {fact.properties["org_id"] for fact in facts if isinstance(fact, Node) and "org_id" in fact.properties}
    if tenant.isdecimal() and portals and tenant not in portals:
        # A tenant that is a number is a portal's: another portal's token would fill the wrong system.
        reason = f"the token opens portal {min(portals)}, but tenant says {tenant}: correct one of the two"
        found["account"] = Trouble(Reach.PARTIAL, reason, FixBy.OPERATOR, "portal")
    return found


def read_as(_settings: Settings, facts: Sequence[Fact]) -> str:
    """What HubSpot was read with: a private app's token names itself, a service key does not."""
    own = (fact.name for fact in facts if isinstance(fact, Node) and fact.properties.get("used_by") == "stackmap")
    return next(own, "")


def _histories(facts: Sequence[Fact], at: Scope) -> Iterator[Fact]:
    held = {fact.source for fact in facts if isinstance(fact, Edge) and fact.kind is EdgeKind.AUTHORIZED_BY}
    for node in (fact for fact in facts if isinstance(fact, Node)):
        history = sorted(node.properties.get(HISTORY, ()), key=lambda event: (event["at"], event["event"]))
        if not history:
            continue
        last = next((event for event in reversed(history) if event["does"] in _LIVING), None)
        if last is not None and last["does"] == Does.ENDED:
            yield Node(node.kind, node.id, "", at.evidence(last["event"]), {"active": False})
        elif node.kind is NodeKind.CREDENTIAL and _family(node.id) != _PERSONAL_KEY:
            yield from _known_to(node, history, at)
        if node.kind is NodeKind.CREDENTIAL and _family(node.id) == _PRIVATE_APP and node.id not in held:
            yield _unread_maker(node, history, at)
        if node.kind is NodeKind.INTEGRATION and _family(node.id) == _APP:
            yield from _spent_consents(node, history, at)


def _known_to(secret: Node, history: Sequence[Mapping[str, Any]], at: Scope) -> Iterator[Fact]:
    """Who made, saw or rotated a secret knows it, until somebody rotates it."""
    rotated = [place for place, event in enumerate(history) if event["does"] == Does.ROTATED]
    for event in history[rotated[-1] if rotated else 0 :]:
        if event["does"] in _LEARNT and event["by"]:
            yield at.edge(EdgeKind.KNOWS, at.id(NodeKind.ACCOUNT, event["by"]), secret.id, event["event"])


def _spent_consents(app: Node, history: Sequence[Mapping[str, Any]], at: Scope) -> Iterator[Fact]:
    """An uninstallation ends the consents given before it; who installs the app again gives a new one."""
    ended = max((place for place, event in enumerate(history) if event["does"] == Does.ENDED), default=-1)
    again = {event["by"] for event in history[ended + 1 :] if event["does"] == Does.MADE}
    for event in history[: max(ended, 0)]:
        if event["does"] == Does.MADE and event["by"] and event["by"] not in again:
            consent = at.id(NodeKind.GRANT, consent_of(_vendor_id(app.id), event["by"]))
            yield Node(NodeKind.GRANT, consent, "", at.evidence(history[ended]["event"]), {"active": False})


def _unread_maker(token: Node, history: Sequence[Mapping[str, Any]], at: Scope) -> Edge:
    """A private app is tied to whoever created it, and the log does not reach back to that."""
    maker = at.id(NodeKind.ACCOUNT, f"unread:{_vendor_id(token.id)}")
    return at.edge(EdgeKind.AUTHORIZED_BY, token.id, maker, history[0]["event"], row=PRIVATE_APP)


def _old_workflows(facts: Sequence[Fact], at: Scope) -> Iterator[Fact]:
    """What is known of a workflow under its old id, under its own."""
    current = {
        at.id(NodeKind.AUTOMATION, f"v3:{fact.properties['old_id']}"): fact.id
        for fact in facts
        if isinstance(fact, Node) and fact.kind is NodeKind.AUTOMATION and "old_id" in fact.properties
    }
    for edge in facts:
        if isinstance(edge, Edge) and edge.source in current:
            flow = current[edge.source]
            yield at.edge(edge.kind, flow, edge.target, _vendor_id(flow), how=How.INFERRED_KEY)


def _never_seen(facts: Sequence[Fact], at: Scope) -> Iterator[Fact]:
    """Users whom the whole list of log-ins does not name did not sign in, as far back as it reaches."""
    seen: dict[str, set[str]] = defaultdict(set)
    for fact in _accounts(facts):
        seen[fact.id] |= {item.inventory for item in fact.evidence}
    for account, inventories in sorted(seen.items()):
        if inventories & _LISTED and at.inventory not in inventories:
            evidence = at.evidence(_vendor_id(account), how=How.INFERRED_KEY)
            yield Node(NodeKind.ACCOUNT, account, "", evidence, {"used_within": dict(_NOT_SEEN)})


def _accounts(facts: Iterable[Fact]) -> Iterator[Node]:
    return (fact for fact in facts if isinstance(fact, Node) and fact.kind is NodeKind.ACCOUNT)


def _vendor_id(node_id: str) -> str:
    return unquote(node_id.rsplit("/", 1)[1])


def _family(node_id: str) -> str:
    return _vendor_id(node_id).partition(":")[0]
