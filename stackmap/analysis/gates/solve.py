"""The least fixpoint of a gate network, incrementally: let nodes fall, read what changed, take it back.

One departure costs what it breaks, not the size of the stack, and is worked out for all runs and levels at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from stackmap.analysis.gates.marks import ALL, Run, state_of
from stackmap.analysis.gates.network import OFF, Network
from stackmap.model import State

__all__ = ["Fall", "Solver"]

Fall: TypeAlias = tuple[int, int]
"""A node, by number, and the marks with which it falls."""

_WIDTH = 32
"""A gate's counters, one for each mark, lie side by side in one number, so wide that none runs over.

Each starts so far below its highest bit as members may be lost until the gate is: then that bit is set.
"""


def _spread(marks: int) -> int:
    """One in the counter of each mark."""
    return sum(1 << place * _WIDTH for place in range(ALL.bit_length()) if marks >> place & 1)


_SPREAD = tuple(map(_spread, range(ALL + 1)))
_FULL = _SPREAD[ALL] << (_WIDTH - 1)


class _Gathered(dict[int, int]):
    """Back from the highest bits of counters to the marks; few of the patterns ever occur."""

    def __missing__(self, full: int) -> int:
        places = range(ALL.bit_length())
        marks = self[full] = sum(1 << place for place in places if full >> ((place + 1) * _WIDTH - 1) & 1)
        return marks


_GATHERED = _Gathered()


class Solver:
    """A network at its baseline, states(nobody). `fall` lets more nodes fall and is undone in one step.

    `marks` are those of every node as things stand, by number; `baseline` those while nobody left.
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        self.marks = [0] * len(network.names)
        self.arrays = arrays = network.arrays
        self._alone = arrays.alone
        self._among = arrays.among
        self._owners = arrays.owners
        self._lost = [_FULL - slack * _SPREAD[ALL] for slack in arrays.slack]
        self._undo: list[list[Fall]] = []
        self.fall([(network.index[OFF], ALL)])
        self._undo.clear()
        self.baseline: Sequence[int] = tuple(self.marks)

    def fall(self, falls: Iterable[Fall]) -> list[Fall]:
        """Let nodes fall, and everything that follows.

        Returns the marks that nodes gained, in the order in which they did; a node may come several times.
        """
        marks, lost, owners, alone, among = self.marks, self._lost, self._owners, self._alone, self._among
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
                lost[gate] += _SPREAD[gained & passes]
                if full := lost[gate] & _FULL:
                    target = owners[gate]
                    if fresh := _GATHERED[full] & ~marks[target]:
                        marks[target] |= fresh
                        log.append((target, fresh))
        self._undo.append(log)
        return log

    def undo(self) -> None:
        """Take the latest `fall` back."""
        marks, lost, among = self.marks, self._lost, self._among
        for node, gained in self._undo.pop():
            marks[node] ^= gained
            for gate, passes in among[node]:
                lost[gate] -= _SPREAD[gained & passes]

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
