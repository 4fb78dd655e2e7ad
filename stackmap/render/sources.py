"""Where a verdict comes from: the departures rows that judge the links on its way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stackmap.analysis import Cause, Departure, Row
from stackmap.model import Link, Outcome

__all__ = ["link_row", "rows_behind"]

_MOST_STEPS = 6
_CHAIN = frozenset({Outcome.STOPS, Outcome.STARVES, Outcome.LATER, Outcome.UNKNOWN})
_OF_CARE = frozenset({Outcome.UNOWNED, Outcome.MUTED})
"""Outcomes that follow from who cares or is told: no table of a platform says them."""


def link_row(link: Link) -> str:
    """The departures row (`product:row`) that judges a link, or "". Of several sources' rows, the first by name."""
    return min((fact.outcomes.row for fact in link.facts if fact.outcomes and fact.outcomes.row), default="")


def rows_behind(departure: Departure, row: Row, first: Cause) -> tuple[str, ...]:
    """The departures rows that one cause of an outcome rests on, in the order in which the chain meets them."""
    if row.outcome in _OF_CARE:
        return ()
    links = (cause.link for cause in _onward(departure, row.thing, first) if cause.link is not None)
    return tuple(dict.fromkeys(name for link in links if (name := link_row(link))))


def _onward(departure: Departure, thing: str, first: Cause) -> Iterator[Cause]:
    """A cause and those behind it, the first of several each time, as the texts follow them."""
    told = {row.thing: row.because for row in departure.rows if row.outcome in _CHAIN}
    cause, seen = first, {thing}
    yield first
    for _ in range(_MOST_STEPS):
        via = departure.via.get(cause.node)
        onward: Sequence[Cause] = told.get(cause.node) or (via.because if via else ())
        if not onward or cause.node in seen:
            return
        seen.add(cause.node)
        cause = onward[0]
        yield cause
