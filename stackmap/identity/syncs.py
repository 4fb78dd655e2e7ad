"""One link between two systems, seen from both of its ends and in people's notes: its halves become one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from stackmap.identity.links import UNKNOWN, Joined, Suggestion, tenants
from stackmap.identity.rewriting import renamed
from stackmap.model import Edge, EdgeKey, EdgeKind, Fact, How, Node, NodeKind, is_unread, system_id, system_of

__all__ = ["join_links"]

_PLACES = {EdgeKind.READS_FROM, EdgeKind.WRITES_TO, EdgeKind.CONNECTS}
_SIGNS_IN = {EdgeKind.RUNS_AS, EdgeKind.AUTHENTICATES_WITH, EdgeKind.AUTHORIZED_BY}
_NATIVE = "native"
_MAY_BE_ONE = "they join the same two systems; two of them may be one link seen from both ends"


@dataclass(frozen=True, slots=True)
class _Half:
    """One Integration that says which two systems it joins. `side` is where it was read, None for a note.

    `filled`: a tenant was concluded, not read.
    """

    id: str
    side: str | None
    ends: frozenset[str]
    filled: bool = False


def join_links(facts: Sequence[Fact]) -> Joined:
    """Give the two halves of one link one id (the smaller), where each end shows exactly one.

    A native link that people noted between the same two systems is that link too. Where one half names a login or
    token of its own system, it speaks for the others: what they know of logins there is no more than that there is one.
    """
    read = _read_halves(facts)
    if not read:
        return Joined(list(facts))
    by_ends: dict[frozenset[str], list[_Half]] = defaultdict(list)
    for half in [*read, *_noted_halves(facts)]:
        by_ends[half.ends].append(half)
    links = [link for halves in by_ends.values() for link in _settled(halves)]
    aliases = {half.id: link[0].id for link in links for half in link[1:]}
    weak = frozenset(half.id for link in links if any(one.filled for one in link) for half in link[1:] if half.side)
    suggestions = [
        Suggestion(tuple(dict.fromkeys(aliases.get(half.id, half.id) for half in halves)), _MAY_BE_ONE)
        for halves in by_ends.values()
        if _is_doubtful(halves)
    ]
    spoken_for = _spoken_for(links, facts)
    kept = [fact for fact in facts if not (isinstance(fact, Edge) and fact.key in spoken_for)]
    return Joined(renamed(kept, aliases, weak, weak), aliases, tuple(sorted(suggestions)))


def _settled(halves: Sequence[_Half]) -> Iterator[Sequence[_Half]]:
    """Those of the halves between two systems that are one link beyond doubt, what was read first."""
    read, noted = [half for half in halves if half.side], [half for half in halves if not half.side]
    if len(read) == len({half.side for half in read}) and read:
        link = [*read, *(noted if len(noted) == 1 else ())]
        if len(link) > 1:
            yield link


def _is_doubtful(halves: Sequence[_Half]) -> bool:
    sides = [half.side for half in halves]
    return len(set(sides)) > 1 and len(set(sides)) < len(sides) and any(sides)


def _read_halves(facts: Iterable[Fact]) -> list[_Half]:
    linked = {
        fact.id: fact.properties["link"]
        for fact in facts
        if isinstance(fact, Node) and fact.kind is NodeKind.INTEGRATION and "link" in fact.properties
    }
    if not linked:
        return []
    known = tenants(facts)
    halves = (_half(node_id, linked[node_id], known) for node_id in sorted(linked))
    return [half for half in halves if half is not None]


def _half(node_id: str, link: object, known: Mapping[str, list[str]]) -> _Half | None:
    side, ends = system_of(node_id), list(_link_ends(link))
    if side is None or len(ends) != 2:
        return None
    places, filled = [], False
    for product, tenant in ends:
        place = _system_part(product, tenant)
        if place is None:
            candidates = known.get(quote(product, safe="-_.~"), [])
            if len(candidates) != 1:
                return None
            place, filled = system_of(candidates[0]), True
        places.append(place)
    both = frozenset(place for place in places if place is not None)
    return _Half(node_id, side, both, filled) if side in both and len(both) == 2 else None


def _link_ends(link: object) -> Iterator[tuple[str, str]]:
    """(product, tenant or "") of both ends; nothing for what has another shape."""
    if not isinstance(link, Mapping):
        return
    for end in (link.get("a"), link.get("b")):
        if isinstance(end, list | tuple) and end and isinstance(end[0], str) and end[0]:
            tenant = end[1] if len(end) > 1 and isinstance(end[1], str) else ""
            yield end[0], tenant


def _system_part(product: str, tenant: str) -> str | None:
    return system_of(system_id(product, tenant)) if tenant and tenant != UNKNOWN else None


def _noted_halves(facts: Sequence[Fact]) -> list[_Half]:
    """Native links in people's notes that lead between exactly two systems."""
    noted = {
        fact.id
        for fact in facts
        if isinstance(fact, Node) and fact.kind is NodeKind.INTEGRATION and _noted_as_native(fact)
    }
    places: dict[str, set[str | None]] = defaultdict(set)
    for fact in facts:
        if isinstance(fact, Edge) and fact.source in noted and fact.kind in _PLACES:
            places[fact.source].add(system_of(fact.target))
    found = {node_id: frozenset(place for place in both if place) for node_id, both in places.items()}
    return [_Half(node_id, None, ends) for node_id, ends in sorted(found.items()) if len(ends) == 2]


