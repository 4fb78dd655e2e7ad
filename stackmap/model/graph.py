"""The stack graph: the facts of all sources, merged, with an index in both directions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from stackmap.model.coverage import Coverage
from stackmap.model.facts import Edge, EdgeKey, Evidence, Fact, Node, Properties
from stackmap.model.ids import system_of
from stackmap.model.kinds import THING_KINDS, EdgeKind, How, NodeKind

__all__ = ["GROUP_SEPARATOR", "Link", "StackGraph", "Vertex", "build_graph", "is_thing"]

GROUP_SEPARATOR = "\x1f"
"""A group's label is local to its source: in a `Link`'s key it reads source + separator + label."""

_RANK = {How.DECLARED: 0, How.OBSERVED: 1, How.INFERRED_KEY: 2, How.INFERRED_NAME: 3}
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Vertex:
    """A node as all sources together know it.

    Of properties that sources differ on, the first counts in this order: declared, observed, inferred; then the
    newest reading; then the source's name. `evidence` keeps every source's word, `facts` what each said, in that order.
    """

    kind: NodeKind
    id: str
    name: str
    properties: Properties
    evidence: tuple[Evidence, ...]
    facts: tuple[Node, ...] = field(default=(), compare=False, repr=False)

    @property
    def active(self) -> bool | None:
        """True, False, or None when nobody read it."""
        value = self.properties.get("active")
        return value if isinstance(value, bool) else None

    @property
    def switched_off(self) -> bool:
        """Read as inactive, or frozen."""
        return self.active is False or self.properties.get("frozen") is True

    @property
    def declared(self) -> bool:
        """Somebody wrote it down; nobody had to infer that it matters."""
        return any(evidence.how is How.DECLARED for evidence in self.evidence)


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """An edge as all sources together know it. `facts` are the sources' versions, in merge order.

    Links are compared by identity: a graph holds one per key.

    Where they differ, in each reading the worse of what they pass counts; the larger need, `required` and
    "assumed" win.
    """

    key: EdgeKey
    facts: tuple[Edge, ...]

    @property
    def kind(self) -> EdgeKind:
        """The kind of relation."""
        return self.key.kind

    @property
    def source(self) -> str:
        """The id the edge starts at."""
        return self.key.source

    @property
    def target(self) -> str:
        """The id the edge leads to."""
        return self.key.target

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Every source's word for it, sorted."""
        return tuple(sorted({evidence for fact in self.facts for evidence in fact.evidence}))

    @property
    def declared(self) -> bool:
        """At least one source declares it."""
        return any(evidence.how is How.DECLARED for fact in self.facts for evidence in fact.evidence)

    @property
    def need(self) -> int:
        """How many of its group must work."""
        return max(fact.need for fact in self.facts)

    @property
    def required(self) -> bool:
        """A writer without which the content is not whole, whoever else writes."""
        return any(fact.properties.get("required") is True for fact in self.facts)


def is_thing(vertex: Vertex) -> bool:
    """Whether a vertex is counted and given outcomes: things, but neither mailboxes nor internal addresses."""
    aside = vertex.properties.get("mailbox") is True or vertex.properties.get("internal") is True
    return vertex.kind in THING_KINDS and not aside


class StackGraph:
    """Vertices and links with lookups both ways. Built once, never changed.

    Iteration is sorted by id and key, so that whatever is computed from it is the same for any order of facts.
    """

    __slots__ = ("_into", "_links", "_out", "_vertices")

    def __init__(self, vertices: Mapping[str, Vertex], links: Sequence[Link]) -> None:
        self._vertices = dict(sorted(vertices.items()))
        self._links = tuple(sorted(links, key=lambda link: link.key))
        self._out: dict[str, list[Link]] = defaultdict(list)
        self._into: dict[str, list[Link]] = defaultdict(list)
        for link in self._links:
            self._out[link.source].append(link)
            self._into[link.target].append(link)

    def __contains__(self, node_id: str) -> bool:
        return node_id in self._vertices

    def get(self, node_id: str) -> Vertex | None:
        """The vertex of that id, or None when no source lists it (an unresolved end)."""
        return self._vertices.get(node_id)

    def name(self, node_id: str) -> str:
        """Its name, or the id where it has none."""
        vertex = self._vertices.get(node_id)
        return vertex.name if vertex and vertex.name else node_id

    def vertices(self, *kinds: NodeKind) -> Iterator[Vertex]:
        """All vertices, or those of the given kinds, by id."""
        return (vertex for vertex in self._vertices.values() if not kinds or vertex.kind in kinds)

    def things(self) -> Iterator[Vertex]:
        """What is counted and given outcomes, by id."""
        return (vertex for vertex in self._vertices.values() if is_thing(vertex))

    def links(self, *kinds: EdgeKind) -> Iterator[Link]:
        """All links, or those of the given kinds, by key."""
        return (link for link in self._links if not kinds or link.kind in kinds)

    def out(self, node_id: str, *kinds: EdgeKind) -> list[Link]:
        """Links that start at a node."""
        return [link for link in self._out.get(node_id, ()) if not kinds or link.kind in kinds]

    def into(self, node_id: str, *kinds: EdgeKind) -> list[Link]:
        """Links that lead to a node."""
        return [link for link in self._into.get(node_id, ()) if not kinds or link.kind in kinds]

    def systems_of(self, node_id: str) -> list[str]:
        """The Systems a node lies in: itself when it is one, else where its PART_OF links lead, by id."""
        vertex = self._vertices.get(node_id)
        if vertex is not None and vertex.kind is NodeKind.SYSTEM:
            return [node_id]
        return sorted({link.target for link in self.out(node_id, EdgeKind.PART_OF)})

    def system_name(self, node_id: str) -> str:
        """The system as people read it: the System's name, else the id's first two parts, else ""."""
        systems = self.systems_of(node_id)
        return self.name(systems[0]) if systems else (system_of(node_id) or "")


