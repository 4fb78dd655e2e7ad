"""What goes on with less: things that lost a writer or a trigger while they work (semantics, rule 14)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stackmap.analysis.compiling.requirements import starts_itself
from stackmap.analysis.departures.verdict import Verdict
from stackmap.model import EdgeKind, NodeKind, State, Vertex

__all__ = ["Partial", "goes_on_with_less"]

_FEEDERS = {
    NodeKind.DATASET: (EdgeKind.WRITES_TO, State.STARVES),
    NodeKind.SYSTEM: (EdgeKind.WRITES_TO, State.STARVES),
    NodeKind.AUTOMATION: (EdgeKind.TRIGGERS, State.STOPS),
}
"""What each kind of thing is fed by, and from which state on a feeder counts as lost."""

_FEEDS = tuple({kind for kind, _ in _FEEDERS.values()})


@dataclass(frozen=True, slots=True)
class Partial:
    """A thing that goes on with less: the writers or triggers it lost."""

    thing: str
    lost: tuple[str, ...]


def goes_on_with_less(verdict: Verdict) -> Iterator[Partial]:
    """The things that newly lost a feeder, by id. Not those that got worse themselves, or stand still."""
    for vertex in _fed_by_the_fallen(verdict):
        kind, least = _FEEDERS[vertex.kind]
        if verdict.newly(vertex.id) or verdict.state(vertex.id) is State.STOPS:
            continue
        feeders = sorted({link.source for link in verdict.compiled.stack.graph.into(vertex.id, kind)})
        lost = tuple(one for one in feeders if verdict.before(one) < least <= verdict.state(one))
        if lost and (_needs_no_feeder(vertex) or any(_feeds(verdict, one, least) for one in feeders)):
            yield Partial(vertex.id, lost)


def _fed_by_the_fallen(verdict: Verdict) -> list[Vertex]:
    """The counted things, by id, that something which got worse writes to or triggers."""
    counted, graph = verdict.compiled.counted, verdict.compiled.stack.graph
    fed = {link.target for name in verdict.fallen() for link in graph.out(name, *_FEEDS)}
    return [counted[thing] for thing in sorted(fed & counted.keys()) if counted[thing].kind in _FEEDERS]


def _needs_no_feeder(vertex: Vertex) -> bool:
    return vertex.kind is NodeKind.SYSTEM or starts_itself(vertex)


def _feeds(verdict: Verdict, feeder: str, least: State) -> bool:
    return verdict.state(feeder) < least and not verdict.compiled.stack.is_off(feeder)
