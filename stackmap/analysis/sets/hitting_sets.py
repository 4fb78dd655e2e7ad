"""The smallest set that holds somebody of every group, by branch and bound (Reiter 1987 for what it is good for).

A set of people is a number, each of them a bit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from stackmap.analysis.sets.budget import Budget
from stackmap.analysis.sets.wiring import places

__all__ = ["smallest_hitting", "smallest_hitting_set"]

_AT_ONCE = 16
"""So many pairs of groups are held against each other in one step."""


def smallest_hitting_set(groups: Sequence[frozenset[str]]) -> frozenset[str]:
    """A smallest set that holds somebody of every group; of equals the first by ids. No group may be empty."""
    people = sorted(frozenset[str]().union(*groups))
    place = {person: 1 << number for number, person in enumerate(people)}
    found = smallest_hitting([sum(place[person] for person in group) for group in groups])
    return frozenset(people[number] for number in places(found or 0))


def smallest_hitting(groups: Iterable[int], budget: Budget | None = None) -> int | None:
    """The same of bits; of equals the first by places. None when the budget is spent."""
    given = set(groups)
    if budget is not None and not budget.reserve(len(given) ** 2 // _AT_ONCE):
        return None
    needed = _without_larger(given)
    best = _greedy(needed)
    waiting = [(0, 0, needed)]  # a stack of our own: sets may be larger than Python recurses
    while waiting:
        chosen, tried, left = waiting.pop()
        left = [group & ~tried for group in left if not group & chosen]
        if budget is not None and not budget.spend(len(left) + 1):
            return None
        if not left:
            best = min(best, chosen, key=_Order)
        elif 0 not in left and chosen.bit_count() + _apart(left) <= best.bit_count():
            waiting.extend(_choices(chosen, left))
    return best


def _choices(chosen: int, left: list[int]) -> list[tuple[int, int, list[int]]]:
    """Everybody of the smallest group, last first; whoever is tried before is not tried again beside the others.

    Where groups are one person, there is no choice: all of those at once.
    """
    if forced := _forced(left):
        return [(chosen | forced, 0, left)]
    found: list[tuple[int, int, list[int]]] = []
    tried = 0
    for place in places(min(left, key=int.bit_count)):
        found.append((chosen | 1 << place, tried, left))
        tried |= 1 << place
    return found[::-1]


class _Order:
    """Smaller sets before larger ones, and of one size in the order of their places."""

    def __init__(self, bits: int) -> None:
        self._bits = bits

    def __lt__(self, other: _Order) -> bool:
        one, two = self._bits, other._bits
        if one.bit_count() != two.bit_count():
            return one.bit_count() < two.bit_count()
        apart = one ^ two
        return bool(one & apart & -apart)


def _without_larger(groups: Collection[int]) -> list[int]:
    """Whoever hits a group hits all that hold it. Smallest first."""
    kept: list[int] = []
    for group in sorted(groups, key=lambda group: (group.bit_count(), group)):
        if not any(one & group == one for one in kept):
            kept.append(group)
    return kept


def _greedy(groups: Sequence[int]) -> int:
    """A hitting set to begin with: whoever is in the most groups, again and again."""
    chosen = _forced(groups)
    left = [group for group in groups if not group & chosen]
    while left:
        counts: dict[int, int] = {}
        for group in left:
            for place in places(group):
                counts[place] = counts.get(place, 0) + 1
        best = min(counts, key=lambda place: (-counts[place], place))
        chosen |= 1 << best
        left = [group for group in left if not group >> best & 1]
    return chosen


def _forced(groups: Iterable[int]) -> int:
    """Whoever is a group alone."""
    return sum({group for group in groups if group.bit_count() == 1})


def _apart(groups: Iterable[int]) -> int:
    """How many groups share nobody, chosen smallest first: no hitting set is smaller than that."""
    taken = count = 0
    for group in sorted(groups, key=int.bit_count):
        if not group & taken:
            taken |= group
            count += 1
    return count
