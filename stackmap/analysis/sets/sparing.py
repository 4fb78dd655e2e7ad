"""Sets of people that lose something, without those who can be spared: many sets at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from stackmap.analysis.sets.asking import Question, answers
from stackmap.analysis.sets.budget import Budget
from stackmap.analysis.sets.scenarios import Scenarios
from stackmap.analysis.sets.tally import Bits
from stackmap.analysis.sets.wiring import places

__all__ = ["spared"]

_Set: TypeAlias = tuple[int, int]
"""Those who are needed, and others of whom some may be; as bits."""


@dataclass(frozen=True, slots=True)
class _Beginnings(Question):
    """Those who are needed leave with the first of the others: none of them, one, and so on."""

    people: _Set


def spared(scenarios: Scenarios, sets: Mapping[int, int], budget: Budget) -> dict[int, int]:
    """Of sets that lose a bundle each, smaller ones from which nobody can be spared, as far as the budget lasts.

    A step: one bit of one number worked out.
    """
    found = dict(sets)
    left: dict[int, _Set] = {bundle: (0, people) for bundle, people in sets.items()}
    while left:
        smaller: dict[int, _Set] = {}
        for question, lost in answers(scenarios, _beginnings(left), budget):
            for bundle, departures in lost.items():
                needed, others = _without_the_rest(question.people, departures)
                found[bundle] = needed | others
                if others:
                    smaller[bundle] = needed, others
        left = smaller
    return found


def _beginnings(left: Mapping[int, _Set]) -> Iterator[_Beginnings]:
    """One question for all bundles with the same set."""
    groups: dict[_Set, list[int]] = {}
    for bundle, people in left.items():
        groups.setdefault(people, []).append(bundle)
    for (needed, others), bundles in groups.items():
        departures = others.bit_count() + 1
        every = (1 << departures) - 1
        leaving = {person: every >> place << place for place, person in enumerate(places(others), 1)}
        leaving |= dict.fromkeys(places(needed), every)
        yield _Beginnings(bundles, departures, leaving, (needed, others))


def _without_the_rest(people: _Set, lost: Bits) -> _Set:
    """The last of the shortest beginning that suffices is needed; whoever comes later is not. All of them suffice."""
    needed, others = people
    fewest = (lost & -lost).bit_length() - 1
    first: Sequence[int] = [*places(others)][:fewest]
    if not first:
        return needed, 0
    return needed | 1 << first[-1], sum(1 << person for person in first[:-1])
