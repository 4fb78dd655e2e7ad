"""Reading half a year of log-ins as groups: who signed in through what, and when last.

An aggregate query gives at most 2,000 groups. A span of days that has as many is halved, down to one day.
Days are counted back by Salesforce itself, so that no clock is needed here.
"""

from __future__ import annotations

from connectors.salesforce.describe import Steps, pages, partial, shown
from connectors.salesforce.queries import LOG_INS, log_in_groups
from stackmap.sdk import Ask, Get, Pages

__all__ = ["DAYS", "FIRST", "all_log_ins"]

DAYS = 180
"""Salesforce keeps six months: sforce_api_objects_loginhistory in the object reference."""

_MOST_GROUPS = 2000


def all_log_ins(_first: Ask) -> Pages:
    """Reads all groups. Raises ReadError in the end when a single day has too many."""
    _, note = yield from shown(LOG_INS)
    cut = yield from _span(DAYS, 0)
    if cut:
        raise partial(f"{cut} days have {_MOST_GROUPS} kinds of log-in or more each: of those the rest was not given")
    return note


def _span(start: int, end: int) -> Steps[int]:
    """From `start` to `end` days ago; the number of days that were cut. 0: up to now."""
    rows = yield from pages(_question(start, end))
    if rows < _MOST_GROUPS:
        return 0
    if start - end <= 1:
        return 1
    middle = (start + end) // 2
    older = yield from _span(start, middle)
    newer = yield from _span(middle, end)
    return older + newer


def _question(start: int, end: int) -> Get:
    return LOG_INS.get(log_in_groups(start, end, _MOST_GROUPS))


FIRST = _question(DAYS, 0)
"""What is asked when nothing is cut."""
