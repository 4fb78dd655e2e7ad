"""The cascades of `Solver`, compiled, for very many departures. Importing this needs the extra `stackmap[fast]`.

The answers are those of `Solver.leaving`, to the bit; only the time differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from stackmap.analysis.gates import kernels
from stackmap.analysis.gates.arrays import Rows
from stackmap.analysis.gates.marks import ALL
from stackmap.analysis.gates.network import OFF, Network
from stackmap.analysis.gates.solve import Fall

__all__ = ["FastSolver"]

_Numbers: TypeAlias = NDArray[np.integer]

_ROOM = 1 << 20


class FastSolver:
    """A network at its baseline, to be asked of one departure after the other. Not for two threads at a time.

    `room`: how many nodes an answer may hold before it is handed over; the largest departure always fits.
    """

    def __init__(self, network: Network, room: int = _ROOM) -> None:
        arrays, nodes, levels = network.arrays, len(network.names), ALL.bit_length()
        self._network = network
        self._room = max(room, nodes)
        self._leave_each = kernels.leave_each
        self._gates = (_rows(arrays.alone), _rows(arrays.among), np.array(arrays.owners, np.int32))
        left = np.repeat(np.array(arrays.slack, np.int32), levels).reshape(-1, levels)
        self._standing = (np.zeros(nodes, np.int32), left)
        self._queue = (np.empty(nodes * levels, np.int32), np.empty(nodes * levels, np.int32))
        kernels.fall(_seeds([(network.index[OFF], ALL)]), self._gates, self._standing, self._queue)

    def leaving(self, groups: Sequence[Iterable[str]]) -> Iterator[dict[int, int]]:
        """For each group of people the marks that nodes gain over the baseline when it leaves, by number."""
        falls = [self._network.fallen(people) for people in groups]
        departures = (np.cumsum([0, *map(len, falls)]), *_seeds([one for group in falls for one in group]))
        told, marks = np.empty(self._room, np.int32), np.empty(self._room, np.int32)
        answer = (told, marks, np.zeros(len(groups), np.int64), np.zeros_like(self._standing[0]))
        first = 0
        while first < len(groups):
            done = self._leave_each(first, departures, self._gates, self._standing, self._queue, answer)
            begin = 0
            for end in answer[2][first:done].tolist():
                yield dict(zip(told[begin:end].tolist(), marks[begin:end].tolist(), strict=True))
                begin = end
            first = done


def _rows(rows: Rows) -> tuple[_Numbers, _Numbers, _Numbers]:
    return np.array(rows.start, np.int32), np.array(rows.targets, np.int32), np.array(rows.marks, np.int32)


def _seeds(falls: Sequence[Fall]) -> tuple[_Numbers, _Numbers]:
    return np.array([node for node, _ in falls], np.int32), np.array([marks for _, marks in falls], np.int32)
