"""Every set of so many people, many at a time: whether one of them leaving loses half of a stack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import comb

from stackmap.analysis.bus_factor.losses import Losses
from stackmap.analysis.sets.budget import Budget
from stackmap.analysis.sets.tally import Bits

__all__ = ["EverySet"]

_AT_ONCE = 1 << 17
"""So many sets are tried at once at most."""


class EverySet:
    """The search through all sets of one size.

    A set is a beginning, tried one after the other, and a rest of earlier people, of whom all combinations are tried at
    once. They stand in colexicographic order: those of the first few people come first, so that one pattern serves.
    """

    def __init__(self, losses: Losses, order: Sequence[int]) -> None:
        """`order` has all people: with whoever does least harm first, most beginnings are soon out of the question."""
        self._losses = losses
        self._order = order

    def cost(self, size: int) -> int:
        """What trying all of them costs at most, about, in bits worked out."""
        return self._losses.cost(comb(len(self._order), size))

    def find(self, size: int, budget: Budget) -> tuple[tuple[int, ...] | None, bool]:
        """A set of so many people whose leaving loses half, if one was met; and whether all were tried if not."""
        width = _width(len(self._order), size)
        patterns = _patterns(len(self._order), width)
        for beginning in self._beginnings((), size - width, width, budget):
            below = beginning[-1] if beginning else len(self._order)
            if beginning is None or not budget.reserve(self._losses.cost(comb(below, width))):
                return None, False
            if found := self._with_rest(beginning, patterns, comb(below, width)):
                return tuple(sorted(self._order[place] for place in found)), True
        return None, True

    def _beginnings(
        self, chosen: tuple[int, ...], more: int, width: int, budget: Budget
    ) -> Iterator[tuple[int, ...] | None]:
        """Places in the order, last first, that leave room for the rest and with all before them would lose half.

        None where the budget does not suffice to tell.
        """
        if not more:
            yield chosen
            return
        below = chosen[-1] if chosen else len(self._order)
        if not budget.reserve(self._losses.cost(below)):
            yield None
            return
        so_far = {self._order[place] for place in chosen}
        fewest = self._losses.least_beginning(so_far, self._order[:below])
        for place in reversed(range(max(fewest or below + 1, width + more) - 1, below)):
            yield from self._beginnings((*chosen, place), more - 1, width, budget)

    def _with_rest(self, beginning: Sequence[int], patterns: Sequence[Bits], tried: int) -> list[int] | None:
        """The first set with this beginning that loses half, as places, of so many rests."""
        every = (1 << tried) - 1
        leaving = [0] * self._losses.people
        for place, pattern in enumerate(patterns[: beginning[-1]] if beginning else patterns):
            leaving[self._order[place]] = pattern & every
        for place in beginning:
            leaving[self._order[place]] = every
        found = self._losses.tally(leaving).reaching(self._losses.half, every)
        first = found & -found
        rest = (place for place, pattern in enumerate(patterns) if pattern & first)
        return [*beginning, *rest] if found else None


def _width(people: int, size: int) -> int:
    """How many of a set are tried at once."""
    return max([1, *(width for width in range(1, size + 1) if comb(people, width) <= _AT_ONCE)])


def _patterns(people: int, width: int) -> list[Bits]:
    """In which of all sets of so many people each is: sets with a later last person come later."""
    if width == 1:
        return [1 << person for person in range(people)]
    smaller = _patterns(people, width - 1)
    found = [0] * people
    for last in range(people):
        start, every = comb(last, width), (1 << comb(last, width - 1)) - 1
        found[last] |= every << start
        for person in range(last):
            found[person] |= (smaller[person] & every) << start
    return found
