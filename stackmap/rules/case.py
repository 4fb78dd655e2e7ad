"""What a rule may look at: the stack, its analysis, and how far each system was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from stackmap.analysis import ANONYMOUS, Analysis, Stack, is_anonymous
from stackmap.model import (
    Coverage,
    EdgeKind,
    NodeKind,
    Outcome,
    Policy,
    Sort,
    StackGraph,
    State,
    Vertex,
    system_of,
)

__all__ = ["Case"]

_BREAKS = frozenset({Outcome.STOPS, Outcome.STARVES, Outcome.LATER, Outcome.UNKNOWN})


@dataclass
class Case:
    """One stack to be judged. Lookups are computed once, on first use.

    Systems are named as in coverage: `product/tenant`, or the free id of a system that people wrote down.
    """

    analysis: Analysis
    policy: Policy
    _broken_by: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def stack(self) -> Stack:
        """The stack that is judged."""
        return self.analysis.stack

    @property
    def graph(self) -> StackGraph:
        """Its graph."""
        return self.stack.graph

    @property
    def as_of(self) -> date:
        """The day on which ages are judged."""
        return self.stack.as_of

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        """What was looked at, and how far."""
        return self.stack.coverage

    @cached_property
    def systems(self) -> Mapping[str, str]:
        """Every system that anything is known of, written down or only named by a thing, with its name."""
        known = {item.system for item in self.coverage}
        for vertex in self.graph.vertices():
            known.update(self.systems_of(vertex.id))
        names = {scope: scope for scope in sorted(known - {""})}
        for vertex in self.graph.vertices(NodeKind.SYSTEM):
            names[_scope(vertex.id)] = self.graph.system_name(vertex.id)
        return names

    @cached_property
    def system_nodes(self) -> Mapping[str, str]:
        """The node of every system that has one, by the system's name in coverage."""
        return {_scope(vertex.id): vertex.id for vertex in self.graph.vertices(NodeKind.SYSTEM)}

    @cached_property
    def unlisted(self) -> Mapping[str, frozenset[str]]:
        """The systems of which no list was asked for, each with the sources that name it."""
        listed = {item.system for item in self.coverage}
        return {system: self._told_by(system) for system in self.systems if system not in listed}

    def _told_by(self, system: str) -> frozenset[str]:
        vertex = self.graph.get(self.system_nodes.get(system, ""))
        return frozenset(item.source for item in vertex.evidence) if vertex is not None else frozenset()

    def systems_of(self, node_id: str) -> tuple[str, ...]:
        """The systems a node lies in; none where nobody said."""
        lies_in = self.graph.systems_of(node_id)
        prefix = system_of(node_id)
        return tuple(map(_scope, lies_in)) or ((prefix,) if prefix else ())

    @cached_property
    def _inventories(self) -> Mapping[tuple[str, str], tuple[Coverage, ...]]:
        """State inventories by system and name, each as every source read it: one that read it whole suffices."""
        found: dict[tuple[str, str], list[Coverage]] = defaultdict(list)
        for item in self.coverage:
            if item.sort is Sort.STATE:
                found[item.system, item.inventory].append(item)
        return {key: tuple(items) for key, items in sorted(found.items())}

    def listing(self, system: str, kinds: Iterable[NodeKind | EdgeKind]) -> list[tuple[Coverage, ...]]:
        """The inventories of a system that list any of these kinds, each with what every source says of it."""
        wanted = set(kinds)
        return [
            items
            for (of, _), items in self._inventories.items()
            if of == system and any(item.kinds & wanted for item in items)
        ]

    def whole(self, system: str, *kinds: NodeKind | EdgeKind) -> bool:
        """Whether all there is of these kinds in a system was read: then absence means something."""
        found = self.listing(system, kinds)
        return bool(found) and all(any(item.proves_absence for item in items) for items in found)

    def broken(self, thing: str) -> bool:
        """Whether a thing stopped already, whoever leaves."""
        return self.analysis.solver.state(thing) is State.STOPS

    def running(self, *kinds: NodeKind) -> list[Vertex]:
        """Things of these kinds that are counted: not switched off and not broken already, by id."""
        things = self.analysis.counted.values()
        return [vertex for vertex in things if vertex.kind in kinds and not self.broken(vertex.id)]

    def breaks(self, person: str, thing: str) -> bool:
        """Whether that person's leaving alone breaks a thing, or may. At worst, all whom nobody names are one."""
        if person not in self._broken_by:
            unnamed = (ANONYMOUS,) if is_anonymous(person) else ()
            outcomes = self.analysis.outcomes((person, *unnamed))
            self._broken_by[person] = frozenset(one for one, outcome in outcomes if outcome in _BREAKS)
        return thing in self._broken_by[person]

    def person_name(self, person: str) -> str:
        """A person as a sentence names them; somebody no source names is nobody known."""
        return self.graph.called(person) if person in self.graph else "somebody no source names"


def _scope(system_vertex: str) -> str:
    return system_of(system_vertex) or system_vertex
