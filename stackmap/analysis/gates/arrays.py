"""The gates of a network as flat arrays: of every node, in one row, what it can bring down.

A gate that one lost member suffices to lose needs no counter: it passes on whatever that member does. All others count
down, mark by mark, how many members may still be lost.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import ALL, RUN_MARKS, Run, marks_within
from stackmap.analysis.gates.numbering import Ends
from stackmap.analysis.gates.packing import packed
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


@dataclass(frozen=True, slots=True)
class Rows:
    """For every node a row of targets, each with the marks that reach it: `rows[node]` is made when asked for.

    Row n is `targets[start[n]:start[n + 1]]` with the same of `marks`.
    """

    start: array[int]
    targets: array[int]
    marks: array[int]

    def __getitem__(self, node: int) -> Iterator[tuple[int, int]]:
        first, end = self.start[node], self.start[node + 1]
        if first == end:  # most nodes have no row, and making an empty one costs as much as a short one
            return iter(())
        return zip(self.targets[first:end], self.marks[first:end], strict=True)


@dataclass(frozen=True, slots=True)
class GateArrays:
    """`alone`: the nodes that a node brings down by itself. `among`: the counted gates of which it is a member.

    Counted gate g belongs to node `owners[g]` and is lost at a mark with `slack[g]` members.
    """

    alone: Rows
    among: Rows
    owners: array[int]
    slack: array[int]


def gate_arrays(gates: Iterable[Gate], ends: Ends, nodes: int) -> GateArrays:
    """The arrays of these gates, between so many nodes; `ends` has their numbers."""
    alone, among = _Triples(), _Triples()
    owners, slack = array("i"), array("i")
    sources = iter(ends.members)
    for gate, owner in zip(gates, ends.owners, strict=True):
        spare = len(gate.members) - gate.need + 1
        each = _marks_of_one(gate, spare)
        counted = ALL & ~each if spare > 1 else 0
        for member, source in zip(gate.members, sources, strict=False):  # further gates' sources follow
            passed = _PASSED[member.cap, member.certainty, member.unknown]
            if passed & each:
                alone.add(source, owner, passed & each)
            if passed & counted:
                among.add(source, len(owners), passed & counted)
        if counted:
            owners.append(owner)
            slack.append(spare)
    return GateArrays(alone.rows(nodes), among.rows(nodes), owners, slack)


def _marks_of_one(gate: Gate, spare: int) -> int:
    """The marks at which one lost member loses the gate; of an assumed gate all are needed at worst."""
    if spare == 1:
        return ALL
    return RUN_MARKS[Run.WORST] if gate.assumed else 0


class _Triples:
    """Targets with marks, on their way to rows."""

    def __init__(self) -> None:
        self._sources = array("i")
        self._targets = array("i")
        self._marks = array("H")

    def add(self, source: int, target: int, marks: int) -> None:
        self._sources.append(source)
        self._targets.append(target)
        self._marks.append(marks)

    def rows(self, nodes: int) -> Rows:
        start, (targets, marks) = packed(self._sources, nodes, self._targets, self._marks)
        return Rows(start, targets, marks)
