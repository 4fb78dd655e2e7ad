"""Everybody's departure as stackmap works it out: asked as the peers are, so that the two can be compared."""

from __future__ import annotations

from collections.abc import Sequence

from stackmap.analysis.gates.marks import ALL
from stackmap.analysis.gates.network import Network
from stackmap.analysis.gates.solve import Fall, Solver
from stackmap.analysis.sets.columns import Columns
from tests.benchmarks.courses import Course
from tests.benchmarks.methods import Ask, Method
from tests.benchmarks.thresholds import MARK

__all__ = ["ALL_LEVELS", "COLUMNS", "COMPILED", "OURS", "PLAIN"]

PLAIN = "ours, plain Python"
ALL_LEVELS = "ours, plain, all readings and levels"
COLUMNS = "ours, plain, people as columns of bits"
COMPILED = "ours, compiled"

_MOST = 200_000
_AT_A_TIME = 2_048
"""How many people: a node's number takes up to a quarter of a kilobyte then."""


def _one_level(course: Course) -> Ask:
    """One reading and one level, as all peers have it."""
    solver = Solver(course.network)
    falls = _falls(course.network, MARK)

    def pairs(people: Sequence[int]) -> int:
        found = 0
        for person in people:
            found += len(solver.fall(falls[person]))
        return found

    return pairs


def _all_levels(course: Course) -> Ask:
    """Both readings, all grades and all levels; counted are the pairs that all peers count."""
    solver = Solver(course.network)
    falls = _falls(course.network, ALL)

    def pairs(people: Sequence[int]) -> int:
        found = 0
        for person in people:
            found += sum(1 for gained in solver.fall(falls[person]).values() if gained & MARK)
        return found

    return pairs


def _columns(course: Course) -> Ask:
    """One reading and one level, so many people at a time, each a bit of long numbers."""
    people = tuple(course.network.seeds)
    columns = Columns(Solver(course.network), people)

    def pairs(asked: Sequence[int]) -> int:
        found = 0
        for start in range(0, len(asked), _AT_A_TIME):
            when = {people[person]: 1 << bit for bit, person in enumerate(asked[start : start + _AT_A_TIME])}
            found += sum(lost.bit_count() for lost in columns.lost(MARK, when).values())
        return found

    return pairs


def _compiled_one_level(course: Course) -> Ask:
    """One reading and one level, counted as the peers count: nothing is handed to Python."""
    from stackmap.analysis.gates.fast import FastSolver

    solver = FastSolver(course.network)
    falls = _falls(course.network, MARK)

    def pairs(people: Sequence[int]) -> int:
        return sum(len(answers.nodes) for answers in solver.falling([falls[person] for person in people]))

    return pairs


def _compiled_all_levels(course: Course) -> Ask:
    """Both readings, all grades and all levels, each answer handed over as it is to whoever asks."""
    from stackmap.analysis.gates.fast import FastSolver

    solver = FastSolver(course.network)
    falls = _falls(course.network, ALL)

    def pairs(people: Sequence[int]) -> int:
        found = 0
        for answers in solver.falling([falls[person] for person in people]):
            found += sum(1 for answer in answers.each() for gained in answer.values() if gained & MARK)
        return found

    return pairs


def _falls(network: Network, marks: int) -> list[list[Fall]]:
    """What falls with each person, at some of the marks."""
    return [[(node, fallen & marks) for node, fallen in network.fallen((person,))] for person in network.seeds]


OURS = (
    Method(PLAIN, _one_level, warms=True),
    Method(ALL_LEVELS, _all_levels),
    Method(COLUMNS, _columns, most=_MOST),
    Method(COMPILED, _compiled_one_level, warms=True),
    Method("ours, compiled, all readings and levels", _compiled_all_levels),
)
