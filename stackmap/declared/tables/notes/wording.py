"""What the rows of these files speak of: systems by their names, logins and people by their addresses.

A person is named by an address, alone or behind the name as in a mail: `Dana Kim <d.kim@example.com>`. Nobody is known
by a name alone: there may be two of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from stackmap.declared.tables.notes.products import product_called
from stackmap.model import Edge, EdgeKind, Fact, How, Node, NodeKind, Outcome, Outcomes, make_id, system_id, unlisted_id
from stackmap.sdk import Column, NotUnderstoodError, Row, Scope

__all__ = ["IF_SWITCHED_OFF", "Somebody", "Told", "outcomes_of", "somebody"]

_UNKNOWN = "unknown"
_SOMEBODY = re.compile(r"(?:(?P<name>[^<>@]*)<\s*)?(?P<email>[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+)\s*>?")
_OUTCOMES = {word.value: word for word in (Outcome.STOPS, Outcome.STARVES, Outcome.LATER, Outcome.SURVIVES)}

IF_SWITCHED_OFF = Column(
    "if_switched_off",
    "what switching that login off does: stops, starves (runs on old data), later, survives; empty: not known",
    ("If they leave",),
    example="stops",
)


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person or login as a cell names it. `name` is "" where only the address stands there."""

    name: str
    email: str


def somebody(text: str) -> Somebody:
    """Whom a cell means. Raises NotUnderstoodError where no address stands in it."""
    found = _SOMEBODY.fullmatch(text.strip())
    if found is None:
        raise NotUnderstoodError("somebody is named without an address: give the e-mail address")
    return Somebody((found["name"] or "").strip().strip('"'), found["email"])


def outcomes_of(row: Row) -> Outcomes | None:
    """What the row says of switching a login off; None: nothing. Raises NotUnderstoodError for any other word."""
    word = row.get(IF_SWITCHED_OFF.name, _UNKNOWN).strip().casefold()
    if word == _UNKNOWN:
        return None
    if word not in _OUTCOMES:
        raise NotUnderstoodError(f"{IF_SWITCHED_OFF.name} is none of {', '.join(_OUTCOMES)}, unknown")
    return Outcomes.always(_OUTCOMES[word])


@dataclass(frozen=True, slots=True)
class Told:
    """Builds the facts of one row. `record` names the row by what it is about."""

    at: Scope
    record: str

    @classmethod
    def of(cls, at: Scope, about: str) -> Told:
        """The row about something, by its name."""
        folded = " ".join(about.casefold().split())
        return cls(at, at.hashed(folded) if "@" in folded else folded)

    def id(self, kind: NodeKind, system: str, prefix: str = "") -> str:
        """The id of what the row is about, in a system that is called so."""
        return make_id(_product(system, self.at), _UNKNOWN, kind, prefix + self.record)

    def system(self, name: str) -> Node:
        """A system by its name. Weak: it meets the one of that product that is read, and goes by its name."""
        product = _product(name, self.at)
        evidence = self.at.evidence(how=How.INFERRED_KEY)
        known = {"product": product, "tenant": _UNKNOWN}
        return Node(NodeKind.SYSTEM, system_id(product, _UNKNOWN), name.strip(), evidence, known)

    def node(self, kind: NodeKind, node_id: str, name: str, properties: dict[str, Any]) -> Node:
        """What the row is about."""
        known = {key: value for key, value in properties.items() if value is not None}
        return Node(kind, node_id, name, self.at.evidence(self.record), known)

    def edge(self, kind: EdgeKind, source: str, target: str, outcomes: Outcomes | None = None, slot: str = "") -> Edge:
        """How two things hang together, as the row says."""
        return Edge(kind, source, target, self.at.evidence(self.record), outcomes, slot=slot)

    def within(self, node: Node, system: str) -> Iterator[Fact]:
        """A thing and the system that it lies in."""
        place = self.system(system)
        yield place
        yield node
        yield self.edge(EdgeKind.PART_OF, node.id, place.id)

    def login(self, system: str, who: Somebody) -> str:
        """The id of somebody's login in a system, until a reading shows which one that is."""
        return f"login/{_product(system, self.at)}/{self.at.hashed(who.email)}"

    def login_facts(self, system: str, who: Somebody) -> Iterator[Fact]:
        """That login, with the address by which a reading is asked for it. An address alone is a weak name."""
        login, place = self.login(system, who), self.system(system)
        evidence = self.at.evidence(self.record, how=None if who.name else How.INFERRED_KEY)
        called = {"declared_login": True, "email": who.email, "login": who.email}
        yield place
        yield Node(NodeKind.ACCOUNT, login, who.name or who.email, evidence, called)
        yield self.edge(EdgeKind.PART_OF, login, place.id)

    def person(self, who: Somebody) -> Node:
        """Somebody by address. The id sorts behind those of lists, and the name is weak: what lists say stands.

        Without a name here it is the one of a login with that address.
        """
        person_id = unlisted_id(self.at.hashed(who.email))
        evidence = self.at.evidence(how=How.INFERRED_KEY)
        return Node(NodeKind.PERSON, person_id, who.name, evidence, {"email": who.email})

    def owned(self, thing: str, owner: str | None) -> Iterator[Fact]:
        """Who answers for something, where the row says so."""
        if owner:
            person = self.person(somebody(owner))
            yield person
            yield self.edge(EdgeKind.OWNED_BY, thing, person.id)

    def flows(self, kind: EdgeKind, thing: str, systems: Iterable[str]) -> Iterator[Fact]:
        """The systems that something reads from or writes to."""
        for name in systems:
            place = self.system(name)
            yield place
            yield self.edge(kind, thing, place.id)

    def about(self, inner: str) -> Told:
        """The same row about a part of it."""
        return replace(self, record=f"{self.record} {inner}")


def _product(name: str, at: Scope) -> str:
    found = product_called(name, at.products)
    if not found:
        raise NotUnderstoodError("a system's name has neither letters nor digits")
    return found
