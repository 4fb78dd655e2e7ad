"""Smallest and minimal sets of people whose leaving loses a node: exact, whatever groups and cycles there are.

Two methods. Families: the inclusion-minimal sets of up to a stated order, propagated through the gates to their least
fixpoint. Hitting sets: where no set of that order does it, the smallest one, found by collecting groups of people of
whom one must leave until the smallest set that hits every group also loses the node. Both are exact
(Fussell and Vesely 1972 for minimal cut sets; Reiter 1987 for hitting sets).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import combinations
from operator import or_

from stackmap.analysis.gates.marks import Reading, run_of
from stackmap.analysis.gates.network import OFF, Network
from stackmap.analysis.gates.solve import Solver
from stackmap.model import State

__all__ = ["CutSets", "smallest_break", "smallest_hitting_set"]

_EMPTY: frozenset[int] = frozenset()
_AT_ONCE = frozenset({0})


class CutSets:
    """The cut sets of every node in one reading, for losses of at least `level`.

    People are bits of a number, so a set of people is an integer and the empty set is 0.
    """

    def __init__(self, network: Network, reading: Reading, level: State, order: int) -> None:
        self.order = order
        self.people = tuple(sorted(person for person, by in network.seeds.items() if by.get(reading)))
        self._network = network
        self._reading = reading
        self._level = level
        self._members = [
            [
                network.index[member.node]
                for member in gate.members
                if member.cap >= level and not (member.unknown and reading is Reading.PROVEN)
            ]
            for gate in network.gates
        ]
        self._families: list[frozenset[int]] = [_EMPTY] * len(network.names)
        self._spread()

    def minimal(self, node: str) -> list[tuple[str, ...]]:
        """All minimal sets of up to `order` people that lose a node, by size and then by ids."""
        number = self._network.index.get(node)
        found = self._families[number] if number is not None else _EMPTY
        return sorted((self._names(bits) for bits in found), key=lambda people: (len(people), people))

    def _names(self, bits: int) -> tuple[str, ...]:
        return tuple(person for place, person in enumerate(self.people) if bits >> place & 1)

    def _spread(self) -> None:
        index, families = self._network.index, self._families
        uses: dict[int, list[int]] = {}
        for gate, members in enumerate(self._members):
            for member in members:
                uses.setdefault(member, []).append(gate)
        families[index[OFF]] = _AT_ONCE
        for place, person in enumerate(self.people):
            for node in self._network.seeds[person][self._reading]:
                number = index[node]
                families[number] = _minimise([*families[number], 1 << place])
        changed = [number for number, family in enumerate(families) if family]
        queue = deque(dict.fromkeys(gate for number in changed for gate in uses.get(number, ())))
        waiting = set(queue)
        while queue:
            gate = queue.popleft()
            waiting.discard(gate)
            owner = index[self._network.gates[gate].node]
            grown = _minimise([*families[owner], *self._gate(gate)])
            if grown != families[owner]:
                families[owner] = grown
                for use in uses.get(owner, ()):
                    if use not in waiting:
                        waiting.add(use)
                        queue.append(use)

    def _gate(self, number: int) -> frozenset[int]:
        """Sets that lose a gate: those that lose as many members as it can no longer do without."""
        gate = self._network.gates[number]
        slack = len(gate.members) - gate.needed(run_of(self._reading)) + 1
        lost: list[frozenset[int]] = [_AT_ONCE, *[_EMPTY] * slack]
        for member in self._members[number]:
            family = self._families[member]
            for count in range(slack, 0, -1):
                if lost[count - 1] and family:
                    lost[count] = _minimise([*lost[count], *self._product(lost[count - 1], family)])
        return lost[slack]

    def _product(self, left: frozenset[int], right: frozenset[int]) -> set[int]:
        both = {one | other for one in left for other in right}
        return {bits for bits in both if bits.bit_count() <= self.order}


def _minimise(sets: Iterable[int]) -> frozenset[int]:
    """Drop every set that holds another one."""
    kept: set[int] = set()
    for bits in sorted(set(sets), key=int.bit_count):
        if not _holds_one_of(bits, kept):
            kept.add(bits)
    return frozenset(kept)


def _holds_one_of(bits: int, kept: set[int]) -> bool:
    if 0 in kept:
        return True
    people = [1 << place for place in range(bits.bit_length()) if bits >> place & 1]
    if 1 << len(people) > len(kept):
        return any(one & bits == one for one in kept)
    return any(reduce(or_, chosen) in kept for size in range(1, len(people)) for chosen in combinations(people, size))


def smallest_break(solver: Solver, node: str, mark: int, people: Sequence[str]) -> tuple[str, ...] | None:
    """A smallest set of `people` whose leaving brings a node to a mark, or None where not even all of them do."""
    number = solver.network.index.get(node)
    if number is None:
        return None
    if solver.baseline[number] & mark:
        return ()
    if not solver.leaving(people).get(number, 0) & mark:
        return None
    needed: list[frozenset[str]] = []
    while True:
        candidate = smallest_hitting_set(needed)
        stayers = _stayers(solver, number, mark, people, candidate)
        if stayers is None:
            return tuple(sorted(candidate))
        needed.append(stayers)


def _stayers(
    solver: Solver, number: int, mark: int, people: Sequence[str], gone: frozenset[str]
) -> frozenset[str] | None:
    """A minimal group whose staying keeps the node, though everybody else leaves; None when it is lost already."""
    falls = 0
    try:
        solver.fall(solver.network.fallen(sorted(gone)))
        falls += 1
        if solver.marks[number] & mark:
            return None
        stay = []
        for person in people:
            if person in gone:
                continue
            solver.fall(solver.network.fallen([person]))
            falls += 1
            if solver.marks[number] & mark:
                solver.undo()
                falls -= 1
                stay.append(person)
        return frozenset(stay)
    finally:
        for _ in range(falls):
            solver.undo()


def smallest_hitting_set(groups: Sequence[frozenset[str]]) -> frozenset[str]:
    """A smallest set that holds somebody of every group; of equals the first by ids. Branch and bound."""
    best: frozenset[str] = frozenset(min(group, default="") for group in groups)

    def search(chosen: frozenset[str], left: list[frozenset[str]]) -> None:
        nonlocal best
        if not left:
            if (len(chosen), sorted(chosen)) < (len(best), sorted(best)):
                best = chosen
            return
        if len(chosen) + _disjoint(left) > len(best):
            return
        smallest: frozenset[str] = min(left, key=_smallest_first)
        for person in sorted(smallest):
            search(chosen | {person}, [group for group in left if person not in group])

    search(frozenset(), list(dict.fromkeys(groups)))
    return best


def _disjoint(groups: Sequence[frozenset[str]]) -> int:
    """How many groups share nobody, chosen smallest first: no hitting set is smaller than that."""
    taken: set[str] = set()
    count = 0
    for group in sorted(groups, key=_smallest_first):
        if taken.isdisjoint(group):
            taken |= group
            count += 1
    return count


def _smallest_first(group: frozenset[str]) -> tuple[int, list[str]]:
    return len(group), sorted(group)
