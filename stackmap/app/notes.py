"""Your notes that met nothing: where they stand, and what may have been meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from stackmap.identity import Identity, UnmetNote, Unread
from stackmap.model import THING_KINDS, Node, NodeKind, fold_name, system_of

if TYPE_CHECKING:
    from stackmap.app.opening import Reading

__all__ = ["notes_near", "unmet_notes"]

_SHOWN = 5
_LIKENESS = 0.65
_COMPARED = 200_000
"""How many pairs of a note and a name are compared at most: a few seconds' work."""


def unmet_notes(identity: Identity) -> tuple[str, ...]:
    """One sentence for each note of yours that reached nothing, with the nearest name or id there is.

    A thing that your notes make is told where something that was read is called almost the same.
    """
    if not identity.stale_notes:
        return ()
    known = _Known(identity)
    told = ((note, _meant(note, known)) for note in identity.stale_notes)
    return tuple(_sentence(note, meant) for note, meant in told if meant or not note.made)


def notes_near(reading: Reading, people: Iterable[str]) -> int:
    """How many of your notes met nothing and may be about one of these people, or a login of theirs."""
    held = reading.stack.accounts_of
    theirs = {one for person in people for one in (person, *(account.id for account in held.get(person, ())))}
    return sum(not theirs.isdisjoint(_may_be(note)) for note in reading.identity.stale_notes)


def _may_be(note: UnmetNote) -> tuple[str, ...]:
    return (*note.candidates, *(note.unread.likely if note.unread else ()))


def _sentence(note: UnmetNote, meant: str) -> str:
    made = " is taken for a thing of its own" if note.made else ""
    return f'{note.record} "{note.written}"{made}{meant}'


def _unread(note: UnmetNote, unread: Unread, known: _Known) -> str:
    """What is said of a login or an address that no list has, with the nearest as your notes would write it."""
    key, colon, _ = note.written.partition(":")
    before = f"{key}:" if unread.system and colon and "/" not in note.written else ""
    near = f'; did you mean "{before}{unread.near}"?' if unread.near else ""
    if not unread.system:
        return f": nobody on any list that was read has this address{near}"
    partly = "" if unread.whole else " (not every login there was read, so it may exist all the same)"
    return f": no such login was read in {known.system(unread.system)}{partly}{near}"


def _several_have_it(note: UnmetNote, known: _Known) -> str:
    people = " and ".join(known.person(person) for person in note.candidates[:_SHOWN])
    more = len(note.candidates) - _SHOWN
    others = f" and {more} more" if more > 0 else ""
    return f" is the address of {people}{others}; write another address of whom you mean"


def _meant(note: UnmetNote, known: _Known) -> str:
    if note.candidates and note.unread:
        return _several_have_it(note, known)
    if note.candidates:
        shown = " or ".join(note.candidates[:_SHOWN])
        more = len(note.candidates) - _SHOWN
        others = f" or {more} more" if more > 0 else ""
        return f" may be {shown}{others}; write the id that is meant"
    if note.unread:
        return _unread(note, note.unread, known)
    near = known.nearest(note)
    return f'; did you mean "{near}"?' if near else ""


class _Known:
    """What there is to be written about, as it would be written."""

    def __init__(self, identity: Identity) -> None:
        mine = {note.written for note in identity.stale_notes if note.made}
        nodes = [fact for fact in identity.facts if isinstance(fact, Node) and fact.id not in mine]
        self._left = _COMPARED
        self._people = {node.id: node.name for node in nodes if node.kind is NodeKind.PERSON and node.name}
        systems = sorted((node for node in nodes if node.kind is NodeKind.SYSTEM and node.name), key=_by_notes_last)
        self._systems = {system_of(node.id) or node.id: node.name for node in systems}
        self._ids = _folded(node.id for node in nodes if node.kind in THING_KINDS)
        self._logins = _folded(node.id for node in nodes if node.kind is NodeKind.ACCOUNT)
        self._names = _folded(node.name for node in nodes if node.kind in THING_KINDS and node.name)

    def person(self, person: str) -> str:
        """What somebody is called."""
        return self._people.get(person) or person

    def system(self, place: str) -> str:
        """What a system is called, by its `product/tenant`: by your notes, else by itself."""
        return self._systems.get(place) or place

    def nearest(self, note: UnmetNote) -> str:
        """What comes nearest to a note, an id only where it is written like one; "" for nothing."""
        near = self._logins
        if note.section == "things":
            near = {**self._names, **self._ids} if "/" in note.written else self._names
        self._left -= len(near)
        if self._left < 0:
            return ""
        found = difflib.get_close_matches(fold_name(note.written), near, n=1, cutoff=_LIKENESS)
        return near[found[0]] if found else ""


def _by_notes_last(system: Node) -> tuple[bool, str]:
    return any(item.of_notes for item in system.evidence), system.name


def _folded(words: Iterable[str]) -> Mapping[str, str]:
    return {fold_name(word): word for word in sorted(set(words))}
