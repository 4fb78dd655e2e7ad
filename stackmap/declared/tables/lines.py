"""Numbers of lines, as messages name them."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["listed", "listed_lines"]

_SHOWN = 5


def listed_lines(lines: Sequence[int]) -> str:
    """`line 3`, or `lines 3, 7`; the first few of many."""
    return f"line{'s' if len(lines) > 1 else ''} {listed(lines)}"


def listed(lines: Sequence[int]) -> str:
    """The numbers alone."""
    more = f" and {len(lines) - _SHOWN} more" if len(lines) > _SHOWN else ""
    return ", ".join(map(str, lines[:_SHOWN])) + more
