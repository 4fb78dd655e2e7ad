"""Which nodes of a directed graph reach one another, in an order in which influence flows only forward.

Strongly connected components as Tarjan found them (1972) and Pearce stores them (2016), on a stack of our own: chains
are longer than Python's.
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

    Inside a component too most edges lead forward (the reverse of the order in which a search leaves the nodes).
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
    """`lowest`: the earliest turn a node is known to reach; 0 before it is met, past every turn when it is done.

    `left`: nodes that the search has left, and whose component it has not.
    """

    successors: Callable[[int], Iterable[int]]
    lowest: list[int]
    turn: int = 0
    left: list[int] = field(default_factory=list)
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
                    self._close(node, turn)
                else:
                    self.left.append(node)
                    before = path[-1][0]
                    lowest[before] = min(lowest[before], lowest[node])

    def _enter(self, node: int) -> _Step:
        self.turn += 1
        self.lowest[node] = self.turn
        return node, self.turn, iter(self.successors(node))

    def _close(self, node: int, turn: int) -> None:
        """A node that reaches none before it, and all that was left since and reaches it."""
        lowest, left = self.lowest, self.left
        component = [node]
        while left and lowest[left[-1]] >= turn:
            component.append(left.pop())
        for one in component:
            lowest[one] = len(lowest) + 1
        self.found.append(component)
