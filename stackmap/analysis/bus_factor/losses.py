"""How much of a stack's weight is lost in each of very many departures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from stackmap.analysis.departures.answer import Analysis
from stackmap.analysis.gates.marks import Run, mark_of
from stackmap.analysis.sets.scenarios import Scenarios, leaving_in, scenarios
from stackmap.analysis.sets.tally import Bits, Tally
from stackmap.model import State

__all__ = ["Losses", "losses", "lost_at_worst"]

_MARK = mark_of(Run.POSSIBLE, State.STARVES)
_MARK_AT_WORST = mark_of(Run.WORST, State.STARVES)
_LEAST_COST = 1 << 13
"""What one number costs at least, in bits: below that, Python's own work outweighs the arithmetic."""


@dataclass(frozen=True, slots=True)
class Losses:
    """Weights, as whole numbers of a `unit`, over what stops or starves, proven, when people leave.

    `weights` are by bundle. `half` is the least that is half of the whole `total`.
    """

    ready: Scenarios
    weights: Mapping[int, int]
    total: int
    unit: Fraction

    @property
    def people(self) -> int:
        """How many people anything hangs on; they are known by their place, in the order of their ids."""
        return len(self.ready.people)

    @property
    def half(self) -> int:
        return (self.total + 1) // 2

    def cost(self, departures: int) -> int:
        """What so many departures at once cost, in steps: bits worked out."""
        return sum(map(len, self.ready.circles)) * max(departures, _LEAST_COST)

    def tally(self, leaving: Sequence[Bits]) -> Tally:
        """The weight lost in each departure. `leaving[n]`: those in which person n leaves."""
        lost = self.ready.lost(leaving)
        tally = Tally()
        for bundle, weight in self.weights.items():
            tally.add(lost[bundle], weight)
        return tally

    def each_alone(self) -> list[int]:
        """What is lost when each person leaves alone."""
        return self.tally([1 << person for person in range(self.people)]).sums(self.people)

    def best(self, sets: Sequence[Sequence[int]], always: Collection[int] = ()) -> tuple[int, Sequence[int]]:
        """The most that is lost when one of some sets of people leaves, and the set: of equals the first.

        `always` leave, too, whatever the set.
        """
        total, found = self._of_each(sets, always).largest((1 << len(sets)) - 1)
        return total, sets[_first(found)]

    def reaching(self, sets: Sequence[Sequence[int]]) -> Sequence[int] | None:
        """The first of some sets of people whose leaving loses half."""
        found = self._of_each(sets).reaching(self.half, (1 << len(sets)) - 1)
        return sets[_first(found)] if found else None

    def _of_each(self, sets: Sequence[Sequence[int]], always: Collection[int] = ()) -> Tally:
        leaving = leaving_in(sets) | dict.fromkeys(always, (1 << len(sets)) - 1)
        return self.tally([leaving.get(person, 0) for person in range(self.people)])

    def least_beginning(self, always: Collection[int], others: Sequence[int]) -> int | None:
        """How many of the others, from the first on, must leave with some people for half to be lost; None: never."""
        every = (1 << len(others)) - 1
        leaving = [every if person in always else 0 for person in range(self.people)]
        for place, person in enumerate(others):
            leaving[person] = every >> place << place
        found = self.tally(leaving).reaching(self.half, every)
        return _first(found) + 1 if found else None

    def of(self, people: Sequence[int]) -> int:
        """What is lost when these people leave."""
        return self.best([people])[0]


def _first(departures: Bits) -> int:
    return (departures & -departures).bit_length() - 1


def losses(analysis: Analysis) -> Losses:
    """The counted things of a stack that are not broken already, with their weights from your notes (1 by default)."""
    weights = dict(_weights(analysis))
    unit = Fraction(1, lcm(*(weight.denominator for weight in weights.values())))
    index = analysis.network.index
    nodes = {index[thing]: int(weight / unit) for thing, weight in weights.items() if thing in index}
    ready = scenarios(analysis.solver, _MARK, analysis.network.seeds, nodes)
    by_bundle: dict[int, int] = {}
    for node, bundle in ready.bundle_of.items():
        by_bundle[bundle] = by_bundle.get(bundle, 0) + nodes[node]
    return Losses(ready, by_bundle, int(sum(weights.values()) / unit), unit)


def lost_at_worst(analysis: Analysis, people: Iterable[str]) -> Fraction:
    """The weight of what works, as far as is proven, and may stop or starve at worst when these people leave."""
    solver, index = analysis.solver, analysis.network.index
    gained = solver.leaving(people)
    marks = {thing: solver.baseline[node] | gained.get(node, 0) for thing, node in index.items()}
    lost = (weight for thing, weight in _weights(analysis) if marks.get(thing, 0) & _MARK_AT_WORST)
    return sum(lost, start=Fraction(0))


def _weights(analysis: Analysis) -> Iterator[tuple[str, Fraction]]:
    for thing in analysis.counted:
        if analysis.solver.state(thing) < State.STARVES:
            yield thing, Fraction(str(analysis.stack.policy.weights.get(thing, 1)))