def _noted_as_native(node: Node) -> bool:
    noted = system_of(node.id) is None and any(evidence.how is How.DECLARED for evidence in node.evidence)
    return noted and str(node.properties.get("via", "")).casefold() == _NATIVE


def _spoken_for(links: Sequence[Sequence[_Half]], facts: Sequence[Fact]) -> set[EdgeKey]:
    """Edges of a half to a login that nobody could read, in a system for which another half names one."""
    if not links:
        return set()
    out: dict[str, list[Edge]] = defaultdict(list)
    homes: dict[str, str | None] = {}
    users: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if isinstance(fact, Edge) and fact.kind in _SIGNS_IN:
            out[fact.source].append(fact)
            users[fact.target].add(fact.source)
        elif isinstance(fact, Edge) and fact.kind is EdgeKind.PART_OF:
            homes[fact.source] = system_of(fact.target)
    found: set[EdgeKey] = set()
    for halves in links:
        named = {half.id: _named(half, out[half.id], homes) for half in halves}
        for half in halves:
            systems = set().union(*(named[other.id] for other in halves if other is not half))
            found.update(_vague(half, out, users, systems))
    return found


def _named(half: _Half, edges: Iterable[Edge], homes: Mapping[str, str | None]) -> set[str]:
    """The systems for which a half names a login or token: its own only, for what was read."""
    ends = [edge.target for edge in edges if not is_unread(edge.target)]
    if half.side is not None:
        return {half.side} & {system_of(end) or "" for end in ends}
    places = [system_of(end) or homes.get(end) for end in ends]
    # A note that names a person, and no login, names whoever signs in at both ends.
    return set().union(*({place} if place else half.ends for place in places))


def _vague(
    half: _Half, out: Mapping[str, Sequence[Edge]], users: Mapping[str, set[str]], systems: set[str]
) -> Iterator[EdgeKey]:
    for edge in out.get(half.id, ()):
        if _is_there(edge.target, systems):
            yield edge.key
        holders = [held for held in out.get(edge.target, ()) if held.kind is EdgeKind.AUTHORIZED_BY]
        if holders and all(_is_there(held.target, systems) for held in holders):
            yield edge.key
            if users[edge.target] == {half.id}:
                yield from (held.key for held in holders)


def _is_there(node_id: str, systems: Iterable[str]) -> bool:
    """Whether this is a login that nobody could read, of one of these systems or an unknown tenant of its product."""
    place = system_of(node_id) if is_unread(node_id) else None
    if place is None:
        return False
    product, _, tenant = place.partition("/")
    return place in systems or (tenant == UNKNOWN and any(one.split("/", 1)[0] == product for one in systems))
