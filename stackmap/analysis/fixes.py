"""What to do about each row: one sentence somebody can act on."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from stackmap.analysis.departures import Row
from stackmap.model import Certainty, EdgeKind, NodeKind, Outcome, StackGraph

__all__ = ["fix_for"]

_BY_OUTCOME: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.REFUSED: "point it to a login or a queue that stays, before the last day",
        Outcome.MOVED: "decide beforehand who should have it, and check that their rights suffice",
        Outcome.UNOWNED: "name an owner in stack.yaml and give a second person access",
        Outcome.MUTED: "send its alarms to somebody who stays, or to a shared mailbox, too",
    }
)

_BY_LINK: Mapping[EdgeKind, str] = MappingProxyType(
    {
        EdgeKind.RUNS_AS: "let it run as an integration login, then run it once",
        EdgeKind.AUTHENTICATES_WITH: "sign it in again as a login that stays, then run it once",
        EdgeKind.AUTHORIZED_BY: "sign it in again as a login that stays, then run it once",
        EdgeKind.OWNED_BY: "hand it over to somebody who stays before the login goes, then run it once",
        EdgeKind.ROUTES_TO: "let it hand its work to a queue with two members",
        EdgeKind.MEMBER_OF: "add a member who stays",
    }
)


def fix_for(graph: StackGraph, row: Row) -> str:
    """The first thing to do about a row."""
    if row.outcome is Outcome.SURVIVES:
        sure = row.certainty is Certainty.CERTAIN
        return "nothing to do: it is documented to keep working" if sure else "it should keep working: look afterwards"
    if row.outcome in _BY_OUTCOME:
        return _BY_OUTCOME[row.outcome]
    causes = row.because
    if not causes or causes[0].link is None:
        return "find out what it hangs on, and write it into stack.yaml"
    said = _BY_LINK.get(causes[0].link.kind)
    if row.outcome is Outcome.UNKNOWN:
        cause = graph.get(causes[0].node)
        person = cause is None or cause.kind in {NodeKind.PERSON, NodeKind.ACCOUNT}
        return (
            f"find out ({said or 'or let it hang on something that stays'}, to be safe)"
            if person or said
            else (f"settle {graph.name(causes[0].node)} first")
        )
    return said or f"comes back with {graph.name(causes[0].node)}"
