"""Taking a person out of everything that was stored."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any

from stackmap.app.garbage import collector_paused
from stackmap.app.opening import Reading, check_read, reading_with
from stackmap.app.people.entries import list_people
from stackmap.app.people.finding import find_people, people_called
from stackmap.app.pseudonyms.disguise import Disguise
from stackmap.app.pseudonyms.hashes import Hashes
from stackmap.app.pseudonyms.ids import disguised_id, ids_in, products_read
from stackmap.app.pseudonyms.nicknames import is_function
from stackmap.app.pseudonyms.reading import Pseudonyms, records_of
from stackmap.app.pseudonyms.subjects import EMPLOYEE_NUMBERS, NO_MAIL, Subject, code_of, subjects_of, words_taken
from stackmap.app.workspace import Workspace
from stackmap.declared import parse_manifest
from stackmap.errors import ConfigError
from stackmap.model import AccountType, Edge, Fact, Node, NodeKind, Snapshot, normalise_email
from stackmap.render.departure_beside import login_name
from stackmap.store import Erased, Erasing, StoreWriter, fresh_salt, open_reader, open_writer

__all__ = ["Erasure", "erase_person", "plan_erasure"]

_WAIT = 60.0
_COMMAND = "stackmap people erase"
_LOGIN = "erased login"
_KEPT = ("account_type", "active", "frozen")
_UNKNOWN = AccountType.UNKNOWN.value
_JUDGED = "judged before the name was erased"
_CALLED = ("email", "login", "username", *EMPLOYEE_NUMBERS)
"""Properties by which a list may know somebody."""


@dataclass(frozen=True, slots=True)
class Traces:
    """One person's traces, and what is left of each.

    `people` is every id that this person ever had; `held` are the logins as they are known now, `subject.logins` has
    their earlier ids too. `types` says of a login, by each of its ids, for what it was taken while it had its name.
    """

    subject: Subject
    held: frozenset[str]
    people: frozenset[str]
    types: Mapping[str, AccountType]
    pseudonyms: Pseudonyms
    tie: str
    """What the erased logins have in common, so that they stay one person's: a code made for this once."""

    def fact(self, fact: Fact) -> Fact | None:
        """What is left of a fact: nothing of the person; of a login that it is there, its type, and whether it works.

        What hangs on a login hangs on it as before: without its type a sure verdict would become a guess.
        """
        if isinstance(fact, Edge):
            return None if {fact.source, fact.target} & self.people else self.pseudonyms.fact(fact)
        if fact.id in self.people:
            return None
        left = self.pseudonyms.fact(fact)
        assert isinstance(left, Node)  # a node stays a node
        if fact.id in self.subject.logins:
            return replace(left, name=_LOGIN if fact.name else "", properties=self._kept(fact.id, left.properties))
        if fact.properties.get("manager") in self.subject.logins:
            return replace(left, properties={key: said for key, said in left.properties.items() if key != "manager"})
        return left

    def _kept(self, login: str, said: Mapping[str, Any]) -> Mapping[str, Any]:
        known = {key: said[key] for key in _KEPT if key in said}
        if known.get("account_type", _UNKNOWN) == _UNKNOWN and (judged := self.types[login].value) != _UNKNOWN:
            known |= {"account_type": judged, "type_reasons": [_JUDGED]}
        tied = {"directory_id": self.tie} if self.types[login].may_be_a_persons else {}
        return known | tied | {"erased": True}

    def notes(self, text: str) -> str:
        """What is left of a stored stack.yaml: nothing where it cannot be understood any more."""
        left = "".join(map(self.pseudonyms.disguise.line, text.splitlines(keepends=True)))
        if left == text:
            return text
        try:
            parse_manifest(left)
        except ConfigError:
            return ""
        return left

    def forgets(self, key: str, person: str) -> bool:
        """Whether an identity key is theirs."""
        return person in self.people or self.pseudonyms.said(key) != key or key.partition(":")[2] in self.people

    def names(self, text: str) -> bool:
        """Whether a text names the person."""
        return self.pseudonyms.disguise.names(text)

    def quiet(self, fact: Fact) -> bool:
        """Whether the last use of a login is forgotten too."""
        return isinstance(fact, Node) and fact.id in self.subject.logins


@dataclass(frozen=True, slots=True)
class Erasure:
    """Who is to be erased, and how much that is.

    `keeps`: sources and systems whose names hold the person's, or a hash of an address of theirs. `shared`: logins
    that are not theirs alone, as they are told.
    """

    name: str
    readings: int
    logins: int
    shared: tuple[str, ...]
    gone: int
    changed: int
    keeps: tuple[str, ...]
    what: Traces = field(repr=False)


def plan_erasure(workspace: Workspace, wanted: str) -> Erasure:
    """Who is meant and what would go. Raises UsageError where the name fits nobody, or several."""
    check_read(workspace)
    with collector_paused():
        with open_reader(workspace.database) as reader:
            readings = len(reader.snapshots())
            # As if all that was ever read were one reading: a person may be gone from the latest.
            snapshot = replace(reader.load(), facts=tuple(reader.every_fact()))
            salt = reader.salt()
        reading, person = _found(workspace, snapshot, wanted)
        traces = _traces(reading, person, salt)
        left = [(fact, traces.fact(fact)) for fact in snapshot.facts]
    gone = sum(1 for _, now in left if now is None)
    changed = sum(1 for fact, now in left if now is not None and now != fact)
    name = next(iter(traces.subject.names), traces.subject.id)
    keeps = tuple(filter(traces.names, _keys(snapshot)))
    shared = tuple(_shared(reading, person, traces.held))
    return Erasure(name, readings, len(traces.held), shared, gone, changed, keeps, traces)


