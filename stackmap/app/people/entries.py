"""Who is who, entry by entry: everybody with their logins, and the logins that are nobody's."""

from __future__ import annotations

from stackmap.analysis import Tie, is_anonymous
from stackmap.analysis.what_if.changes import SUPPOSED_SOURCE
from stackmap.app.opening import Reading
from stackmap.model import EdgeKind, Evidence, Link, Vertex, normalise_email
from stackmap.render.people import LoginEntry, PeopleReport, PersonEntry

__all__ = ["is_supposed", "list_people", "people_report", "person_entry"]

_OF_ONE = "of one person, whose name was erased"


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
    """One person, by id, with the logins they hold. Of a login that is only supposed to be theirs too, they have no
    e-mail: its address is somebody else's.
    """
    stack, graph = reading.stack, reading.stack.graph
    vertex = graph.get(person)
    held = stack.accounts_of.get(person, ())
    ties = [tie for account in held for tie in account.holders if tie.person == person]
    logins = tuple(_login(reading, tie.link.target, tie) for tie in ties)
    theirs = [tie.link.target for tie in ties if is_anonymous(person) or not is_supposed(tie.link)]
    emails = {_email(graph.get(account)) for account in theirs} | {_email(vertex)}
    teams = sorted(graph.name(link.target) for link in graph.out(person, EdgeKind.MEMBER_OF))
    whereabouts = stack.whereabouts[person]
    here = stack.still_here(person) if whereabouts.here is None else whereabouts.here
    name, known = graph.name(person), tuple(sorted(emails - {""}))
    return PersonEntry(person, name, known, tuple(teams), here, logins, whereabouts)


def is_supposed(link: Link) -> bool:
    """Whether nobody read it: it stands for what is supposed alone."""
    return all(item.source == SUPPOSED_SOURCE for item in link.evidence)


def _email(vertex: Vertex | None) -> str:
    return normalise_email(vertex.properties.get("email")) if vertex else ""


def _login(reading: Reading, account_id: str, tie: Tie | None) -> LoginEntry:
    graph = reading.stack.graph
    vertex = graph.get(account_id)
    account = reading.stack.accounts[account_id]
    reasons = vertex.properties.get("type_reasons", ()) if vertex else ()
    by = "; ".join(sorted({_tied_by(item) for item in tie.link.evidence})) if tie else ""
    erased = bool(vertex and vertex.properties.get("erased") is True)
    return LoginEntry(
        account_id,
        graph.name(account_id),
        graph.system_name(account_id),
        account.type,
        tuple(str(reason) for reason in reasons),
        _OF_ONE if by and erased else by,
        vertex.active if vertex else None,
        str(vertex.properties.get("email") or "") if vertex else "",
        tuple(graph.systems_of(account_id)),
        bool(vertex and vertex.properties.get("frozen") is True),
        erased,
    )


def _tied_by(seen: Evidence) -> str:
    if seen.concluded:
        return seen.record
    return f"{seen.inventory}: {seen.record}" if seen.record else seen.inventory
