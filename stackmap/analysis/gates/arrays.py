"""The gates of a network as flat arrays: of every node, in one row, what it can bring down.

A gate that one lost member suffices to lose needs no counter: it passes on whatever that member does. All others count
down, mark by mark, how many members may still be lost.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import ALL, RUN_MARKS, Run, marks_within
from stackmap.model import Certainty, State

__all__ = ["GateArrays", "Rows", "gate_arrays", "passed_by"]

_PASSED = {
    (cap, certainty, unknown): marks_within(Run.WORST if unknown else Run(Run.POSSIBLE + certainty), cap)
    for cap in State
    for certainty in Certainty
    for unknown in (False, True)
}


def passed_by(member: Member) -> int:
    """The marks that a member passes on: a run's only where the member counts, up to its cap."""
    return _PASSED[member.cap, member.certainty, member.unknown]


class Rows(dict[int, tuple[tuple[int, int], ...]]):
    """For every node a row of targets, each with the marks that reach it.

    Row n is `targets[start[n]:start[n + 1]]` with the same of `marks`; `rows[n]` is it as Python reads it fastest, made
    when first asked for, because most departures touch few.
    """

    def __init__(self, start: array[int], targets: array[int], marks: array[int]) -> None:
        super().__init__()
        self.start = start
        self.targets = targets
        self.marks = marks

    def __missing__(self, node: int) -> tuple[tuple[int, int], ...]:
        first, end = self.start[node], self.start[node + 1]
        row = self[node] = tuple(zip(self.targets[first:end], self.marks[first:end], strict=True))
        return row


@dataclass(frozen=True, slots=True)
class GateArrays:
    """`alone`: the nodes that a node brings down by itself. `among`: the counted gates of which it is a member.

    Counted gate g belongs to node `owners[g]` and is lost at a mark with `slack[g]` members.
    """

    alone: Rows
    among: Rows
    owners: array[int]
    slack: array[int]


def gate_arrays(gates: Iterable[Gate], index: Mapping[str, int]) -> GateArrays:
    """The arrays of these gates, by the numbers of their nodes."""
    alone = _Triples()
    among = _Triples()
    owners, slack = array("i"), array("i")
    for gate in gates:
        spare = len(gate.members) - gate.need + 1
        each = _marks_of_one(gate, spare)
        counted = ALL & ~each if spare > 1 else 0
        owner = index[gate.node]
        for member in gate.members:
            source, passed = index[member.node], _PASSED[member.cap, member.certainty, member.unknown]
            if passed & each:
                alone.add(source, owner, passed & each)
            if passed & counted:
                among.add(source, len(owners), passed & counted)
        if counted:
            owners.append(owner)
            slack.append(spare)
    nodes = len(index)
    return GateArrays(alone.rows(nodes), among.rows(nodes), owners, slack)


def _marks_of_one(gate: Gate, spare: int) -> int:
    """The marks at which one lost member loses the gate; of an assumed gate all are needed at worst."""
    if spare == 1:
        return ALL
    return RUN_MARKS[Run.WORST] if gate.assumed else 0


class _Triples:
    """Targets with marks, on their way to rows."""

    def __init__(self) -> None:
        self._found: list[tuple[int, int, int]] = []

    def add(self, source: int, target: int, marks: int) -> None:
        self._found.append((source, target, marks))

    def rows(self, nodes: int) -> Rows:
        self._found.sort()
        sources = [source for source, _, _ in self._found]
        targets = array("i", [target for _, target, _ in self._found])
        marks = array("H", [marks for _, _, marks in self._found])
        return Rows(_starts(sources, nodes), targets, marks)


def _starts(sources: Sequence[int], nodes: int) -> array[int]:
    sizes = [0] * (nodes + 1)
    for source in sources:
        sizes[source + 1] += 1
    return array("i", accumulate(sizes))
