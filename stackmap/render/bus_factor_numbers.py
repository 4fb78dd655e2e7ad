"""The numbers of a bus factor in words, and how far they are proven."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from stackmap.analysis import BusFactor, Count
from stackmap.analysis.bus_factor.things import Unproven
from stackmap.analysis.departures.milder import Later
from stackmap.analysis.sets.families import LARGEST
from stackmap.render.bus_factor_sets import any_of
from stackmap.render.lines import wrapped
from stackmap.render.words import and_listed, counted

__all__ = [
    "LONGER",
    "cell",
    "incomplete_lines",
    "milder_json",
    "milder_lines",
    "numbers_said",
    "proof_json",
    "proven_sets",
    "unproven_lines",
]

LONGER = 120
"""Seconds that are suggested for another search."""

_BLOCKERS = 3
"""How many people are named whose last day something blocks."""


def numbers_said(factor: BusFactor, later: Later | None, blocks: Sequence[str], names: Mapping[str, str]) -> str:
    """Both numbers, each with the people whom it counts, and what leaving does short of that. `names` are of people."""
    told = [_running_said(factor, later) + _whose(factor.minimal_sets, names)]
    if later is not None:
        ways = (("later", later.sets), ("may stop later", later.may))
        told.extend(f"{words}{_whose(sets, names)}" for words, sets in ways if sets)
    if blocks:
        shown, rest = [names[person] for person in blocks[:_BLOCKERS]], len(blocks) - _BLOCKERS
        told.append(f"blocks the last day of {and_listed([*shown, f'{rest} more'] if rest > 0 else shown)}")
    return f"{'; '.join(told)} · {_care_said(factor)}{_whose(factor.care_sets, names)}"


def _whose(sets: Sequence[Sequence[str]], names: Mapping[str, str]) -> str:
    """The first sets of people by name; nothing where a number names nobody."""
    told = any_of([[names[person] for person in people] for people in sets])
    return f": {told}" if told else ""


def _running_said(factor: BusFactor, later: Later | None) -> str:
    """How few stand between a thing and its failure, in both readings."""
    if factor.running is None and factor.running_at_worst is None:
        return "nobody's leaving stops it at once" if later else "nobody's leaving stops it"
    if factor.running is None:
        return f"running none known (at worst {_number(factor, factor.running_at_worst, at_worst=True)})"
    return f"running {_both(factor, factor.running, factor.running_at_worst)}"


def _care_said(factor: BusFactor) -> str:
    """How few can look after it, in both readings."""
    return f"care {_both(factor, factor.care, factor.care_at_worst, care=True)}"


def _both(factor: BusFactor, proven: Count, at_worst: Count, *, care: bool = False) -> str:
    words = _number(factor, proven, care=care) if proven is not None else "nobody's leaving"
    worst = _number(factor, at_worst, care=care, at_worst=True) if at_worst is not None else "none"
    same = proven == at_worst and words == worst
    return words if same or (at_worst is None and proven is None) else f"{words} (at worst {worst})"


def _number(factor: BusFactor, count: Count, *, care: bool = False, at_worst: bool = False) -> str:
    one = _unproven(factor, care=care, at_worst=at_worst)
    return str(count) if one is None else f"at least {one.at_least}, at most {one.at_most}, not proven"


def _unproven(factor: BusFactor, *, care: bool = False, at_worst: bool = False) -> Unproven | None:
    return next((one for one in factor.unproven if (one.care, one.at_worst) == (care, at_worst)), None)


def milder_lines(later: Sequence[Later], blocks: Sequence[Sequence[str]]) -> Iterator[str]:
    """What the words for milder things mean; nothing where there are none."""
    if later:
        yield from wrapped("later: not at once, but at the next re-authorisation, edit or rotation", hanging="  ")
    if blocks:
        text = "blocks the last day: the platform does not let that login go before it points to another one"
        yield from wrapped(text, hanging="  ")


def milder_json(later: Later | None, blocks: Sequence[str]) -> dict[str, Any]:
    """What leaving does to a thing short of stopping it at once."""
    return {
        "later_sets": [list(people) for people in later.sets] if later else [],
        "may_be_later_sets": [list(people) for people in later.may] if later else [],
        "blocks_last_day_of": list(blocks),
    }


def unproven_lines(factors: Sequence[BusFactor]) -> Iterator[str]:
    """What to do about numbers that are not proven; nothing where all are."""
    if any(factor.unproven for factor in factors):
        text = "not proven: the search for a smaller set of people ended before it was done; run again with"
        yield from wrapped(f"{text} --within {LONGER} to let it go on for {LONGER} seconds", hanging="  ")


def incomplete_lines(factors: Sequence[BusFactor], later: Sequence[Later]) -> Iterator[str]:
    """That more people may do as those who are named; nothing where as many sets were looked for as is usual."""
    orders = [one.sets_complete_to_order for one in factors if any((*one.minimal_sets, *one.care_sets))]
    complete_to = min([*orders, *(one.complete_to for one in later)], default=LARGEST)
    if complete_to < LARGEST:
        larger = counted(complete_to + 1, "person", "people")
        text = f"not all sets of people were looked for: beside those named others of {larger} or more may do as much"
        yield from wrapped(f"{text}; to look on: --within {LONGER}", hanging="  ")


def proven_sets(factor: BusFactor, *, care: bool = False) -> Sequence[Sequence[str]]:
    """The sets of a number that is proven; one that was only found is no minimal one."""
    sets = factor.care_sets if care else factor.minimal_sets
    return sets if _unproven(factor, care=care) is None else ()


def proof_json(factor: BusFactor) -> dict[str, Any]:
    """Whether all numbers are proven. Each that is not stands elsewhere as its lower bound, and here with both."""
    if not factor.unproven:
        return {"proven": True}
    return {
        "proven": False,
        "bus_factor_at_most": factor.bus_factor_at_most,
        "unproven": [_bounds(factor, one) for one in factor.unproven],
    }


def _bounds(factor: BusFactor, one: Unproven) -> dict[str, Any]:
    """`found`: the smallest set that was found; at worst nobody asks who it is."""
    sets = factor.care_sets if one.care else factor.minimal_sets
    return {
        "number": "care" if one.care else "running",
        "at_worst": one.at_worst,
        "at_least": one.at_least,
        "at_most": one.at_most,
        "found": None if one.at_worst else next(map(list, sets)),
    }


def cell(count: Count, at_most: int | None) -> str:
    """A number in a table; `at_most`: what was found, where it is larger than what is proven."""
    if count is None:
        return ""
    return str(count) if at_most in {None, count} else f"{count} to {at_most}"
