"""Everybody's departure at once: how many things have which outcome when each person leaves alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stackmap.analysis.departures.answer import Analysis
from stackmap.model import Outcome

__all__ = ["Everyone", "everyone"]


@dataclass(frozen=True, slots=True)
class Everyone:
    """How many things have which outcome when one person leaves alone."""

    person: str
    counts: dict[Outcome, int]


def everyone(analysis: Analysis) -> Iterator[Everyone]:
    """What each person alone would break, by person id. Anonymous persons are not listed."""
    for person in analysis.stack.people:
        outcomes = [outcome for _, outcome in analysis.outcomes((person,))]
        yield Everyone(person, {outcome: outcomes.count(outcome) for outcome in Outcome})
