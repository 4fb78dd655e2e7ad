"""Whom failures are mailed to, where only several lists together tell.

Unhandled Apex errors go to whoever saved the class last and, besides, to everybody on the org's list; those of
installed packages go to that list, too:
https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_exception_definition.htm.
Errors of flows go to whoever saved the flow last, or to that list instead, as the org decides:
https://help.salesforce.com/apex/HTViewHelpDoc?id=platform.flow_build_logic_fault.htm. Another page names the flow's
creator (id=platform.flow_build_logic_fault_default.htm): so even with the setting read it is never certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from connectors.salesforce.fields import last_part
from connectors.salesforce.mapping_jobs import GETS_APEX_ERRORS, SAVED_BY, TO_THE_LIST
from stackmap.model import Coverage, EdgeKind, Fact, How, Node, NodeKind, Reach
from stackmap.sdk import Scope

__all__ = ["alarms"]

_LIST = "apex-alarms"


def alarms(facts: Sequence[Fact], coverage: Mapping[str, Coverage], at: Scope) -> Iterator[Fact]:
    """The notices of scheduled code and of flows. All are inferred: nothing shows that a mail was ever sent."""
    nodes = [fact for fact in facts if isinstance(fact, Node)]
    listed = sorted({node.id for node in nodes if node.properties.get(GETS_APEX_ERRORS) is True})
    for job in sorted({node.id for node in nodes if node.properties.get("job") == "code"}):
        yield from _notices(job, listed, at.at(_LIST))
    instead = _instead(listed, coverage, at) if _to_the_list(nodes) else None
    for flow, editor in sorted({(node.id, str(node.properties[SAVED_BY])) for node in nodes if _saved(node)}):
        yield from _notices(flow, [editor] if instead is None else instead, at.at("flows"))


def _notices(thing: str, targets: Iterable[str], at: Scope) -> Iterator[Fact]:
    return (at.edge(EdgeKind.NOTIFIES, thing, target, last_part(thing), how=How.INFERRED_KEY) for target in targets)


def _saved(node: Node) -> bool:
    return node.kind is NodeKind.AUTOMATION and SAVED_BY in node.properties


def _to_the_list(nodes: Iterable[Node]) -> bool:
    return any(node.properties.get(TO_THE_LIST) is True for node in nodes if node.kind is NodeKind.SYSTEM)


def _instead(listed: Sequence[str], coverage: Mapping[str, Coverage], at: Scope) -> Sequence[str]:
    """Everybody on the list; where it was not read whole, somebody more who was not read."""
    item = coverage.get(_LIST)
    if item is not None and item.state is Reach.COMPLETE:
        return listed
    return [*listed, at.id(NodeKind.ACCOUNT, f"unread:{_LIST}")]
