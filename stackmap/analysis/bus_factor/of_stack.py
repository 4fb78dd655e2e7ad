"""How few people's leaving stops or starves half of a whole stack: a small set, and a proof of how small it can be.

Losing is not submodular (of two alternatives the second matters more), so the greedy choice promises nothing here, and
its shortcuts (old gains as bounds) do not hold: gains are worked out anew at each step. What it finds is improved by
exchange, and only a bound, or all smaller sets tried, makes it optimal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb

from stackmap.analysis.bus_factor.charges import fewest_by_charges
from stackmap.analysis.bus_factor.every_set import EverySet
from stackmap.analysis.bus_factor.losses import Losses, losses, lost_at_worst
from stackmap.analysis.departures.answer import Analysis
from stackmap.analysis.sets.budget import Budget, Steps

__all__ = ["StackBusFactor", "smallest_set", "stack_bus_factor"]

_EFFORT = 1 << 33
"""Some ten seconds at most: enough for a proof with some 2,000 nodes in the stacks that were measured."""

_AT_ONCE = 1 << 15
"""So many pairs to start from, or exchanges, are tried at once at most."""


@dataclass(frozen=True, slots=True)
class StackBusFactor:
    """The bus factor of the stack: proven, stops or starves, of what is counted and not broken already.

    `bus_factor` is the size of `people`, the best set found; `lower_bound` is proven; `optimal`: no smaller set does
    it. Where everybody's leaving loses less than half, both are None, nobody is named, and `weight_broken` is what
    everybody's leaving breaks. `at_worst`: what may be lost then, counting what could not be read in full. `weighted`:
    your notes weigh some of the things.
    """

    bus_factor: int | None
    lower_bound: int | None
    optimal: bool
    people: tuple[str, ...]
    weight_broken: Fraction
    weight_total: Fraction
    weighted: bool = False
    at_worst: Fraction = Fraction(0)


def stack_bus_factor(analysis: Analysis, budget: Budget | None = None) -> StackBusFactor:
    """The smallest set of people whose leaving breaks half of the weighted things.

    Without a `budget` given the search ends after a fixed number of steps: the answer is the same on every machine.
    """
    lost = losses(analysis)
    everybody = list(range(lost.people))
    most = lost.of(everybody)
    weighted = any(thing in analysis.counted for thing in analysis.stack.policy.weights)
    if not lost.total or most < lost.half:
        worst = lost_at_worst(analysis, analysis.network.seeds)
        return StackBusFactor(None, None, True, (), most * lost.unit, lost.total * lost.unit, weighted, worst)
    fewest, found = smallest_set(lost, budget or Steps(_EFFORT))
    people = tuple(lost.ready.people[person] for person in sorted(found))
    broken, total = lost.of(found) * lost.unit, lost.total * lost.unit
    worst = lost_at_worst(analysis, people)
    return StackBusFactor(len(found), fewest, fewest == len(found), people, broken, total, weighted, worst)


def smallest_set(losses: Losses, budget: Budget) -> tuple[int, Sequence[int]]:
    """How many people it takes at least to lose half, and a smallest set found, by their places.

    That there is such a set is taken for granted.
    """
    return _Search(losses, budget).result()


class _Search:
    def __init__(self, losses: Losses, budget: Budget) -> None:
        self._losses = losses
        self._to_find = budget.share(2)  # what it leaves is there for the proof
        self._to_prove = budget
        alone = losses.each_alone()
        self._nobody_alone = max(alone) < losses.half
        self._most_harm_first = sorted(range(losses.people), key=lambda person: (-alone[person], person))

    def result(self) -> tuple[int, Sequence[int]]:
        if not self._nobody_alone:
            return 1, self._most_harm_first[:1]
        found = min(map(self._improved, self._starts()), key=len)
        least_harm_first = self._most_harm_first[::-1]
        every_set = EverySet(self._losses, least_harm_first)
        fewest = max(2, fewest_by_charges(self._losses, least_harm_first, self._to_prove)) if len(found) > 2 else 2
        while fewest < len(found) and self._to_prove.affords(every_set.cost(fewest)):
            smaller, all_tried = every_set.find(fewest, self._to_prove)
            if smaller is not None:
                return fewest, smaller
            if not all_tried:
                break
            fewest += 1
        return fewest, found

    def _starts(self) -> Iterator[list[int]]:
        """Sets chosen one by one: from nobody on, and from the pair that does most harm."""
        yield self._chosen([])
        if self._may_try(comb(self._losses.people, 2)):
            pairs = list(combinations(self._most_harm_first, 2))
            yield self._chosen(list(self._losses.best(pairs)[1]))

    def _chosen(self, chosen: list[int]) -> list[int]:
        """Whoever adds most is chosen next, until half is lost; when the budget ends, whoever does most harm alone."""
        lost = self._losses.of(chosen)
        while lost < self._losses.half:
            others = self._others(chosen)
            if not self._to_find.reserve(self._losses.cost(len(others))):
                return [*chosen, *others[: self._losses.least_beginning(chosen, others)]]
            lost, (best,) = self._losses.best([[person] for person in others], chosen)
            chosen = [*chosen, best]
        return chosen

    def _improved(self, found: Sequence[int]) -> Sequence[int]:
        """Spare whom it does not take, put one for two, or whoever adds more for another, as long as that helps."""
        changed: Sequence[int] | None = found
        while changed is not None:
            found = changed
            changed = self._smaller(found) or self._better(found)
        return found

    def _smaller(self, found: Sequence[int]) -> Sequence[int] | None:
        """A set of one less that loses half, if sparing somebody, or putting one for two, makes one."""
        others = self._others(found)
        spared = (_but(found, one) for one in found)
        exchanged = ([*_but(found, *pair), other] for pair in combinations(found, 2) for other in others)
        for tried, sets in ((len(found), spared), (comb(len(found), 2) * len(others), exchanged)):
            if self._may_try(tried) and (smaller := self._losses.reaching(list(sets))) is not None:
                return smaller
        return None

    def _better(self, found: Sequence[int]) -> Sequence[int] | None:
        """The set of the same size that loses most, if putting one for another makes it lose more."""
        others = self._others(found)
        if not self._may_try(len(found) * len(others)):
            return None
        most, best = self._losses.best([[*_but(found, one), other] for one in found for other in others])
        return best if most > self._losses.of(found) else None

    def _others(self, found: Sequence[int]) -> list[int]:
        return [person for person in self._most_harm_first if person not in found]

    def _may_try(self, sets: int) -> bool:
        return 0 < sets <= _AT_ONCE and self._to_find.reserve(self._losses.cost(sets))


def _but(people: Sequence[int], *spared: int) -> list[int]:
    return [person for person in people if person not in spared]
