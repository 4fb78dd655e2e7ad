"""Everybody's departure at once: how many things have which outcome when each person leaves alone.

Two exact methods. One departure after the other costs what each breaks, and less where the compiled kernel is
installed; all of them as columns cost little more than what breaks when everybody leaves, however many break it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.departures.counts_in_columns import counts_in_columns
from stackmap.analysis.departures.counts_in_turn import counts_in_turn
from stackmap.analysis.departures.meanings import Meanings
from stackmap.analysis.gates.extra import is_installed
from stackmap.model import Outcome

__all__ = ["Everyone", "everyone"]

_SAMPLE = 32
_OFTEN = 12
"""From so many falls of the average node on, one departure after the other takes longer than all as columns.

Measured on stacks of 20,000 things and 1,000 people with a hub on which ever more people's things hang: with 4, 6, 11
and 20 falls a node columns took 2.2, 1.2, 0.9 and 0.5 times as long. The answers are the same: a misled sample costs
time alone.
"""


_MANY = 1_000_000
"""From so many falls on it pays to load the compiled kernel: that takes a second, about as much as they do without."""


@dataclass(frozen=True, slots=True)
class Everyone:
    """How many things have which outcome when one person leaves alone.

    `tokens`: the same of tokens that nothing is known to sign in with, as an answer tells them apart.
    """

    person: str
    counts: dict[Outcome, int]
    tokens: dict[Outcome, int] = field(default_factory=dict)


def everyone(analysis: CompiledStack) -> Iterator[Everyone]:
    """What each person alone would break, by person id. Anonymous persons are not listed."""
    people, meanings = analysis.stack.people, Meanings(analysis)
    falls = _falls(analysis, people)
    if falls > _OFTEN * len(analysis.network.names):
        told = counts_in_columns(analysis, meanings, people)
    else:
        told = counts_in_turn(analysis, meanings, _departures(analysis, people, compiled=falls > _MANY))
    for person, counts in zip(people, told, strict=True):
        yield Everyone(person, counts.things, counts.tokens)


def _falls(analysis: CompiledStack, people: Sequence[str]) -> float:
    """How often a node falls in everybody's departures, one by one, about: by a sample."""
    sample = people[:: len(people) // _SAMPLE + 1]
    fallen = sum(len(analysis.solver.leaving((person,))) for person in sample)
    return fallen * len(people) / max(1, len(sample))


def _departures(analysis: CompiledStack, people: Sequence[str], *, compiled: bool) -> Iterable[Mapping[int, int]]:
    """The marks that nodes gain when each of them leaves."""
    if compiled and is_installed():
        from stackmap.analysis.gates.fast import FastSolver  # noqa: PLC0415 - an extra, and slow to import

        return FastSolver(analysis.network).leaving([(person,) for person in people])
    return (analysis.solver.leaving((person,)) for person in people)
