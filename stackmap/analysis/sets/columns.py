"""Many departures at once: each is a column, one bit of a number, and the number says in which of them a node is lost.

One pass in the order of influence answers for all columns: what one lost member suffices to lose takes the union of its
members' columns, what loses `slack` of them a ladder of counts. In a circle the least fixpoint is taken. Exact.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from stackmap.analysis.gates.components import components
from stackmap.analysis.gates.solve import Solver
from stackmap.analysis.sets.tally import at_least

__all__ = ["Columns"]

_Wires: TypeAlias = list[tuple[int, int]]
"""Sources, each with the marks that reach the other end."""


@dataclass(frozen=True, slots=True)
class _Gate:
    """A gate that counts. `worn`: of its members that are lost already, the marks at which they are."""

    slack: int
    wires: _Wires
    worn: list[int]

    def lost(self, mark: int, lost: Sequence[int]) -> int:
        """The columns in which it is lost at a mark, by those of its members."""
        members = [lost[source] for source, passed in self.wires if passed & mark]
        slack = self.slack - sum(1 for marks in self.worn if marks & mark)
        return at_least(slack, members) if 0 < slack <= len(members) else 0


@dataclass(frozen=True, slots=True)
class _Part:
    """Places of nodes that do not go in a circle, or of one circle; then also which of them follow from which."""

    places: range
    follow: Mapping[int, Collection[int]] | None = None


class Columns:
    """The part of a network that can fall when these people leave, wired to be asked of many departures.

    Only what leaving adds to the baseline is told, as `Solver.leaving` does.
    """

    def __init__(self, solver: Solver, people: Iterable[str]) -> None:
        everybody = tuple(people)
        self._arrays = solver.network.arrays
        self._seeds = {person: solver.network.fallen((person,)) for person in everybody}
        self._gained = solver.leaving(everybody)
        circles = self._in_order()
        self._nodes = [node for circle in circles for node in circle]
        self._place = {node: place for place, node in enumerate(self._nodes)}
        self._alone: list[_Wires] = [[] for _ in self._nodes]
        self._among: list[list[_Gate]] = [[] for _ in self._nodes]
        self._wire(solver.baseline)
        self._parts = [*self._in_parts(map(len, circles))]

    def __len__(self) -> int:
        """How many nodes can fall."""
        return len(self._nodes)

    def lost(self, mark: int, when: Mapping[str, int]) -> dict[int, int]:
        """In which columns nodes gain a mark, by number; those that never do are left out.

        `when` says in which columns each person leaves; whoever is not named stays.
        """
        lost = self._starting(mark, when)
        for part in self._parts:
            if part.follow is None:
                self._settle(part.places, mark, lost)
            else:
                self._go_round(part.places, part.follow, mark, lost)
        return {node: columns for node, columns in zip(self._nodes, lost, strict=True) if columns}

    def _starting(self, mark: int, when: Mapping[str, int]) -> list[int]:
        lost = [0] * len(self._nodes)
        for person, columns in when.items():
            for node, marks in self._seeds[person]:
                if marks & mark & self._gained.get(node, 0):
                    lost[self._place[node]] |= columns
        return lost

    def _settle(self, places: Iterable[int], mark: int, lost: list[int]) -> None:
        """Bring nodes up to date, each once."""
        wires, gates = self._alone, self._among
        for place in places:
            columns = lost[place]
            for source, passed in wires[place]:
                if passed & mark:
                    columns |= lost[source]
            for gate in gates[place]:
                columns |= gate.lost(mark, lost)
            lost[place] = columns

    def _go_round(self, places: Iterable[int], follow: Mapping[int, Iterable[int]], mark: int, lost: list[int]) -> None:
        """Bring the nodes of a circle up to date, again and again, until nothing changes."""
        stale = set(places)
        while stale:
            for place in places:
                if place in stale:
                    stale.remove(place)
                    before = lost[place]
                    self._settle((place,), mark, lost)
                    if lost[place] != before:
                        stale.update(follow[place])

    def _in_order(self) -> list[list[int]]:
        """The nodes that can fall, circles together, so that influence flows forward."""
        alone, among, owners = self._arrays.alone, self._arrays.among, self._arrays.owners
        nodes = sorted(self._gained)
        place = {node: number for number, node in enumerate(nodes)}

        def targets(number: int) -> Iterator[int]:
            for target, _ in alone[nodes[number]]:
                if target in place:
                    yield place[target]
            for gate, _ in among[nodes[number]]:
                if owners[gate] in place:
                    yield place[owners[gate]]

        return [[nodes[number] for number in circle] for circle in components(len(nodes), targets)]

    def _wire(self, baseline: Sequence[int]) -> None:
        """Note for every node what it follows from, by place, with the marks that both gain."""
        gained, place, owners = self._gained, self._place, self._arrays.owners
        gates: dict[int, _Gate] = {}
        for source, node in enumerate(self._nodes):
            marks = gained[node]
            for target, passes in self._arrays.alone[node]:
                if passed := marks & passes & gained.get(target, 0):
                    self._alone[place[target]].append((source, passed))
            for gate, passes in self._arrays.among[node]:
                if passed := marks & passes & gained.get(owners[gate], 0):
                    if gate not in gates:
                        gates[gate] = _Gate(self._arrays.slack[gate], [], [])
                        self._among[place[owners[gate]]].append(gates[gate])
                    gates[gate].wires.append((source, passed))
        for node, marks in enumerate(baseline):
            for gate, passes in self._arrays.among[node] if marks else ():
                if gate in gates and marks & passes:
                    gates[gate].worn.append(marks & passes)

    def _in_parts(self, sizes: Iterable[int]) -> Iterator[_Part]:
        """The passes to make, in order; circles have the sizes given."""
        first = end = 0
        for size in sizes:
            if size > 1:
                yield _Part(range(first, end))
                first = end
            end += size
            if size > 1:
                yield _Part(range(first, end), self._followers(range(first, end)))
                first = end
        yield _Part(range(first, end))

    def _followers(self, circle: range) -> dict[int, set[int]]:
        """Of the nodes of a circle, by place, those that follow from each."""
        follow: dict[int, set[int]] = {place: set() for place in circle}
        for place in circle:
            for wires in (self._alone[place], *(gate.wires for gate in self._among[place])):
                for source, _ in wires:
                    if source in follow:
                        follow[source].add(place)
        return follow
