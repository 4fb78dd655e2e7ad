"""How a node fares in every run at once: three levels in each of four runs, as twelve bits of one number.

The runs are nested: whatever falls at one falls at every earlier one too, for each counts fewer members than the one
before. So one cascade over these marks answers for all of them.
"""

from __future__ import annotations

from enum import Enum, IntEnum

from stackmap.model import Certainty, State

__all__ = ["ALL", "RUN_MARKS", "Reading", "Run", "mark_of", "marks_of", "marks_within", "run_of", "state_of"]

_LEVELS = len(State) - 1
_LEVEL_MARKS = (1 << _LEVELS) - 1


class Reading(Enum):
    """What is taken for granted. Proven: only what is known to break. Worst: also what may."""

    PROVEN = "proven"
    WORST = "worst"


class Run(IntEnum):
    """One reading at one grade: members weaker than the grade pass nothing. At worst every grade counts."""

    WORST = 0
    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3


RUN_MARKS = tuple(_LEVEL_MARKS << (_LEVELS * run) for run in Run)
"""The marks that belong to each run."""

ALL = sum(RUN_MARKS)
"""Stopped in every run."""


_PROVEN_RUNS = tuple(Run(Run.POSSIBLE + grade) for grade in sorted(Certainty))
_STATES = tuple(State(marks.bit_length()) for marks in range(_LEVEL_MARKS + 1))


def run_of(reading: Reading, grade: Certainty = Certainty.POSSIBLE) -> Run:
    """The run of a reading; the proven one has a run for each grade."""
    return Run.WORST if reading is Reading.WORST else _PROVEN_RUNS[grade]


def marks_of(run: Run, state: State) -> int:
    """The marks of a node that is in that state in one run."""
    return ((1 << state) - 1) << (_LEVELS * run)


def mark_of(run: Run, state: State) -> int:
    """The one mark that says that a node is in that state, or worse, in one run. Nothing marks what works."""
    return 1 << (_LEVELS * run + state - 1)


def marks_within(last: Run, state: State) -> int:
    """The marks of a node that is in that state in a run and in all before it."""
    return sum(marks_of(run, state) for run in Run if run <= last)


def state_of(marks: int, run: Run) -> State:
    """The state that marks tell of one run."""
    return _STATES[marks >> (_LEVELS * run) & _LEVEL_MARKS]
