"""How likely things are to stop, or to run on old data, when each of some people leaves with a certain probability.

The probabilities are what somebody said, and the people leave independently of one another; nothing else is assumed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TypeAlias, TypeVar

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.gates.marks import Run, mark_of
from stackmap.analysis.odds.futures import DRAWN, SEED, Batch, all_futures, drawn_futures
from stackmap.analysis.odds.losses import Estimate, frequency, mean, shortfall
from stackmap.analysis.sets.scenarios import scenarios
from stackmap.analysis.sets.tally import Tally
from stackmap.model import State

__all__ = ["Figure", "Odds", "ThingOdds", "odds"]

_LOST = (mark_of(Run.POSSIBLE, State.STARVES), mark_of(Run.WORST, State.STARVES))
"""What counts as lost: stopped, or running on old data; proven, and at worst."""

_Loss: TypeAlias = tuple[int, int]
"""The bundles, proven and at worst, with which a thing is lost; -1 for none."""

_ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in both readings."""

    proven: Estimate
    at_worst: Estimate


@dataclass(frozen=True, slots=True)
class ThingOdds:
    """How likely it is that one thing stops, or runs on old data, because of who leaves."""

    thing: str
    weight: float
    lost: Figure


@dataclass(frozen=True, slots=True)
class Odds:
    """The answer. `said`: the probabilities, by person. `drawn`: how many futures were drawn, None where all were
    worked out; `futures`: how many were looked at.

    `anything`: how likely it is that anything is lost; `loss`: the weight that is lost on average; `shortfall`: on
    average in the worst twentieth of the futures. `things` by id; those that cannot be lost are left out. Errors are
    standard errors.
    """

    said: Mapping[str, float]
    futures: int
    drawn: int | None
    seed: int
    anything: Figure
    loss: Figure
    shortfall: Figure
    things: tuple[ThingOdds, ...]
    weight: float


def odds(compiled: CompiledStack, said: Mapping[str, float], count: int = DRAWN) -> Odds:
    """What is likely to be lost. Worked out where there are no more than `count` futures, else so many are drawn."""
    hanging = _Hanging(compiled, said)
    chances = [said[person] for person in hanging.people]
    drawn = None if 1 << len(chances) <= count else count
    sums = _Sums(hanging)
    for batch in all_futures(chances) if drawn is None else drawn_futures(chances, count):
        sums.add(batch)
    return Odds(
        said=dict(sorted(said.items())),
        futures=drawn or 1 << len(chances),
        drawn=drawn,
        seed=SEED,
        anything=_figure(frequency, sums.anything, drawn),
        loss=_figure(mean, sums.totals, drawn, hanging.unit),
        shortfall=_figure(shortfall, sums.totals, drawn, hanging.unit),
        things=tuple(_things(hanging, sums, drawn)),
        weight=float(hanging.weight * hanging.unit),
    )


_SharesT = TypeVar("_SharesT")


def _figure(
    judge: Callable[[_SharesT, int | None], Estimate], of: Sequence[_SharesT], drawn: int | None, unit: Fraction = _ONE
) -> Figure:
    return Figure(*(_scaled(judge(one, drawn), unit) for one in of))


def _scaled(estimate: Estimate, unit: Fraction) -> Estimate:
    return Estimate(estimate.value * float(unit), estimate.error * float(unit))


def _things(hanging: _Hanging, sums: _Sums, drawn: int | None) -> Iterator[ThingOdds]:
    found = ((thing, of) for of, things in hanging.together.items() for thing in things)
    for thing, of in sorted(found):
        lost = _figure(frequency, sums.lost[of], drawn)
        never = of[0] < 0  # known without a draw
        yield ThingOdds(thing, float(hanging.weights[thing]), Figure(Estimate(0.0), lost.at_worst) if never else lost)


class _Hanging:
    """The things that can be lost when these people leave, as bundles in both readings.

    `people`: those of whom it matters, and is not settled, whether they leave. `together`: things that are lost in the
    same futures, by what loses them, proven and at worst.
    """

    def __init__(self, compiled: CompiledStack, said: Mapping[str, float]) -> None:
        self._index = compiled.network.index
        policy, solver = compiled.stack.policy, compiled.solver
        self.weights = {thing: Fraction(str(policy.weights.get(thing, 1))) for thing in compiled.counted}
        self.unit = Fraction(1, lcm(*(weight.denominator for weight in self.weights.values())))
        working = [thing for thing in self.weights if solver.state(thing) < State.STARVES]
        self.weight = self.whole(working)
        leaving = [person for person, chance in said.items() if chance > 0]
        wanted = [self._index[thing] for thing in self.weights if thing in self._index]
        self._ready = tuple(scenarios(solver, mark, leaving, wanted) for mark in _LOST)
        self._settled = {person for person in leaving if said[person] == 1}
        concerned = {person for ready in self._ready for person in ready.people}
        self.people = tuple(sorted(concerned - self._settled))
        self.together = self._in_bundles()

    def whole(self, things: Iterable[str]) -> int:
        """What things weigh together, in units."""
        return int(sum((self.weights[thing] for thing in things), Fraction()) / self.unit)

    def _in_bundles(self) -> dict[_Loss, list[str]]:
        found: dict[_Loss, list[str]] = {}
        for thing in sorted(self.weights):
            proven, worst = (ready.bundle_of.get(self._index.get(thing, -1), -1) for ready in self._ready)
            if (proven, worst) != (-1, -1):
                found.setdefault((proven, worst), []).append(thing)
        return found

    def lost(self, batch: Batch) -> Iterator[tuple[_Loss, tuple[int, int]]]:
        """The columns in which the things of each bundle are lost, proven and at worst.

        At worst is told what is lost in either reading: what may be broken already can still be proven to stop.
        """
        every = (1 << len(batch.weights)) - 1
        leaving = dict(zip(self.people, batch.leaving, strict=True)) | dict.fromkeys(self._settled, every)
        proven, worst = (ready.lost([leaving[person] for person in ready.people]) for ready in self._ready)
        for of in self.together:
            certain = proven[of[0]] if of[0] >= 0 else 0
            yield of, (certain, certain | (worst[of[1]] if of[1] >= 0 else 0))


class _Sums:
    """What batches of futures add up to, proven and at worst: how likely each total is, and each loss, and any."""

    def __init__(self, hanging: _Hanging) -> None:
        self._hanging = hanging
        self._weight = {of: hanging.whole(things) for of, things in hanging.together.items()}
        self.lost = {of: [0.0, 0.0] for of in hanging.together}
        self.anything = [0.0, 0.0]
        self.totals: tuple[dict[int, float], dict[int, float]] = ({}, {})

    def add(self, batch: Batch) -> None:
        """Count one more batch."""
        tallies, anything = (Tally(), Tally()), [0, 0]
        for of, lost in self._hanging.lost(batch):
            for reading, columns in enumerate(lost):
                tallies[reading].add(columns, self._weight[of])
                anything[reading] |= columns
                self.lost[of][reading] += batch.share(columns)
        for reading, tally in enumerate(tallies):
            self.anything[reading] += batch.share(anything[reading])
            totals = self.totals[reading]
            for total, weight in zip(tally.sums(len(batch.weights)), batch.weights, strict=True):
                totals[total] = totals.get(total, 0.0) + weight
