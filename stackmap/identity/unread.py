"""Logins and addresses of your notes that no list has: often a slip, and what hangs on it is lost on who is meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeAlias

from stackmap.identity.links import words_of
from stackmap.identity.notes import UnmetNote, Unread
from stackmap.identity.rewriting import follow
from stackmap.identity.slips import Comparing, is_a_slip
from stackmap.model import (
    Coverage,
    DeclaredNote,
    Fact,
    How,
    IdentityHints,
    Node,
    NodeKind,
    Reach,
    Sort,
    all_addresses,
    equal_domains,
    is_unlisted,
    kind_of,
    listed_whole,
    normalise_email,
    system_of,
)

__all__ = ["unread_notes"]

_APART = "apart"
_BY_ID_TOLD_ELSEWHERE = frozenset({"things", "accepted", "accounts", "people", _APART})
_WEAK = frozenset({How.INFERRED_KEY, How.INFERRED_NAME})
_READ = frozenset({Reach.COMPLETE, Reach.PARTIAL})


def _is_read(node: Node) -> bool:
    """Whether a source lists it: neither your notes alone, nor a file that only speaks of it."""
    if node.properties.get("declared_login"):
        return False
    return any(not item.of_notes and not item.concluded and item.how not in _WEAK for item in node.evidence)


def unread_notes(
    facts: Sequence[Fact],
    hints: IdentityHints,
    alone: Mapping[str, str],
    aliases: Mapping[str, str],
    coverage: Sequence[Coverage],
) -> list[UnmetNote]:
    """The notes about logins and people who are on no list that was read, in the order of their lines.

    `facts` are all of them, as they were read. `alone` has the declared logins that no read one fits, with where they
    were looked for; `aliases` what ids were replaced by.
    """
    logins = _unread_logins(facts, hints.notes, alone, aliases, coverage)
    return sorted((*logins, *_unread_addresses(facts, hints, aliases)), key=_place)


def _unread_logins(
    facts: Sequence[Fact],
    notes: Iterable[DeclaredNote],
    alone: Mapping[str, str],
    aliases: Mapping[str, str],
    coverage: Sequence[Coverage],
) -> Iterator[UnmetNote]:
    """Of a system of which no list of logins was read, only what comes near to a login is told."""
    asked = list(_asked(facts, notes, alone, aliases))
    called = _called(facts, {system for _, _, system in asked}, aliases) if asked else {}
    listed = {one.system for one in coverage if _lists_logins(one)}
    whole = listed_whole(coverage, NodeKind.ACCOUNT)
    comparing = Comparing()
    for note, login, system in asked:
        words = called.get(system, {}) if login else _by_id(called.get(system, {}))
        near = next(iter(comparing.nearest(login or note.subject, words)), "")
        if system in listed or near:
            unread = Unread(near, tuple(sorted(words.get(near, ()))), system, system in whole)
            yield UnmetNote(note.record, note.section, note.written, unread=unread)


def _by_id(words: Mapping[str, set[str]]) -> Mapping[str, set[str]]:
    return {login: {login} for logins in words.values() for login in logins}


def _lists_logins(coverage: Coverage) -> bool:
    return NodeKind.ACCOUNT in coverage.kinds and coverage.state in _READ and coverage.sort is Sort.STATE


def _asked(
    facts: Sequence[Fact], notes: Iterable[DeclaredNote], alone: Mapping[str, str], aliases: Mapping[str, str]
) -> Iterator[tuple[DeclaredNote, str, str]]:
    """Each note about a login that nothing fits, what the login is called ("" for an id), and where it would be."""
    by_id: list[tuple[DeclaredNote, str]] = []
    for note in sorted(notes, key=_place):
        if system := alone.get(note.subject) if note.section != _APART else None:
            yield note, note.written.partition(":")[2].strip(), system
        elif note.section not in _BY_ID_TOLD_ELSEWHERE and not note.address:
            login = follow(aliases, note.subject)
            if kind_of(login) is NodeKind.ACCOUNT:
                by_id.append((note, login))
    known = _spoken_of(facts, aliases) if by_id else set()
    yield from ((note, "", system_of(login) or "") for note, login in by_id if login not in known)


def _place(note: DeclaredNote | UnmetNote) -> tuple[int, str, str, str]:
    # Of two lines of one file the one with fewer figures comes first.
    return len(note.record), note.record, note.section, note.written


def _spoken_of(facts: Iterable[Fact], aliases: Mapping[str, str]) -> set[str]:
    """The ids of all that is listed, and of all that others than your notes speak of."""
    known: set[str] = set()
    for fact in facts:
        if isinstance(fact, Node):
            known.add(follow(aliases, fact.id))
        elif not all(item.of_notes for item in fact.evidence):
            known |= {follow(aliases, fact.source), follow(aliases, fact.target)}
    return known


def _called(
    facts: Iterable[Fact], systems: AbstractSet[str], aliases: Mapping[str, str]
) -> Mapping[str, Mapping[str, set[str]]]:
    """The read logins of these systems: their ids by each word that they are called by, by system."""
    found: dict[str, dict[str, set[str]]] = {system: defaultdict(set) for system in systems}
    for fact in facts:
        if not isinstance(fact, Node) or fact.kind is not NodeKind.ACCOUNT or not _is_read(fact):
            continue
        login = follow(aliases, fact.id)
        words = found.get(system_of(login) or "", {})
        for word in (word for grade in words_of(fact) for word in grade) if system_of(login) in found else ():
            if isinstance(word, str) and word.strip():
                words[word.strip()].add(login)
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """Addresses with the ids of whoever has them: of people and logins on lists, of people alone, of those you declare.

    `has_people`: a list of people was read.
    """

    listed: Mapping[str, set[str]]
    people: Mapping[str, set[str]]
    declared: Mapping[str, set[str]]
    has_people: bool

    @classmethod
    def of(cls, facts: Iterable[Fact], hints: IdentityHints, aliases: Mapping[str, str]) -> _Known:
        """What facts and notes know."""
        domains = equal_domains(hints.domains)
        listed: dict[str, set[str]] = defaultdict(set)
        people: dict[str, set[str]] = defaultdict(set)
        declared: dict[str, set[str]] = defaultdict(set)
        directories: set[str | None] = set()
        homes: set[str | None] = set()
        for fact in (fact for fact in facts if isinstance(fact, Node)):
            if fact.kind is NodeKind.SYSTEM and fact.properties.get("directory") is True:
                directories.add(system_of(fact.id))
            if fact.kind is NodeKind.ACCOUNT and _is_read(fact):
                homes.add(system_of(fact.id))
            pots = _pots(fact, listed, people, declared)
            for address in _addresses(fact, domains) if pots else ():
                for pot in pots:
                    pot[address].add(follow(aliases, fact.id))
        for person in hints.people:
            for address in all_addresses(person.emails, domains):
                declared[address].add(follow(aliases, person.id))
        return cls(listed, people, declared, bool(people or directories & homes))


_Pot: TypeAlias = dict[str, set[str]]


def _pots(node: Node, listed: _Pot, people: _Pot, declared: _Pot) -> tuple[_Pot, ...]:
    """Where the addresses of a login or somebody go."""
    is_person = node.kind is NodeKind.PERSON
    if _is_read(node):
        return (listed, people) if is_person else (listed,)
    return (declared,) if is_person else ()


def _addresses(node: Node, domains: Mapping[str, str]) -> set[str]:
    """The addresses of a login or somebody; none of somebody who is only spoken of by one."""
    if node.kind not in {NodeKind.PERSON, NodeKind.ACCOUNT} or is_unlisted(node.id):
        return set()
    said = node.properties
    own = {normalise_email(said.get(key), domains) for key in ("email", "login", "username")}
    return (own | all_addresses(said.get("aliases"), domains)) - {""}


def _unread_addresses(facts: Iterable[Fact], hints: IdentityHints, aliases: Mapping[str, str]) -> Iterator[UnmetNote]:
    """Told where a list of people was read.

    Of a domain that no list has (an agency's), and of those you declare, only what looks like a slip is told.
    """
    asked = sorted((note for note in hints.notes if note.address and note.section != _APART), key=_place)
    known = _Known.of(facts, hints, aliases) if asked else None
    if known is None or not known.has_people:
        return
    comparing, domains = Comparing(), {_domain(address) for address in known.listed}
    for note in asked:
        person = follow(aliases, note.subject)
        if note.address in known.listed:
            several = tuple(sorted(known.people.get(note.address, ())))
            if is_unlisted(person) and len(several) > 1:
                yield UnmetNote(note.record, note.section, note.written, several, unread=Unread(likely=several))
        elif is_unlisted(note.subject) and note.address in known.declared:
            continue
        elif (unread := _unread(note, person, known, comparing)).near or (
            is_unlisted(note.subject) and _domain(note.address) in domains
        ):
            yield UnmetNote(note.record, note.section, note.written, unread=unread)


def _unread(note: DeclaredNote, person: str, known: _Known, comparing: Comparing) -> Unread:
    """What comes near to an address; for somebody you declare, and in another domain, only what is a slip away."""
    on_purpose = not is_unlisted(note.subject)
    pot = known.listed if on_purpose else {**known.declared, **known.listed}
    for near in comparing.nearest(note.address, pot):
        ids = known.listed.get(near, set()) | known.declared.get(near, set())
        only_slips = on_purpose or _domain(near) != _domain(note.address)
        if person not in ids and (not only_slips or is_a_slip(note.address, near)):
            return Unread(near, tuple(sorted(ids)))
    return Unread()


def _domain(address: str) -> str:
    return address.rpartition("@")[2]
