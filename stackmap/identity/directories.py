"""What directories tell about people: who has left, who reports to whom, which team they are in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from stackmap.model import (
    IDENTITY_SOURCE,
    Coverage,
    Edge,
    EdgeKind,
    Evidence,
    Fact,
    How,
    Node,
    NodeKind,
    fold_name,
    listed_whole,
    normalise_email,
    system_of,
)

__all__ = ["tell_by_directories"]

_BY = "directories"


@dataclass(slots=True)
class _Entry:
    """One login of a directory. `place`: the directory, as coverage names it."""

    id: str
    place: str
    active: bool | None = None
    frozen: bool = False
    addresses: set[str] = field(default_factory=set)
    said: dict[Evidence, None] = field(default_factory=dict)
    departments: set[str] = field(default_factory=set)
    managers: set[str] = field(default_factory=set)

    def read(self, node: Node) -> None:
        """Take what one source says. Where they differ it is on."""
        if (active := node.properties.get("active")) is not None:
            self.active = bool(self.active) or active is True
            self.said |= dict.fromkeys(node.evidence)
        self.frozen |= node.properties.get("frozen") is True
        if isinstance(email := node.properties.get("email"), str) and email.strip():
            self.addresses.add(normalise_email(email))
        for key, found in (("department", self.departments), ("manager", self.managers)):
            if isinstance(text := node.properties.get(key), str) and text.strip():
                found.add(" ".join(text.split()))

    @property
    def is_off(self) -> bool:
        """Read as switched off for good: suspended is not, and unread is neither on nor off."""
        return self.active is False and not self.frozen

    @property
    def is_on(self) -> bool:
        """Read as on, and not suspended."""
        return self.active is True and not self.frozen


def tell_by_directories(facts: Sequence[Fact], coverage: Iterable[Coverage] = ()) -> list[Fact]:
    """More facts about people whose logins in directories are known, and none where no directory was read.

    Somebody has left when every such login is off, each directory's users were read to the end, and nobody else there
    has the address by now. That somebody is here is only added beside a list of people that speaks of them: of the two
    the newest counts, so both carry what they rest on.
    """
    entries = _entries(facts)
    if not entries:
        return []
    held, holders = _ties(facts, entries)
    sole = {login: next(iter(people)) for login, people in holders.items() if len(people) == 1}
    whole, in_use, listed = listed_whole(coverage, NodeKind.ACCOUNT), _in_use(entries.values()), _listed(facts)
    found: list[Fact] = []
    for person in sorted(held):
        logins = sorted(held[person], key=lambda entry: entry.id)
        if all(entry.is_off and entry.place in whole and not _keys(entry) & in_use for entry in logins):
            found.append(_word(person, logins, here=False))
        elif person in listed and (on := [entry for entry in logins if entry.is_on]):
            found.append(_word(person, on, here=True))
        found.extend(_reports(person, logins, sole))
    found.extend(_teams(facts, held))
    return found


def _ties(
    facts: Iterable[Fact], entries: Mapping[str, _Entry]
) -> tuple[Mapping[str, list[_Entry]], Mapping[str, set[str]]]:
    """The logins of directories by whose they are, and the people by their logins."""
    held: dict[str, list[_Entry]] = defaultdict(list)
    holders: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if isinstance(fact, Edge) and fact.kind is EdgeKind.HAS_ACCOUNT and fact.target in entries:
            if fact.source not in holders[fact.target]:
                held[fact.source].append(entries[fact.target])
            holders[fact.target].add(fact.source)
    return held, holders


def _entries(facts: Iterable[Fact]) -> dict[str, _Entry]:
    """The logins of directories: by where their ids say they are, and by where sources say so."""
    facts = list(facts)
    directories = {fact.id for fact in facts if isinstance(fact, Node) and fact.properties.get("directory") is True}
    if not directories:
        return {}
    places = {place for system in directories if (place := system_of(system))}
    inside = {
        fact.source: system_of(fact.target) or fact.target
        for fact in facts
        if isinstance(fact, Edge) and fact.kind is EdgeKind.PART_OF and fact.target in directories
    }
    entries: dict[str, _Entry] = {}
    for fact in facts:
        if not isinstance(fact, Node) or fact.kind is not NodeKind.ACCOUNT:
            continue
        own = system_of(fact.id)
        if place := own if own in places else inside.get(fact.id):
            entries.setdefault(fact.id, _Entry(fact.id, place)).read(fact)
    return entries


def _keys(entry: _Entry) -> set[tuple[str, str]]:
    return {(entry.place, address) for address in entry.addresses}


def _in_use(entries: Iterable[_Entry]) -> set[tuple[str, str]]:
    """Addresses, by directory, of logins that are not off: somebody who came back has a login of each sort."""
    return {key for entry in entries if not entry.is_off for key in _keys(entry)}


def _listed(facts: Iterable[Fact]) -> set[str]:
    """People of whom a list says whether they are here."""
    return {
        fact.id
        for fact in facts
        if isinstance(fact, Node) and fact.kind is NodeKind.PERSON and _says_whether_here(fact.properties)
    }


def _says_whether_here(properties: Mapping[str, object]) -> bool:
    return "active" in properties or bool(properties.get("left_on"))


def _evidence(record: str, how: How = How.INFERRED_KEY) -> tuple[Evidence, ...]:
    return (Evidence(IDENTITY_SOURCE, _BY, record, how),)


def _word(person: str, logins: Iterable[_Entry], *, here: bool) -> Node:
    """What directories say of somebody, as they say it: with the evidence of the logins, so that it has their age."""
    evidence = tuple(sorted({item for entry in logins for item in entry.said}))
    return Node(NodeKind.PERSON, person, "", evidence, {"active": here})


def _reports(person: str, logins: Iterable[_Entry], holders: Mapping[str, str]) -> Iterator[Edge]:
    managers: dict[str, str] = {}
    for entry in logins:
        for login in sorted(entry.managers):
            if (manager := holders.get(login)) and manager != person:
                managers.setdefault(manager, f"{entry.id} has {login} as manager")
    for manager, record in managers.items():
        yield Edge(EdgeKind.REPORTS_TO, person, manager, _evidence(record))


def _teams(facts: Iterable[Fact], held: Mapping[str, Sequence[_Entry]]) -> Iterator[Fact]:
    """Departments as teams: the one that is called so, else one of its own. Who is switched off is in none."""
    known: dict[str, str] = {}
    for fact in facts:
        if isinstance(fact, Node) and fact.kind is NodeKind.TEAM:
            for name in (fold_name(fact.name), fold_name(fact.id.partition("/")[2])):
                known[name] = min(known.get(name, fact.id), fact.id)
    made: dict[str, tuple[str, str]] = {}
    members: list[Edge] = []
    for person in sorted(held):
        for entry in sorted(held[person], key=lambda entry: entry.id):
            for department in sorted(entry.departments if entry.active is not False else ()):
                folded = fold_name(department)
                team = known.get(folded) or f"team/{quote(folded, safe='')}"
                if folded not in known:
                    made[team] = min(made.get(team, (department, entry.id)), (department, entry.id))
                record = f"{entry.id} is in {department}"
                members.append(Edge(EdgeKind.MEMBER_OF, person, team, _evidence(record)))
    for team, (department, login) in sorted(made.items()):
        yield Node(NodeKind.TEAM, team, department, _evidence(f"the department of {login}"))
    yield from members
