"""Somebody, or a login that is nobody's yet, as one compares them to find out whether they are one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from stackmap.identity.board import provider_of
from stackmap.identity.login_names import read_address, read_name
from stackmap.identity.name_words import spellings
from stackmap.model import (
    AccountType,
    Edge,
    EdgeKind,
    Fact,
    IdentityHints,
    Node,
    NodeKind,
    all_addresses,
    equal_domains,
    fold_name,
    local_part,
    normalise_email,
    system_of,
)

__all__ = ["Unit", "letters", "turned", "units_of"]

_NUMBERS = ("employee_number", "employee_id", "person_number")
_SHORTEST_LOCAL = 3


@dataclass(slots=True)
class Unit:
    """One side of a suggestion. `id` is a person's, or a login's that has no person.

    `names`: each full name as its words without accents, first and last alone where there are more; `words`: single
    names. `locals`: what stands before the @ of addresses and in user names. `on`, `off` and `unread`: systems with a
    login that is so, or of which that was not read; `directory`: ids by directory. `keys` are employee numbers.
    `spelt`: the letters of `locals`; `whole` and `short`: the letters of mailboxes that may be made of the names, of
    both parts and of one with an initial.
    """

    id: str
    accounts: set[str] = field(default_factory=set)
    names: set[tuple[str, ...]] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)
    locals: set[str] = field(default_factory=set)
    on: set[str] = field(default_factory=set)
    off: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    directory: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    departments: set[str] = field(default_factory=set)
    managers: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    spelt: dict[str, str] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    short: set[str] = field(default_factory=set)

    def read(self, node: Node, domains: Mapping[str, str]) -> None:
        """Take what one fact says."""
        properties = node.properties
        self._call(node.name)
        addresses = {normalise_email(properties.get("email"), domains)} - {""}
        self.emails |= addresses
        login = str(properties.get("login") or "").casefold()
        for address in (*addresses, *all_addresses(properties.get("aliases"), domains)):
            self._sign(local_part(address))
        self._sign(login.rpartition("@")[0] or login)
        if directory_id := properties.get("directory_id"):
            self.directory[provider_of(directory_id)].add(directory_id)
        for key, found in (("department", self.departments), ("title", self.titles)):
            if isinstance(text := properties.get(key), str) and text.strip():
                found.add(fold_name(text))
        self.keys |= {str(properties[key]) for key in _NUMBERS if properties.get(key)}
        if node.kind is NodeKind.ACCOUNT:
            self.accounts.add(node.id)
            self._found(properties.get("active")).add(system_of(node.id) or node.id)
            self.managers |= {properties["manager"]} if properties.get("manager") else set()

    def _found(self, active: object) -> set[str]:
        """The systems with a login of which that was read."""
        if active is True:
            return self.on
        return self.off if active is False else self.unread

    def _call(self, name: str) -> None:
        own = read_name(name, ()).parts if name else ()
        if len(own) == 1:
            self.words.update(*spellings(own))
        elif own:
            ordered = turned(name, own)
            for spelt in spellings(ordered):
                self.names.add(spelt)
                self._spell(letters(spelt[0]), letters(spelt[-1]))

    def _spell(self, given: str, last: str) -> None:
        if given and last:
            self.whole |= {given + last, last + given}
            self.short |= {given[0] + last, given + last[0], last + given[0]}

    def _sign(self, local: str) -> None:
        if len(local) >= _SHORTEST_LOCAL and not read_address(local, ()).role:
            self.locals.add(local)
            self.spelt[local] = letters(local)


def letters(text: str) -> str:
    """The letters of a text only."""
    return text if text.isalpha() else "".join(filter(str.isalpha, text))


def turned(name: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name with the given name first, also of "Kim, Dana"."""
    before, comma, _ = name.partition(",")
    last = read_name(before, ()).parts if comma else ()
    ahead = len(last)
    return (*words[ahead:], *words[:ahead]) if comma and words[:ahead] == last and ahead < len(words) else words


def units_of(facts: Iterable[Fact], hints: IdentityHints) -> list[Unit]:
    """Everybody, and every login that may be a person's and is nobody's, by id. A login of several is left out."""
    facts = list(facts)
    domains = equal_domains(hints.domains)
    holders = _holders(facts)
    several = {login for login, people in holders.items() if len(people) > 1}
    units: dict[str, Unit] = {}
    for node in _nodes(facts, holders):
        if node.id in several:
            continue
        unit_id = next(iter(holders[node.id])) if node.id in holders else node.id
        units.setdefault(unit_id, Unit(unit_id)).read(node, domains)
    for unit in units.values():
        unit.managers = {person for login in unit.managers for person in holders.get(login, {login})}
    return sorted(units.values(), key=lambda unit: unit.id)


def _holders(facts: Iterable[Fact]) -> dict[str, set[str]]:
    holders: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if isinstance(fact, Edge) and fact.kind is EdgeKind.HAS_ACCOUNT:
            holders[fact.target].add(fact.source)
    return holders


def _nodes(facts: Iterable[Fact], holders: Collection[str]) -> Iterator[Node]:
    for fact in facts:
        if not isinstance(fact, Node) or fact.kind not in {NodeKind.PERSON, NodeKind.ACCOUNT}:
            continue
        personal = fact.kind is NodeKind.PERSON or AccountType(fact.properties["account_type"]).may_be_a_persons
        if personal or fact.id in holders:
            yield fact
