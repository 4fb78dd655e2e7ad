"""Whom and what a command about who-is-who is given: people, and logins that are nobody's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stackmap.app.opening import Reading
from stackmap.app.people.entries import list_people, person_entry
from stackmap.app.people.finding import near_people, people_called
from stackmap.app.people.logins import account_of, logins_called, near_logins, note_word, person_of
from stackmap.app.people.notes import said_in
from stackmap.app.people.unclear import Candidate, Then, check_word, nobody, several, shown
from stackmap.errors import UsageError
from stackmap.render.guards import plain

__all__ = ["Subject", "declared_people", "find_subject", "subject_of", "word_of"]


@dataclass(frozen=True, slots=True)
class Subject:
    """A person with their logins and addresses, or one login that is nobody's."""

    id: str
    name: str
    person: bool
    accounts: tuple[str, ...]
    emails: tuple[str, ...] = ()


def find_subject(reading: Reading, text: str, then: Then) -> Subject:
    """Who or what is named: a login's id, `system:login`, a person, or a login by name. A login stands for its person.

    Raises UsageError where that is nobody (with the nearest), or several (with the candidates).
    """
    check_word(text)
    if account := account_of(reading, text):
        return subject_of(reading, account)
    people = list_people(reading)
    named = [entry.id for entry in people_called(reading, people, text)] or logins_called(reading, text)
    ids = sorted({subject_of(reading, found).id for found in named})
    if not ids:
        near = near_people(people, text) or near_logins(reading, text)
        raise nobody(f"nobody and no login here is called {shown(text)}", near, then)
    if len(ids) > 1:
        raise several(text, "people or logins", [_candidate(reading, node_id) for node_id in ids], then)
    return subject_of(reading, ids[0])


def subject_of(reading: Reading, node_id: str) -> Subject:
    """The person or the login with an id; the person of a login that is somebody's."""
    stack = reading.stack
    if node_id in stack.accounts:
        person = person_of(reading, node_id)
        if not person:
            return Subject(node_id, stack.graph.name(node_id), False, (node_id,))
        node_id = person
    person = reading.identity.aliases.get(node_id, node_id)
    if person not in stack.people:
        raise UsageError(f"nobody and no login has the id {plain(node_id)}. See: stackmap people")
    entry = person_entry(reading, person)
    return Subject(person, entry.name, True, tuple(login.id for login in entry.logins), entry.emails)


def declared_people(reading: Reading) -> Mapping[str, Mapping[str, Any]]:
    """The people of your notes as they are written there, by key, which is their id."""
    found: Mapping[str, Mapping[str, Any]] = said_in(reading.manifest.text).get("people") or {}
    return found


def word_of(reading: Reading, subject: Subject) -> str:
    """How notes name a subject where people are told apart: by key, or by the id of a login, which nothing renames."""
    if subject.person and subject.id in declared_people(reading):
        return subject.id
    return note_word(reading, min(subject.accounts)) if subject.accounts else subject.id


def _candidate(reading: Reading, node_id: str) -> Candidate:
    one = subject_of(reading, node_id)
    about = ", ".join(one.emails[:1]) if one.person else reading.stack.graph.system_name(node_id)
    return Candidate(node_id, (one.name, about))
