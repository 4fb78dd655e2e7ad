"""Sets of people, each of which suffices, as people read them."""

from __future__ import annotations

from collections.abc import Sequence

from stackmap.render.words import and_listed, counted

__all__ = ["any_of", "or_listed"]

_SETS = 3
_PEOPLE = 6
"""How many sets, and how many people of one set, are named; the rest are counted."""


def any_of(sets: Sequence[Sequence[str]]) -> str:
    """By name: "Iris Chan, or Dana Okafor with Ravi Menon"; of one set "Iris Chan and Ravi Menon"; none of nobody."""
    some = [people for people in sets if people]
    if len(some) == 1:
        return and_listed(_named(some[0]))
    told = [_together(people) for people in some]
    shown, rest = told[:_SETS], len(told) - _SETS
    alone = all(len(people) == 1 for people in sets[:_SETS])
    text = or_listed(shown) if alone else ", or ".join(shown)
    return f"{text} (and {counted(rest, 'more set')})" if rest > 0 else text


def or_listed(names: Sequence[str]) -> str:
    """Names of which one suffices: A, B or C."""
    *most, last = names or ("",)
    return f"{', '.join(most)} or {last}" if most else last


def _together(people: Sequence[str]) -> str:
    """One set among others: its people with "with", so that it is plain where the next one begins."""
    first, *others = _named(people)
    return f"{first} with {and_listed(others)}" if others else first


def _named(people: Sequence[str]) -> Sequence[str]:
    rest = len(people) - _PEOPLE
    return people if rest <= 1 else [*people[:_PEOPLE], f"{rest} more (--format json names them)"]
