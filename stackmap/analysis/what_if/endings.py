"""What ends by a day: keys, consents and logins of which a list tells when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from stackmap.analysis.what_if.changes import Change, Switch, Switched
from stackmap.analysis.what_if.supposed import Ending
from stackmap.model import EdgeKind, NodeKind, StackGraph, Vertex

__all__ = ["ended", "endings"]

_ENDS = "expires_at"
_TOKENS = (NodeKind.GRANT, NodeKind.CREDENTIAL)
_USES = (EdgeKind.AUTHENTICATES_WITH,)
_USES_OF_LOGINS = (EdgeKind.RUNS_AS, EdgeKind.AUTHORIZED_BY)


def endings(graph: StackGraph, day: date) -> tuple[Ending, ...]:
    """What is read as on and ends on that day or before, the first first. Nothing is guessed where no date was read."""
    found = (_ending(graph, vertex) for vertex in graph.vertices(*_TOKENS, NodeKind.ACCOUNT) if not vertex.switched_off)
    return tuple(sorted((one for one in found if one and one.day <= day), key=lambda one: (one.day, one.node)))


def ended(graph: StackGraph, found: Iterable[Ending]) -> Iterator[Change]:
    """These, over. Whoever's access ends is shut out and not taken off the list, so a login counts as frozen."""
    for one in found:
        vertex = graph.get(one.node)
        login = vertex is not None and vertex.kind is NodeKind.ACCOUNT
        yield Switched(one.node, Switch.FROZEN if login else Switch.OFF)


def _ending(graph: StackGraph, vertex: Vertex) -> Ending | None:
    said = vertex.properties.get(_ENDS)
    if not isinstance(said, str):
        return None
    try:
        day = date.fromisoformat(said[:10])
    except ValueError:
        return None
    kinds = _USES if vertex.kind in _TOKENS else _USES_OF_LOGINS
    return Ending(vertex.id, day, tuple(sorted({link.source for link in graph.into(vertex.id, *kinds)})))
