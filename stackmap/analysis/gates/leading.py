"""Reasons that run in a circle, turned so that following them leads to where it began."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

__all__ = ["turned"]


def turned(
    told: Mapping[int, Collection[int]], ways: Mapping[int, Sequence[Collection[int]]], roots: Iterable[int]
) -> dict[int, int]:
    """Which of its `ways` a node takes instead of the one that is `told`, which leads to no root however far one goes.

    Only where another way does; of several the first by which a root is fewest turns away.
    """
    told_by, used_by = _users(told.items()), _users((node, end) for node, all_of in ways.items() for end in all_of)
    led = dict.fromkeys(roots)
    frontier, found = list(led), dict[int, int]()
    while frontier:
        for one in frontier:  # what is led there by what is told joins the end
            fresh = [node for node in told_by.get(one, ()) if node not in led]
            led.update(dict.fromkeys(fresh))
            frontier.extend(fresh)
        could = {node: None for one in frontier for node in used_by.get(one, ()) if node not in led}
        turning = {node: _first_led(ways[node], led) for node in could}
        found.update(turning)
        led.update(dict.fromkeys(turning))
        frontier = list(turning)
    return found


def _users(ends: Iterable[tuple[int, Collection[int]]]) -> Mapping[int, Sequence[int]]:
    """The nodes by what they lead to."""
    users: defaultdict[int, list[int]] = defaultdict(list)
    for node, reached in ends:
        for end in dict.fromkeys(reached):
            users[end].append(node)
    return users


def _first_led(ways: Sequence[Collection[int]], led: Collection[int]) -> int:
    return next(place for place, ends in enumerate(ways) if any(end in led for end in ends))
