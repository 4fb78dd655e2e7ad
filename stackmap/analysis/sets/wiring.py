"""What some nodes hang on at one mark, with everything taken away that cannot change the answer.

A mark asks one yes-or-no question of every node, so a gate is only so many members of which so many may be spared.
What is lost whoever leaves is gone from it; nodes that always fall together are one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from stackmap.analysis.gates.components import components
from stackmap.analysis.gates.network import Network
from stackmap.analysis.gates.solve import Solver

__all__ = ["NEVER", "Alternatives", "Hanging", "Wiring", "places", "wiring_at"]

NEVER = -1
"""Stands for every node that nobody's leaving loses."""

Alternatives: TypeAlias = tuple[int, tuple[int, ...]]
"""How many of these members may be spared, at least none and at most all but two, and the members."""


@dataclass
class Hanging:
    """How one node is lost: when one of `people` (bits) leaves, with each of `needs`, and with each of `gates`."""

    people: int = 0
    needs: set[int] = field(default_factory=set)
    gates: list[Alternatives] = field(default_factory=list)

    def inputs(self) -> Iterable[int]:
        """Every node it hangs on; some may come twice."""
        yield from self.needs
        for _, members in self.gates:
            yield from members

    def named_anew(self, node: int, stands_for: Mapping[int, int]) -> Hanging:
        """The same with the nodes that stand for others; `node` itself is no way to lose it."""
        found = Hanging(self.people, {stands_for.get(one, one) for one in self.needs})
        for spared, members in self.gates:
            found.add(spared, [stands_for.get(member, member) for member in members], node)
        found.needs -= {node, NEVER}
        found.gates = sorted(set(found.gates))
        return found

    def add(self, spared: int, members: Sequence[int], node: int) -> None:
        """A gate of which so many members may be spared; one that cannot be lost, where that is less than none."""
        lost = sorted(member for member in members if member not in {node, NEVER})
        spared -= len(members) - len(lost)
        if not spared:
            lost = sorted(set(lost))
        if spared < 0:
            return
        if len(lost) - spared == 1:
            self.needs.update(lost)
        else:
            self.gates.append((spared, tuple(lost)))


@dataclass(frozen=True, slots=True)
class Wiring:
    """The nodes that are left, by number, in components such that influence flows only forward.

    Each is lost when all of `people` leave: those who can bring anything about, by ids; a set of them is a number with
    their places as bits. `stands_for`: the node that always falls together with another, or `NEVER`.
    """

    people: tuple[str, ...]
    nodes: Mapping[int, Hanging]
    components: Sequence[Sequence[int]]
    stands_for: Mapping[int, int]

    def names(self, bits: int) -> tuple[str, ...]:
        """The people of a set, by ids."""
        return tuple(self.people[place] for place in places(bits))


