"""Which nodes of a directed graph reach one another, in an order in which influence flows only forward.

Tarjan's strongly connected components (1972), on a stack of our own: chains are longer than Python's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

__all__ = ["components"]

_Step: TypeAlias = tuple[int, int, Iterator[int]]
"""A node on the way, its turn, and those of its successors that are still to be looked at."""


def components(count: int, successors: Callable[[int], Iterable[int]]) -> list[list[int]]:
    """The strongly connected components of nodes 0 to `count` - 1, sources first: no edge leads to an earlier one.

    `successors` is asked once for each node; repeats and loops do no harm. The order is the same for the same graph.
    """
    search = _Search(successors, [0] * count)
    for node in range(count):
        if not search.lowest[node]:
            search.walk(node)
    search.found.reverse()
    return search.found


@dataclass
class _Search:
    """`lowest`: the earliest turn a node is known to reach; 0 before it is met, past every turn when it is done."""

    successors: Callable[[int], Iterable[int]]
    lowest: list[int]
    turn: int = 0
    open: list[int] = field(default_factory=list)
    found: list[list[int]] = field(default_factory=list)

    def walk(self, root: int) -> None:
        """Everything that is reached from a node, each component when its last node is done."""
        lowest = self.lowest
        path = [self._enter(root)]
        while path:
            node, turn, rest = path[-1]
            for target in rest:
                if not lowest[target]:
                    path.append(self._enter(target))
                    break
                lowest[node] = min(lowest[node], lowest[target])
            else:
                path.pop()
                if lowest[node] == turn:
                    self._close(node)
                else:
                    before = path[-1][0]
                    lowest[before] = min(lowest[before], lowest[node])

    def _enter(self, node: int) -> _Step:
        self.turn += 1
        self.lowest[node] = self.turn
        self.open.append(node)
        return node, self.turn, iter(self.successors(node))

    def _close(self, node: int) -> None:
        """All that is still open since the node belongs to its component."""
        done = len(self.lowest) + 1
        component: list[int] = []
        while not component or component[-1] != node:
            component.append(self.open.pop())
            self.lowest[component[-1]] = done
        self.found.append(component)
