"""One person, gathered from everywhere: logins and why they are theirs, what hangs on them, what is not decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from stackmap.analysis.mailboxes import mail_to
from stackmap.app.opening import Reading
from stackmap.app.people.asked import asked_about
from stackmap.app.people.entries import list_people, person_entry
from stackmap.app.people.finding import find_people, people_called
from stackmap.app.people.logins import account_of, logins_called, person_of
from stackmap.app.people.seen import line_of, seen_in, told
from stackmap.app.people.suggesting import questions
from stackmap.errors import UsageError
from stackmap.model import EdgeKind, Link, NodeKind, StackGraph, Vertex
from stackmap.render.people import LoginEntry
from stackmap.render.people_show import Hang, LoginDetail, MailedLogin, PersonReport
from stackmap.render.people_suggested import Pair
from stackmap.render.words import full_day

__all__ = ["person_report", "person_shown"]

_COMMAND = "stackmap people show"
_INTO = {
    EdgeKind.RUNS_AS: Hang.RUNS_AS,
    EdgeKind.AUTHORIZED_BY: Hang.AUTHORISED,
    EdgeKind.OWNED_BY: Hang.OWNED,
    EdgeKind.ROUTES_TO: Hang.HANDS_WORK,
    EdgeKind.NOTIFIES: Hang.ALARMS,
}
_OUT = {EdgeKind.ADMINISTERS: Hang.ADMINISTERS, EdgeKind.KNOWS: Hang.SEES_SECRET, EdgeKind.HAS_ROLE: Hang.ROLE}


def person_shown(reading: Reading, word: str) -> PersonReport:
    """Everything known of the person named. Raises UsageError where that is nobody, or several people.

    Under stand-ins nobody is said to be like anybody: what names tell is what they hide.
    """
    if reading.behind is not None:
        return person_report(reading, asked_about(reading, [word], then=_COMMAND)[0])
    account = account_of(reading, word) or _login_shown(reading, word)
    if not account:
        return person_report(reading, find_people(reading, [word], then=_COMMAND)[0], questions(reading))
    if person := person_of(reading, account):
        return person_report(reading, person, questions(reading))
    login = reading.stack.accounts[account]
    whose = f"nobody's ({login.type.value})" if not login.holders else "several people's"
    raise UsageError(f"that login is {whose}. To say whose it is: stackmap people merge PERSON {account}")


def _login_shown(reading: Reading, word: str) -> str:
    """The one login that may be a person's that a word means; "" where it means a person, or not one such login."""
    if people_called(reading, list_people(reading), word):
        return ""
    found = logins_called(reading, word)
    return found[0] if len(found) == 1 and reading.stack.accounts[found[0]].type.may_be_a_persons else ""


def person_report(reading: Reading, person: str, pairs: tuple[Pair, ...] = ()) -> PersonReport:
    """Everything known of a person, by id. `pairs` are questions about who may be one person."""
    graph, entry = reading.stack.graph, person_entry(reading, person)
    ids = {person, *(login.id for login in entry.logins)}
    return PersonReport(
        reading.coverage,
        entry,
        entry.whereabouts.text(full_day),
        tuple(seen_in(reading, person)),
        tuple(sorted(_aliases(reading, ids) - set(entry.emails))),
        tuple(graph.name(link.target) for link in graph.out(person, EdgeKind.REPORTS_TO)),
        tuple(_detail(reading, person, login) for login in entry.logins),
        *_owned(graph, person),
        tuple(_mail(reading, person, ids)),
        tuple(_undecided(reading, ids)),
        tuple(pair for pair in pairs if ids & {side.id for side in pair.sides}),
        tuple(_noted(reading, ids)),
    )


def _aliases(reading: Reading, ids: set[str]) -> set[str]:
    found: set[str] = set()
    for vertex in filter(None, map(reading.stack.graph.get, ids)):
        said = vertex.properties.get("aliases")
        found.update(map(str, said) if isinstance(said, list | tuple) else ())
    return found


