"""The least fixpoint of a gate network, incrementally: let nodes fall, read what changed, take it back.

One departure costs what it breaks, not the size of the stack, and is worked out for all runs and levels at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from stackmap.analysis.gates.arrays import Rows, gate_arrays
from stackmap.analysis.gates.marks import ALL, Run, state_of
from stackmap.analysis.gates.network import OFF, Network
from stackmap.model import State

__all__ = ["Fall", "Solver"]

Fall: TypeAlias = tuple[int, int]
"""A node, by number, and the marks with which it falls."""

_MARKS = ALL.bit_length()


class Solver:
    """A network at its baseline, states(nobody). `fall` lets more nodes fall and is undone in one step.

    `marks` are those of every node as things stand, by number; `baseline` those while nobody left.
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        self.marks = [0] * len(network.names)
        arrays = gate_arrays(network)
        self._alone = _Uses(arrays.alone)
        self._among = _Uses(arrays.among)
        self._owners = arrays.owners
        self._left = [spare for spare in arrays.slack for _ in range(_MARKS)]
        self._undo: list[list[Fall]] = []
        self.fall([(network.index[OFF], ALL)])
        self._undo.clear()
        self.baseline: Sequence[int] = tuple(self.marks)

    def fall(self, falls: Iterable[Fall]) -> list[Fall]:
        """Let nodes fall, and everything that follows.

        Returns the marks that nodes gained, in the order in which they did; a node may come several times.
        """
        marks, alone, among = self.marks, self._alone, self._among
        log: list[Fall] = []
        for node, fallen in falls:
            if gained := fallen & ~marks[node]:
                marks[node] |= gained
                log.append((node, gained))
        for node, gained in log:  # what falls on the way joins the end
            for target, passes in alone[node]:
                if fresh := gained & passes & ~marks[target]:
                    marks[target] |= fresh
                    log.append((target, fresh))
            for gate, passes in among[node]:
                if counts := gained & passes:
                    self._count_down(gate, counts, log)
        self._undo.append(log)
        return log

    def _count_down(self, gate: int, counts: int, log: list[Fall]) -> None:
        """One more member of a gate is lost at these marks."""
        left, lost = self._left, 0
        while counts:
            mark = counts & -counts
            place = gate * _MARKS + mark.bit_length() - 1
            left[place] -= 1
            if not left[place]:
                lost |= mark
            counts ^= mark
        owner = self._owners[gate]
        if fresh := lost & ~self.marks[owner]:
            self.marks[owner] |= fresh
            log.append((owner, fresh))

    def undo(self) -> None:
        """Take the latest `fall` back."""
        marks, left, among = self.marks, self._left, self._among
        for node, gained in self._undo.pop():
            marks[node] ^= gained
            for gate, passes in among[node]:
                counts = gained & passes
                while counts:
                    left[gate * _MARKS + (counts & -counts).bit_length() - 1] += 1
                    counts &= counts - 1

    def leaving(self, people: Iterable[str]) -> dict[int, int]:
        """The marks that nodes gain over the baseline when these people leave, by number."""
        worse: dict[int, int] = {}
        for node, gained in self.fall(self.network.fallen(people)):
            worse[node] = worse.get(node, 0) | gained
        self.undo()
        return worse

    def state(self, node_id: str, run: Run = Run.POSSIBLE) -> State:
        """The state of a node as things stand; a node that nothing hangs on and that hangs on nothing works."""
        number = self.network.index.get(node_id)
        return State.WORKS if number is None else state_of(self.marks[number], run)


class _Uses(dict[int, tuple[Fall, ...]]):
    """Rows as Python reads them fastest, each made when first asked for: most departures touch few."""

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self._rows = rows

    def __missing__(self, node: int) -> tuple[Fall, ...]:
        row = self[node] = self._rows.row(node)
        return row