def build_graph(facts: Iterable[Fact], coverage: Iterable[Coverage] = ()) -> StackGraph:
    """Merge the facts of all sources. The order and repetition of `facts` make no difference."""
    read_at = {(item.source, item.inventory): item.read_at or _NEVER for item in coverage}
    nodes: dict[str, list[Node]] = defaultdict(list)
    edges: dict[EdgeKey, list[Edge]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact, Node):
            nodes[fact.id].append(fact)
        else:
            edges[_local_key(fact)].append(fact)
    order = _Order(read_at)
    vertices = {node_id: _merge_nodes(versions, order) for node_id, versions in nodes.items()}
    return StackGraph(vertices, [_merge_edges(key, versions, order) for key, versions in _join_slots(edges).items()])


@dataclass(frozen=True, slots=True)
class _Order:
    """Declared before observed before inferred, then newest, then by the source's and inventory's name."""

    read_at: Mapping[tuple[str, str], datetime]

    def __call__(self, fact: Fact) -> tuple[int, float, tuple[Evidence, ...], str]:
        rank = min(_RANK[evidence.how] for evidence in fact.evidence)
        newest = max(self.read_at.get((item.source, item.inventory), _NEVER) for item in fact.evidence)
        seconds = 0.0 if newest == _NEVER else newest.timestamp()
        return rank, -seconds, tuple(sorted(fact.evidence)), repr(fact)


def _local_key(edge: Edge) -> EdgeKey:
    if not edge.group:
        return edge.key
    source = min(evidence.source for evidence in edge.evidence)
    return replace(edge.key, group=f"{source}{GROUP_SEPARATOR}{edge.group}")


def _join_slots(edges: Mapping[EdgeKey, list[Edge]]) -> dict[EdgeKey, list[Edge]]:
    """An edge without a slot is the same edge as the one with the only slot (semantics, rule 3)."""
    slots: dict[EdgeKey, set[str]] = defaultdict(set)
    for key in edges:
        slots[replace(key, slot="") if key.slot else key].add(key.slot)
    joined: dict[EdgeKey, list[Edge]] = defaultdict(list)
    for key, versions in edges.items():
        named = slots[key] - {""} if not key.slot else set()
        joined[replace(key, slot=named.pop()) if len(named) == 1 else key].extend(versions)
    return joined


def _merge_nodes(versions: Iterable[Node], order: _Order) -> Vertex:
    ranked = sorted(versions, key=order)
    first = ranked[0]
    if len(ranked) == 1:
        return Vertex(first.kind, first.id, first.name, first.properties, tuple(sorted(set(first.evidence))), (first,))
    properties: dict[str, object] = {}
    for version in reversed(ranked):
        properties.update(version.properties)
    name = next((version.name for version in ranked if version.name), "")
    evidence = tuple(sorted({item for version in ranked for item in version.evidence}))
    return Vertex(first.kind, first.id, name, dict(sorted(properties.items())), evidence, tuple(ranked))


def _merge_edges(key: EdgeKey, versions: list[Edge], order: _Order) -> Link:
    if len(versions) == 1:
        return Link(key, (versions[0],))
    ranked = {repr(version): version for version in sorted(versions, key=order)}
    return Link(key, tuple(ranked.values()))
