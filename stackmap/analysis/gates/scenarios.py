"""A few wanted nodes at one mark, boiled down to be asked of very many departures.

Where `Columns` tells of every node, this keeps only what the wanted ones hang on, and makes one bundle of nodes that
are lost in exactly the same departures: a quarter of the numbers in the stacks that were measured.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from stackmap.analysis.gates.arrays import passed_by
from stackmap.analysis.gates.columns import at_least
from stackmap.analysis.gates.components import components
from stackmap.analysis.gates.marks import RUN_MARKS, Run
from stackmap.analysis.gates.solve import Solver

__all__ = ["Bits", "Scenarios", "leaving_in", "scenarios"]

Bits: TypeAlias = int
"""One bit for each departure."""

_Counted: TypeAlias = tuple[int, tuple[int, ...]]
"""How many of these, members of one gate, are too many to lose."""


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Nodes that fall together: with any of these people or earlier bundles, or with too many members of a gate."""

    people: tuple[int, ...]
    one_of: tuple[int, ...]
    counted: tuple[_Counted, ...]

    def behind(self) -> Iterator[int]:
        """The bundles it hangs on directly."""
        yield from self.one_of
        for _, members in self.counted:
            yield from members


@dataclass(frozen=True, slots=True)
class Scenarios:
    """Wanted nodes of a network at one mark, ready for many departures of some people.

    `people` are those of them on whom a wanted node hangs, by id. `bundle_of` has the wanted nodes, by number, that are
    lost when all of these people leave; the others never are, or were before. `circles` are runs of bundles, in an
    order in which each hangs on itself and earlier ones only; `_round` has, of each bundle, those of its circle that
    hang on it.
    """

    people: tuple[str, ...]
    bundle_of: Mapping[int, int]
    circles: tuple[range, ...]
    _bundles: Sequence[_Bundle]
    _circle_of: Sequence[range]
    _round: Sequence[Collection[int]]

    def lost(self, leaving: Sequence[Bits], circles: Iterable[range] | None = None) -> list[Bits]:
        """In which departures each bundle is lost. `leaving[n]` are those in which person n leaves.

        With `circles` only these are worked out, which must come with all they hang on; other bundles stay 0.
        """
        found = [0] * len(self._bundles)
        for circle in self.circles if circles is None else circles:
            again: Collection[int] = circle
            while again:
                grown = [number for number in again if self._grew(number, leaving, found)]
                again = sorted({other for number in grown for other in self._round[number]})
        return found

    def _grew(self, number: int, leaving: Sequence[Bits], found: list[Bits]) -> bool:
        lost = _lost(self._bundles[number], leaving, found)
        grew = lost != found[number]
        found[number] = lost
        return grew

    def behind(self, bundle: int) -> list[range]:
        """The circles of a bundle and of all it hangs on."""
        found: dict[int, range] = {}
        waiting = [bundle]
        while waiting:
            circle = self._circle_of[waiting.pop()]
            if circle[0] not in found:
                found[circle[0]] = circle
                waiting.extend(other for number in circle for other in self._bundles[number].behind())
        return [found[first] for first in sorted(found)]

    def people_of(self, circles: Iterable[range]) -> list[int]:
        """On whom circles hang directly, by their place in `people`."""
        return sorted({one for circle in circles for number in circle for one in self._bundles[number].people})


def _lost(bundle: _Bundle, leaving: Sequence[Bits], found: Sequence[Bits]) -> Bits:
    lost = 0
    for person in bundle.people:
        lost |= leaving[person]
    for other in bundle.one_of:
        lost |= found[other]
    for enough, members in bundle.counted:
        lost |= at_least(enough, [found[member] for member in members])
    return lost


