"""In which ways a thing is lost: those that an answer tells one by one, and those of a dense circle, counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from stackmap.analysis import Cause, Departure, Row
from stackmap.model import StackGraph
from stackmap.render.chains import behind
from stackmap.render.guards import plain
from stackmap.render.words import counted

__all__ = ["Ways", "ways_told"]

_ONE_BY_ONE = 3
"""So many things of its own circle are told one by one, and so many are named where there are more."""

_MOST = 6
"""How many ways from outside its circle are told of a thing that hangs on more of it than that."""


@dataclass(frozen=True, slots=True)
class Ways:
    """`told`: causes that are told one by one. `circle`: those that hang on the thing in turn, counted instead; `more`:
    how many others there are.
    """

    told: Sequence[Cause]
    circle: Sequence[Cause] = ()
    more: int = 0

    def counted(self, graph: StackGraph) -> str:
        """What is counted, in a line; "" where everything is told."""
        if not self.circle:
            return ""
        names = [plain(graph.called(cause.node)) for cause in self.circle[:_ONE_BY_ONE]]
        rest = len(self.circle) - len(names)
        things = f"{', '.join(names)}{f' and {rest} more' if rest > 0 else ''}"
        others = f", and on {counted(self.more, 'other')}" if self.more else ""
        return f"and hangs on {len(self.circle)} things that hang on it in turn: {things}{others} (each: --all)"


def ways_told(departure: Departure, row: Row, *, everything: bool) -> Ways:
    """All causes of a row, unless more than a few of them hang on the thing in turn: of those only the first is told
    then, and only where nothing else is a cause.
    """
    if everything or len(row.because) <= _ONE_BY_ONE:
        return Ways(row.because)
    circle = _in_turn(departure, row)
    inside = [cause for cause in row.because if cause.node in circle]
    if len(inside) <= _ONE_BY_ONE:
        return Ways(row.because)
    outside = [cause for cause in row.because if cause.node not in circle]
    if not outside:
        return Ways(inside[:1], inside[1:])
    return Ways(outside[:_MOST], inside, max(0, len(outside) - _MOST))


def _in_turn(departure: Departure, row: Row) -> set[str]:
    """Everything that hangs on the thing of a row and on which it hangs itself, however far away."""
    hanging: dict[str, list[str]] = defaultdict(list)
    open_, seen = [row.thing], {row.thing}
    while open_:
        node = open_.pop()
        for cause in row.because if node == row.thing else behind(departure, node):
            hanging[cause.node].append(node)
            if cause.node not in seen:
                seen.add(cause.node)
                open_.append(cause.node)
    open_, circle = [row.thing], set[str]()
    while open_:
        for node in hanging[open_.pop()]:
            if node not in circle:
                circle.add(node)
                open_.append(node)
    return circle
