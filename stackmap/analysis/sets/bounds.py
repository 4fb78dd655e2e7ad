"""Between which numbers the smallest set lies, for nodes whose families hold none: read off the structure alone.

At least: whatever is needed may be lost, so the least of it counts; of alternatives as many must be lost as cannot be
spared, and those that share nobody add up. Where people are shared, whoever leaves has a say in only so many of them.
At most: sets of the alternatives put together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from stackmap.analysis.sets.budget import Budget
from stackmap.analysis.sets.family import Family
from stackmap.analysis.sets.tally import Tally
from stackmap.analysis.sets.wiring import Alternatives, Wiring

__all__ = ["Bounds", "bounds"]

_ROUNDS = 8
"""So often a component is gone through: in circles numbers may rise and fall for long, and all of them hold."""

_BEGINNINGS = 12
_LOOKED_AT = 40
"""So many sets of a gate's hardest member are tried as a beginning, and of every other for what they add to it."""

_AT_ONCE = 8
"""So many sets are looked at in one step."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """`least`: no smaller set loses the node. `found`: one that does. `people`: nobody else has a say. Sets as bits."""

    least: int
    found: int
    people: int


def bounds(wiring: Wiring, families: Mapping[int, Family], budget: Budget) -> dict[int, Bounds]:
    """The bounds of every node, by number. What the budget does not afford makes them wider, never wrong."""
    work = _Work(wiring, families, budget)
    for step in (work.begin, work.raise_least, work.lower_found):  # what is proven is paid for first
        for component in wiring.components:
            step(component)
    return {node: Bounds(work.least[node], work.found[node], work.people[node]) for node in work.found}


@dataclass(frozen=True, slots=True)
class _Sharing:
    """What the members of a gate have in common.

    `sorts`: members that share people are in one; none at all where nobody is shared. `degrees`: so many people have a
    say in so many members, in descending order of these.
    """

    sorts: Sequence[Sequence[int]]
    degrees: Sequence[tuple[int, int]]

    def fewest(self, says: int) -> int:
        """How many people at least have as many says together: each lost member has had one of all whom it takes."""
        fewest = 0
        for members, people in self.degrees:
            if says <= members * people:
                return fewest + -(-says // members)
            says -= members * people
            fewest += people
        return fewest


_APART = _Sharing((), ())


class _Work:
    def __init__(self, wiring: Wiring, families: Mapping[int, Family], budget: Budget) -> None:
        self._nodes = wiring.nodes
        self._families = families
        self._count = len(wiring.people)
        self._budget = budget
        self._sharing: dict[Alternatives, _Sharing] = {}
        self._looked_at: dict[int, list[int]] = {}
        self.least: dict[int, int] = {}
        self.found: dict[int, int] = {}
        self.people: dict[int, int] = {}

    def begin(self, component: Sequence[int]) -> None:
        """Who has a say in the nodes of one component, and what their families tell."""
        people = self._everybody(component)
        for node in component:
            self.people[node] = people
            self._begin(node)

    def raise_least(self, component: Sequence[int]) -> None:
        """The lower bounds of the nodes of one component, once those of what it hangs on are there."""
        self._go_through(component, self._raise)

    def lower_found(self, component: Sequence[int]) -> None:
        """The sets of the nodes of one component, once those of what it hangs on are there."""
        for node in self._go_through(component, self._lower):
            self.found.setdefault(node, self.people[node])

    def _go_through(self, component: Sequence[int], improved: Callable[[int], bool]) -> list[int]:
        """Improve the nodes whose families hold nothing, as long as that helps."""
        open_ = [node for node in component if self._families[node].smallest() is None]
        for _ in range(_ROUNDS):
            better = [improved(node) for node in open_]
            if not any(better):
                break
        return open_

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
        """The least it takes to lose a gate, by what its members take that are lost most easily."""
        spared, members = gate
        cheapest = sorted(self.least[member] for member in members)[: len(members) - spared]
        sharing = self._sharing_of(gate)
        if not sharing.sorts:
            return sum(cheapest)
        apart = sum(max(self.least[member] for member in sort) for sort in sharing.sorts) if not spared else 0
        return max(apart, cheapest[-1], sharing.fewest(sum(cheapest)))

    def _sharing_of(self, gate: Alternatives) -> _Sharing:
        if gate not in self._sharing:
            spared, members = gate
            people = [self.people[member] for member in members]
            if sum(map(int.bit_count, people)) == _union(people).bit_count():
                self._sharing[gate] = _APART
            elif not self._budget.reserve(len(members) ** (1 if spared else 2) // _AT_ONCE + 1):
                self._sharing[gate] = _Sharing([members], ())
            else:
                sorts = [members] if spared else _sorted(members, self.people)
                self._sharing[gate] = _Sharing(sorts, _degrees(people))
        return self._sharing[gate]

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

    def _put_together(self, gate: Alternatives) -> Iterator[int]:
        """Sets that lose a gate: of the members that take fewest, begun with one of the hardest."""
        spared, members = gate
        known = sorted((self.found[member].bit_count(), member) for member in members if member in self.found)
        chosen = [member for _, member in known[: len(members) - spared]]
        if len(chosen) < len(members) - spared:
            return
        yield _union(self.found[member] for member in chosen)
        hardest = chosen.pop()
        if not self._budget.reserve(_BEGINNINGS * _LOOKED_AT * len(chosen) // _AT_ONCE):
            return
        for bits in self._some_of(hardest)[:_BEGINNINGS]:
            together = bits
            for member in reversed(chosen):
                together |= min(self._some_of(member), key=lambda one: (one & ~together).bit_count())
            yield together

    def _some_of(self, node: int) -> list[int]:
        """The set that was found, and some more."""
        if node not in self._looked_at:
            self._looked_at[node] = [*islice(self._families[node].sets(self._count), _LOOKED_AT)]
        return [self.found[node], *self._looked_at[node]]


def _sorted(members: Sequence[int], people: Mapping[int, int]) -> list[list[int]]:
    """Members sorted into such as share people, directly or through others."""
    sorts: list[tuple[int, list[int]]] = []
    for member in members:
        everybody, same = people[member], [member]
        for others, sort in sorts:
            if others & people[member]:
                everybody |= others
                same.extend(sort)
        sorts = [sort for sort in sorts if not sort[0] & people[member]]
        sorts.append((everybody, same))
    return [sort for _, sort in sorts]


def _degrees(members: Sequence[int]) -> list[tuple[int, int]]:
    """How many members each person is in, and so many people are; most members first."""
    tally, everybody = Tally(), _union(members)
    for people in members:
        tally.add(people)
    found = []
    while everybody:
        most, those = tally.largest(everybody)
        found.append((most, those.bit_count()))
        everybody &= ~those
    return found


def _union(sets: Iterable[int]) -> int:
    bits = 0
    for one in sets:
        bits |= one
    return bits