def places(bits: int) -> Iterator[int]:
    """The places of the bits that are set, lowest first."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def wiring_at(solver: Solver, mark: int, targets: Iterable[int], people: Iterable[str] | None = None) -> Wiring:
    """What the targets hang on at a mark when some of these people leave, of all people if none are named.

    Targets that they cannot lose, or that are lost already, are left out.
    """
    network = solver.network
    leavers = sorted(network.seeds if people is None else set(people))
    falling = {node for node, gained in solver.leaving(leavers).items() if gained & mark}
    nodes = _cone(solver, mark, falling, targets)
    return _Joined(nodes).wiring(_seed(network, mark, nodes, leavers))


def _cone(solver: Solver, mark: int, falling: Collection[int], targets: Iterable[int]) -> dict[int, Hanging]:
    """Every node that the targets hang on, directly or through others, and how it is lost."""
    needs, gates = _turned_round(solver, mark, falling)
    waiting = [target for target in targets if target in falling]
    nodes: dict[int, Hanging] = {}
    while waiting:
        node = waiting.pop()
        if node in nodes:
            continue
        hanging = nodes[node] = Hanging(0, set(needs.get(node, ())))
        for slack, members in gates.get(node, ()):
            hanging.add(len(members) - slack, members, node)
        waiting.extend(hanging.inputs())
    return nodes


def _turned_round(
    solver: Solver, mark: int, falling: Iterable[int]
) -> tuple[dict[int, list[int]], dict[int, list[tuple[int, list[int]]]]]:
    """For each node what it needs, and its gates: how many members must still be lost, and those that can be."""
    arrays = solver.network.arrays
    needs: dict[int, list[int]] = {}
    members: dict[int, list[int]] = {}
    for node in sorted(falling):
        for target, passes in arrays.alone[node]:
            if passes & mark:
                needs.setdefault(target, []).append(node)
        for gate, passes in arrays.among[node]:
            if passes & mark:
                members.setdefault(gate, []).append(node)
    slack = {gate: arrays.slack[gate] for gate in members}
    for node, marks in enumerate(solver.baseline):
        for gate, passes in arrays.among[node] if marks & mark else ():
            if gate in slack and passes & mark:
                slack[gate] -= 1
    gates: dict[int, list[tuple[int, list[int]]]] = {}
    for gate, found in members.items():
        gates.setdefault(arrays.owners[gate], []).append((slack[gate], found))
    return needs, gates


def _seed(network: Network, mark: int, nodes: Mapping[int, Hanging], leavers: Iterable[str]) -> tuple[str, ...]:
    """Note in the nodes who loses them, by place; returns these people."""
    found: dict[str, list[Hanging]] = {}
    for person in leavers:
        for number, marks in network.fallen((person,)):
            if marks & mark and number in nodes:
                found.setdefault(person, []).append(nodes[number])
    for place, hanging_on in enumerate(found.values()):
        for hanging in hanging_on:
            hanging.people |= 1 << place
    return tuple(found)


class _Joined:
    """Nodes that always fall together become one: chains first, then whatever hangs on the very same."""

    def __init__(self, nodes: dict[int, Hanging]) -> None:
        self._nodes = nodes
        self._stands_for: dict[int, int] = {NEVER: NEVER}
        self._alike: dict[tuple[int, frozenset[int], tuple[Alternatives, ...]], int] = {}

    def wiring(self, people: tuple[str, ...]) -> Wiring:
        """What is left."""
        self._follow_chains()
        kept = [node for node in sorted(self._nodes) if self._stands_for.get(node, node) == node]
        place = {node: number for number, node in enumerate(kept)}
        above: list[list[int]] = [[] for _ in kept]
        for node in kept:
            hanging = self._nodes[node] = self._nodes[node].named_anew(node, self._stands_for)
            for below in hanging.inputs():
                above[place[below]].append(place[node])
        found = []
        for component in components(len(kept), above.__getitem__):
            left = self._joined([kept[number] for number in component])
            if left:
                found.append(left)
        nodes = {node: self._nodes[node] for component in found for node in component}
        last = {node: self._stands_for[end] for node, end in self._stands_for.items()}
        return Wiring(people, nodes, found, last)

    def _follow_chains(self) -> None:
        """A node that hangs on one other alone falls with it."""
        for start in self._nodes:
            path: dict[int, None] = {}
            node = start
            while node not in self._stands_for and node not in path:
                path[node] = None
                below = self._only(self._nodes[node])
                if below is None:
                    break
                node = below
            self._stands_for.update(dict.fromkeys(path, self._stands_for.get(node, node)))

    def _only(self, hanging: Hanging) -> int | None:
        """The one node it hangs on, `NEVER` where there is none; None where there is more to it."""
        if hanging.people or hanging.gates or len(hanging.needs) > 1:
            return None
        return next(iter(hanging.needs), NEVER) if hanging.needs else NEVER

    def _joined(self, component: Sequence[int]) -> list[int]:
        for node in component:
            self._nodes[node] = self._nodes[node].named_anew(node, self._stands_for)
        if len(component) > 1:
            return sorted(component)
        [node] = component
        hanging = self._nodes[node]
        stands_for = self._only(hanging)
        if stands_for is None:
            key = hanging.people, frozenset(hanging.needs), tuple(hanging.gates)
            stands_for = self._alike.setdefault(key, node)
        self._stands_for[node] = stands_for
        return [node] if stands_for == node else []
