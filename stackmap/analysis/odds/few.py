"""How likely losses are that hang on few people, worked out where there are too many futures of all of them.

Whoever brings a loss about alone is sure to when they leave. While all of those stay, it hangs on the others behind it:
where these are few, all their futures are gone through.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod

from stackmap.analysis.odds.futures import TOGETHER, Batch, all_futures
from stackmap.analysis.odds.hanging import Hanging, Loss, lost_of
from stackmap.analysis.sets.tally import Bits
from stackmap.analysis.sets.wiring import places

__all__ = ["FewPeople"]

_ENOUGH = 100_000
"""Each in all futures of some people: less than half a second, where drawing takes as long or longer."""


class FewPeople:
    """Asked of losses one by one, or of several at once. `enough`: bundles to go through at most."""

    def __init__(self, hanging: Hanging, enough: int = _ENOUGH) -> None:
        self._hanging = hanging
        self._enough = enough
        self._people = hanging.people
        places_of = {person: 1 << place for place, person in enumerate(self._people)}
        self._anyway = 1 << len(self._people)
        every = 2 * self._anyway - 1  # a column for each who leaves alone, one in which none of them does
        self._alone = hanging.lost(places_of, every)
        self._behind = hanging.touched(places_of)
        self._worked_out: dict[Bits, tuple[Batch, Sequence[Sequence[Bits]]]] = {}

    def chances(self, losses: Sequence[Loss]) -> tuple[float | None, float | None]:
        """How likely any of these losses is, proven and at worst; None where that hangs on too many people."""
        alone = _any(self._alone, losses)
        behind = _any(self._behind, losses)
        proven, at_worst = (self._chance(losses, reading, alone[reading], behind[reading]) for reading in (0, 1))
        return proven, at_worst

    def _chance(self, losses: Sequence[Loss], reading: int, alone: Bits, behind: Bits) -> float | None:
        if alone & self._anyway:
            return 1.0
        said = self._hanging.said
        none_of_them = prod((1 - said[self._people[place]] for place in places(alone)), start=1.0)
        others = behind & ~(alone | self._anyway)
        if not others:
            return 1 - none_of_them
        if (found := self._futures(others)) is None:
            return None
        batch, columns = found
        return 1 - none_of_them * (1 - batch.share(_any(columns, losses)[reading]))

    def _futures(self, others: Bits) -> tuple[Batch, Sequence[Sequence[Bits]]] | None:
        """All futures of these people while the rest stays, and what is lost in each; None where that takes too long.

        The same for all losses that these people are behind.
        """
        if others not in self._worked_out:
            bundles = sum(map(len, self._alone))
            if others.bit_count() > TOGETHER or (len(self._worked_out) + 1) * bundles > self._enough:
                return None
            people = [self._people[place] for place in places(others)]
            [batch] = all_futures([self._hanging.said[person] for person in people])
            leaving = dict(zip(people, batch.leaving, strict=True))
            self._worked_out[others] = batch, self._hanging.lost(leaving, (1 << len(batch.weights)) - 1)
        return self._worked_out[others]


def _any(columns: Sequence[Sequence[Bits]], losses: Iterable[Loss]) -> tuple[Bits, Bits]:
    """The columns of any of these losses, proven and at worst."""
    proven = at_worst = 0
    for certain, doubtful in lost_of(columns, losses):
        proven |= certain
        at_worst |= doubtful
    return proven, at_worst
