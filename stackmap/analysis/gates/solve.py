"""The least fixpoint of a gate network: let nodes fall, and read what falls with them.

One departure costs what it breaks, not the size of the stack, and is worked out for all runs and levels at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TypeAlias

from stackmap.analysis.gates.marks import ALL, Run, state_of
from stackmap.analysis.gates.network import OFF, Network
from stackmap.model import State

__all__ = ["Fall", "Solver"]

Fall: TypeAlias = tuple[int, int]
"""A node, by number, and the marks with which it falls."""

_Row: TypeAlias = tuple[tuple[int, ...], tuple[Fall, ...], tuple[Fall, ...]]
"""What a node brings down by itself at every mark, what at some, and the counted gates of which it is a member."""

_Waiting: TypeAlias = dict[int, list[int]]
"""Nodes that have fallen and have not been followed yet, by the marks with which they fell: mostly all the same."""

_BRINGS_NOTHING: _Row = ((), (), ())
_MARKS = range(ALL.bit_length())
_SHARED = tuple(range(ALL + 1))
"""One object for each pattern of marks: what a departure looks at then lies closer together."""


class Solver:
    """A network at its baseline, states(nobody), to be asked what falls with what. Asking changes nothing.

    `baseline` has the marks of every node, by number, while nobody left.
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        self.arrays = network.arrays
        self._counters = _counters(max((len(gate.members) for gate in network.gates), default=1))
        fresh = {slack: self._counters.before(slack) for slack in set(self.arrays.slack)}
        self._worn = [fresh[slack] for slack in self.arrays.slack]  # few numbers, which all gates share
        self.baseline: Sequence[int] = [0] * len(network.names)
        self._rows: list[_Row | None] = [None] * len(network.names)
        gained, counts = self._cascade([(network.index[OFF], ALL)])
        self.baseline = tuple(gained.get(node, 0) for node in range(len(network.names)))
        for gate, count in counts.items():
            self._worn[gate] = count
        self._rows = [None] * len(network.names)  # from here on without what is lost anyway

    def fall(self, falls: Iterable[Fall]) -> dict[int, int]:
        """Let nodes fall: the marks that they, and all that falls with them, gain over the baseline, by number."""
        gained, _ = self._cascade(falls)
        return gained

    def _cascade(self, falls: Iterable[Fall]) -> tuple[dict[int, int], dict[int, int]]:
        """The marks gained, and the counters of the gates that were touched.

        Both are kept apart from the baseline, in dictionaries of this departure alone: there is nothing to take back,
        and what is looked up again and again lies close together.
        """
        gained, waiting = self._begun(falls)
        counts: dict[int, int] = {}
        rows, worn, owners, baseline = self._rows, self._worn, self.arrays.owners, self.baseline
        one_more, full, reached = self._counters.one_more, self._counters.full, self._counters.reached
        while waiting:
            fell, nodes = waiting.popitem()
            for node in nodes:  # what falls at the same marks joins the end
                row = rows[node] or self._row(node)
                if row is _BRINGS_NOTHING:  # as of a third of all that falls
                    continue
                whole, partly, among = row
                for target in whole:
                    if target not in gained:
                        gained[target] = fell
                        nodes.append(target)
                    elif fell & ~gained[target]:
                        _add(gained, waiting, target, fell)
                for target, passes in partly:
                    _add(gained, waiting, target, fell & passes)
                for gate, passes in among:
                    counts[gate] = count = counts.get(gate, worn[gate]) + one_more[fell & passes]
                    if count & full:
                        _add(gained, waiting, owners[gate], reached(count) & ~baseline[owners[gate]])
        return gained, counts

    def _begun(self, falls: Iterable[Fall]) -> tuple[dict[int, int], _Waiting]:
        gained: dict[int, int] = {}
        waiting: _Waiting = {}
        for node, fallen in falls:
            _add(gained, waiting, node, fallen & ~self.baseline[node])
        return gained, waiting

    def _row(self, node: int) -> _Row:
        """A row, made when first asked for: most departures touch few nodes. What is lost already is left out."""
        baseline, whole, partly = self.baseline, list[int](), list[Fall]()
        for target, passes in self.arrays.alone[node]:
            left = passes & ~baseline[target]
            if left == ALL:
                whole.append(target)
            elif left:
                partly.append((target, _SHARED[left]))
        among = tuple([(gate, _SHARED[passes]) for gate, passes in self.arrays.among[node]])
        row = (tuple(whole), tuple(partly), among) if whole or partly or among else _BRINGS_NOTHING
        self._rows[node] = row
        return row

    def leaving(self, people: Iterable[str]) -> dict[int, int]:
        """The marks that nodes gain over the baseline when these people leave, by number."""
        return self.fall(self.network.fallen(people))

    def state(self, node_id: str, run: Run = Run.POSSIBLE) -> State:
        """The state of a node while nobody left; one that nothing hangs on and that hangs on nothing works."""
        number = self.network.index.get(node_id)
        return State.WORKS if number is None else state_of(self.baseline[number], run)


def _add(gained: dict[int, int], waiting: _Waiting, node: int, marks: int) -> None:
    before = gained.get(node, 0)
    if fresh := marks & ~before:
        gained[node] = before | fresh
        waiting.setdefault(fresh, []).append(node)


class _Counters:
    """A gate's lost members, mark by mark: counters side by side in one number, so wide that none runs over.

    Each starts so far below its highest bit as members may be lost until the gate is: then that bit is set (`full`).
    `one_more` has a one in the counter of each of some marks.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self.one_more = tuple(
            sum(1 << mark * width for mark in _MARKS if marks >> mark & 1) for marks in range(ALL + 1)
        )
        self.full = self.one_more[ALL] << (width - 1)
        self._known: dict[int, int] = {}

    def before(self, slack: int) -> int:
        """The counters of a gate that is lost with so many members, before any is."""
        return self.full - slack * self.one_more[ALL]

    def reached(self, counts: int) -> int:
        """The marks at which a gate is lost; few of the patterns ever occur."""
        full = counts & self.full
        if full not in self._known:
            self._known[full] = sum(1 << mark for mark in _MARKS if full >> ((mark + 1) * self._width - 1) & 1)
        return self._known[full]


@cache
def _counters(members: int) -> _Counters:
    """Counters for gates of up to so many members; as they are costly to make, of few widths."""
    return _wide(members.bit_length() // 4 * 4 + 6)


@cache
def _wide(width: int) -> _Counters:
    return _Counters(width)
