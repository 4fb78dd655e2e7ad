"""Who is in a queue or another group, or in a team: a member more, or one less."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from stackmap.analysis.what_if.changes import Added, Removed, supposed_edge
from stackmap.analysis.what_if.supposed import Supposition
from stackmap.app.what_if.meant import Meant
from stackmap.app.what_if.naming import Naming, places_of
from stackmap.app.what_if.sentences import Verb
from stackmap.errors import UsageError
from stackmap.model import EdgeKind, Link, NodeKind, is_unread, listed_whole, system_of
from stackmap.render.places import place_name

__all__ = ["is_member", "is_member_no_longer"]

_JOINED = frozenset({NodeKind.GROUP, NodeKind.TEAM})
_JOINED_WORDS = "queues, groups and teams"


def is_member(names: Naming) -> Meant:
    """With a login of their own where the group lies; in a team, or a group that lies in no system, in person."""
    group = names.thing(names.sentence.object, _JOINED, _JOINED_WORDS)
    _read_members(names, group)
    subject, member = _who_joins(names, group)
    for one in (group, member):
        _refuse_off(names, one)
    by = (member,) if member != subject else ()
    if names.is_certain(EdgeKind.MEMBER_OF, member, group):
        return Meant(Supposition(subject, Verb.IS_MEMBER, group, by, already=True))
    added = Added(supposed_edge(EdgeKind.MEMBER_OF, member, group))
    return Meant(Supposition(subject, Verb.IS_MEMBER, group, by), (added,))


def is_member_no_longer(names: Naming) -> Meant:
    """Neither in person nor by a login that is theirs alone. Without any member a group would hang on nobody, and so
    look well: the last one stays until there is another.
    """
    group = names.thing(names.sentence.object, _JOINED, _JOINED_WORDS)
    links = _read_members(names, group)
    subject, theirs = _who_goes(names)
    inside = [link.source for link in links if link.source in theirs]
    _refuse_shared(names, subject, inside)
    if not inside:
        _refuse_unread(names, group, subject, links)
    elif len(inside) == len(links) and _is_group(names, group):
        raise UsageError(
            f"{names.name(subject)} is the only member of {names.name(group)} that was read. Say before it who else is "
            f'one ("PERSON is a member of {names.name(group)}"), or instead of it: {names.name(group)} is off'
        )
    changes = tuple(Removed(EdgeKind.MEMBER_OF, one, group) for one in inside)
    by = tuple(one for one in inside if one != subject)
    return Meant(Supposition(subject, Verb.IS_MEMBER_NO_LONGER, group, by, already=not inside), changes)


def _read_members(names: Naming, group: str) -> Sequence[Link]:
    """The edges by which its members are in it: those of a group must all stand in for each other.

    A group of which no member was read hangs on nobody; the first one supposed would look like the only one there is.
    """
    links = names.graph.into(group, EdgeKind.MEMBER_OF)
    if not _is_group(names, group):
        return links
    if not links:
        raise UsageError(
            f"of {names.name(group)} no member was read, so nobody can tell who else is in it. What breaks without it: "
            f"{names.name(group)} is off"
        )
    if any(link.group for link in links):
        raise UsageError(
            f"the members of {names.name(group)} do not all stand in for each other, so nobody can tell what one more, "
            "or one less, would change"
        )
    return links


def _who_joins(names: Naming, group: str) -> tuple[str, str]:
    """Who was named, a person or a login, and what is in the group then."""
    word, places = names.sentence.subject, places_of(names.graph, group)
    if not _is_group(names, group):
        person = names.somebody_here(word)
        return person, person
    if _names_a_login(names, word):
        login = names.login(word)
        return login, _refuse_other(names, login, group, places)
    person = names.somebody_here(word)
    if not places:
        return person, person
    own = [person, *names.own_logins(person, places)]
    inside = [one for one in own if names.is_certain(EdgeKind.MEMBER_OF, one, group)]
    member = inside[0] if inside else names.login(word, places)
    return person if member in own else member, member


def _who_goes(names: Naming) -> tuple[str, Collection[str]]:
    """Who was named, a person or a login, and by what they may be in a group."""
    word = names.sentence.subject
    if _names_a_login(names, word):
        login = names.login(word)
        return login, {login}
    person = names.person(word)
    return person, {person, *(one.id for one in names.stack.accounts_of.get(person, ()))}


def _names_a_login(names: Naming, word: str) -> bool:
    """Whether a word is a login's and no person's; a login's id is that login's, whoever holds it."""
    if names.names_a_login(word):
        return True
    if names.people(word):
        return False
    if names.logins(word):
        return True
    if groups := names.things(word, frozenset({NodeKind.GROUP})):
        raise UsageError(f"{names.name(groups[0])} is a group itself: say it of each of its people or logins")
    return False


def _refuse_other(names: Naming, login: str, group: str, places: Collection[str]) -> str:
    """A login, where it lies in the system of the group, as far as anybody knows."""
    theirs = places_of(names.graph, login)
    if places and theirs and theirs.isdisjoint(places):
        where = place_name(names.graph, group)
        raise UsageError(f"{names.name(login)} is a login of another system: here it takes one of {where}")
    return login


def _refuse_off(names: Naming, node: str) -> None:
    if names.stack.is_off(node):
        raise UsageError(
            f"{names.name(node)} is off, so this changes nothing; say before it: {names.name(node)} is back"
        )


def _refuse_shared(names: Naming, subject: str, inside: Sequence[str]) -> None:
    """What others hold too stays where it is, unless that login itself is named."""
    held = (names.stack.accounts.get(one) for one in inside if one != subject)
    shared = [account.id for account in held if account is not None and len(account.holders) > 1]
    if shared:
        raise UsageError(
            f"{names.name(subject)} is a member through {names.name(shared[0])}, which others hold too. If it goes for "
            f"all of them, name that login: {shared[0]}"
        )


def _refuse_unread(names: Naming, group: str, subject: str, links: Sequence[Link]) -> None:
    """That somebody is no member is known of a list that was read whole, and of teams: your notes and lists say it."""
    whole = system_of(group) in listed_whole(names.stack.coverage, EdgeKind.MEMBER_OF)
    if _is_group(names, group) and (not whole or any(is_unread(link.source) for link in links)):
        raise UsageError(
            f"{names.name(subject)} was not read as a member of {names.name(group)}, but not all of its members were "
            "read: nobody can tell whether this changes anything. Leave it out"
        )


def _is_group(names: Naming, node: str) -> bool:
    """Not a team: nothing stops with that."""
    vertex = names.graph.get(node)
    return vertex is not None and vertex.kind is NodeKind.GROUP
