"""What is off, and what or who is back."""

from __future__ import annotations

import shlex

from stackmap.analysis.what_if.changes import Switch, Switched
from stackmap.analysis.what_if.supposed import Supposition
from stackmap.app.lists import unquoted
from stackmap.app.people.logins import near_logins
from stackmap.app.people.unclear import shown
from stackmap.app.people.words import name_key
from stackmap.app.what_if.meant import Meant
from stackmap.app.what_if.naming import TOKENS, Naming
from stackmap.app.what_if.sentences import Verb
from stackmap.errors import UsageError
from stackmap.model import THING_KINDS, NodeKind
from stackmap.render.guards import plain
from stackmap.render.places import place_name

__all__ = ["is_back", "is_off"]

_KINDS = THING_KINDS | TOKENS | {NodeKind.GROUP}
_WHAT = "logins, tokens and things"


def is_off(names: Naming) -> Meant:
    """A login, a token or a thing is off. Not a person: whoever leaves is asked about, and takes all they have."""
    word = names.sentence.subject
    node = _found(names, word)
    return _switched(names, node, Verb.IS_OFF, Switch.OFF)


def is_back(names: Naming) -> Meant:
    """A login, a token or a thing is on; or somebody is here again, with all logins that are theirs alone."""
    word = names.sentence.subject
    if names.people(word) and not names.names_a_login(word):
        return _person_back(names, names.person(word))
    return _switched(names, _found(names, word), Verb.IS_BACK, Switch.ON)


def _switched(names: Naming, node: str, verb: Verb, to: Switch) -> Meant:
    vertex = names.graph.get(node)
    already = vertex is not None and vertex.switched_off is (to is Switch.OFF)
    return Meant(Supposition(node, verb, already=already), () if already else (Switched(node, to),))


def _person_back(names: Naming, person: str) -> Meant:
    """Of somebody who is here nothing changes: a login that is off may be so for good."""
    if names.stack.is_here(person):
        return Meant(Supposition(person, Verb.IS_BACK, already=True))
    held = names.stack.accounts_of.get(person, ())
    off = tuple(one.id for one in held if one.off and len(one.holders) == 1)
    nodes = (*((person,) if person in names.graph else ()), *off)
    return Meant(Supposition(person, Verb.IS_BACK, by=off), tuple(Switched(node, Switch.ON) for node in nodes))


def _found(names: Naming, word: str) -> str:
    """A login, token or thing: what is called so goes before what has these words in a longer name. A name that is a
    person's means nobody's login in particular.
    """
    if names.things_called(word, _KINDS):
        return names.thing(word, _KINDS, _WHAT)
    people = [one for one in names.people(word) if name_key(names.graph.name(one)) == name_key(unquoted(word))]
    if people:
        raise UsageError(_a_person(names, word, people[0]))
    if names.logins(word):
        return names.login(word)
    if names.things(word, _KINDS):
        return names.thing(word, _KINDS, _WHAT)
    names.refuse_unread(word)
    return names.login(word) if names.people(word) or _likest_a_login(names, word) else names.thing(word, _KINDS, _WHAT)


def _likest_a_login(names: Naming, word: str) -> bool:
    """Whether what fits nothing is a login mistyped, sooner than a token or a thing."""
    logins = [one.like for one in near_logins(names.reading, unquoted(word))]
    return max(logins, default=0) > max((one.like for one in names.near_things(word, _KINDS)), default=0)


def _a_person(names: Naming, word: str, person: str) -> str:
    asked = plain(shlex.quote(person))
    lines = [
        f"{shown(unquoted(word))} is a person. What breaks if they leave: stackmap leave {asked}",
        f"Together with somebody else: stackmap leave NAME {asked}",
        "Or say which login is off:",
    ]
    own = names.own_logins(person)
    lines += [f"  {plain(one)}   {names.name(one)} in {plain(place_name(names.graph, one))}" for one in own]
    return "\n".join(lines if own else lines[:2])
