"""The gates of a network in one array, as the compiled kernel walks through it: what is needed together lies together.

Of the cells of a node, at its `place`, come first the marks it gained, then how many cells follow of what it brings
down alone and of the gates it is among, then its number; then, in pairs, the place of each such node or gate and the
marks that reach it.

Before the cells of a node come those of its counted gates: the place of the node, how many digits the counters have,
and the digits, lowest first. A mark's counter is one bit of each digit. It starts as far below its end as it takes lost
members to lose the gate, so that the gate is lost where it runs over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from stackmap.analysis.gates.arrays import GateArrays, Rows
from stackmap.analysis.gates.marks import ALL

__all__ = ["Board", "laid_out"]

_Numbers: TypeAlias = NDArray[np.integer]

_OF_NODE, _OF_GATE, _OF_PAIR = 4, 2, 2
"""How many cells a node, a gate and a pair take, digits and pairs not counted."""


@dataclass(frozen=True, slots=True)
class Board:
    """`places`: of each node, by number. `passing`: the cells that hold marks which reach somebody, `reached`: whom."""

    cells: _Numbers
    places: _Numbers
    passing: _Numbers
    reached: _Numbers

    def settle(self) -> _Numbers:
        """Go on from what has fallen so far: as if nothing had, and nothing could again. Returns each node's marks."""
        baseline: _Numbers = self.cells[self.places]
        self.cells[self.places] = 0
        self.cells[self.passing] &= ~baseline[self.reached]
        return baseline


def laid_out(arrays: GateArrays, nodes: int) -> Board:
    """The board of so many nodes, nothing fallen yet."""
    owners, slack = np.array(arrays.owners, np.int32), np.array(arrays.slack, np.int32)
    digits = np.frexp(slack - 1)[1]  # as many as the number one below has
    alone, among = (np.diff(np.array(rows.start)) for rows in (arrays.alone, arrays.among))
    before = np.bincount(owners, _OF_GATE + digits, nodes).astype(np.int64)
    after = _OF_NODE + _OF_PAIR * (alone + among)
    places = np.cumsum(before + after) - after
    gates = _gate_places(owners, places - np.cumsum(before), _OF_GATE + digits)
    cells = np.zeros(places[-1] + after[-1], np.int32)
    cells[places + 1], cells[places + 2], cells[places + 3] = _OF_PAIR * alone, _OF_PAIR * among, np.arange(nodes)
    cells[gates], cells[gates + 1] = places[owners], digits
    _set_counters(cells, gates, digits, slack)
    first = places + _OF_NODE
    to_nodes, reached = _pairs(cells, arrays.alone, first, places)
    to_gates, gates_reached = _pairs(cells, arrays.among, first + _OF_PAIR * alone, gates)
    reached = np.concatenate([reached, owners[gates_reached]])
    return Board(cells, places, np.concatenate([to_nodes, to_gates]), reached)


def _gate_places(owners: _Numbers, begin: _Numbers, sizes: _Numbers) -> _Numbers:
    """One after the other, node by node; `begin`: where the first gate would lie if the node's cells alone counted."""
    order = np.argsort(owners, kind="stable")
    gates = np.empty(len(owners), np.int64)
    gates[order] = begin[owners[order]] + np.cumsum(sizes[order]) - sizes[order]
    return gates


def _set_counters(cells: _Numbers, gates: _Numbers, digits: _Numbers, slack: _Numbers) -> None:
    for digit in range(digits.max(initial=0)):
        counted = digits > digit
        start = (1 << digits[counted]) - slack[counted]
        cells[gates[counted] + _OF_GATE + digit] = ALL * (start >> digit & 1)


def _pairs(cells: _Numbers, rows: Rows, first: _Numbers, places: _Numbers) -> tuple[_Numbers, _Numbers]:
    """Lay down rows, each node's from its `first` cell on. Returns the cells of the marks, and the targets."""
    start, targets = np.array(rows.start), np.array(rows.targets, np.int32)
    at = np.repeat(first - _OF_PAIR * start[:-1], np.diff(start)) + _OF_PAIR * np.arange(len(targets))
    cells[at] = places[targets]
    cells[at + 1] = np.array(rows.marks)
    return at + 1, targets
