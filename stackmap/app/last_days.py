"""Last days of work that lie ahead: who is about to leave is asked, never stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from stackmap.model import Fact, Node, NodeKind, SourceReading, day_of
from stackmap.render.words import counted

__all__ = ["days_ahead_told", "without_days_ahead"]

_LAST_DAY = "left_on"


def without_days_ahead(reading: SourceReading) -> SourceReading:
    """A reading in which nobody's last day is that of the reading or a later one, as in a staff list.

    Such a person is still here, and looks like everybody else: no word more, no word less.
    """
    today = reading.taken_at.date()
    if not any(_lies_ahead(fact, today) for fact in reading.facts):
        return reading
    facts = tuple(_still_here(fact) if _lies_ahead(fact, today) else fact for fact in reading.facts)
    return replace(reading, facts=facts)


def days_ahead_told(readings: Sequence[SourceReading]) -> Iterator[str]:
    """A sentence for each reading with last days that will not be stored: how many, and nothing else of them."""
    for one in readings:
        people = {fact.key for fact in one.facts if _lies_ahead(fact, one.taken_at.date())}
        if people:
            were = "was" if len(people) == 1 else "were"
            yield f"{one.source}: {counted(len(people), 'last day')} in the future {were} not stored"


def _lies_ahead(fact: Fact, today: date) -> bool:
    last = day_of(fact.properties.get(_LAST_DAY)) if isinstance(fact, Node) else None
    return last is not None and last >= today


def _still_here(fact: Fact) -> Fact:
    kept: dict[str, Any] = {name: value for name, value in fact.properties.items() if name != _LAST_DAY}
    if isinstance(fact, Node) and fact.kind is NodeKind.PERSON and "active" in kept:
        kept["active"] = True
    return replace(fact, properties=kept)
