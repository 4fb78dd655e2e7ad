"""The cascades of `Solver`, compiled, for very many departures. Importing this needs the extra `stackmap[fast]`.

The answers are those of `Solver.leaving`, to the bit; only the time differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from stackmap.analysis.gates import kernels
from stackmap.analysis.gates.board import laid_out
from stackmap.analysis.gates.marks import ALL
from stackmap.analysis.gates.network import OFF, Network
from stackmap.analysis.gates.solve import Fall

__all__ = ["Answers", "FastSolver"]

_Numbers: TypeAlias = NDArray[np.integer]

_ROOM = 1 << 20


@dataclass(frozen=True, slots=True)
class Answers:
    """Of some departures the nodes that fell, each once, and the marks they gained; `ends`: where each one ends.

    The arrays are the solver's own, and last until it is asked for the next ones.
    """

    nodes: _Numbers
    marks: _Numbers
    ends: _Numbers

    def each(self) -> Iterator[dict[int, int]]:
        """One departure after the other, as `Solver.leaving` tells it."""
        begin = 0
        for end in self.ends.tolist():
            yield dict(zip(self.nodes[begin:end].tolist(), self.marks[begin:end].tolist(), strict=True))
            begin = end


class FastSolver:
    """A network at its baseline, to be asked of one departure after the other. Not for two threads at a time.

    `room`: how many nodes the answers may hold before they are handed over; the largest departure always fits.
    """

    def __init__(self, network: Network, room: int = _ROOM) -> None:
        nodes = len(network.names)
        self._network = network
        self._longest = 2 * nodes * ALL.bit_length()
        self._queue = np.empty(2 * room + self._longest, np.int32)
        board = laid_out(network.arrays, nodes)
        self._cells, self._places = board.cells, board.places
        self._leave_each = kernels.leave_each
        off = (board.places[[network.index[OFF]]], np.array([ALL], np.int32))
        kernels.fall(board.cells, off, self._queue, 0)
        self._baseline = board.settle()

    def leaving(self, groups: Iterable[Iterable[str]]) -> Iterator[dict[int, int]]:
        """For each group of people the marks that nodes gain over the baseline when it leaves, by number."""
        for answers in self.falling([self._network.fallen(people) for people in groups]):
            yield from answers.each()

    def falling(self, departures: Sequence[Sequence[Fall]]) -> Iterator[Answers]:
        """The same of the nodes that fall with each, in order, as many at a time as there is room for."""
        starts = np.cumsum([0, *map(len, departures)])
        nodes = np.array([node for falls in departures for node, _ in falls], np.int32)
        marks = np.array([marks for falls in departures for _, marks in falls], np.int32)
        seeds = (starts, self._places[nodes], marks & ~self._baseline[nodes])
        ends = np.zeros(len(departures), np.int64)
        first = 0
        while first < len(departures):
            done = self._leave_each(first, seeds, self._cells, self._queue, self._longest, ends)
            filled = self._queue[: ends[done - 1]]
            yield Answers(filled[::2], filled[1::2], ends[first:done] // 2)
            first = done
