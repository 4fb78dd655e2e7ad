"""All minimal sets of up to three people whose leaving loses a node: its family, worked out for every node together.

Every node's singles first, then the pairs, then the threes. What is smaller is final by then, and sets of one size do
not hold one another, so a set once found stays: nothing is ever minimised again.

Three is where it ends, for this rests on it: a set that loses a gate, and is no member's own, is some member's smaller
set, or two people who are, and one person more.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from typing import TypeAlias

from stackmap.analysis.sets.budget import Budget, Meter, SpentError, Steps
from stackmap.analysis.sets.family import ALL, Family, Rows, Size, sizes
from stackmap.analysis.sets.losing import Losing
from stackmap.analysis.sets.wiring import Hanging, Wiring

__all__ = ["LARGEST", "families"]

LARGEST = 3
"""Families hold sets of up to so many people."""

_Use: TypeAlias = tuple[int, Losing | None]
"""A node that hangs on another: by a gate, or as it needs it."""

_News: TypeAlias = dict[Losing | None, Rows]
"""What is new below a node, by the gate by which it comes; None: by needs."""


def families(wiring: Wiring, largest: int, budget: Budget) -> dict[int, Family]:
    """The family of every node that is left in the wiring, by number.

    Singles are always complete. A larger size is given up, for the nodes that come late, when the budget is spent.
    A step: one key looked at, for a few members of a gate.
    """
    found = {node: Family() for node in wiring.nodes}
    for size in sizes(len(wiring.people))[:largest]:
        spread = _Spread(wiring.nodes, found, size, Meter(budget if size.row else Steps(sys.maxsize)))
        try:
            for component in wiring.components:
                spread.work_out(component)
        except SpentError:
            break
    return found


class _Spread:
    """One size, component by component."""

    def __init__(self, nodes: Mapping[int, Hanging], found: Mapping[int, Family], size: Size, meter: Meter) -> None:
        self._nodes = nodes
        self._found = found
        self._size = size
        self._row = size.row
        self._meter = meter

    def work_out(self, component: Sequence[int]) -> None:
        """The sets of the nodes of one component. Raises SpentError, with only some of them found."""
        if len(component) > 1:
            self._go_round(component)
        else:
            self._begin(component[0], self._gates(component[0]), ())
        for node in component:
            self._found[node].size = self._row + 1

    def _gates(self, node: int) -> list[Losing]:
        return [
            Losing([self._found[number] for number in numbers], spared, self._size, self._meter)
            for spared, numbers in self._nodes[node].gates
        ]

    def _begin(self, node: int, gates: Sequence[Losing], inside: Collection[int]) -> None:
        """What comes from outside the component, and from smaller sets."""
        hanging, family = self._nodes[node], self._found[node]
        if hanging.people and not self._row:
            self._add(family, {0: hanging.people})
        for below in hanging.needs:
            if below not in inside:
                self._add(family, self._found[below].rows[self._row])
        for gate, (_, numbers) in zip(gates, hanging.gates, strict=True):
            tried = self._from_smaller(family, gate)
            outside = dict.fromkeys(number for number in numbers if number not in inside)
            own = self._joined(self._found[number].rows[self._row] for number in outside)
            self._add(family, {key: bits for key, bits in own.items() if key not in tried}, gate)

    def _from_smaller(self, family: Family, gate: Losing) -> Collection[int]:
        """The sets that lose a gate and are made of smaller ones; returns the keys that were tried."""
        known, stored, pay = self._size.known, self._size.stored, self._meter.pay
        tried: set[int] = set()
        for key in gate.smaller_keys():
            pay(1)
            if key in tried:
                continue
            tried.add(key)
            before = known(family, key)
            if before != ALL and (bits := gate.completed_by(key) & ~before):
                for other, some in stored(key, bits):
                    self._add(family, {other: some})
        return tried

    def _joined(self, many: Iterable[Rows]) -> Rows:
        joined: Rows = {}
        for rows in many:
            self._join(joined, rows)
        return joined

    def _join(self, rows: Rows, more: Rows) -> None:
        self._meter.pay(len(more) // 4)
        if not rows:
            rows.update(more)
            return
        for key, bits in more.items():
            rows[key] = rows.get(key, 0) | bits

    def _add(self, family: Family, more: Rows, gate: Losing | None = None) -> Rows:
        """Add what is new and holds no smaller set, and loses the gate where there is one; returns that."""
        rows, known = family.rows[self._row], self._size.known
        added: Rows = {}
        self._meter.pay(len(more))
        for key, bits in more.items():
            before = rows.get(key, 0)
            fresh = bits & ~before
            if fresh and (fresh := fresh & ~known(family, key)) and gate:
                fresh &= gate.completed_by(key)
            if fresh:
                rows[key] = before | fresh
                added[key] = fresh
        return added

    def _go_round(self, component: Sequence[int]) -> None:
        """A circle: what is new at a node goes on to those that hang on it, until nothing is new.

        The first in the component goes first, so that much has come together by the time a node's turn comes.
        """
        gates = {node: self._gates(node) for node in component}
        uses = self._uses(gates)
        place = {node: number for number, node in enumerate(component)}
        news: dict[int, _News] = {}
        turns: list[int] = []

        def tell(node: int, rows: Rows) -> None:
            for above, gate in uses[node]:
                if above not in news:
                    news[above] = {}
                    heappush(turns, place[above])
                self._join(news[above].setdefault(gate, {}), rows)

        for node in component:
            self._begin(node, gates[node], gates)
        for node in component:
            if rows := self._found[node].rows[self._row]:
                tell(node, rows)
        while turns:
            node = component[heappop(turns)]
            gained = self._joined([self._add(self._found[node], rows, gate) for gate, rows in news.pop(node).items()])
            if gained:
                tell(node, gained)

    def _uses(self, gates: Mapping[int, Sequence[Losing]]) -> dict[int, list[_Use]]:
        """For every node those of the component that need it, or hang on it by a gate."""
        uses: dict[int, list[_Use]] = {node: [] for node in gates}
        for node, losing in gates.items():
            for below, gate in self._inputs(node, losing):
                if below in uses:
                    uses[below].append((node, gate))
        return uses

    def _inputs(self, node: int, gates: Sequence[Losing]) -> Iterator[_Use]:
        hanging = self._nodes[node]
        yield from ((below, None) for below in sorted(hanging.needs))
        for gate, (_, numbers) in zip(gates, hanging.gates, strict=True):
            yield from ((below, gate) for below in sorted(set(numbers)))
