"""Several words of one list about one edge: each is kept, in an inventory of its own, and the worse counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from stackmap.model import Edge

__all__ = ["numbered", "set_apart"]


def set_apart(edge: Edge, nth: int) -> Edge:
    """The nth version of an edge; the first keeps the name of its inventory."""
    if nth == 1:
        return edge
    inventory = f"{edge.evidence[0].inventory} ({nth})"
    return replace(edge, evidence=tuple(replace(item, inventory=inventory) for item in edge.evidence))


def numbered(versions: Iterable[Edge], inventory: str) -> Iterator[Edge]:
    """The versions of one edge in an inventory, numbered by what they say: in whatever order the lines came."""
    for nth, version in enumerate(sorted(versions, key=_said), start=1):
        evidence = tuple(replace(item, inventory=inventory) for item in version.evidence)
        yield set_apart(replace(version, evidence=evidence), nth)


def _said(edge: Edge) -> tuple[str, ...]:
    by_act = edge.outcomes.by_act.items() if edge.outcomes is not None else ()
    judged = (f"{act.value} {said.outcome.value} {said.certainty.word}" for act, said in by_act)
    properties = (f"{key} {value!r}" for key, value in edge.properties.items())
    row = edge.outcomes.row if edge.outcomes is not None else ""
    return f"{edge.need} {edge.proven}", row, *sorted(judged), *sorted(properties)
