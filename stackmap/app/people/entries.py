"""People as commands name them: by name, e-mail or id; and the list of who is who."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from stackmap.analysis import Tie
from stackmap.app.opening import Reading
from stackmap.errors import UsageError
from stackmap.identity import normalise_email
from stackmap.model import AccountType, EdgeKind, Evidence, NodeKind
from stackmap.render.guards import plain
from stackmap.render.people import LoginEntry, PeopleReport, PersonEntry

__all__ = ["find_people", "list_people", "name_key", "people_called", "people_report", "person_entry", "team_members"]

_SHOWN = 8
_PERSONAL = frozenset({AccountType.HUMAN, AccountType.UNKNOWN})
_CONCLUDED = "identity"
"""The source of what was concluded from keys that several logins share."""


def list_people(reading: Reading) -> tuple[PersonEntry, ...]:
    """Everybody, by name and id."""
    people = [person_entry(reading, person) for person in reading.stack.people]
    return tuple(sorted(people, key=lambda entry: (entry.name.casefold(), entry.id)))


def people_report(reading: Reading) -> PeopleReport:
    """Everybody, and what is nobody's."""
    identity = reading.identity
    return PeopleReport(
        reading.coverage, list_people(reading), _loose_logins(reading), identity.conflicts, identity.suggestions
    )


def _loose_logins(reading: Reading) -> tuple[LoginEntry, ...]:
    stack = reading.stack
    loose = [_login(reading, account.id, None) for account in stack.accounts.values() if not account.holders]
    return tuple(sorted(loose, key=lambda login: (login.type.value, login.system, login.name, login.id)))


def person_entry(reading: Reading, person: str) -> PersonEntry:
    """One person, by id, with the logins they hold."""
    stack, graph = reading.stack, reading.stack.graph
    vertex = graph.get(person)
    held = stack.accounts_of.get(person, ())
    ties = [tie for account in held for tie in account.holders if tie.person == person]
    logins = tuple(_login(reading, tie.link.target, tie) for tie in ties)
    emails = {_email(graph.get(account.id)) for account in held} | {_email(vertex)}
    teams = sorted(graph.name(link.target) for link in graph.out(person, EdgeKind.MEMBER_OF))
    whereabouts = stack.whereabouts[person]
    here = stack.still_here(person) if whereabouts.here is None else whereabouts.here
    name, known = graph.name(person), tuple(sorted(emails - {""}))
    return PersonEntry(person, name, known, tuple(teams), here, logins, whereabouts)


def _email(vertex: object) -> str:
    properties = getattr(vertex, "properties", {})
    email = properties.get("email")
    return normalise_email(email) if isinstance(email, str) else ""


def _login(reading: Reading, account_id: str, tie: Tie | None) -> LoginEntry:
    graph = reading.stack.graph
    vertex = graph.get(account_id)
    account = reading.stack.accounts[account_id]
    reasons = vertex.properties.get("type_reasons", ()) if vertex else ()
    by = "; ".join(sorted({_tied_by(item) for item in tie.link.evidence})) if tie else ""
    return LoginEntry(
        account_id,
        graph.name(account_id),
        graph.system_name(account_id),
        account.type,
        tuple(str(reason) for reason in reasons),
        by,
        vertex.active if vertex else None,
        str(vertex.properties.get("email") or "") if vertex else "",
        tuple(graph.systems_of(account_id)),
        bool(vertex and vertex.properties.get("frozen") is True),
    )


def _tied_by(seen: Evidence) -> str:
    if seen.source == _CONCLUDED:
        return seen.record
    return f"{seen.inventory}: {seen.record}" if seen.record else seen.inventory


def find_people(reading: Reading, wanted: Iterable[str], *, then: str = "stackmap leave") -> tuple[str, ...]:
    """The ids of people named by name, e-mail, login or id.

    Raises UsageError when a name fits nobody (with the nearest) or several (with the candidates, and `then` as the
    command to ask again with).
    """
    people = list_people(reading)
    return tuple(_find(people, text, then) for text in wanted)


def _find(people: tuple[PersonEntry, ...], text: str, then: str) -> str:
    found = people_called(people, text)
    if len(found) == 1:
        return found[0].id
    if found:
        raise UsageError(_several(text, found, then))
    names = ", ".join(plain(entry.name) for entry in _nearest(people, text)) or "nobody"
    raise UsageError(f'nobody here is called "{text}"; nearest: {names}. See: stackmap people')


def people_called(people: Sequence[PersonEntry], text: str) -> list[PersonEntry]:
    """All whom a word may mean, by the first of these that fits somebody: id, e-mail, name, part of a name or the whole
    name of a login.
    """
    for sieve in (_by_id, _by_email, _by_name, _by_part_or_login):
        if found := [entry for entry in people if sieve(entry, text)]:
            return found
    return []


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
    return {name_key(login.name) for login in entry.logins if login.type in _PERSONAL}


def name_key(name: str) -> str:
    """A name without accents, case and double spaces."""
    split = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(char for char in split if not unicodedata.combining(char)).split())


def _several(text: str, found: list[PersonEntry], then: str) -> str:
    lines = [f'{len(found)} people match "{text}":']
    for entry in found[:_SHOWN]:
        about = ", ".join([*entry.emails[:1], *entry.teams[:1]]) or f"{len(entry.logins)} logins, no e-mail"
        lines.append(f"  {entry.id}   {plain(entry.name)}   {plain(about)}")
    if len(found) > _SHOWN:
        lines.append(f"  and {len(found) - _SHOWN} more")
    lines.append(f"Say which: {then} {found[0].id}")
    return "\n".join(lines)


def _nearest(people: tuple[PersonEntry, ...], text: str) -> Iterator[PersonEntry]:
    wanted = set(name_key(text).replace("@", " ").replace(".", " ").split())
    scored = [(len(wanted & set(name_key(entry.name).split())), entry) for entry in people]
    letters = [(score or name_key(entry.name)[:2] == name_key(text)[:2], entry) for score, entry in scored]
    best = sorted(letters, key=lambda pair: -int(pair[0]))
    yield from (entry for score, entry in best[:3] if score)


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
        raise UsageError(f'there is no team "{team}"; teams: {names}')
    members = tuple(link.source for link in graph.into(found[0].id, EdgeKind.MEMBER_OF))
    if not members:
        raise UsageError(f"your notes name nobody in {found[0].name or team}")
    return members
