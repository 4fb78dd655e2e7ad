"""How likely things are to stop, or to run on old data, when each of some people leaves with a certain probability.

The probabilities are what somebody said, and the people leave independently of one another; nothing else is assumed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.odds.estimates import Estimate, frequency, mean, shortfall
from stackmap.analysis.odds.few import FewPeople
from stackmap.analysis.odds.futures import DRAWN, SEED, all_futures, drawn_futures
from stackmap.analysis.odds.hanging import Hanging, Loss
from stackmap.analysis.odds.sums import Sums

__all__ = ["Figure", "Losses", "Odds", "ThingOdds", "odds"]


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
class Losses:
    """How much is lost: on `average`, and on average in the `worst` twentieth of the futures. `whole`: of how much."""

    average: Figure
    worst: Figure
    whole: float


@dataclass(frozen=True, slots=True)
class Odds:
    """The answer. `said`: the probabilities, by person. `drawn`: how many futures were drawn, None where all were
    worked out; `futures`: how many were looked at.

    `anything`: how likely it is that anything is lost. `weighed`: how much, as the notes weigh things; `counted`: how
    many things. `things` by id; those that cannot be lost are left out. Errors are standard errors: 0 of what was
    worked out, which is possible of what hangs on few people even where futures were drawn.
    """

    said: Mapping[str, float]
    futures: int
    drawn: int | None
    seed: int
    anything: Figure
    weighed: Losses
    counted: Losses
    things: tuple[ThingOdds, ...]


def odds(compiled: CompiledStack, said: Mapping[str, float], count: int = DRAWN, seed: int = SEED) -> Odds:
    """What is likely to be lost. Worked out where there are no more than `count` futures, else so many are drawn."""
    hanging = Hanging(compiled, said)
    chances = [said[person] for person in hanging.people]
    drawn = None if 1 << len(chances) <= count else count
    sums = Sums(hanging)
    for batch in all_futures(chances) if drawn is None else drawn_futures(chances, count, seed):
        sums.add(batch)
    told = _Told(hanging, sums, drawn)
    return Odds(
        said=dict(sorted(said.items())),
        futures=drawn or 1 << len(chances),
        drawn=drawn,
        seed=seed,
        anything=told.anything,
        weighed=told.losses(weighed=True),
        counted=told.losses(weighed=False),
        things=tuple(told.things()),
    )


class _Told:
    """What the sums tell, and in its place what can be worked out though they were drawn."""

    def __init__(self, hanging: Hanging, sums: Sums, drawn: int | None) -> None:
        self._hanging = hanging
        self._sums = sums
        self._drawn = drawn
        self._few = None if drawn is None else FewPeople(hanging)
        self.anything = self._figure(sums.anything, list(hanging.together))
        self._lost = {of: self._figure(shares, [of]) for of, shares in sums.lost.items()}

    def _figure(self, shares: Sequence[float], losses: Sequence[Loss]) -> Figure:
        known = self._few.chances(losses) if self._few else (None, None)
        proven, at_worst = (
            frequency(share, self._drawn) if one is None else Estimate(one)
            for share, one in zip(shares, known, strict=True)
        )
        return Figure(proven, at_worst)

    def things(self) -> Iterator[ThingOdds]:
        """Each thing that can be lost, by id."""
        weights = self._hanging.weights
        for thing, of in sorted((thing, of) for of, things in self._hanging.together.items() for thing in things):
            yield ThingOdds(thing, float(weights[thing]), self._lost[of])

    def losses(self, *, weighed: bool) -> Losses:
        """How much is lost: weight, or things."""
        hanging, drawn = self._hanging, self._drawn
        unit = float(hanging.unit) if weighed else 1.0
        totals = self._sums.totals(weighed=weighed)
        average = Figure(*(mean(one.shares, drawn, one.most).times(unit) for one in totals))
        worst = Figure(*(shortfall(one.shares, drawn, one.most).times(unit) for one in totals))
        whole = sum(hanging.weights[thing] if weighed else 1 for thing in hanging.working)
        return Losses(self._from_things(average, weighed=weighed), worst, float(whole))

    def _from_things(self, average: Figure, *, weighed: bool) -> Figure:
        """The average, worked out where each thing is: it is theirs, added up."""
        lost = [(one.lost, one.weight if weighed else 1.0) for one in self.things()]
        proven = [figure.proven.times(weight) for figure, weight in lost]
        at_worst = [figure.at_worst.times(weight) for figure, weight in lost]
        return Figure(_added_up(proven, average.proven), _added_up(at_worst, average.at_worst))


def _added_up(parts: Sequence[Estimate], otherwise: Estimate) -> Estimate:
    return otherwise if any(part.error for part in parts) else Estimate(fsum(part.value for part in parts))
