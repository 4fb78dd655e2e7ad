"""What to do about each loss that the page may work out, in the very sentences that `leave` prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stackmap.analysis import Cause, Row, Stack, fix_for
from stackmap.model import Certainty, EdgeKind, Link, NodeKind, Outcome, StackGraph, Vertex, kind_of
from stackmap.render.map_page import Fix

__all__ = ["fix_of", "fixes_of", "outcome_fixes"]

_OWN = (EdgeKind.RUNS_AS, EdgeKind.AUTHENTICATES_WITH, EdgeKind.ROUTES_TO, EdgeKind.OWNED_BY)
_WHATEVER_THE_CAUSE = (Outcome.REFUSED, Outcome.MOVED, Outcome.UNOWNED, Outcome.MUTED, Outcome.SURVIVES)


def fixes_of(stack: Stack) -> dict[str, Mapping[str, Fix]]:
    """By thing and by what it hangs on. For causes that are not in here the page names the cause."""
    found = {vertex.id: dict(_own(stack.graph, vertex)) for vertex in stack.graph.things()}
    return {thing: fixes for thing, fixes in found.items() if fixes}


def outcome_fixes() -> dict[str, Fix]:
    """What to do about the outcomes that ask for the same whatever the cause."""
    nothing = StackGraph({}, ())
    return {
        outcome.value: Fix(
            fix_for(nothing, _row("", outcome)), fix_for(nothing, _row("", outcome, certainty=Certainty.POSSIBLE))
        )
        for outcome in _WHATEVER_THE_CAUSE
    }


def fix_of(graph: StackGraph, link: Link) -> str:
    """What to do about what hangs on this link, should its end be lost."""
    return fix_for(graph, _row(link.source, Outcome.STOPS, link))


def _own(graph: StackGraph, thing: Vertex) -> Iterator[tuple[str, Fix]]:
    on_logins = {link.target: link for link in graph.out(thing.id, EdgeKind.DEPENDS_ON) if _is_login(graph, link)}
    links = on_logins | {link.target: link for kind in reversed(_OWN) for link in graph.out(thing.id, kind)}
    for target, link in sorted(links.items()):
        yield target, Fix(fix_of(graph, link), fix_for(graph, _row(thing.id, Outcome.UNKNOWN, link)))


def _is_login(graph: StackGraph, link: Link) -> bool:
    vertex = graph.get(link.target)
    return (vertex.kind if vertex else kind_of(link.target)) is NodeKind.ACCOUNT


def _row(
    thing: str, outcome: Outcome, link: Link | None = None, certainty: Certainty | None = Certainty.CERTAIN
) -> Row:
    because = (Cause(link.target, link),) if link else ()
    return Row(thing, outcome, None if outcome is Outcome.UNKNOWN else certainty, None, True, because)
