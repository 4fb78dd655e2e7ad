"""Between which numbers the smallest set lies, for nodes whose families hold none: read off the structure alone.

At least: whatever is needed may be lost, so the least of it counts; of alternatives as many must be lost as cannot be
spared, and those that share nobody add up. At most: sets of the alternatives put together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from stackmap.analysis.sets.family import Family
from stackmap.analysis.sets.wiring import Alternatives, Wiring

__all__ = ["Bounds", "bounds"]

_ROUNDS = 8
"""So often a component is gone through: in circles numbers may rise and fall for long, and all of them hold."""

_BEGINNINGS = 12
_LOOKED_AT = 40
"""So many sets of a gate's hardest member are tried as a beginning, and of every other for what they add to it."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """`least`: no smaller set loses the node. `found`: one that does. `people`: nobody else has a say. Sets as bits."""

    least: int
    found: int
    people: int


def bounds(wiring: Wiring, families: Mapping[int, Family]) -> dict[int, Bounds]:
    """The bounds of every node, by number."""
    work = _Work(wiring, families)
    for component in wiring.components:
        work.go_through(component)
    return {node: Bounds(work.least[node], work.found[node], work.people[node]) for node in work.found}


class _Work:
    def __init__(self, wiring: Wiring, families: Mapping[int, Family]) -> None:
        self._nodes = wiring.nodes
        self._families = families
        self._count = len(wiring.people)
        self.least: dict[int, int] = {}
        self.found: dict[int, int] = {}
        self.people: dict[int, int] = {}

    def go_through(self, component: Sequence[int]) -> None:
        """Bounds of the nodes of one component."""
        people = self._everybody(component)
        for node in component:
            self.people[node] = people
            self._begin(node)
        open_ = [node for node in component if self._families[node].smallest() is None]
        for _ in range(_ROUNDS):
            raised = [self._raise(node) for node in open_]
            lowered = [self._lower(node) for node in open_]
            if not any(raised) and not any(lowered):
                break
        for node in open_:
            self.found.setdefault(node, people)

    def _everybody(self, component: Sequence[int]) -> int:
        below = {one for node in component for one in self._nodes[node].inputs()}
        own = _union(self._nodes[node].people for node in component)
        return own | _union(self.people.get(one, 0) for one in below)

    def _begin(self, node: int) -> None:
        family = self._families[node]
        smallest = family.smallest()
        self.least[node] = smallest or family.size + 1
        if smallest:
            self.found[node] = next(family.sets(self._count))

    def _raise(self, node: int) -> bool:
        hanging = self._nodes[node]
        ways = [self.least[below] for below in hanging.needs]
        better = min([*ways, *map(self._least_of, hanging.gates)], default=0)
        if better <= self.least[node]:
            return False
        self.least[node] = better
        return True

    def _least_of(self, gate: Alternatives) -> int:
        """The least it takes to lose a gate."""
        spared, members = gate
        ways = sorted((self.least[member], member) for member in members)
        cheapest = ways[: len(members) - spared]
        if spared and not self._share_nobody(ways):
            return cheapest[-1][0]
        return sum(self._apart(cheapest))

    def _share_nobody(self, ways: Sequence[tuple[int, int]]) -> bool:
        return len(self._apart(ways)) == len(ways)

    def _apart(self, ways: Sequence[tuple[int, int]]) -> list[int]:
        """Members sorted into such as share people; of each sort the most that one of them takes."""
        everybody = _union(self.people[member] for _, member in ways)
        if sum(self.people[member].bit_count() for _, member in ways) == everybody.bit_count():
            return [least for least, _ in ways]
        sorts: list[tuple[int, int]] = []
        for least, member in ways:
            people = self.people[member]
            touching = [sort for sort in sorts if sort[0] & people]
            sorts = [sort for sort in sorts if not sort[0] & people]
            merged = (*touching, (people, least))
            sorts.append((_union(people for people, _ in merged), max(most for _, most in merged)))
        return [least for _, least in sorts]

    def _lower(self, node: int) -> bool:
        hanging = self._nodes[node]
        ways = [self.found[below] for below in sorted(hanging.needs) if below in self.found]
        for gate in hanging.gates:
            ways.extend(self._put_together(gate))
        best = min(ways, key=lambda bits: (bits.bit_count(), bits), default=0)
        if not best or (node in self.found and best.bit_count() >= self.found[node].bit_count()):
            return False
        self.found[node] = best
        return True

    def _put_together(self, gate: Alternatives) -> Iterable[int]:
        """Sets that lose a gate: of the members that take fewest, begun with one of the hardest."""
        spared, members = gate
        known = sorted((self.found[member].bit_count(), member) for member in members if member in self.found)
        chosen = [member for _, member in known[: len(members) - spared]]
        if len(chosen) < len(members) - spared:
            return
        hardest = chosen.pop()
        for bits in self._some_of(hardest, _BEGINNINGS):
            together = bits
            for member in reversed(chosen):
                together |= min(self._some_of(member, _LOOKED_AT), key=lambda one: (one & ~together).bit_count())
            yield together

    def _some_of(self, node: int, most: int) -> Iterable[int]:
        yield self.found[node]
        yield from islice(self._families[node].sets(self._count), most)


def _union(sets: Iterable[int]) -> int:
    bits = 0
    for one in sets:
        bits |= one
    return bits