def _detail(reading: Reading, person: str, login: LoginEntry) -> LoginDetail:
    ties = reading.stack.graph.into(login.id, EdgeKind.HAS_ACCOUNT)
    evidence = [item for link in ties if link.source == person for item in link.evidence]
    why = dict.fromkeys(item.record if item.concluded else told(reading, item) for item in evidence)
    return LoginDetail(login, tuple(why), tuple(seen_in(reading, login.id)), _hangs(reading, login.id))


def _hangs(reading: Reading, account: str) -> Mapping[Hang, tuple[str, ...]]:
    graph = reading.stack.graph
    found: dict[Hang, set[str]] = defaultdict(set)
    for link in graph.into(account, *_INTO):
        if not _only_inside(graph.get(link.source)):
            found[_INTO[link.kind]].add(graph.name(link.source))
    for link in graph.out(account, *_OUT):
        found[_OUT[link.kind]].add(graph.name(link.target))
    return {how: tuple(sorted(found[how])) for how in Hang if how in found}


def _only_inside(vertex: Vertex | None) -> bool:
    """Whether something only stands for part of a thing: an internal address, and the thing itself is told."""
    return vertex is not None and vertex.properties.get("internal") is True


def _owned(graph: StackGraph, person: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of what your notes or lists say somebody owns, and of what they are only the backup for."""
    found: dict[bool, list[str]] = {False: [], True: []}
    for link in graph.into(person, EdgeKind.OWNED_BY):
        found[_only_backup(link)].append(graph.name(link.source))
    return tuple(sorted(found[False])), tuple(sorted(found[True]))


def _only_backup(link: Link) -> bool:
    return all(fact.properties.get("backup") for fact in link.facts)


def _mail(reading: Reading, person: str, own: set[str]) -> Iterator[MailedLogin]:
    """The logins that have the person's address and are not among their `own`."""
    graph = reading.stack.graph
    for account, _ in mail_to(reading.stack, [person]):
        if account.id not in own:
            yield MailedLogin(account.id, graph.name(account.id), graph.system_name(account.id), account.type)


def _undecided(reading: Reading, ids: set[str]) -> Iterator[str]:
    told = [(item.subjects, item.reason) for item in reading.identity.conflicts]
    told += [(item.subjects, item.reason) for item in reading.identity.suggestions]
    yield from (f"{' and '.join(subjects)}: {reason}" for subjects, reason in told if ids & set(subjects))


def _noted(reading: Reading, ids: set[str]) -> Iterator[str]:
    """Lines of your notes that speak of somebody, and what they say."""
    graph = reading.stack.graph
    lines: dict[tuple[int, str], None] = {}
    for vertex in filter(None, map(graph.get, ids)):
        name = "this person" if vertex.kind is NodeKind.PERSON else f"the login {vertex.name or vertex.id}"
        lines |= dict.fromkeys((line_of(item), name) for item in vertex.evidence)
        for link in (*graph.into(vertex.id), *graph.out(vertex.id)):
            if link.kind is not EdgeKind.PART_OF:
                said = _said(reading, link, vertex.id)
                lines |= dict.fromkeys((line_of(item), said) for item in link.evidence)
    yield from (f"line {line}: {what}" for line, what in sorted(lines) if line)


_SAYS = {
    EdgeKind.OWNED_BY: ("owned by", "owner of"),
    EdgeKind.HAS_ACCOUNT: ("login", "login of"),
    EdgeKind.MEMBER_OF: ("member of", "has as member"),
    EdgeKind.REPORTS_TO: ("reports to", "manager of"),
    EdgeKind.RUNS_AS: ("runs as", "login of"),
    EdgeKind.AUTHORIZED_BY: ("authorised by", "authorised"),
    EdgeKind.ADMINISTERS: ("administers", "administered by"),
    EdgeKind.KNOWS: ("can see", "seen by"),
    EdgeKind.ROUTES_TO: ("hands work to", "is handed work by"),
    EdgeKind.NOTIFIES: ("alarms", "is alarmed by"),
}
"""How a link reads from where it starts, and from where it leads to."""


def _said(reading: Reading, link: Link, node_id: str) -> str:
    starts = link.source == node_id
    words = _SAYS.get(link.kind, ("beside", "beside"))[0 if starts else 1]
    if any(fact.properties.get("backup") for fact in link.facts):
        words = "backup of"
    return f"{words} {reading.stack.graph.name(link.target if starts else link.source)}"
