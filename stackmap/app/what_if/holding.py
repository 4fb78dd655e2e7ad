"""Who administers, owns, holds and hears: a person more, or one less."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from urllib.parse import quote

from stackmap.analysis.what_if.changes import Added, Change, Removed, supposed_edge, supposed_evidence
from stackmap.analysis.what_if.supposed import Supposition
from stackmap.app.lists import unquoted
from stackmap.app.people.words import name_key
from stackmap.app.what_if.meant import Meant
from stackmap.app.what_if.naming import Naming, places_of
from stackmap.app.what_if.sentences import Verb
from stackmap.errors import UsageError
from stackmap.model import THING_KINDS, AccountType, Certainty, EdgeKind, Node, NodeKind, make_id, system_of

__all__ = [
    "administers",
    "administers_no_longer",
    "alarms",
    "holds",
    "holds_no_longer",
    "owns",
    "owns_no_longer",
]

_ADMINISTERED = frozenset({NodeKind.SYSTEM, NodeKind.INTEGRATION, NodeKind.AUTOMATION})
_RUNS = frozenset({NodeKind.INTEGRATION, NodeKind.AUTOMATION})
_ADMINISTERED_WORDS = "systems, integrations and automations"
_NEW = "what-if:{}"


def administers(names: Naming) -> Meant:
    """Through their own logins in its system; where none was read, through a new one, which is told."""
    person = names.somebody_here(names.sentence.subject)
    target = names.thing(names.sentence.object, _ADMINISTERED, _ADMINISTERED_WORDS)
    places = places_of(names.graph, target)
    if not places:
        raise UsageError(f"{names.name(target)} lies in no system that was read: say that {names.name(person)} owns it")
    own = _logins_to_administer_with(names, person, places)
    if any(names.is_certain(EdgeKind.ADMINISTERS, login, target) for login in own):
        return Meant(Supposition(person, Verb.ADMINISTERS, target, tuple(own), already=True))
    if own:
        added = tuple(Added(supposed_edge(EdgeKind.ADMINISTERS, login, target)) for login in own)
        return Meant(Supposition(person, Verb.ADMINISTERS, target, tuple(own)), added)
    login, facts = _new_login(names, person, target)
    changes = (*facts, Added(supposed_edge(EdgeKind.ADMINISTERS, login, target)))
    return Meant(Supposition(person, Verb.ADMINISTERS, target, (login,), new_login=True), changes)


def _logins_to_administer_with(names: Naming, person: str, places: Collection[str]) -> list[str]:
    """A login of unknown type makes a doubtful carer, so it is taken where there is no other."""
    own = names.own_logins(person, places)
    return [one for one in own if names.stack.accounts[one].type is AccountType.HUMAN] or own


def _new_login(names: Naming, person: str, target: str) -> tuple[str, tuple[Change, ...]]:
    """A login that nobody read. Its id says nothing of whose it is: ids are shown under stand-ins too."""
    systems = names.graph.systems_of(target)
    number = 1
    while (login := _new_id(target, systems, number)) in names.graph:
        number += 1
    known = {"account_type": AccountType.HUMAN.value, "active": True}
    node = Node(NodeKind.ACCOUNT, login, names.graph.name(person), supposed_evidence(""), known)
    edges = [supposed_edge(EdgeKind.HAS_ACCOUNT, person, login)]
    edges += [supposed_edge(EdgeKind.PART_OF, login, system) for system in systems]
    return login, (Added(node), *map(Added, edges))


def _new_id(target: str, systems: list[str], number: int) -> str:
    place = next(filter(None, map(system_of, (*systems, target))), None)
    if place is None:
        return f"login/{quote((*systems, target)[0], safe='')}/{_NEW.format(number)}"
    product, tenant = place.split("/")
    stem = make_id("-", "-", NodeKind.ACCOUNT, _NEW.format(number)).removeprefix("-/-")
    return f"{product}/{tenant}{stem}"


def administers_no_longer(names: Naming) -> Meant:
    """Through none of the logins that are theirs alone."""
    person = names.person(names.sentence.subject)
    target = names.thing(names.sentence.object, _ADMINISTERED, _ADMINISTERED_WORDS)
    held = [one.id for one in names.stack.accounts_of.get(person, ())]
    by = [link.source for link in names.graph.into(target, EdgeKind.ADMINISTERS) if link.source in held]
    shared = [one for one in by if len(names.stack.accounts[one].holders) > 1]
    if shared:
        raise UsageError(
            f"{names.name(person)} administers {names.name(target)} through {names.name(shared[0])}, which others hold "
            f"too: say that they no longer hold that login"
        )
    changes = tuple(Removed(EdgeKind.ADMINISTERS, login, target) for login in by)
    return Meant(Supposition(person, Verb.ADMINISTERS_NO_LONGER, target, tuple(by), already=not by), changes)


def owns(names: Naming) -> Meant:
    """Answers for it, and can look after it; what it runs as is another question."""
    owner = _owner(names, names.sentence.subject)
    thing = names.thing(names.sentence.object, THING_KINDS, "things")
    if names.is_certain(EdgeKind.OWNED_BY, thing, owner):
        return Meant(Supposition(owner, Verb.OWNS, thing, already=True))
    return Meant(Supposition(owner, Verb.OWNS, thing), (Added(supposed_edge(EdgeKind.OWNED_BY, thing, owner)),))


def owns_no_longer(names: Naming) -> Meant:
    """Neither in person nor by a login that is theirs alone; where the platform ties a thing to its owner's login, that
    is handed over, not taken away.
    """
    word = names.sentence.subject
    owner = _team(names, word) or names.person(word)
    thing = names.thing(names.sentence.object, THING_KINDS, "things")
    theirs = {owner, *(one.id for one in names.stack.accounts_of.get(owner, ()) if len(one.holders) == 1)}
    links = [link for link in names.graph.out(thing, EdgeKind.OWNED_BY) if link.target in theirs]
    tied = [link for link in links if any(fact.outcomes is not None for fact in link.facts)]
    if tied:
        raise UsageError(
            f"{names.name(thing)} hangs on its owner {names.name(tied[0].target)}: say whom it belongs to instead "
            f'("{names.name(thing)} belongs to ...")'
        )
    changes = tuple(Removed(EdgeKind.OWNED_BY, thing, link.target) for link in links)
    return Meant(Supposition(owner, Verb.OWNS_NO_LONGER, thing, already=not changes), changes)


def holds(names: Naming) -> Meant:
    """Beside whoever holds it now, and as sure as that: a surer tie would take the login from the others."""
    person = names.somebody_here(names.sentence.subject)
    login = _login_to_hold(names, names.sentence.object)
    account = names.stack.accounts[login]
    if any(tie.person == person for tie in account.holders):
        return Meant(Supposition(person, Verb.HOLDS, login, already=True))
    grade = account.holders[0].certainty if account.holders else Certainty.CERTAIN
    tie = supposed_edge(EdgeKind.HAS_ACCOUNT, person, login, grade=grade)
    # What is shared already stays on whoever leaves: there, nothing has to be said of it.
    theirs = account.type is not AccountType.SHARED
    beside = tuple(one.person for one in account.holders) if theirs else ()
    return Meant(Supposition(person, Verb.HOLDS, login, beside=beside), (Added(tie),))


def holds_no_longer(names: Naming) -> Meant:
    """Of the last holder it leaves a login that somebody holds and nobody can say who."""
    person = names.person(names.sentence.subject)
    login = names.login(names.sentence.object)
    tied = [link for link in names.graph.into(login, EdgeKind.HAS_ACCOUNT) if link.source == person]
    changes = tuple(Removed(EdgeKind.HAS_ACCOUNT, person, login) for _ in tied[:1])
    return Meant(Supposition(person, Verb.HOLDS_NO_LONGER, login, already=not changes), changes)


def alarms(names: Naming) -> Meant:
    """Somebody more who hears that it failed."""
    thing = names.thing(names.sentence.subject, _RUNS, "integrations and automations")
    word = names.sentence.object
    in_person = names.people(word) and not names.names_a_login(word)
    who = names.somebody_here(word) if in_person else names.login(word)
    if any(link.target == who for link in names.graph.out(thing, EdgeKind.NOTIFIES)):
        return Meant(Supposition(thing, Verb.ALARMS, who, already=True))
    return Meant(Supposition(thing, Verb.ALARMS, who), (Added(supposed_edge(EdgeKind.NOTIFIES, thing, who)),))


def _owner(names: Naming, word: str) -> str:
    return _team(names, word) or names.somebody_here(word)


def _team(names: Naming, word: str) -> str:
    """The team of that name or id; "" for none. A person goes before."""
    if names.people(word):
        return ""
    teams = names.graph.vertices(NodeKind.TEAM)
    called: Iterator[str] = (
        team.id for team in teams if unquoted(word) == team.id or name_key(team.name) == name_key(unquoted(word))
    )
    return next(called, "")


def _login_to_hold(names: Naming, word: str) -> str:
    login = names.login(word)
    account = names.stack.accounts[login]
    if account.type.is_a_programs:
        raise UsageError(
            f"{names.name(login)} is a program's login: it stays whoever leaves, so a holder more changes nothing"
        )
    if account.off:
        raise UsageError(
            f"{names.name(login)} is off, so nobody can use it; say before it: {names.name(login)} is back"
        )
    return login
