"""Systems and links seen from both ends: unknown tenants filled in, the two halves of one link joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from stackmap.identity.rewriting import renamed
from stackmap.model import Edge, EdgeKind, Fact, How, Node, NodeKind, kind_of, system_id, system_of

__all__ = ["Joined", "Suggestion", "join_links", "join_logins", "join_systems"]

_UNKNOWN = "unknown"
_UNKNOWN_SYSTEM = f"/{_UNKNOWN}/system/{_UNKNOWN}"


@dataclass(frozen=True, slots=True, order=True)
class Suggestion:
    """Something that may be so and is not taken for so: what it is about, and why one might think it."""

    subjects: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Facts after joining, what stands for what, and what was left undecided."""

    facts: list[Fact]
    aliases: Mapping[str, str] = field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()


def _tenants(facts: Iterable[Fact]) -> Mapping[str, list[str]]:
    """The Systems whose tenant is known, by product (the id's first part), sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if not isinstance(fact, Node) or fact.kind is not NodeKind.SYSTEM or not system_of(fact.id):
            continue
        if not fact.id.endswith(_UNKNOWN_SYSTEM):
            found[fact.id.split("/", 1)[0]].add(fact.id)
    return {product: sorted(ids) for product, ids in found.items()}


def join_systems(facts: Sequence[Fact]) -> Joined:
    """Point what leads to an unknown tenant of a product at the one System of that product there is.

    Such edges are known by key only (likely). With several candidates nothing is joined, and that is suggested.
    """
    unknown = _unknown_systems(facts)
    if not unknown:
        return Joined(list(facts))
    tenants = _tenants(facts)
    aliases: dict[str, str] = {}
    suggestions: list[Suggestion] = []
    for node_id in sorted(unknown):
        candidates = tenants.get(node_id.split("/", 1)[0], [])
        if len(candidates) == 1:
            aliases[node_id] = candidates[0]
        elif candidates:
            reason = "the tenant could not be read; one of these systems may be meant"
            suggestions.append(Suggestion((node_id, *candidates), reason))
    kept = [fact for fact in facts if not (isinstance(fact, Node) and fact.id in aliases and not _declared(fact))]
    return Joined(renamed(kept, aliases, frozenset(aliases)), aliases, tuple(suggestions))


def _unknown_systems(facts: Iterable[Fact]) -> set[str]:
    found: set[str] = set()
    for fact in facts:
        if isinstance(fact, Node):
            if fact.kind is NodeKind.SYSTEM and fact.id.endswith(_UNKNOWN_SYSTEM):
                found.add(fact.id)
        elif fact.target.endswith(_UNKNOWN_SYSTEM):
            found.add(fact.target)
    return found


def _declared(fact: Fact) -> bool:
    return any(evidence.how is How.DECLARED for evidence in fact.evidence)


@dataclass(frozen=True, slots=True)
class _Half:
    """One Integration that says which two systems it joins. `filled`: a tenant was concluded, not read."""

    id: str
    side: str
    ends: frozenset[str]
    filled: bool


def join_links(facts: Sequence[Fact]) -> Joined:
    """Give the two halves of one link one id (the smaller). Only where each end shows exactly one."""
    linked = {
        fact.id: fact.properties["link"]
        for fact in facts
        if isinstance(fact, Node) and fact.kind is NodeKind.INTEGRATION and "link" in fact.properties
    }
    if not linked:
        return Joined(list(facts))
    tenants = _tenants(facts)
    by_ends: dict[frozenset[str], list[_Half]] = defaultdict(list)
    for half in (_half(node_id, linked[node_id], tenants) for node_id in sorted(linked)):
        if half is not None:
            by_ends[half.ends].append(half)
    aliases: dict[str, str] = {}
    inferred: set[str] = set()
    suggestions: list[Suggestion] = []
    for halves in by_ends.values():
        sides = [half.side for half in halves]
        if len(halves) == 2 and len(set(sides)) == 2:
            aliases[halves[1].id] = halves[0].id
            inferred |= {half.id for half in halves[1:] if any(other.filled for other in halves)}
        elif len(set(sides)) == 2:
            reason = "they join the same two systems; two of them may be one link seen from both ends"
            suggestions.append(Suggestion(tuple(half.id for half in halves), reason))
    weak = frozenset(inferred)
    return Joined(renamed(facts, aliases, weak, weak), aliases, tuple(sorted(suggestions)))


def _half(node_id: str, link: object, tenants: Mapping[str, list[str]]) -> _Half | None:
    side, ends = system_of(node_id), list(_link_ends(link))
    if side is None or len(ends) != 2:
        return None
    places, filled = [], False
    for product, tenant in ends:
        known = _system_part(product, tenant)
        if known is None:
            candidates = tenants.get(quote(product, safe="-_.~"), [])
            if len(candidates) != 1:
                return None
            known, filled = system_of(candidates[0]), True
        places.append(known)
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
    return system_of(system_id(product, tenant)) if tenant and tenant != _UNKNOWN else None


def join_logins(facts: Sequence[Fact]) -> Joined:
    """Take a declared login for the one read account of its system that is called so; else it is an account itself."""
    declared = {
        fact.id: fact.name for fact in facts if isinstance(fact, Node) and fact.properties.get("declared_login") is True
    }
    if not declared:
        return Joined(list(facts))
    systems = {
        fact.source: system_of(fact.target)
        for fact in facts
        if isinstance(fact, Edge) and fact.kind is EdgeKind.PART_OF and fact.source in declared
    }
    called = _logins(facts, {system for system in systems.values() if system})
    aliases: dict[str, str] = {}
    for login_id, login in sorted(declared.items()):
        accounts = called.get((systems.get(login_id), login.strip().casefold()), set())
        if len(accounts) == 1:
            aliases[login_id] = next(iter(accounts))
    kept = [
        _unmarked(fact) if isinstance(fact, Node) and fact.id in declared else fact
        for fact in facts
        if not (isinstance(fact, Node) and fact.id in aliases)
    ]
    return Joined(renamed(kept, aliases), aliases)


def _logins(facts: Iterable[Fact], systems: set[str]) -> Mapping[tuple[str | None, str], set[str]]:
    """Account ids by system and by every word that somebody would sign in with."""
    found: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for fact in facts:
        if not isinstance(fact, Node) or fact.kind is not NodeKind.ACCOUNT:
            continue
        system = system_of(fact.id)
        if system in systems and kind_of(fact.id) is NodeKind.ACCOUNT:
            words = (fact.name, *(fact.properties.get(key) for key in ("email", "login", "username")))
            for word in words:
                if isinstance(word, str) and word.strip():
                    found[system, word.strip().casefold()].add(fact.id)
            found[system, unquote(fact.id.rsplit("/", 1)[1]).casefold()].add(fact.id)
    return found


def _unmarked(node: Node) -> Node:
    properties = {key: value for key, value in node.properties.items() if key != "declared_login"}
    return Node(node.kind, node.id, node.name, node.evidence, properties)
