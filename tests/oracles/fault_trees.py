"""Fault trees in the text form of the Aralia benchmark, as networks: events are people, the root is what breaks.

`g:=(a | b)` is lost with any of its inputs, `g:=(a & b)` with all of them, `g:=@(k,[a,b,c])` with k of them. Lines of
another form (probabilities, a title) say nothing of the tree. Trees with `~` are not monotone and are refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from operator import or_

from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import Reading, Run, mark_of
from stackmap.analysis.gates.network import Network
from stackmap.analysis.gates.solve import Solver
from stackmap.analysis.sets.columns import Columns
from stackmap.model import Certainty, State

__all__ = ["STOPPED", "TruthTable", "fault_tree"]

STOPPED = mark_of(Run.POSSIBLE, State.STOPS)

_GATE = re.compile(r"(\w+)\s*:=\s*(.+)")
_AT_LEAST = re.compile(r"@\((\d+),\s*\[(.*)\]\)")


def fault_tree(text: str) -> Network:
    """The network of a tree. Raises ValueError for one that is not monotone."""
    if "~" in text:
        raise ValueError("a tree with negations is not monotone")
    gates = [_gate(*found.groups()) for line in text.splitlines() if (found := _GATE.fullmatch(line.strip()))]
    owners = {gate.node for gate in gates}
    events = {member.node for gate in gates for member in gate.members} - owners
    return Network(tuple(gates), {event: dict.fromkeys(Reading, (event,)) for event in sorted(events)})


def _gate(name: str, formula: str) -> Gate:
    if found := _AT_LEAST.fullmatch(formula):
        inputs = found[2].split(",")
        return _lost_with(name, inputs, int(found[1]))
    inputs = formula.strip("()").split("&" if "&" in formula else "|")
    return _lost_with(name, inputs, len(inputs) if "&" in formula else 1)


def _lost_with(name: str, inputs: Sequence[str], count: int) -> Gate:
    members = tuple(Member(one.strip(), State.STOPS, Certainty.CERTAIN) for one in inputs)
    return Gate(name, members, len(members) - count + 1)


class TruthTable:
    """What every single set of events does to a node: for trees of up to some 25 events.

    One column for each set; column n is the set of the events whose bits n has.
    """

    def __init__(self, network: Network, node: str) -> None:
        self.events = tuple(sorted(network.seeds))
        self._with = [_alternating(place, len(self.events)) for place in range(len(self.events))]
        when = dict(zip(self.events, self._with, strict=True))
        columns = Columns(Solver(network), self.events)
        self._lost = columns.lost(STOPPED, when)[network.index[node]]

    def minimal_by_size(self) -> dict[int, int]:
        """How many minimal sets there are of each size."""
        larger = (self._lost << (1 << place) & with_it for place, with_it in enumerate(self._with))
        return self._by_size(self._lost & ~reduce(or_, larger))

    def probability(self, each: float) -> float:
        """How likely the node is lost when every event happens with that probability, all on their own."""
        count = len(self.events)
        return sum(sets * each**size * (1 - each) ** (count - size) for size, sets in self._by_size(self._lost).items())

    def _by_size(self, columns: int) -> dict[int, int]:
        parts = {0: columns}
        for with_it in self._with:
            split: dict[int, int] = {}
            for size, part in parts.items():
                split[size] = split.get(size, 0) | part & ~with_it
                split[size + 1] = split.get(size + 1, 0) | part & with_it
            parts = {size: part for size, part in split.items() if part}
        return {size: part.bit_count() for size, part in sorted(parts.items())}


def _alternating(place: int, places: int) -> int:
    """The columns whose number has that bit."""
    run = 1 << place
    pattern = ((1 << run) - 1) << run
    width = run * 2
    while width < 1 << places:
        pattern |= pattern << width
        width *= 2
    return pattern
