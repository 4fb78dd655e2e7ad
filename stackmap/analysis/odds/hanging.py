"""What can be lost when some people leave, in both readings, ready to be asked of very many futures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import TypeAlias

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.gates.marks import Run, mark_of
from stackmap.analysis.sets.scenarios import Scenarios, scenarios
from stackmap.analysis.sets.tally import Bits
from stackmap.model import State

__all__ = ["Hanging", "Loss", "lost_of"]

Loss: TypeAlias = tuple[int, int]
"""The bundles, proven and at worst, with which a thing is lost; -1 for none."""

_LOST = (mark_of(Run.POSSIBLE, State.STARVES), mark_of(Run.WORST, State.STARVES))
"""What counts as lost: stopped, or running on old data; proven, and at worst."""


class Hanging:
    """The things that can be lost when these people leave, as bundles in both readings.

    `said`: how likely each leaves, without whoever never does. `settled`: who leaves for sure. `people`: those of whom
    it matters, and is not settled, whether they leave. `together`: things that are lost in the same futures, by what
    loses them, proven and at worst. `working`: the things that work now, with what each weighs.
    """

    def __init__(self, compiled: CompiledStack, said: Mapping[str, float]) -> None:
        self._index = compiled.network.index
        weights = compiled.stack.policy.weights
        self.said = {person: chance for person, chance in said.items() if chance > 0}
        self.settled = frozenset(person for person, chance in self.said.items() if chance == 1)
        things = sorted(compiled.counted)
        self.weights = {thing: Fraction(str(weights.get(thing, 1))) for thing in things}
        self.working = [thing for thing in things if compiled.solver.state(thing) < State.STARVES]
        wanted = [self._index[thing] for thing in things if thing in self._index]
        self.ready = tuple(scenarios(compiled.solver, mark, self.said, wanted) for mark in _LOST)
        concerned = {person for ready in self.ready for person in ready.people}
        self.people = tuple(sorted(concerned - self.settled))
        self.together = self._in_bundles()

    @property
    def unit(self) -> Fraction:
        """The largest weight of which all are multiples."""
        return Fraction(1, lcm(*(weight.denominator for weight in self.weights.values())))

    def _in_bundles(self) -> dict[Loss, list[str]]:
        found: dict[Loss, list[str]] = {}
        for thing in self.weights:
            proven, at_worst = (ready.bundle_of.get(self._index.get(thing, -1), -1) for ready in self.ready)
            if (proven, at_worst) != (-1, -1):
                found.setdefault((proven, at_worst), []).append(thing)
        return found

    def lost(self, leaving: Mapping[str, Bits], every: Bits) -> tuple[list[Bits], ...]:
        """In which of `every` columns each bundle is lost, proven and at worst. Whoever is not named stays, unless
        settled.
        """
        settled = dict.fromkeys(self.settled, every)
        return tuple(ready.lost(_columns(ready, {**leaving, **settled})) for ready in self.ready)

    def touched(self, leaving: Mapping[str, Bits]) -> tuple[list[Bits], ...]:
        """In which columns anybody named leaves on whom a bundle hangs. Whoever is settled always does: left out."""
        return tuple(ready.touched(_columns(ready, leaving)) for ready in self.ready)


def _columns(ready: Scenarios, leaving: Mapping[str, Bits]) -> Sequence[Bits]:
    return [leaving.get(person, 0) for person in ready.people]


def lost_of(columns: Sequence[Sequence[Bits]], of: Iterable[Loss]) -> Iterator[tuple[Bits, Bits]]:
    """The columns of each loss, proven and at worst.

    At worst is told what is lost in either reading: what may be broken already can still be proven to stop.
    """
    proven, worst = columns
    for certain, doubtful in of:
        sure = proven[certain] if certain >= 0 else 0
        yield sure, sure | (worst[doubtful] if doubtful >= 0 else 0)
