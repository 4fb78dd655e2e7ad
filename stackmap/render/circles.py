"""Circles of supply that may only feed themselves, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stackmap.model import StackGraph
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped

__all__ = ["circles_json", "circles_lines"]

_NAMED = 6
_ADVICE = "It counts as a backup here. To have it judged, say `supply: true` of every edge of a circle of up to 12."


def circles_json(circles: Sequence[Sequence[str]]) -> dict[str, list[list[str]]]:
    """The ids of each; no key where there is none."""
    return {"circular": [list(circle) for circle in circles]} if circles else {}


def circles_lines(graph: StackGraph, circles: Sequence[Sequence[str]]) -> Iterator[str]:
    """One paragraph for each, and what to do; nothing where there is none."""
    for circle in circles:
        names = [plain(graph.name(one)) for one in circle]
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        told = f"{', '.join(names[:_NAMED])}{more}"
        yield from wrapped(f"May only feed itself: {told}. What looks like a backup there may be none.", hanging="  ")
        yield from wrapped(_ADVICE, "  ")
        yield ""
