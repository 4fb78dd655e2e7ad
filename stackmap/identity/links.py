"""Systems and logins seen from two ends: unknown tenants filled in, declared logins met with the read ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import unquote

from stackmap.identity.rewriting import renamed
from stackmap.model import Edge, EdgeKind, Fact, How, Node, NodeKind, kind_of, system_of

__all__ = ["UNKNOWN", "Joined", "Suggestion", "join_logins", "join_systems", "tenants", "words_of"]

UNKNOWN = "unknown"
"""The tenant of what is known by its product alone."""

_UNKNOWN_SYSTEM = f"/{UNKNOWN}/system/{UNKNOWN}"


@dataclass(frozen=True, slots=True, order=True)
class Suggestion:
    """Something that may be so and is not taken for so: what it is about, and why one might think it."""

    subjects: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Facts after joining, what stands for what, and what was left undecided.

    `torn`: declared logins that several read accounts fit equally well, with the ids of those. `alone`: those that
    none fits, with the `product/tenant` in which they are looked for ("" for a system that nobody reads).
    """

    facts: list[Fact]
    aliases: Mapping[str, str] = field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()
    torn: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alone: Mapping[str, str] = field(default_factory=dict)

    def then(self, further: Joined) -> Joined:
        """What two steps came to, one after the other."""
        aliases, torn = {**self.aliases, **further.aliases}, {**self.torn, **further.torn}
        alone = {**self.alone, **further.alone}
        return Joined(further.facts, aliases, (*self.suggestions, *further.suggestions), torn, alone)


def tenants(facts: Iterable[Fact]) -> Mapping[str, list[str]]:
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

    Logins of that tenant follow into the System. Such edges are known by key only (likely). With several candidates
    nothing is joined, and that is suggested.
    """
    unknown, logins = _unknown_systems(facts), _unknown_logins(facts)
    if not unknown and not logins:
        return Joined(list(facts))
    known = tenants(facts)
    aliases: dict[str, str] = {}
    suggestions: list[Suggestion] = []
    for node_id in sorted(unknown):
        candidates = known.get(node_id.split("/", 1)[0], [])
        if len(candidates) == 1:
            aliases[node_id] = candidates[0]
        elif candidates:
            reason = "the tenant could not be read; one of these systems may be meant"
            suggestions.append(Suggestion((node_id, *candidates), reason))
    for login in sorted(logins):
        product, _, kind, number = login.split("/")
        candidates = known.get(product, [])
        if len(candidates) == 1:
            aliases[login] = f"{system_of(candidates[0])}/{kind}/{number}"
    kept = [fact for fact in facts if not (isinstance(fact, Node) and _stands_aside(fact, aliases))]
    return Joined(renamed(kept, aliases, frozenset(aliases)), aliases, tuple(suggestions))


def _stands_aside(node: Node, aliases: Mapping[str, str]) -> bool:
    return node.kind is NodeKind.SYSTEM and node.id in aliases and not _declared(node)


def _unknown_systems(facts: Iterable[Fact]) -> set[str]:
    found: set[str] = set()
    for fact in facts:
        if isinstance(fact, Node):
            if fact.kind is NodeKind.SYSTEM and fact.id.endswith(_UNKNOWN_SYSTEM):
                found.add(fact.id)
        elif fact.target.endswith(_UNKNOWN_SYSTEM):
            found.add(fact.target)
    return found


def _unknown_logins(facts: Iterable[Fact]) -> set[str]:
    mark = f"/{UNKNOWN}/{NodeKind.ACCOUNT.value.lower()}/"
    found: set[str] = set()
    for fact in facts:
        ids = (fact.id,) if isinstance(fact, Node) else (fact.source, fact.target)
        found.update(node_id for node_id in ids if mark in node_id and kind_of(node_id) is NodeKind.ACCOUNT)
    return {login for login in found if login.split("/")[1] == UNKNOWN}


def _declared(fact: Fact) -> bool:
    return any(evidence.how is How.DECLARED for evidence in fact.evidence)


def join_logins(facts: Sequence[Fact]) -> Joined:
    """Take a declared login for the one read account of its system that is called so; else it is an account itself.

    An id counts before what somebody signs in with, that before an address, an address before a name: a program's login
    often has the mailbox of somebody whose user name is that address.
    """
    declared = {
        fact.id: str(fact.properties.get("login") or fact.name)
        for fact in facts
        if isinstance(fact, Node) and fact.properties.get("declared_login") is True
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
    torn: dict[str, tuple[str, ...]] = {}
    alone: dict[str, str] = {}
    for login_id, login in sorted(declared.items()):
        accounts = _meant(called, systems.get(login_id), login.strip().casefold())
        if len(accounts) == 1:
            aliases[login_id] = accounts[0]
        elif accounts:
            torn[login_id] = accounts
        else:
            alone[login_id] = systems.get(login_id) or ""
    kept = [
        _unmarked(fact) if isinstance(fact, Node) and fact.id in declared else fact
        for fact in facts
        if not (isinstance(fact, Node) and fact.id in aliases)
    ]
    return Joined(renamed(kept, aliases), aliases, torn=torn, alone=alone)


_Called: TypeAlias = Mapping[tuple[str | None, str], Sequence[set[str]]]
"""Account ids by system and word: called so by id, by what somebody signs in with, by address, by name."""


def _meant(called: _Called, system: str | None, word: str) -> tuple[str, ...]:
    """The accounts of a system that a word fits best, sorted."""
    return tuple(sorted(next(filter(None, called.get((system, word), ())), ())))


def _logins(facts: Iterable[Fact], systems: set[str]) -> _Called:
    found: dict[tuple[str | None, str], tuple[set[str], ...]] = defaultdict(lambda: (set(), set(), set(), set()))
    for fact in facts:
        if not isinstance(fact, Node) or fact.kind is not NodeKind.ACCOUNT:
            continue
        system = system_of(fact.id)
        if system in systems and kind_of(fact.id) is NodeKind.ACCOUNT:
            for grade, words in enumerate(words_of(fact)):
                for word in words:
                    if isinstance(word, str) and word.strip():
                        found[system, word.strip().casefold()][grade].add(fact.id)
    return found


def words_of(account: Node) -> Iterator[tuple[object, ...]]:
    """What an account is called by, the closest first."""
    said = account.properties
    yield (unquote(account.id.rsplit("/", 1)[1]),)
    yield (said.get("login"), said.get("username"))
    yield (said.get("email"),)
    yield (account.name,)


def _unmarked(node: Node) -> Node:
    properties = {key: value for key, value in node.properties.items() if key != "declared_login"}
    return Node(node.kind, node.id, node.name, node.evidence, properties)
