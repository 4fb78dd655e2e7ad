"""The stack graph: what all sources together know, with an index in both directions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TypeAlias

from stackmap.model.facts import Edge, EdgeKey, Evidence, Node, Properties, evidence_of
from stackmap.model.ids import system_of
from stackmap.model.kinds import THING_KINDS, Certainty, EdgeKind, How, NodeKind
from stackmap.model.namesakes import Namesakes

__all__ = ["GROUP_SEPARATOR", "EdgeKeyValues", "Link", "StackGraph", "Vertex", "is_thing"]

GROUP_SEPARATOR = "\x1f"
"""A group's label is local to its source: in a `Link`'s key it reads source + separator + label."""

EdgeKeyValues: TypeAlias = tuple[EdgeKind, str, str, str, str]
"""An `EdgeKey` as plain values, quick to hash and to compare: kind, source, target, group, slot."""

# Bound once, for these are asked of every edge: Python 3.11 takes longer to look a member up in its enum than to call.
_DECLARED = How.DECLARED
_PART_OF = EdgeKind.PART_OF
_SYSTEM = NodeKind.SYSTEM

_kind_of = attrgetter("kind")


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
        return self.properties.get("active") is False or self.properties.get("frozen") is True

    @property
    def declared(self) -> bool:
        """Somebody wrote it down; nobody had to infer that it matters."""
        return any(evidence.how is How.DECLARED for evidence in self.evidence)


@dataclass(slots=True, eq=False)  # never changed; frozen would take four times as long to make
class Link:
    """An edge as all sources together know it. `facts` are the sources' versions, in merge order.

    Links are compared by identity: a graph holds one per key. `group` names its source too (`GROUP_SEPARATOR`).

    Where they differ, in each reading the worse of what they pass counts; the larger need, `required` and
    "assumed" win.
    """

    kind: EdgeKind
    source: str
    target: str
    group: str
    slot: str
    facts: tuple[Edge, ...]

    @property
    def key(self) -> EdgeKey:
        """What makes it the only one of its graph."""
        return EdgeKey(self.kind, self.source, self.target, self.group, self.slot)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Every source's word for it, sorted."""
        return evidence_of(self.facts)

    @property
    def certainty(self) -> Certainty:
        """How sure the surest source is that it is there."""
        return max([fact.certainty for fact in self.facts])

    @property
    def declared(self) -> bool:
        """At least one source declares it."""
        for fact in self.facts:  # asked of every edge of every group: a loop is twice as fast as any()
            for item in fact.evidence:
                if item.how is _DECLARED:
                    return True
        return False

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
    if vertex.kind not in THING_KINDS:
        return False
    properties = vertex.properties
    return properties.get("mailbox") is not True and properties.get("internal") is not True


class StackGraph:
    """Vertices and links with lookups both ways. Built once, never changed.

    Iteration is sorted by id and key, so that whatever is computed from it is the same for any order of facts.
    `supply`: the edges, by kind and ends, that some source declares to feed what hangs on them.
    """

    __slots__ = ("_into", "_links", "_namesakes", "_of_kind", "_out", "_things", "_vertices", "supply")

    def __init__(
        self, vertices: Mapping[str, Vertex], links: Sequence[Link], supply: Iterable[tuple[EdgeKind, str, str]] = ()
    ) -> None:
        self.supply = frozenset(supply)
        self._vertices = dict(sorted(vertices.items()))
        self._things: tuple[Vertex, ...] | None = None
        self._namesakes: Namesakes | None = None
        self._of_kind: dict[EdgeKind, Sequence[Link]] = {}
        self._links = tuple(sorted(links, key=_key_of))
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

    def called(self, node_id: str) -> str:
        """Its name in a text; where another thing or group in its system, or of a System another System, has the same
        one, with what tells the two apart.
        """
        return self._same_named.called(node_id, self.name(node_id))

    def is_called_alone(self, node_id: str) -> bool:
        """Whether no other thing or group is called (`called`) the same, in no other system either."""
        return node_id not in self._same_named.repeated

    @property
    def _same_named(self) -> Namesakes:
        if self._namesakes is None:  # found once, when first asked
            within = (*self.things(), *self.vertices(NodeKind.GROUP))
            self._namesakes = Namesakes(tuple(self.vertices(_SYSTEM)), within, self.system_name)
        return self._namesakes

    def vertices(self, *kinds: NodeKind) -> Iterator[Vertex]:
        """All vertices, or those of the given kinds, by id."""
        return (vertex for vertex in self._vertices.values() if not kinds or vertex.kind in kinds)

    def things(self) -> Iterator[Vertex]:
        """What is counted and given outcomes, by id."""
        if self._things is None:  # asked for again and again in one answer
            self._things = tuple(vertex for vertex in self._vertices.values() if is_thing(vertex))
        return iter(self._things)

    def links(self, *kinds: EdgeKind) -> Iterator[Link]:
        """All links, or those of the given kinds, by key."""
        if len(kinds) == 1:
            return iter(self._all_of(kinds[0]))
        return (link for link in self._links if not kinds or link.kind in kinds)

    def _all_of(self, kind: EdgeKind) -> Sequence[Link]:
        if kind not in self._of_kind:  # they lie together, for keys begin with the kind
            first = bisect_left(self._links, kind, key=_kind_of)
            self._of_kind[kind] = self._links[first : bisect_right(self._links, kind, first, key=_kind_of)]
        return self._of_kind[kind]

    def out(self, node_id: str, *kinds: EdgeKind) -> list[Link]:
        """Links that start at a node."""
        links = self._out.get(node_id, ())
        return [link for link in links if link.kind in kinds] if kinds else list(links)

    def into(self, node_id: str, *kinds: EdgeKind) -> list[Link]:
        """Links that lead to a node."""
        links = self._into.get(node_id, ())
        return [link for link in links if link.kind in kinds] if kinds else list(links)

    def systems_of(self, node_id: str) -> list[str]:
        """The Systems a node lies in: itself when it is one, else where its PART_OF links lead, by id."""
        vertex = self._vertices.get(node_id)
        if vertex is not None and vertex.kind is _SYSTEM:
            return [node_id]
        return sorted({link.target for link in self.out(node_id, _PART_OF)})

    def system_name(self, node_id: str) -> str:
        """The system as people read it: what the System is called, else the id's first two parts, else ""."""
        systems = self.systems_of(node_id)
        if not systems:
            return system_of(node_id) or ""
        return self._same_named.system(systems[0], self.name(systems[0]))


def _key_of(link: Link) -> EdgeKeyValues:
    return link.kind, link.source, link.target, link.group, link.slot
