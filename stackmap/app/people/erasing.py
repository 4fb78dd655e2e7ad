"""Taking a person out of everything that was stored."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace

from stackmap.analysis import Stack
from stackmap.app.garbage import collector_paused
from stackmap.app.opening import Reading, check_read
from stackmap.app.people.entries import find_people
from stackmap.app.pseudonyms.disguise import Disguise
from stackmap.app.pseudonyms.ids import disguised_id, ids_in, products_read
from stackmap.app.pseudonyms.reading import Pseudonyms, records_of
from stackmap.app.pseudonyms.subjects import NO_MAIL, Subject, code_of, subjects_of, words_taken
from stackmap.app.workspace import Workspace
from stackmap.declared import Manifest, parse_manifest
from stackmap.errors import ConfigError, UsageError
from stackmap.identity import resolve
from stackmap.model import Edge, Fact, Node, Snapshot, build_graph
from stackmap.store import Erased, Erasing, StoreWriter, fresh_salt, open_reader, open_writer

__all__ = ["Erasure", "erase_person", "plan_erasure"]

_WAIT = 60.0
_COMMAND = "stackmap people erase"
_LOGIN = "erased login"
_KEPT = ("account_type", "active", "frozen")


@dataclass(frozen=True, slots=True)
class Erasure:
    """Who is to be erased, and how much that is. `keeps`: sources and systems whose names hold the person's name."""

    name: str
    readings: int
    logins: int
    gone: int
    changed: int
    keeps: tuple[str, ...]
    what: Traces = field(repr=False)


@dataclass(frozen=True, slots=True)
class Traces:
    """One person's traces, and what is left of each.

    `people` is every id that this person ever had; `held` are the logins as they are known now, `subject.logins` has
    their earlier ids too.
    """

    subject: Subject
    held: frozenset[str]
    people: frozenset[str]
    pseudonyms: Pseudonyms

    def fact(self, fact: Fact) -> Fact | None:
        """What is left of a fact: nothing of the person, of a login that it is there and whether it works."""
        if isinstance(fact, Edge):
            return None if {fact.source, fact.target} & self.people else self.pseudonyms.fact(fact)
        if fact.id in self.people:
            return None
        left = self.pseudonyms.fact(fact)
        assert isinstance(left, Node)  # a node stays a node
        if fact.id in self.subject.logins:
            known = {key: left.properties[key] for key in _KEPT if key in left.properties}
            return replace(left, name=_LOGIN if fact.name else "", properties=known)
        if fact.properties.get("manager") in self.subject.logins:
            return replace(left, properties={key: said for key, said in left.properties.items() if key != "manager"})
        return left

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


def plan_erasure(workspace: Workspace, wanted: str) -> Erasure:
    """Who is meant and what would go. Raises UsageError where the name fits nobody, or several."""
    check_read(workspace)
    with collector_paused():
        with open_reader(workspace.database) as reader:
            readings = len(reader.snapshots())
            snapshot, facts = reader.load(), reader.every_fact()
        traces = _found(workspace, snapshot, facts, wanted)
        left = [(fact, traces.fact(fact)) for fact in facts]
    gone = sum(1 for _, now in left if now is None)
    changed = sum(1 for fact, now in left if now is not None and now != fact)
    name = next(iter(traces.subject.names), traces.subject.id)
    keeps = tuple(filter(traces.names, _keys(snapshot, facts)))
    return Erasure(name, readings, len(traces.held), gone, changed, keeps, traces)


def _keys(snapshot: Snapshot, facts: Iterable[Fact]) -> list[str]:
    """What sources, their lists and their systems are called: data is found by it, so it stays."""
    found = {name for fact in facts for seen in fact.evidence for name in (seen.source, seen.inventory)}
    covered = {name for one in snapshot.coverage for name in (one.source, one.system, one.inventory)}
    return sorted(filter(None, found | covered))


def _found(workspace: Workspace, snapshot: Snapshot, facts: Sequence[Fact], wanted: str) -> Traces:
    """By today's notes; by those of the latest reading where the person is in today's no more."""
    reading = _all_readings(snapshot, facts, workspace.manifest())
    try:
        (person,) = find_people(reading, (wanted,), then=_COMMAND)
    except UsageError:
        reading = _all_readings(snapshot, facts, _stored(snapshot))
        (person,) = find_people(reading, (wanted,), then=_COMMAND)
    return _traces(reading, facts, person)


def _stored(snapshot: Snapshot) -> Manifest:
    return parse_manifest(snapshot.manifest, "the notes stored with the reading")


def _all_readings(snapshot: Snapshot, facts: Iterable[Fact], manifest: Manifest) -> Reading:
    """Everything that was ever read as if it were one reading: a person may be gone from the latest."""
    identity = resolve([*facts, *manifest.facts], manifest.hints, snapshot.person_ids)
    graph = build_graph(identity.facts, snapshot.coverage)
    stack = Stack(graph, snapshot.coverage, snapshot.taken_at.date(), manifest.policy)
    return Reading(snapshot, (), manifest, identity, stack)


def _traces(reading: Reading, facts: Iterable[Fact], person: str) -> Traces:
    # A salt for this once: what stands in an id instead of a name leads back to nobody, not even here.
    salt = fresh_salt()
    aliases = reading.identity.aliases
    known = subjects_of(reading.stack, reading.identity.facts, reading.manifest.hints, salt, aliases)
    subjects = [_erased(one) if one.id == person else one for one in known]
    (subject,) = (one for one in subjects if one.id == person)
    disguise = Disguise(subjects, words_taken(reading.stack), salt, frozenset({person}))
    people = frozenset({person, *(old for old, now in aliases.items() if now == person)})
    logins = frozenset(subject.logins)
    stays = products_read(facts) | {one.system for one in reading.snapshot.coverage if one.system}
    ids = _ids(facts, disguise, subject, salt, stays)
    own = replace(subject, logins=tuple(sorted({*logins, *(old for old, now in aliases.items() if now in logins)})))
    records = records_of(reading.identity.facts, {person: own})
    said = Pseudonyms((own,), disguise, ids, {}, stays, records, drops=frozenset(), keep_sources=True)
    return Traces(own, logins, people - logins, said)


def _erased(subject: Subject) -> Subject:
    return replace(subject, shown="erased person", token="erased-person", address=f"erased@{NO_MAIL}")  # noqa: S106 - what stands in his place, no secret


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
    """Do it, in one transaction. The database holds nothing of the person afterwards, not in old pages either.

    But for `keeps`: what sources and systems are called stays.
    """
    what = erasure.what
    asked = Erasing(what.fact, what.pseudonyms.said, what.notes, what.forgets, what.quiet)
    with collector_paused(), _writer(workspace, notice) as writer:
        return writer.erase(asked)


def _writer(workspace: Workspace, notice: Callable[[str], None]) -> AbstractContextManager[StoreWriter]:
    return open_writer(workspace.database, who=_COMMAND, wait=_WAIT, on_wait=notice)
