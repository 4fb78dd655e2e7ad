"""In which order the nodes of a circle are best worked out, so that few of them have to wait for the next round.

Without some nodes (a feedback vertex set) no circle is left, and the rest is done in one go. The smallest such set is
hard to find (Karp 1972); the greedy choice does: a node in a ring is enough for it, and more are never wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import TypeAlias

from stackmap.analysis.gates.components import components

__all__ = ["Arcs", "circles_of", "ordered"]

Arcs: TypeAlias = Mapping[str, Iterable[str]]
"""For each node those that it hangs on."""


def circles_of(nodes: Iterable[str], arcs: Arcs) -> list[frozenset[str]]:
    """These nodes, each with those that it hangs on and that hang on it; most stand alone. Others come first."""
    names = sorted(nodes)
    index = {name: number for number, name in enumerate(names)}
    found = components(len(names), lambda node: [index[end] for end in arcs.get(names[node], ()) if end in index])
    return [frozenset(names[number] for number in numbers) for numbers in reversed(found)]


def ordered(units: Sequence[frozenset[str]], arcs: Arcs, most: int) -> dict[str, int] | None:
    """The turn of each node: few arcs lead to a later one. Nodes of one unit share their turn.

    None if more than `most` units would have to wait for the next round.
    """
    names = [min(unit) for unit in units]
    unit_of = {node: name for name, unit in zip(names, units, strict=True) for node in unit}
    between = {
        name: {unit_of[end] for node in unit for end in arcs.get(node, ()) if end in unit_of} - {name}
        for name, unit in zip(names, units, strict=True)
    }
    waiting = _feedback(between, most)
    if waiting is None:
        return None
    rest = circles_of(between.keys() - set(waiting), {name: sorted(ends) for name, ends in between.items()})
    turn = {name: number for number, name in enumerate([*(min(one) for one in rest), *waiting])}
    return {node: turn[name] for node, name in unit_of.items()}


def _feedback(arcs: Mapping[str, set[str]], most: int) -> list[str] | None:
    """Nodes without which no circle is left, no more than `most`: again and again the one with most ways through it."""
    ahead = {node: set(ends) for node, ends in arcs.items()}
    behind: dict[str, set[str]] = {node: set() for node in arcs}
    for node, ends in ahead.items():
        for end in ends:
            behind[end].add(node)
    ways = [(-len(ahead[node]) * len(behind[node]), node) for node in ahead]
    heapify(ways)
    chosen: list[str] = []
    while ways:
        count, node = heappop(ways)
        if node not in ahead:
            continue
        now = -len(ahead[node]) * len(behind[node])
        if now != count:
            heappush(ways, (now, node))
            continue
        if now:
            chosen.append(node)
        if len(chosen) > most:
            return None
        _take(node, ahead, behind)
    return chosen


def _take(node: str, ahead: dict[str, set[str]], behind: dict[str, set[str]]) -> None:
    """Take a node away, and all that is in no circle without it."""
    leaving = [node]
    while leaving:
        one = leaving.pop()
        if one not in ahead:
            continue
        after, before = ahead.pop(one), behind.pop(one)
        for end in after:
            behind[end].discard(one)
        for end in before:
            ahead[end].discard(one)
        leaving.extend(end for end in after if not behind[end])
        leaving.extend(end for end in before if not ahead[end])