def leaving_in(sets: Sequence[Sequence[int]]) -> dict[int, Bits]:
    """In which departures each person leaves, departure n being that of set n."""
    columns: dict[int, bytearray] = {}
    for place, people in enumerate(sets):
        for person in people:
            column = columns.setdefault(person, bytearray(len(sets) // 8 + 1))
            column[place >> 3] |= 1 << (place & 7)
    return {person: int.from_bytes(column, "little") for person, column in columns.items()}


def scenarios(solver: Solver, mark: int, people: Iterable[str], wanted: Iterable[int]) -> Scenarios:
    """Make `wanted` nodes ready for departures of some of these people; `mark` says at which level of which run."""
    return _Bundling(solver, mark, tuple(sorted(set(people)))).of(wanted)


@dataclass
class _Bundling:
    """The way from gates to bundles. `_bundle_of` has the nodes that are done."""

    solver: Solver
    mark: int
    everybody: tuple[str, ...]
    _bundle_of: dict[int, int] = field(default_factory=dict)
    _bundles: list[_Bundle] = field(default_factory=list)
    _known: dict[_Bundle, int] = field(default_factory=dict)
    _circles: list[range] = field(default_factory=list)

    def of(self, wanted: Iterable[int]) -> Scenarios:
        falls = {node for node, gained in self.solver.leaving(self.everybody).items() if gained & self.mark}
        gates = self._gates_behind([node for node in wanted if node in falls], falls)
        seeds = self._seeds(gates)
        people = tuple(sorted({person for names in seeds.values() for person in names}))
        place = {person: number for number, person in enumerate(people)}
        for circle in _circles_of(gates):
            self._bundle(circle, gates, {node: [place[one] for one in seeds.get(node, ())] for node in circle})
        wanted_bundles = {node: self._bundle_of[node] for node in wanted if node in falls}
        circle_of = [circle for circle in self._circles for _ in circle]
        return Scenarios(people, wanted_bundles, tuple(self._circles), self._bundles, circle_of, self._round(circle_of))

    def _round(self, circle_of: Sequence[range]) -> list[set[int]]:
        """Of each bundle those of its own circle that hang on it."""
        found: list[set[int]] = [set() for _ in self._bundles]
        for number, bundle in enumerate(self._bundles):
            for other in bundle.behind():
                if other in circle_of[number]:
                    found[other].add(number)
        return found

    def _gates_behind(self, wanted: Iterable[int], falls: set[int]) -> dict[int, list[_Counted]]:
        """Of the wanted nodes, and of all they hang on, the gates that can be lost, with members by number."""
        found: dict[int, list[_Counted]] = {}
        waiting = list(wanted)
        while waiting:
            node = waiting.pop()
            if node not in found:
                found[node] = list(self._gates(node, falls))
                waiting.extend(member for _, members in found[node] for member in members)
        return found

    def _gates(self, node: int, falls: set[int]) -> Iterator[_Counted]:
        network, baseline = self.solver.network, self.solver.baseline
        worst = self.mark & RUN_MARKS[Run.WORST]
        for number in network.gates_of.get(network.names[node], ()):
            gate = network.gates[number]
            passing = [network.index[member.node] for member in gate.members if passed_by(member) & self.mark]
            enough = len(gate.members) - (gate.most_needed if worst else gate.need) + 1
            enough -= sum(bool(baseline[member] & self.mark) for member in passing)
            # A node that is a member of its own gate is no way to lose it.
            members = tuple(member for member in passing if member in falls and member != node)
            if len(members) >= enough:
                yield enough, members

    def _seeds(self, nodes: Collection[int]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for person in self.everybody:
            for node, marks in self.solver.network.fallen([person]):
                if marks & self.mark and node in nodes:
                    found.setdefault(node, []).append(person)
        return found

    def _bundle(
        self, circle: Sequence[int], gates: Mapping[int, Iterable[_Counted]], seeds: Mapping[int, list[int]]
    ) -> None:
        first = len(self._bundles)
        for offset, node in enumerate(circle if len(circle) > 1 else ()):
            self._bundle_of[node] = first + offset
        made = [self._made(seeds[node], gates[node]) for node in circle]
        if len(circle) > 1:
            self._bundles.extend(made)
            self._circles.append(range(first, first + len(circle)))
        else:
            self._bundle_of[circle[0]] = self._bundle_like(made[0])

    def _made(self, people: Sequence[int], gates: Iterable[_Counted]) -> _Bundle:
        one_of: set[int] = set()
        counted: set[_Counted] = set()
        for enough, nodes in gates:
            members = tuple(sorted(self._bundle_of[node] for node in nodes))
            if enough == 1:
                one_of.update(members)
            else:
                counted.add((enough, members))
        return _Bundle(tuple(people), tuple(sorted(one_of)), tuple(sorted(counted)))

    def _bundle_like(self, bundle: _Bundle) -> int:
        """The bundle that falls in the same departures: the only one that it hangs on, one like it, or itself."""
        if len(bundle.one_of) == 1 and not bundle.people and not bundle.counted:
            return bundle.one_of[0]
        if bundle not in self._known:
            self._known[bundle] = len(self._bundles)
            self._circles.append(range(len(self._bundles), len(self._bundles) + 1))
            self._bundles.append(bundle)
        return self._known[bundle]


def _circles_of(gates: Mapping[int, Iterable[_Counted]]) -> Iterator[list[int]]:
    """The nodes, such that each hangs only on those of its own circle and of earlier ones."""
    nodes = sorted(gates)
    place = {node: number for number, node in enumerate(nodes)}
    above: list[list[int]] = [[] for _ in nodes]
    for node in nodes:
        for _, members in gates[node]:
            for member in members:
                above[place[member]].append(place[node])
    for circle in components(len(nodes), above.__getitem__):
        yield [nodes[number] for number in reversed(circle)]  # fewest rounds, as measured
