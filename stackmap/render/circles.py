"""Circles of supply that may only feed themselves, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stackmap.analysis import DoubtfulCircle
from stackmap.model import StackGraph
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.words import counted

__all__ = ["circles_json", "circles_lines", "circles_told"]

_NAMED = 6
_SHOWN = 12
_DOUBT = "what looks like a backup there may be none"
_MIXED = "Some of its edges say `supply: true` and some do not: say it of all that only feed."
_TOO_LARGE = "It is too large to tell in every case."


def circles_json(circles: Sequence[DoubtfulCircle]) -> dict[str, list[list[str]]]:
    """The ids of each; no key where there is none."""
    return {"circular": [list(circle.things) for circle in circles]} if circles else {}


def circles_lines(graph: StackGraph, circles: Sequence[DoubtfulCircle]) -> Iterator[str]:
    """One paragraph for each of the first dozen, and what to do; nothing where there is none."""
    for circle in circles[:_SHOWN]:
        told = plain(f"May only feed itself: {_names(graph, circle)}; {_DOUBT}.")
        yield from wrapped(told, hanging="  ")
        yield from wrapped(_why(circle), "  ")
        yield ""
    if len(circles) > _SHOWN:
        yield f"And {counted(len(circles) - _SHOWN, 'more circle')} like these: --format json names them."
        yield ""


def circles_told(graph: StackGraph, circles: Sequence[DoubtfulCircle]) -> list[str]:
    """One entry for each, for a list of what could not be judged."""
    return [f"{_names(graph, circle)}: may only feed one another, so {_DOUBT}. {_why(circle)}" for circle in circles]


def _names(graph: StackGraph, circle: DoubtfulCircle) -> str:
    names = [graph.called(one) for one in circle.things]
    rest = len(names) - _NAMED
    return f"{', '.join(names[:_NAMED])}{f' and {rest} more' if rest > 0 else ''}"


def _why(circle: DoubtfulCircle) -> str:
    return _MIXED if circle.mixed else _TOO_LARGE