def _shared(reading: Reading, person: str, own: Collection[str]) -> Iterator[str]:
    """The logins that somebody uses beside their own."""
    used = reading.stack.accounts_of.get(person, ())
    yield from (login_name(reading.stack.graph, login.id) for login in used if login.id not in own)


def _keys(snapshot: Snapshot) -> list[str]:
    """What sources, their lists and their systems are called: data is found by it, so it stays."""
    found = {name for fact in snapshot.facts for seen in fact.evidence for name in (seen.source, seen.inventory)}
    covered = {name for one in snapshot.coverage for name in (one.source, one.system, one.inventory)}
    return sorted(filter(None, found | covered))


def _found(workspace: Workspace, snapshot: Snapshot, wanted: str) -> tuple[Reading, str]:
    """By today's notes; by those of the latest reading where today's know nobody of that name.

    Where today's know several, it is asked who is meant: earlier notes that knew one of them settle nothing.
    """
    reading = reading_with(snapshot, workspace.manifest())
    if not people_called(reading, list_people(reading), wanted):
        reading = reading_with(snapshot, parse_manifest(snapshot.manifest, "the notes stored with the reading"))
    (person,) = find_people(reading, (wanted,), then=_COMMAND)
    return reading, person


def _traces(reading: Reading, person: str, workspace_salt: str) -> Traces:
    # A salt for this once: what stands in an id instead of a name leads back to nobody, not even here.
    salt = fresh_salt()
    facts, aliases = reading.snapshot.facts, reading.identity.aliases
    known = subjects_of(reading.stack, reading.identity.facts, reading.manifest.hints, salt, aliases)
    subjects = [_erased(one) if one.id == person else one for one in known]
    (subject,) = (one for one in subjects if one.id == person)
    earlier = {old: now for old, now in aliases.items() if now in subject.logins}
    own = replace(subject, logins=tuple(sorted({*subject.logins, *earlier})))
    people = frozenset({person, *(old for old, now in aliases.items() if now == person)}) - {*subject.logins}
    hashes = Hashes.of(_words(reading, own, people), workspace_salt, subject.token)
    disguise = Disguise(subjects, words_taken(reading.stack), salt, frozenset({person}), hashes)
    stays = products_read(facts) | {one.system for one in reading.snapshot.coverage if one.system}
    ids = _ids(facts, disguise, subject, salt, stays)
    records = records_of(reading.identity.facts, {person: own})
    said = Pseudonyms((own,), disguise, ids, {}, stays, records, drops=frozenset(), keep_sources=True)
    types = {one: reading.stack.accounts[earlier.get(one, one)].type for one in own.logins}
    tie = f"erased/{code_of(salt, person).lower()}:person"
    return Traces(own, frozenset(subject.logins), people, types, said, tie)


def _words(reading: Reading, subject: Subject, people: Collection[str]) -> Iterator[str]:
    """All by which a list may know somebody, as it is written, but for addresses of a function: those stay too."""
    own = {*subject.logins, *people}
    said = {*subject.names, *subject.emails}
    for fact in reading.snapshot.facts:
        if isinstance(fact, Node) and fact.kind in {NodeKind.PERSON, NodeKind.ACCOUNT}:
            words = {str(word) for word in _called(fact)}
            said |= {word for word in words if fact.id in own or normalise_email(word) in subject.emails}
    for one in reading.manifest.hints.people:
        said |= set(one.emails) if one.id in people else set()
    yield from (word for word in said if not ("@" in word and is_function(word.partition("@")[0])))


def _called(node: Node) -> Iterator[object]:
    known = node.properties
    yield from filter(None, (node.name, *map(known.get, _CALLED), *known.get("aliases", ())))


def _erased(subject: Subject) -> Subject:
    return replace(subject, shown="erased person", token="erased-person", address=f"erased@{NO_MAIL}")  # noqa: S106 - what stands in their place, no secret


def _ids(
    facts: Iterable[Fact], disguise: Disguise, subject: Subject, salt: str, stays: Collection[str]
) -> dict[str, str]:
    found = {}
    for node_id in sorted(ids_in(facts)):
        left = disguised_id(disguise, node_id, subject, stays)
        if left != node_id:
            found[node_id] = f"{left}-{code_of(salt, node_id, 6).lower()}"
    return found


def erase_person(workspace: Workspace, erasure: Erasure, notice: Callable[[str], None]) -> Erased:
    """Do it, in one transaction. No byte of the database names the person afterwards, or holds a hash of an address
    of theirs that is known here: the workspace's salt lies beside it, and with it anybody could try whose it is.

    What stays: the numbers by which vendors know the logins, without a name, because things hang on them; a hash of
    an address that no list has any more; and what sources and systems are called (`keeps`), for readings are tied by
    it.
    """
    what = erasure.what
    asked = Erasing(what.fact, what.pseudonyms.said, what.notes, what.forgets, what.quiet)
    with collector_paused(), _writer(workspace, notice) as writer:
        return writer.erase(asked)


def _writer(workspace: Workspace, notice: Callable[[str], None]) -> AbstractContextManager[StoreWriter]:
    return open_writer(workspace.database, who=_COMMAND, wait=_WAIT, on_wait=notice)
