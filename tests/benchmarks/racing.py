"""Everybody's departure: ours against the graph libraries, each asked the same of the same network in the same run."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from random import Random

from tests.benchmarks.courses import Course, Shape
from tests.benchmarks.figures import Doing
from tests.benchmarks.measuring import Effort, Run, in_turn, seconds_of
from tests.benchmarks.methods import Ask, Method

__all__ = ["FIRST_TIME", "Race", "Raced", "race"]

FIRST_TIME = ", first time"

_FEW = 40
_LONGEST = 10.0
"""How many people a slow method is asked of, and for how many seconds, at most."""
_SEED = 20261122


@dataclass(frozen=True, slots=True)
class Raced:
    """How one method did.

    `seconds`: for everybody, of each run; where it was asked of fewer people, worked out from those. `ready`: the
    seconds it took to make it ready. `found`: how many pairs it found, of `expected`. `why`: why it was not measured.
    """

    method: str
    seconds: tuple[float, ...] = ()
    ready: float = 0.0
    asked: int = 0
    found: int = 0
    expected: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Race:
    """How all did on a network of some shape, in the order of the methods."""

    shape: Shape
    raced: tuple[Raced, ...]

    def times(self, method: str) -> tuple[float, ...]:
        """The times of one method; none where it was not measured."""
        return next((one.seconds for one in self.raced if one.method == method), ())


@dataclass(slots=True)
class _Entrant:
    """A method made ready. `found`: how many pairs it found the last time it was asked."""

    method: Method
    ask: Ask
    ready: float
    found: int = 0

    def timed(self, people: Sequence[int]) -> Run:
        def work() -> None:
            self.found = self.ask(people)

        return seconds_of(work)


def race(course: Course, methods: Sequence[Method], effort: Effort) -> Iterator[Doing | Race]:
    """Ask all of them: of everybody and in turn, the slow ones of some people only.

    The race comes last, after what is being done meanwhile.
    """
    name = course.shape.name
    yield Doing(f"{name}: making {len(methods)} methods ready")
    entered = [_entered(method, course) for method in methods]
    found = [one for one in entered if isinstance(one, Raced)]
    entrants = [one for one in entered if isinstance(one, _Entrant)]
    with _collected():
        firsts: list[tuple[_Entrant, Run]] = []
        for one in (one for one in entrants if not one.method.slow):
            yield Doing(f"{name}: {one.method.name}, first time")
            firsts.append((one, one.timed(range(len(course.lost)))))
        yield Doing(f"{name}: the same {len(firsts)} again, in turn")
        found.extend(_quick(firsts, course, effort))
        for one in (one for one in entrants if one.method.slow):
            yield Doing(f"{name}: {one.method.name}, some people")
            found.append(_of_a_few(one, course, min(effort.seconds, _LONGEST)))
    order = [name for method in methods for name in (method.name, method.name + FIRST_TIME)]
    yield Race(course.shape, tuple(sorted(found, key=lambda one: order.index(one.method))))


def _entered(method: Method, course: Course) -> _Entrant | Raced:
    if course.shape.nodes > method.most:
        return Raced(method.name, why="left out of so large a network, to keep the run short")
    asks: list[Ask] = []
    try:
        ready = seconds_of(lambda: asks.append(method.ready(course)))
    except ImportError as missing:
        return Raced(method.name, why=f"{missing.name} is not installed")
    return _Entrant(method, asks[0], ready.seconds)


def _quick(firsts: Sequence[tuple[_Entrant, Run]], course: Course, effort: Effort) -> Iterator[Raced]:
    everybody = range(len(course.lost))
    rounds = in_turn(replace(effort, warms_up=False), [partial(one.timed, everybody) for one, _ in firsts])
    for (entrant, first), runs in zip(firsts, rounds, strict=True):
        told = Raced(
            entrant.method.name,
            tuple(run.seconds for run in runs),
            entrant.ready,
            len(everybody),
            entrant.found,
            course.shape.pairs,
        )
        yield told
        if entrant.method.warms:
            yield replace(told, method=told.method + FIRST_TIME, seconds=(first.seconds,))


def _of_a_few(entrant: _Entrant, course: Course, seconds: float) -> Raced:
    """Ask one after the other, people drawn by lot, and work out what everybody would take."""
    people = len(course.lost)
    spent, asked, found, expected = 0.0, 0, 0, 0
    for person in Random(_SEED).sample(range(people), min(people, _FEW)):
        spent += entrant.timed((person,)).seconds
        asked += 1
        found += entrant.found
        expected += course.lost[person]
        if spent > seconds:
            break
    return Raced(entrant.method.name, (spent / asked * people,), entrant.ready, asked, found, expected)


@contextmanager
def _collected() -> Iterator[None]:
    """Leave all that was made so far to itself: the collector walks through it before every run otherwise."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
