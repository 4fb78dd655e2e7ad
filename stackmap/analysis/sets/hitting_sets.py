"""The smallest set that holds somebody of every group, by branch and bound (Reiter 1987 for what it is good for).

A set of people is a number, each of them a bit. The groups are turned round: of each person, which groups they are in.
So whoever is only in groups that somebody else is in as well need not be tried, and there are few others.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from stackmap.analysis.sets.budget import Budget, SpentError, Steps
from stackmap.analysis.sets.tally import Bits
from stackmap.analysis.sets.wiring import places

__all__ = ["Hitting", "smallest_hitting"]

_AT_ONCE = 48
"""So many numbers are held against each other in one step."""

_TURNED_ROUND = 4
"""Of so many people it is written down in one step that they are in a group."""


def smallest_hitting(groups: Iterable[int], budget: Budget | None = None) -> int | None:
    """A smallest set that holds somebody of every group; of equals the first by places. No group may be empty.

    None when the budget is spent.
    """
    try:
        hitting = Hitting(groups, budget or Steps(sys.maxsize))
        return hitting.first(hitting.smallest().bit_count())
    except SpentError:
        return None


@dataclass(frozen=True, slots=True)
class _Choice:
    """Whom to try: by the groups they are in. `among`: of each group those who are in it, by place."""

    people: Mapping[Bits, int]
    among: Sequence[Bits]


class Hitting:
    """Groups of which each must be hit. Raises SpentError where the budget ends; a step: some numbers compared."""

    def __init__(self, groups: Iterable[int], budget: Budget) -> None:
        self._budget = budget
        given = set(groups)
        self._forced = sum(group for group in given if group.bit_count() == 1)
        open_ = sorted((group for group in given if not group & self._forced), key=lambda one: (one.bit_count(), one))
        self._pay(len(open_) ** 2)
        self._groups = _without_larger(open_)
        self._pay(sum(map(int.bit_count, self._groups)) * _AT_ONCE // _TURNED_ROUND)
        self._every = (1 << len(self._groups)) - 1
        self._too_few: dict[Bits, int] = {}

    def smallest(self, at_least: int = 0) -> int:
        """One of the smallest sets; or any of up to `at_least` people, where so many suffice."""
        size = max(at_least - self._forced.bit_count(), 0)
        while (found := self._found(self._every, size, self._everybody, self._too_few)) is None:
            size += 1
        return self._forced | found

    def first(self, size: int, before: int = 0) -> int:
        """Of the smallest sets, which are of so many people, the first by places.

        `before`: the first one while there were fewer groups; no set begins with anybody before its first.
        """
        chosen, left, more = self._forced, self._every, size - self._forced.bit_count()
        begin = ((before & ~self._forced) & -(before & ~self._forced)).bit_length() - 1
        people = sorted(self._groups_of)
        for place, person in enumerate(people):
            rest = left & ~self._groups_of[person]
            if person < begin or rest == left:
                continue
            if self._found(rest, more - 1, self._everybody, self._too_few) is None:
                continue
            if self._found(rest, more - 1, self._choice(people[place + 1 :]), {}) is not None:
                chosen, left, more = chosen | 1 << person, rest, more - 1
        return chosen

    @cached_property
    def _groups_of(self) -> Mapping[int, Bits]:
        """Of each person the groups, as bits."""
        found: dict[int, Bits] = {}
        for number, group in enumerate(self._groups):
            for person in places(group):
                found[person] = found.get(person, 0) | 1 << number
        return found

    @cached_property
    def _everybody(self) -> _Choice:
        return self._choice(sorted(self._groups_of))

    def _choice(self, people: Iterable[int]) -> _Choice:
        """Of some people the first who is in some groups, unless another is in more."""
        alike: dict[Bits, int] = {}
        for person in people:
            alike.setdefault(self._groups_of[person], person)
        self._pay(len(alike) ** 2)
        wide = {groups: alike[groups] for groups in _largest(alike)}
        among = [0] * len(self._groups)
        for place, groups in enumerate(wide):
            for group in places(groups):
                among[group] |= 1 << place
        return _Choice(wide, among)

    def _found(self, groups: Bits, size: int, choice: _Choice, too_few: dict[Bits, int]) -> int | None:
        """Up to so many people who hit these groups; notes in `too_few` how many do not suffice for which."""
        tried: dict[Bits, int] = {}
        waiting = [(0, groups, size)]
        while waiting:
            chosen, left, more = waiting.pop()
            if not left:
                return chosen
            if more <= max(too_few.get(left, -1), tried.get(left, -1)):
                continue
            tried[left] = more
            self._pay(len(choice.people) + left.bit_count())
            rarest = self._rarest(left, more, choice.among)
            if rarest is not None:
                hitting = {one & left: person for one, person in choice.people.items() if one >> rarest & 1}
                widest_last = reversed(_largest(hitting))
                waiting.extend((chosen | 1 << hitting[one], left & ~one, more - 1) for one in widest_last)
        too_few.update(tried)
        return None

    def _rarest(self, left: Bits, more: int, among: Sequence[Bits]) -> int | None:
        """The group that fewest people hit; None where more groups share nobody than there may be people."""
        rarest, fewest, taken, apart = None, sys.maxsize, 0, 0
        for group in places(left):
            if not among[group] & taken:
                taken |= among[group]
                apart += 1
                if apart > more:
                    return None
            if among[group].bit_count() < fewest:
                rarest, fewest = group, among[group].bit_count()
        return rarest

    def _pay(self, compared: int) -> None:
        if not self._budget.reserve(compared // _AT_ONCE + 1):
            raise SpentError


def _without_larger(groups: Iterable[int]) -> list[int]:
    """Whoever hits a group hits all that hold it. Smallest come first, before and after."""
    kept: list[int] = []
    for group in groups:
        if not any(one & group == one for one in kept):
            kept.append(group)
    return kept


def _largest(sets: Iterable[Bits]) -> list[Bits]:
    """Those of some sets that no other holds, largest first."""
    kept: list[Bits] = []
    for one in sorted(sets, key=lambda bits: (-bits.bit_count(), bits)):
        if not any(one & other == one for other in kept):
            kept.append(one)
    return kept
