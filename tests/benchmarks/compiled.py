"""Everybody's departure by the compiled kernel alone: counted, as the peers count, and nothing handed to Python.

What the answers cost on their way to Python is in the row of `FastSolver`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from stackmap.analysis.gates.marks import ALL
from tests.benchmarks.courses import Course
from tests.benchmarks.methods import Ask
from tests.benchmarks.thresholds import MARK

if TYPE_CHECKING:
    from stackmap.analysis.gates.arrays import GateArrays, Rows

__all__ = ["kernel_alone"]

_MARKS = ALL.bit_length()
_ROOM = 1 << 20


def kernel_alone(course: Course) -> Ask:
    """One reading and one level. Raises ImportError without the extra."""
    import numpy as np

    from stackmap.analysis.gates import kernels

    nodes, falls = len(course.network.names), course.graph.falls
    gates, standing, queue, told = _laid_out(course.network.arrays, nodes)

    def pairs(asked: Sequence[int]) -> int:
        seeds = [node for person in asked for node in falls[person]]
        starts = np.cumsum([0, *(len(falls[person]) for person in asked)])
        departures = (starts, np.array(seeds, np.int32), np.full(len(seeds), MARK, np.int32))
        ends, total = np.zeros(len(asked), np.int64), np.zeros(nodes, np.int32)
        found = first = 0
        while first < len(asked):
            first = kernels.leave_each(first, departures, gates, standing, queue, (*told, ends, total))
            found += int(ends[first - 1])
        return found

    return pairs


def _laid_out(arrays: GateArrays, nodes: int) -> tuple[Any, Any, Any, Any]:
    """What the kernel works on: the gates, how things stand, its queue, and room for answers."""
    import numpy as np

    def empty(size: int) -> tuple[Any, Any]:
        return np.empty(size, np.int32), np.empty(size, np.int32)

    gates = (_flat(arrays.alone), _flat(arrays.among), np.array(arrays.owners, np.int32))
    left = np.repeat(np.array(arrays.slack, np.int32), _MARKS).reshape(-1, _MARKS)
    return gates, (np.zeros(nodes, np.int32), left), empty(nodes), empty(max(nodes, _ROOM))


def _flat(rows: Rows) -> tuple[Any, Any, Any]:
    import numpy as np

    return np.array(rows.start, np.int32), np.array(rows.targets, np.int32), np.array(rows.marks, np.int32)
