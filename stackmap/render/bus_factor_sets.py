"""Sets of people, each of which suffices, as people read them."""

from __future__ import annotations

from collections.abc import Sequence

from stackmap.render.words import and_listed, counted

__all__ = ["any_of", "or_listed"]

_SETS = 3
_PEOPLE = 6
"""How many sets, and how many people of one set, are named; the rest are counted."""


def any_of(sets: Sequence[Sequence[str]]) -> str:
    """By name: "Iris Chan, or Dana Okafor with Ravi Menon"; sets of nobody are left out."""
    told = [_together(people) for people in sets if people]
    shown, rest = told[:_SETS], len(told) - _SETS
    alone = all(len(people) == 1 for people in sets[:_SETS])
    text = or_listed(shown) if alone else ", or ".join(shown)
    return f"{text} (and {counted(rest, 'more set')})" if rest > 0 else text


def or_listed(names: Sequence[str]) -> str:
    """Names of which one suffices: A, B or C."""
    *most, last = names or ("",)
    return f"{', '.join(most)} or {last}" if most else last


def _together(people: Sequence[str]) -> str:
    rest = len(people) - _PEOPLE
    first, *others = people if rest <= 1 else [*people[:_PEOPLE], f"{rest} more (--format json names them)"]
    return f"{first} with {and_listed(others)}" if others else first
