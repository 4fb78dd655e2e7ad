"""Where a verdict comes from: the departures rows that judge the links on its way."""

from __future__ import annotations

from stackmap.analysis import Cause, Departure, Row
from stackmap.model import Link, Outcome
from stackmap.render.chains import follow

__all__ = ["link_row", "rows_behind"]

_OF_CARE = frozenset({Outcome.UNOWNED, Outcome.MUTED})
"""Outcomes that follow from who cares or is told: no table of a platform says them."""


def link_row(link: Link) -> str:
    """The departures row (`product:row`) that judges a link, or "". Of several sources' rows, the first by name."""
    return min((fact.outcomes.row for fact in link.facts if fact.outcomes and fact.outcomes.row), default="")


def rows_behind(departure: Departure, row: Row, first: Cause) -> tuple[str, ...]:
    """The departures rows that one cause of an outcome rests on, in the order in which the chain meets them."""
    if row.outcome in _OF_CARE:
        return ()
    links = (cause.link for cause, _ in follow(departure, row.thing, first) if cause.link is not None)
    return tuple(dict.fromkeys(name for link in links if (name := link_row(link))))
