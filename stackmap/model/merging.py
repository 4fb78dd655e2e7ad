"""The facts of all sources, merged into one graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from stackmap.model.coverage import Coverage
from stackmap.model.facts import Edge, Evidence, Fact, Node, evidence_of
from stackmap.model.graph import GROUP_SEPARATOR, EdgeKeyValues, Link, StackGraph, Vertex
from stackmap.model.kinds import EdgeKind, How

__all__ = ["build_graph"]

_RANK = {How.DECLARED: 0, How.OBSERVED: 1, How.INFERRED_KEY: 2, How.INFERRED_NAME: 3}
_NEVER = datetime.min.replace(tzinfo=UTC)


def build_graph(facts: Iterable[Fact], coverage: Iterable[Coverage] = ()) -> StackGraph:
    """Merge the facts of all sources. The order and repetition of `facts` make no difference."""
    read_at = {(item.source, item.inventory): item.read_at or _NEVER for item in coverage}
    nodes: dict[str, list[Node]] = defaultdict(list)
    edges: dict[EdgeKeyValues, list[Edge]] = defaultdict(list)
    supply: set[tuple[EdgeKind, str, str]] = set()
    for fact in facts:
        if isinstance(fact, Node):
            nodes[fact.id].append(fact)
        else:
            edges[_local_key(fact)].append(fact)
            if fact.properties.get("supply") is True:
                supply.add((fact.kind, fact.source, fact.target))
    _join_slots(edges)
    order = _Order(read_at)
    vertices = {node_id: _merge_nodes(versions, order) for node_id, versions in nodes.items()}
    links = [Link(*key, _merge_edges(versions, order)) for key, versions in edges.items()]
    return StackGraph(vertices, links, supply)


@dataclass(frozen=True, slots=True)
class _Order:
    """Declared before observed before inferred, then newest, then by the source's and inventory's name."""

    read_at: Mapping[tuple[str, str], datetime]

    def __call__(self, fact: Fact) -> tuple[int, float, tuple[Evidence, ...], str]:
        rank = min(_RANK[evidence.how] for evidence in fact.evidence)
        newest = max(self.read_at.get((item.source, item.inventory), _NEVER) for item in fact.evidence)
        seconds = 0.0 if newest == _NEVER else newest.timestamp()
        return rank, -seconds, tuple(sorted(fact.evidence)), repr(fact)


def _local_key(edge: Edge) -> EdgeKeyValues:
    group = f"{min(item.source for item in edge.evidence)}{GROUP_SEPARATOR}{edge.group}" if edge.group else ""
    return edge.kind, edge.source, edge.target, group, edge.slot


def _join_slots(edges: dict[EdgeKeyValues, list[Edge]]) -> None:
    """An edge without a slot is the same edge as the one with the only slot (semantics, rule 3)."""
    named: dict[EdgeKeyValues, list[str]] = defaultdict(list)
    for kind, source, target, group, slot in edges:
        if slot:
            named[kind, source, target, group, ""].append(slot)
    for key, slots in named.items():
        if len(slots) == 1 and key in edges:
            edges[*key[:4], slots[0]].extend(edges.pop(key))


def _merge_nodes(versions: Sequence[Node], order: _Order) -> Vertex:
    if len(versions) == 1:
        (only,) = versions
        return Vertex(only.kind, only.id, only.name, only.properties, evidence_of(versions), (only,))
    ranked = sorted(versions, key=order)
    properties: dict[str, object] = {}
    for version in reversed(ranked):
        properties.update(version.properties)
    name = next((version.name for version in ranked if version.name), "")
    evidence = evidence_of(ranked)
    first = ranked[0]
    return Vertex(first.kind, first.id, name, dict(sorted(properties.items())), evidence, tuple(ranked))


def _merge_edges(versions: Sequence[Edge], order: _Order) -> tuple[Edge, ...]:
    if len(versions) == 1:
        return tuple(versions)
    return tuple({repr(version): version for version in sorted(versions, key=order)}.values())
