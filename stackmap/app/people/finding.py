"""People as commands name them: by name, e-mail, login or id; and the members of a team."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from stackmap.app.opening import Reading
from stackmap.app.people.entries import is_supposed, list_people
from stackmap.app.people.logins import logins_by_word, logins_called, person_of
from stackmap.app.people.unclear import Candidate, Then, again, check_length, check_word, nobody, several, shown
from stackmap.app.people.words import likeness, name_key, nearest
from stackmap.errors import UsageError
from stackmap.model import AccountType, EdgeKind, NodeKind, StackGraph, normalise_email
from stackmap.render.guards import plain
from stackmap.render.people import PersonEntry
from stackmap.render.words import counted

__all__ = ["find_people", "find_person", "is_somebody", "near_people", "people_called", "team_members"]

_NO_PERSONS: Mapping[AccountType, str] = MappingProxyType(
    {
        AccountType.INTEGRATION: "an integration login",
        AccountType.SHARED: "a shared login",
        AccountType.VENDOR_MANAGED: "a login that its vendor manages",
    }
)


def find_people(reading: Reading, wanted: Iterable[str], *, then: str) -> tuple[str, ...]:
    """The ids of people named by name, e-mail, login or id.

    Raises UsageError when a name fits nobody (with the nearest) or several (with the candidates, and `then` as the
    command to ask again with).
    """
    people = list_people(reading)
    asked = then.split()
    named = list(wanted)
    found = {
        text: find_person(reading, people, text, again(*asked, text, at=len(asked))) for text in dict.fromkeys(named)
    }
    return tuple(found[text] for text in named)


def find_person(reading: Reading, people: Sequence[PersonEntry], text: str, then: Then) -> str:
    """The same of one, among all the `people` of the reading. `then` is what to write with an id instead."""
    check_word(text)
    found = people_called(reading, people, text)
    if len(found) == 1:
        return found[0].id
    if found:
        raise several(text, "people", list(map(_candidate, found)), then)
    if told := _no_persons(reading, text) or _somebodys(reading, text, then) or _nobodys(reading, text):
        raise UsageError(told)
    check_length(text)
    raise nobody(f"nobody here is called {shown(text)}", near_people(people, text), then)


def is_somebody(reading: Reading, people: Sequence[PersonEntry], text: str) -> bool:
    """Whether a word fits one person: what `find_person` finds, without the search for what comes nearest."""
    return bool(text.strip()) and len(people_called(reading, people, text)) == 1


def _no_persons(reading: Reading, text: str) -> str:
    """That a word is a login's which is no person's, and what to ask instead; "" where there is none."""
    for account in logins_called(reading, text):
        login = reading.stack.accounts[account]
        if what := _NO_PERSONS.get(login.type):
            graph = reading.stack.graph
            named = " in ".join(filter(None, (plain(graph.name(account)), plain(graph.system_name(account)))))
            return (
                f"{shown(text)} is {what}, not a person's: {named}.\n"
                "What runs as it: stackmap map --open, and click it\n"
                f"If it is one person's after all: stackmap people classify {plain(shlex.quote(account))} human"
            )
    return ""


def _somebodys(reading: Reading, text: str, then: Then) -> str:
    """Whose login is named, and to ask about them, for whoever leaves takes all they have; "" where it is nobody's."""
    logins = logins_called(reading, text)
    holders = sorted({holder for one in logins if (holder := person_of(reading, one))})
    if len(holders) != 1 or not all(person_of(reading, one) for one in logins):
        return ""
    name = plain(reading.stack.graph.name(holders[0]))
    what = "a login" if len(logins) == 1 else f"{len(logins)} logins"
    return f"{shown(text)} is {what} of {name}, not a person. About {name}, with all they have: {then(holders[0])}"


def _nobodys(reading: Reading, text: str) -> str:
    """That a word is a login's of which nobody knows who holds it, and what to ask instead; "" for none."""
    logins = logins_called(reading, text)
    if not logins or any(reading.stack.accounts[one].holders for one in logins):
        return ""
    return (
        f"{shown(text)} is a login that nobody is known to hold.\n"
        f"What hangs on it: stackmap leave {plain(shlex.quote(text))}\n"
        f"If you know whose it is: stackmap people merge PERSON {plain(shlex.quote(logins[0]))}"
    )


