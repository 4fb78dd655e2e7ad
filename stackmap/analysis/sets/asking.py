"""Many questions about what is lost, side by side: what they all hang on is gone through once for many of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from stackmap.analysis.sets.budget import Budget, Meter, SpentError
from stackmap.analysis.sets.scenarios import Scenarios
from stackmap.analysis.sets.tally import Bits

__all__ = ["Question", "answers"]

_SIDE_BY_SIDE = 1 << 12
"""So many departures are worked out at once, where a single question does not ask for more."""


@dataclass(frozen=True, slots=True)
class Question:
    """In which of so many departures is each bundle lost? `leaving`: those in which each person leaves; others stay."""

    bundles: Sequence[int]
    departures: int
    leaving: Mapping[int, Bits]


_Asked = TypeVar("_Asked", bound=Question)


def answers(
    scenarios: Scenarios, questions: Iterable[_Asked], budget: Budget
) -> Iterator[tuple[_Asked, dict[int, Bits]]]:
    """The questions with their answers, in order, without those that the budget does not afford.

    A step: one bit of one number worked out.
    """
    for together in _side_by_side(questions):
        circles = scenarios.behind(bundle for one in together for bundle in one.bundles)
        departures = sum(one.departures for one in together)
        # one round at least, and where that is not left nothing is begun: what is left may do for a smaller question
        if not budget.affords(sum(scenarios.steps(circle, departures) for circle in circles)):
            continue
        try:
            lost = scenarios.lost(_columns(scenarios, together), circles, Meter(budget))
        except SpentError:
            continue
        first = 0
        for one in together:
            every = (1 << one.departures) - 1
            yield one, {bundle: lost[bundle] >> first & every for bundle in one.bundles}
            first += one.departures


def _side_by_side(questions: Iterable[_Asked]) -> Iterator[list[_Asked]]:
    together: list[_Asked] = []
    departures = 0
    for question in questions:
        if together and departures + question.departures > _SIDE_BY_SIDE:
            yield together
            together, departures = [], 0
        together.append(question)
        departures += question.departures
    if together:
        yield together


def _columns(scenarios: Scenarios, questions: Iterable[Question]) -> list[Bits]:
    columns = [0] * len(scenarios.people)
    first = 0
    for question in questions:
        for person, departures in question.leaving.items():
            columns[person] |= departures << first
        first += question.departures
    return columns
