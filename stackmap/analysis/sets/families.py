"""All minimal sets of up to three people whose leaving loses a node: its family, worked out for every node together.

Every node's singles first, then the pairs, then the threes. What is smaller is final by then, and sets of one size do
not hold one another, so a set once found stays: nothing is ever minimised again.

Three is where it ends, for this rests on it: a set that loses a gate, and is no member's own, is some member's smaller
set, or two people who are, and one person more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence

from stackmap.analysis.sets.budget import Budget
from stackmap.analysis.sets.family import ALL, Family, Rows, Size, sizes
from stackmap.analysis.sets.tally import at_least
from stackmap.analysis.sets.wiring import Alternatives, Wiring

__all__ = ["LARGEST", "families"]

LARGEST = 3
"""Families hold sets of up to so many people."""

_AT_ONCE = 8
"""So many members of a gate are looked at in one step."""


def families(wiring: Wiring, largest: int, budget: Budget) -> dict[int, Family]:
    """The family of every node that is left in the wiring, by number.

    Singles are always complete. A larger size is given up, for the nodes that come late, when the budget is spent.
    """
    found = {node: Family() for node in wiring.nodes}
    for size in sizes(len(wiring.people))[:largest]:
        spread = _Spread(wiring, found, size, budget if size.row else None)
        if not all(spread.work_out(component) for component in wiring.components):
            break
    return found


class _Spread:
    """One size, component by component."""

    def __init__(self, wiring: Wiring, found: dict[int, Family], size: Size, budget: Budget | None) -> None:
        self._nodes = wiring.nodes
        self._found = found
        self._size = size
        self._row = size.row
        self._budget = budget

    def work_out(self, component: Sequence[int]) -> bool:
        """The sets of the nodes of one component. False, and only some of them, when the budget is spent."""
        inside = frozenset(component if len(component) > 1 else ())
        if not (self._begin(component, inside) and (not inside or self._go_round(component))):
            return False
        for node in component:
            self._found[node].size = self._row + 1
        return True

    def _spend(self, steps: int) -> bool:
        return self._budget is None or self._budget.spend(steps)

    def _begin(self, component: Sequence[int], inside: Collection[int]) -> bool:
        """What comes from outside the component, and from smaller sets."""
        for node in component:
            hanging = self._nodes[node]
            family = self._found[node]
            if hanging.people and not self._row:
                self._add(family, 0, hanging.people)
            rows = [self._found[one].rows[self._row] for one in hanging.needs if one not in inside]
            for below in rows:
                for key, bits in below.items():
                    self._add(family, key, bits)
            tried = sum(map(len, rows))
            for gate in hanging.gates:
                tried += self._gate(family, gate, inside)
            if not self._spend(tried):
                return False
        return True

    def _gate(self, family: Family, gate: Alternatives, inside: Collection[int]) -> int:
        """The sets that lose a gate; returns what trying its keys cost."""
        spared, numbers = gate
        members = [self._found[number] for number in numbers]
        tried = 0
        for number in set(numbers).difference(inside):
            rows = self._found[number].rows[self._row]
            tried += len(rows)
            for key, bits in rows.items():
                self._add(family, key, bits & self._losing(members, spared, key))
        keys = self._size.keys(members, spared)
        for key in keys:
            known = self._size.known(family, key)
            if known != ALL:
                for other, bits in self._size.stored(key, self._losing(members, spared, key) & ~known):
                    self._add(family, other, bits)
        return (tried + len(keys)) * (1 + len(members) // _AT_ONCE)

    def _add(self, family: Family, key: int, bits: int) -> int:
        """Add what is new and holds no smaller set; returns that."""
        rows = family.rows[self._row]
        before = rows.get(key, 0)
        fresh = bits & ~before
        if fresh:
            fresh &= ~self._size.known(family, key)
            if fresh:
                rows[key] = before | fresh
        return fresh

    def _losing(self, members: Sequence[Family], spared: int, key: int) -> int:
        """Who completes a key to a set that loses a gate."""
        row, known = self._row, self._size.known
        if not spared:
            bits = ALL
            for member in members:
                bits &= known(member, key) | member.rows[row].get(key, 0)
                if not bits:
                    break
            return bits
        lost = [known(member, key) | member.rows[row].get(key, 0) for member in members]
        return at_least(len(members) - spared, lost)

    def _go_round(self, component: Sequence[int]) -> bool:
        """Inside a component: what is new at one node goes on to those that hang on it, until nothing is new."""
        uses = self._uses(component)
        waiting = deque(node for node in component if self._found[node].rows[self._row])
        fresh = {node: dict(self._found[node].rows[self._row]) for node in waiting}
        while waiting:
            rows = fresh.pop(node := waiting.popleft())
            for above, gate in uses[node]:
                gained = self._gained(above, gate, rows)
                if gained and above not in fresh:
                    waiting.append(above)
                    fresh[above] = gained
                elif gained:
                    _join(fresh[above], gained)
            if not self._spend(len(rows) * len(uses[node])):
                return False
        return True

    def _uses(self, component: Sequence[int]) -> dict[int, list[tuple[int, Alternatives | None]]]:
        """For every node those of the component that need it, or hang on it by a gate."""
        uses: dict[int, list[tuple[int, Alternatives | None]]] = {node: [] for node in component}
        for node in component:
            hanging = self._nodes[node]
            for below in sorted(hanging.needs):
                if below in uses:
                    uses[below].append((node, None))
            for gate in hanging.gates:
                for below in sorted(set(gate[1])):
                    if below in uses:
                        uses[below].append((node, gate))
        return uses

    def _gained(self, node: int, gate: Alternatives | None, rows: Rows) -> Rows:
        family = self._found[node]
        members = [self._found[number] for number in gate[1]] if gate else []
        gained: Rows = {}
        for key, bits in rows.items():
            met = bits & self._losing(members, gate[0], key) if gate else bits
            if fresh := met and self._add(family, key, met):
                gained[key] = fresh
        return gained


def _join(rows: Rows, more: Rows) -> None:
    for key, bits in more.items():
        rows[key] = rows.get(key, 0) | bits
