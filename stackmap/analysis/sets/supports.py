"""Small groups of people whose staying keeps a node, though everybody else leaves.

A node stands on what it needs and on as many members of each of its gates as must stand: on the cheapest of them, by
how few people those stand on in turn. In circles the choice is made again as it gets better, as policies are improved
(Howard 1960); whatever was chosen, the people met on the way keep the node: nodes that stand on one another fall only
together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from stackmap.analysis.gates.components import components
from stackmap.analysis.sets.budget import Meter
from stackmap.analysis.sets.wiring import Alternatives, Hanging, Wiring, places

__all__ = ["Supports"]

_ROUNDS = 8
"""So often the choices in a circle are made again: in those that were measured nothing gets better after six."""


_AT_ONCE = 8
"""So many members of a gate are looked at in one step."""


class Supports:
    """What some nodes of a wiring stand on. A step: a node, or some members of its gates, looked at.

    Raises SpentError where it is not paid for.
    """

    def __init__(self, wiring: Wiring, nodes: Iterable[int], meter: Meter) -> None:
        self._nodes = behind = _behind(wiring.nodes, nodes)
        self._few: dict[int, int] = {}
        for component in wiring.components:
            if component[0] in behind:
                self._settle(component, meter)
        self._falling = _Falling(behind, len(wiring.people))

    def stands(self, node: int, gone: int, meter: Meter) -> bool:
        """Whether a node still stands when these people, as bits, leave."""
        return node not in self._falling.lost(gone, meter)

    def group(self, node: int, gone: int, meter: Meter) -> int:
        """Few people who keep a node, none of those gone; nobody where these lose it. Sets as bits."""
        if not self._few[node] & gone:
            return self._few[node]
        lost = self._falling.lost(gone, meter)
        if node in lost:
            return 0
        people, kept, waiting, gates = 0, {node}, [node], list[Alternatives]()
        while waiting or gates:
            chosen: Iterable[int]
            if waiting:
                meter.pay(1)
                hanging = self._nodes[waiting.pop()]
                people |= hanging.people
                gates.extend(hanging.gates)
                chosen = sorted(hanging.needs - kept)
            else:
                spared, members = gates.pop()
                meter.pay(1 + len(members) // _AT_ONCE)
                missing = spared + 1 - sum(1 for member in members if member in kept)
                standing = [member for member in members if member not in lost and member not in kept]
                chosen = dict.fromkeys(self._cheapest(standing, max(missing, 0), people, gone))
            kept.update(chosen)
            waiting.extend(chosen)
        return people

    def _cheapest(self, members: Iterable[int], count: int, people: int = 0, gone: int = 0) -> Sequence[int]:
        """So many of some members: what they stand on should be there still, and few people besides some others."""

        def cost(member: int) -> tuple[bool, int, int, int]:
            few = self._few.get(member)
            if few is None:
                return True, 0, 0, member
            return False, (few & gone).bit_count(), (few & ~people).bit_count(), member

        return sorted(members, key=cost)[:count]

    def _settle(self, component: Sequence[int], meter: Meter) -> None:
        """Work out the people of the nodes of one component; what it hangs on is settled before."""
        steps = len(component) + sum(1 for node in component for _ in self._nodes[node].inputs()) // _AT_ONCE
        for _ in range(_ROUNDS):
            meter.pay(steps)
            better = False
            for node, people in self._as_chosen(component):
                if node not in self._few or people.bit_count() < self._few[node].bit_count():
                    self._few[node] = people
                    better = True
            if not better or len(component) == 1:
                break

    def _as_chosen(self, component: Sequence[int]) -> list[tuple[int, int]]:
        """On whom the nodes stand when each gate stands on its members that are the cheapest so far."""
        place = {node: number for number, node in enumerate(component)}
        people = [self._nodes[node].people for node in component]
        above: list[list[int]] = [[] for _ in component]
        below: list[list[int]] = [[] for _ in component]
        for number, node in enumerate(component):
            for one in self._chosen(self._nodes[node]):
                if one in place:
                    above[place[one]].append(number)
                    below[number].append(place[one])
                else:
                    people[number] |= self._few[one]
        for circle in components(len(component), above.__getitem__):
            together = 0
            for number in circle:
                together |= people[number]
                for one in below[number]:
                    together |= people[one]
            for number in circle:
                people[number] = together
        return [*zip(component, people, strict=True)]

    def _chosen(self, hanging: Hanging) -> Iterator[int]:
        yield from hanging.needs
        for spared, members in hanging.gates:
            yield from self._cheapest(members, spared + 1)


class _Falling:
    """What falls when people leave."""

    def __init__(self, nodes: Mapping[int, Hanging], people: int) -> None:
        self._first: list[list[int]] = [[] for _ in range(people)]
        self._needed_by: dict[int, list[int]] = {node: [] for node in nodes}
        self._among: dict[int, list[int]] = {node: [] for node in nodes}
        self._owners: list[int] = []
        self._enough: list[int] = []
        for node, hanging in nodes.items():
            for person in places(hanging.people):
                self._first[person].append(node)
            for below in hanging.needs:
                self._needed_by[below].append(node)
            for spared, members in hanging.gates:
                for member in members:
                    self._among[member].append(len(self._owners))
                self._owners.append(node)
                self._enough.append(len(members) - spared)

    def lost(self, gone: int, meter: Meter) -> set[int]:
        """The nodes that are lost when these people leave."""
        lost: set[int] = set()
        waiting: list[int] = []
        counts: dict[int, int] = {}

        def fall(nodes: Iterable[int]) -> None:
            for node in nodes:
                if node not in lost:
                    lost.add(node)
                    waiting.append(node)

        for person in places(gone):
            fall(self._first[person])
        while waiting:
            node = waiting.pop()
            meter.pay(1 + (len(self._needed_by[node]) + len(self._among[node])) // _AT_ONCE)
            fall(self._needed_by[node])
            for gate in self._among[node]:
                counts[gate] = counts.get(gate, 0) + 1
                if counts[gate] == self._enough[gate]:
                    fall((self._owners[gate],))
        return lost


def _behind(nodes: Mapping[int, Hanging], some: Iterable[int]) -> dict[int, Hanging]:
    """Some nodes, and all they hang on."""
    found: dict[int, Hanging] = {}
    waiting = [*some]
    while waiting:
        node = waiting.pop()
        if node not in found:
            found[node] = nodes[node]
            waiting.extend(nodes[node].inputs())
    return found
