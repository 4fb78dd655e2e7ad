"""A reading as a newcomer may see it: things by name, without the names of people."""

from __future__ import annotations

from dataclasses import dataclass

from stackmap.analysis import Analysis, Stack
from stackmap.app.map.sights import Sights
from stackmap.app.names.unnamed import Unnamed
from stackmap.app.opening import Reading
from stackmap.model import NodeKind, StackGraph, Vertex
from stackmap.rules import Verdicts

__all__ = ["GuideView"]


@dataclass(frozen=True, slots=True)
class GuideView:
    """What the parts of the guide are made from. Every text that comes out of `say` and its kin names nobody."""

    reading: Reading
    analysis: Analysis
    verdicts: Verdicts
    sights: Sights
    say: Unnamed

    @property
    def stack(self) -> Stack:
        """The stack."""
        return self.analysis.stack

    @property
    def graph(self) -> StackGraph:
        """Its graph."""
        return self.analysis.stack.graph

    @property
    def systems(self) -> list[Vertex]:
        """Every system that is not switched off, what matters most first."""
        found = [thing for thing in self.analysis.counted.values() if thing.kind is NodeKind.SYSTEM]
        return sorted(found, key=lambda system: self.by_weight(system.id))

    def name(self, node_id: str) -> str:
        """The name of a thing or login; what has none is called by its kind."""
        vertex = self.graph.get(node_id)
        return self.say(self.sights.named(vertex) if vertex else node_id)

    def where(self, node_id: str) -> str:
        """The system it lies in; "" for a system itself."""
        system = self.say(self.sights.system_name(node_id))
        return "" if system == self.name(node_id) else system

    def told(self, vertex: Vertex, key: str) -> str:
        """What your notes say of a thing under that key."""
        return self.say(str(vertex.properties.get(key) or ""))

    def weight(self, node_id: str) -> float:
        """How much your notes say it matters."""
        return self.reading.policy.weights.get(node_id, 1.0)

    def by_weight(self, node_id: str) -> tuple[float, str, str]:
        """The order in which things are told: what matters most first, then by name."""
        return -self.weight(node_id), self.name(node_id).casefold(), node_id