def people_called(reading: Reading, people: Sequence[PersonEntry], text: str) -> list[PersonEntry]:
    """All whom a word may mean, by the first of these that fits somebody: id, e-mail, name, part of a name or the whole
    name of a login, and whatever else a login of theirs is called.

    Whose a login was before anybody supposed it to be somebody else's too, is meant by it first.
    """
    supposed = _supposed_logins(reading.stack.graph)
    if supposed and (found := _called(reading, [_without(entry, supposed) for entry in people], text)):
        ids = {entry.id for entry in found}
        return [entry for entry in people if entry.id in ids]
    return _called(reading, people, text)


@lru_cache(maxsize=2)  # long lists are looked up in one graph, or in that and its stand-ins
def _supposed_logins(graph: StackGraph) -> frozenset[tuple[str, str]]:
    """Who holds what by what is supposed alone: each person with the login."""
    ties = (link for one in graph.vertices(NodeKind.ACCOUNT) for link in graph.into(one.id, EdgeKind.HAS_ACCOUNT))
    return frozenset((link.source, link.target) for link in ties if is_supposed(link))


def _without(entry: PersonEntry, supposed: Set[tuple[str, str]]) -> PersonEntry:
    return replace(entry, logins=tuple(login for login in entry.logins if (entry.id, login.id) not in supposed))


def _called(reading: Reading, people: Sequence[PersonEntry], text: str) -> list[PersonEntry]:
    for sieve in (_by_id, _by_email, _by_name, _by_part_or_login):
        if found := [entry for entry in people if sieve(entry, text)]:
            return found
    logins = set(logins_by_word(reading, text))
    return [entry for entry in people if any(one.id in logins and one.type.may_be_a_persons for one in entry.logins)]


def _by_id(entry: PersonEntry, text: str) -> bool:
    return entry.id == text or any(login.id == text for login in entry.logins)


def _by_email(entry: PersonEntry, text: str) -> bool:
    return "@" in text and (normalise_email(text) in entry.emails or any(login.name == text for login in entry.logins))


def _by_name(entry: PersonEntry, text: str) -> bool:
    return name_key(entry.name) == name_key(text)


def _by_part_or_login(entry: PersonEntry, text: str) -> bool:
    """Both at once: whom only the one or the other fits, there may be two of, and then it is asked who is meant."""
    key = name_key(text)
    words = set(key.split())
    return bool(words) and (words <= set(name_key(entry.name).split()) or key in _login_names(entry))


def _login_names(entry: PersonEntry) -> set[str]:
    return {name_key(login.name) for login in entry.logins if login.type.may_be_a_persons}


def near_people(people: Sequence[PersonEntry], text: str) -> list[Candidate]:
    """Those whose names, addresses or ids come nearest to a word."""
    entries = {entry.id: entry for entry in people}
    found = nearest(text, {entry.id: _names(entry) for entry in people})
    return [_candidate(entries[one], likeness(text, _names(entries[one]))) for one in found]


def _names(entry: PersonEntry) -> tuple[str, ...]:
    return (entry.id, entry.name, *entry.emails)


def _candidate(entry: PersonEntry, like: float = 0) -> Candidate:
    about = [*entry.emails[:1], *entry.teams[:1]] or [f"{counted(len(entry.logins), 'login')}, no e-mail"]
    return Candidate(entry.id, (entry.name, ", ".join(about)), like)


def team_members(reading: Reading, team: str) -> tuple[str, ...]:
    """The ids of a team's members. Raises UsageError when there is no such team."""
    graph = reading.stack.graph
    teams = {vertex.id: vertex for vertex in graph.vertices(NodeKind.TEAM)}
    found = [
        vertex
        for vertex in teams.values()
        if team in {vertex.id, vertex.id.rpartition("/")[2]} or name_key(vertex.name) == name_key(team)
    ]
    if len(found) != 1:
        named = sorted(plain(vertex.name or vertex.id) for vertex in teams.values())
        names = ", ".join(named) or "none is written down"
        raise UsageError(f"there is no team {shown(team)}; teams: {names}")
    members = tuple(link.source for link in graph.into(found[0].id, EdgeKind.MEMBER_OF))
    if not members:
        raise UsageError(f"your notes name nobody in {plain(found[0].name or team)}")
    return members
