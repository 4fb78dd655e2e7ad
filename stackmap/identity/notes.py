"""What people write about things by id or by name, met with what is listed; and what met nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote, unquote

from stackmap.identity.rewriting import follow
from stackmap.model import (
    NOTES_SOURCE,
    THING_KINDS,
    DeclaredNote,
    Edge,
    EdgeKind,
    Evidence,
    Fact,
    How,
    Node,
    NodeKind,
    build_graph,
    fold_name,
    is_thing,
    kind_of,
    system_of,
)

__all__ = ["Settled", "UnmetNote", "Unread", "respelt", "settle_notes", "torn_notes"]

_THINGS = "things"
_ACCEPTED = "accepted"
_ABOUT_LOGINS = frozenset({"accounts", "people"})
_MEANT = {_THINGS, _ACCEPTED, *_ABOUT_LOGINS}


@dataclass(frozen=True, slots=True, order=True)
class Unread:
    """A login or an address that is on no list that was read.

    `near`: what comes nearest to it on these lists, "" for nothing; `likely`: the ids of the logins and people who are
    called so. `system`: the `product/tenant` in which a login was looked for, "" for an address. `whole`: that is read
    to the end. An address that several people have is on lists: those people are the note's `candidates`.
    """

    near: str = ""
    likely: tuple[str, ...] = ()
    system: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True, order=True)
class UnmetNote:
    """A note that met nothing that is listed: what it speaks of as it is written, in which section, and where.

    `candidates`: the ids of several that are called so. `made`: a thing of its own was made of it. `unread`: it speaks
    of a login or a person, and no list that was read has such a one.
    """

    record: str
    section: str
    written: str
    candidates: tuple[str, ...] = ()
    made: bool = False
    unread: Unread | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """The facts with what the notes add, what the written names stand for, and what met nothing."""

    facts: list[Fact]
    aliases: Mapping[str, str] = field(default_factory=dict)
    unmet: tuple[UnmetNote, ...] = ()


def _quoted(node_id: str) -> str:
    """An id of four parts with each part encoded as ids are; any other text as it stands."""
    if kind_of(node_id) is None:
        return node_id
    return "/".join(quote(unquote(part), safe="-_.~") for part in node_id.split("/"))


def respelt(facts: Iterable[Fact], notes: Sequence[DeclaredNote]) -> Mapping[str, str]:
    """The listed id for each id in the notes that is written with raw characters and listed encoded."""
    raw = {note.subject: _quoted(note.subject) for note in notes if _quoted(note.subject) != note.subject}
    if not raw:
        return {}
    asked = {*raw, *raw.values()}
    listed = {fact.id for fact in facts if isinstance(fact, Node) and fact.id in asked}
    return {written: encoded for written, encoded in raw.items() if written not in listed and encoded in listed}


def settle_notes(facts: list[Fact], notes: Sequence[DeclaredNote], aliases: Mapping[str, str]) -> Settled:
    """Add what notes say to the one listed thing that each is about, by its id, else by its name.

    A note makes a thing only where it says of which kind, nothing is called so, and what it is called by is not the id
    of something that a source would list. `aliases` are ids that were replaced by now.
    """
    notes = [note for note in notes if note.section in _MEANT and not note.address]
    if not notes:
        return Settled(facts)
    book = _Book.of(facts, notes, aliases)
    found = list(facts)
    met: dict[str, str] = {}
    unmet: list[UnmetNote] = []
    for note in notes:
        ids = book.meant(note)
        own = not ids and note.kind is not None and kind_of(note.subject) is None
        if len(ids) == 1 or own:
            node_id = ids[0] if ids else note.subject
            found.extend(_said(note, node_id, book.listed.get(node_id, note.kind), own=own))
            met[note.subject] = node_id
        if own or (len(ids) != 1 and book.matters(note, ids)):
            unmet.append(UnmetNote(note.record, note.section, note.written, ids, own))
    names = {subject: node_id for subject, node_id in met.items() if subject != node_id}
    return Settled(found, names, tuple(unmet))


def torn_notes(notes: Iterable[DeclaredNote], torn: Mapping[str, tuple[str, ...]]) -> Iterator[UnmetNote]:
    """The notes about logins that several listed ones fit equally well, by the login that stands for them."""
    for note in notes:
        if note.subject in torn:
            yield UnmetNote(note.record, note.section, note.written, torn[note.subject])


def _said(note: DeclaredNote, node_id: str, kind: NodeKind | None, *, own: bool) -> Iterator[Fact]:
    if note.section != _THINGS or kind is None:
        return
    evidence = (Evidence(NOTES_SOURCE, note.section, note.record, How.DECLARED),)
    yield Node(kind, node_id, note.written if own else "", evidence, note.properties)
    yield from (replace(edge, source=node_id) for edge in note.care)


@dataclass(frozen=True, slots=True)
class _Book:
    """What notes may be about: kinds of listed ids, things by folded name, and logins that others speak of.

    `shown` has each thing by the name that is shown, `called` by any name that a source gives it.
    """

    listed: Mapping[str, NodeKind]
    shown: Mapping[str, set[str]]
    called: Mapping[str, set[str]]
    spoken_of: Collection[str]
    homes: Mapping[str, set[str]]
    aliases: Mapping[str, str]

    @classmethod
    def of(cls, facts: Sequence[Fact], notes: Iterable[DeclaredNote], aliases: Mapping[str, str]) -> _Book:
        """Look up only what the notes ask for."""
        listed = {fact.id: fact.kind for fact in facts if isinstance(fact, Node)}
        open_ = [note for note in notes if follow(aliases, note.subject) not in listed]
        words = {fold_name(word) for note in open_ for word in _words(note)}
        shown, called = _by_name(facts, words) if words else ({}, {})
        named = set().union(*called.values())
        homes: dict[str, set[str]] = defaultdict(set)
        logins = {follow(aliases, note.subject) for note in open_ if note.section in _ABOUT_LOGINS}
        spoken_of: set[str] = set()
        for fact in facts if named or logins else ():
            if not isinstance(fact, Edge):
                continue
            if fact.kind is EdgeKind.PART_OF and fact.source in named:
                homes[fact.source].add(fact.target)
            if not all(item.of_notes for item in fact.evidence):
                spoken_of.update(logins & {fact.source, fact.target})
        return cls(listed, shown, called, spoken_of, homes, aliases)

    def meant(self, note: DeclaredNote) -> tuple[str, ...]:
        """The ids of all that a note may be about, sorted."""
        by_id = follow(self.aliases, note.subject)
        if by_id in self.listed:
            return (by_id,)
        if note.section in _ABOUT_LOGINS:
            return ()
        for names in (self.shown, self.called):
            ids = names.get(fold_name(note.written), set())
            if note.within and not ids:
                system = follow(self.aliases, note.within[0])
                ids = {one for one in names.get(fold_name(note.within[1]), ()) if self._lies_in(one, system)}
            if found := sorted(one for one in ids if note.kind in {None, self.listed[one]}):
                return tuple(found)
        return ()

    def _lies_in(self, node_id: str, system: str) -> bool:
        place = system_of(system)
        return system in self.homes.get(node_id, ()) or (place is not None and place == system_of(node_id))

    def matters(self, note: DeclaredNote, ids: Sequence[str]) -> bool:
        """Whether it is lost on somebody that a note met nothing, or several things."""
        if note.section in _ABOUT_LOGINS:
            return follow(self.aliases, note.subject) not in self.spoken_of
        return note.section == _THINGS or (note.section == _ACCEPTED and bool(ids))


def _words(note: DeclaredNote) -> Iterator[str]:
    if note.section in {_THINGS, _ACCEPTED}:
        yield note.written
        if note.within:
            yield note.within[1]


def _by_name(facts: Sequence[Fact], words: Collection[str]) -> tuple[Mapping[str, set[str]], Mapping[str, set[str]]]:
    """Things with one of these names, by it: by the name that is shown, and by any that a source gives."""
    named: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if isinstance(fact, Node) and fact.kind in THING_KINDS and (name := fold_name(fact.name)) in words:
            named[name].add(fact.id)
    ids = set().union(*named.values())
    graph = build_graph(fact for fact in facts if isinstance(fact, Node) and fact.id in ids)
    things = {vertex.id: fold_name(vertex.name) for vertex in graph.vertices() if is_thing(vertex)}
    shown: dict[str, set[str]] = defaultdict(set)
    for node_id, name in things.items():
        shown[name].add(node_id)
    return shown, {name: named[name] & things.keys() for name in named}
