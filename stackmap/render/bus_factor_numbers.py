"""The numbers of a bus factor in words, and how far they are proven."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from stackmap.analysis import BusFactor, Count
from stackmap.analysis.bus_factor.things import Unproven
from stackmap.render.lines import wrapped

__all__ = ["care_said", "cell", "running_said", "unproven_json", "unproven_lines"]

_LONGER = 120
"""Seconds that are suggested for another search."""


def running_said(factor: BusFactor) -> str:
    """How few stand between a thing and its failure, in both readings."""
    if factor.running is None and factor.running_at_worst is None:
        return "nobody's leaving stops it"
    if factor.running is None:
        return f"running none known (at worst {_number(factor, factor.running_at_worst, at_worst=True)})"
    return f"running {_both(factor, factor.running, factor.running_at_worst)}"


def care_said(factor: BusFactor) -> str:
    """How few can look after it, in both readings."""
    return f"care {_both(factor, factor.care, factor.care_at_worst, care=True)}"


def _both(factor: BusFactor, proven: Count, at_worst: Count, *, care: bool = False) -> str:
    words = _number(factor, proven, care=care) if proven is not None else "nobody's leaving"
    worst = _number(factor, at_worst, care=care, at_worst=True) if at_worst is not None else "none"
    same = proven == at_worst and words == worst
    return words if same or (at_worst is None and proven is None) else f"{words} (at worst {worst})"


def _number(factor: BusFactor, count: Count, *, care: bool = False, at_worst: bool = False) -> str:
    for one in factor.unproven:
        if (one.care, one.at_worst) == (care, at_worst):
            return f"at least {one.at_least}, at most {one.at_most}, not proven"
    return str(count)


def unproven_lines(factors: Sequence[BusFactor]) -> Iterator[str]:
    """What to do about numbers that are not proven; nothing where all are."""
    if any(factor.unproven for factor in factors):
        text = "not proven: the search for a smaller set of people ended before it was done; run again with"
        yield from wrapped(f"{text} --within {_LONGER} to let it go on for {_LONGER} seconds", hanging="  ")


def unproven_json(factor: BusFactor) -> dict[str, Any]:
    """The key that only things with unproven numbers have; each such number stands elsewhere as its lower bound."""
    return {"unproven": [_bounds(one) for one in factor.unproven]} if factor.unproven else {}


def _bounds(one: Unproven) -> dict[str, Any]:
    number = "care" if one.care else "running"
    return {"number": number, "at_worst": one.at_worst, "at_least": one.at_least, "at_most": one.at_most}


def cell(count: Count, at_most: int | None) -> str:
    """A number in a table; `at_most`: what was found, where it is larger than what is proven."""
    if count is None:
        return ""
    return str(count) if at_most in {None, count} else f"{count} to {at_most}"
