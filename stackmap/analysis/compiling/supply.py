"""Circles of supply: two feeds that only feed each other are no redundancy.

By the ordinary rule things that hang on one another stand until something outside breaks, which is right for "needs"
and wrong for "is fed by". So where every edge of a circle is declared `supply`, its nodes work only as far as they are
fed from outside. That is compiled away: of n nodes those that are fed are found in at most n rounds, one of which feeds
the next; the circle is written out as n layers, the first of which hangs on nothing that works.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from stackmap.analysis.compiling.requirements import requirements
from stackmap.analysis.compiling.routes import place_of
from stackmap.analysis.gates.components import components
from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.network import OFF, aside, word_of
from stackmap.analysis.stack import Stack
from stackmap.model import EdgeKind, Link, NodeKind

__all__ = ["Circles", "circles", "layered"]

_LARGEST = 12
"""Layers grow with the square of a circle; larger ones keep the ordinary rule, and somebody is told."""

_WAYS = frozenset({"way", "unknown", "both", "off"})
"""What nodes are for that lead from a gate to what it hangs on."""

_Arcs: TypeAlias = dict[str, dict[str, list[bool]]]
"""For each node what it hangs on, and of each edge that leads there whether it is supply."""


@dataclass(frozen=True, slots=True)
class Circles:
    """`grounded`: the nodes of each circle in which all is supply.

    `doubtful`: the ids of circles that mix supply with other edges, or are too large: what looks like an alternative
    in them may only be fed by itself.
    """

    grounded: tuple[frozenset[str], ...] = ()
    doubtful: tuple[tuple[str, ...], ...] = ()


def circles(stack: Stack) -> Circles:
    """The circles in which some edge is declared supply: a walk through the stack, where one is."""
    if not stack.graph.supply:
        return Circles()
    arcs = _arcs(stack)
    grounded: list[frozenset[str]] = []
    doubtful: list[tuple[str, ...]] = []
    for nodes in _components(arcs):
        supplied = [one for node in nodes for end, said in arcs[node].items() if end in nodes for one in said]
        if any(supplied) and all(supplied) and len(nodes) <= _LARGEST:
            grounded.append(nodes)
        elif any(supplied):
            doubtful.append(tuple(sorted({word_of(node)[1] or node for node in nodes})))
    return Circles(tuple(grounded), tuple(sorted(doubtful)))


def _arcs(stack: Stack) -> _Arcs:
    """By what nodes hang on one another, whatever the edges pass: the same circles in every reading."""
    arcs: _Arcs = defaultdict(lambda: defaultdict(list))
    for vertex in stack.graph.vertices():
        if vertex.kind is NodeKind.DATASET:
            arcs[vertex.id][place_of(stack, vertex.id)] = []
        for need in requirements(stack, vertex.id):
            for end, links in need.ends.items():
                for link in filter(_is_needed, links):
                    to_place = link.kind is EdgeKind.WRITES_TO and end == link.target
                    node = place_of(stack, end) if to_place else end
                    arcs[need.host][node].append((link.kind, link.source, link.target) in stack.graph.supply)
    return arcs


def _is_needed(link: Link) -> bool:
    """An owner of whom nothing else is said is accountable, and nothing hangs on him."""
    return link.kind is not EdgeKind.OWNED_BY or any(fact.outcomes is not None for fact in link.facts)


def _components(arcs: _Arcs) -> Iterator[frozenset[str]]:
    """The nodes that hang on one another, or on themselves."""
    names = sorted({*arcs, *(end for ends in arcs.values() for end in ends)})
    index = {name: number for number, name in enumerate(names)}
    for numbers in components(len(names), lambda node: [index[end] for end in arcs.get(names[node], ())]):
        nodes = frozenset(names[number] for number in numbers)
        if len(nodes) > 1 or any(node in arcs.get(node, ()) for node in nodes):
            yield nodes


def layered(gates: Sequence[Gate], grounded: Sequence[frozenset[str]]) -> list[Gate]:
    """The same gates with these circles written out in layers; without any, as they are."""
    if not grounded:
        return list(gates)
    gates_of: dict[str, list[Gate]] = defaultdict(list)
    for gate in gates:
        gates_of[gate.node].append(gate)
    inside = frozenset[str]().union(*grounded)
    kept = [gate for gate in gates if gate.node not in inside]
    return [*kept, *(gate for nodes in grounded for gate in _Circle(nodes, gates_of).layers())]


@dataclass(frozen=True)
class _Circle:
    """One circle, on its way to layers."""

    nodes: frozenset[str]
    gates_of: Mapping[str, Sequence[Gate]]

    def layers(self) -> Iterator[Gate]:
        """Each layer hangs on the one before it. The last one is what others know as the nodes themselves."""
        ways = self._ways()
        for layer in range(1, len(self.nodes) + 1):
            last = layer == len(self.nodes)
            for node in sorted(self.nodes):
                name = node if last else _layer(layer, node)
                yield from (self._at(gate, name, layer, ways) for gate in self.gates_of.get(node, ()))
            for way in ways:
                yield from (self._at(gate, _copy(layer, way), layer, ways) for gate in self.gates_of[way])

    def _at(self, gate: Gate, name: str, layer: int, ways: Mapping[str, None]) -> Gate:
        members = tuple(self._member(member, layer, ways) for member in gate.members)
        return replace(gate, node=name, members=members)

    def _member(self, member: Member, layer: int, ways: Mapping[str, None]) -> Member:
        if member.node in self.nodes:
            return replace(member, node=_layer(layer - 1, member.node))
        return replace(member, node=_copy(layer, member.node)) if member.node in ways else member

    def _ways(self) -> dict[str, None]:
        """The nodes by which those of the circle hang on one another: each layer has its own, in a fixed order."""
        found: dict[str, None] = {}
        waiting = [*sorted(self.nodes)]
        for node in waiting:
            for member in (member for gate in self.gates_of.get(node, ()) for member in gate.members):
                if word_of(member.node)[0] in _WAYS and member.node not in found and self._leads_back(member.node):
                    found[member.node] = None
                    waiting.append(member.node)
        return found

    def _leads_back(self, way: str) -> bool:
        ends = [member.node for gate in self.gates_of.get(way, ()) for member in gate.members]
        return any(end in self.nodes or (word_of(end)[0] in _WAYS and self._leads_back(end)) for end in ends)


def _layer(layer: int, node: str) -> str:
    """A node as far as so many rounds can feed it; before the first round nothing is fed."""
    return aside("supply", str(layer), node) if layer else OFF


def _copy(layer: int, way: str) -> str:
    return aside("supplied", str(layer), way)
