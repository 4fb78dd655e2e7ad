"""A few wanted nodes at one mark, boiled down to be asked of very many departures.

Where `Columns` tells of every node, this keeps only what is left in the `Wiring` of the wanted ones: one bundle of
nodes that always fall together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TypeAlias

from stackmap.analysis.gates.solve import Solver
from stackmap.analysis.sets.budget import Meter
from stackmap.analysis.sets.tally import Bits, at_least
from stackmap.analysis.sets.wiring import NEVER, Hanging, Wiring, places, wiring_at

__all__ = ["Scenarios", "leaving_in", "scenarios"]

_NUMBER = 1 << 10
"""What it takes to work out a number that has next to no bits, in bits of a wide one."""

_AT_ONCE = 8
"""So many nodes below are looked at in one step."""

_Counted: TypeAlias = tuple[int, tuple[int, ...]]
"""How many of these, members of one gate, are too many to lose."""


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Nodes that fall together: with any of these people or earlier bundles, or with too many members of a gate.

    `size`: how much there is to look at.
    """

    people: tuple[int, ...]
    one_of: tuple[int, ...]
    counted: tuple[_Counted, ...]
    size: int

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
    hang on it. `nodes` has a node of each bundle, by its number in `wiring`.
    """

    people: tuple[str, ...]
    bundle_of: Mapping[int, int]
    circles: tuple[range, ...]
    wiring: Wiring
    nodes: Sequence[int]
    _bundles: Sequence[_Bundle]
    _circle_of: Sequence[range]
    _round: Sequence[Collection[int]]

    def lost(
        self, leaving: Sequence[Bits], circles: Iterable[range] | None = None, meter: Meter | None = None
    ) -> list[Bits]:
        """In which departures each bundle is lost. `leaving[n]` are those in which person n leaves.

        With `circles` only these are worked out, which must come with all they hang on; other bundles stay 0. A step
        of `meter`: one bit of one number worked out; SpentError where they are not paid for.
        """
        found = [0] * len(self._bundles)
        departures = max(map(int.bit_length, leaving), default=0)
        for circle in self.circles if circles is None else circles:
            again: Collection[int] = circle
            while again:
                if meter:
                    meter.pay(self.steps(again, departures))
                grown = [number for number in again if self._grew(number, leaving, found)]
                again = sorted({other for number in grown for other in self._round[number]})
        return found

    def steps(self, bundles: Iterable[int], departures: int) -> int:
        """What it takes to work out these bundles once."""
        return sum(self._bundles[number].size for number in bundles) * (departures + _NUMBER)

    def _grew(self, number: int, leaving: Sequence[Bits], found: list[Bits]) -> bool:
        lost = _lost(self._bundles[number], leaving, found)
        grew = lost != found[number]
        found[number] = lost
        return grew

    def touched(self, leaving: Sequence[Bits]) -> list[Bits]:
        """In which departures anybody leaves on whom each bundle hangs, however far, whether it is lost or not."""
        found = [0] * len(self._bundles)
        for circle in self.circles:
            columns = 0
            for number in circle:
                bundle = self._bundles[number]
                for person in bundle.people:
                    columns |= leaving[person]
                for other in bundle.behind():
                    columns |= found[other]
            for number in circle:
                found[number] = columns
        return found

    def behind(self, bundles: Iterable[int]) -> list[range]:
        """The circles of some bundles and of all they hang on."""
        found: dict[int, range] = {}
        waiting = [*bundles]
        while waiting:
            circle = self._circle_of[waiting.pop()]
            if circle[0] not in found:
                found[circle[0]] = circle
                waiting.extend(other for number in circle for other in self._bundles[number].behind())
        return [found[first] for first in sorted(found)]


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


def scenarios(solver: Solver, mark: int, people: Iterable[str], wanted: Collection[int]) -> Scenarios:
    """Make `wanted` nodes ready for departures of some of these people; `mark` says at which level of which run."""
    wiring = wiring_at(solver, mark, wanted, people)
    nodes = [node for component in wiring.components for node in component]
    place = {node: number for number, node in enumerate(nodes)} | {NEVER: NEVER}
    bundles = [_bundle(wiring.nodes[node], place) for node in nodes]
    bundle_of = {node: bundle for node in wanted if (bundle := place[wiring.stands_for.get(node, NEVER)]) != NEVER}
    starts = accumulate(map(len, wiring.components), initial=0)
    circles = tuple(range(first, end) for first, end in pairwise(starts))
    circle_of = [circle for circle in circles for _ in circle]
    return Scenarios(wiring.people, bundle_of, circles, wiring, nodes, bundles, circle_of, _rounds(bundles, circle_of))


def _bundle(hanging: Hanging, place: Mapping[int, int]) -> _Bundle:
    counted = ((len(members) - spared, tuple(place[one] for one in members)) for spared, members in hanging.gates)
    one_of = tuple(sorted(place[one] for one in hanging.needs))
    size = 1 + sum(1 for _ in hanging.inputs()) // _AT_ONCE
    return _Bundle(tuple(places(hanging.people)), one_of, tuple(counted), size)


def _rounds(bundles: Sequence[_Bundle], circle_of: Sequence[range]) -> list[set[int]]:
    """Of each bundle those of its own circle that hang on it."""
    found: list[set[int]] = [set() for _ in bundles]
    for number, bundle in enumerate(bundles):
        for other in bundle.behind():
            if other in circle_of[number]:
                found[other].add(number)
    return found
