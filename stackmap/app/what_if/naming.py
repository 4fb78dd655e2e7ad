"""Names in a sentence: people, logins, things and tokens as people write them."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from stackmap.analysis import Stack
from stackmap.app.lists import unquoted
from stackmap.app.opening import Reading
from stackmap.app.people.entries import list_people
from stackmap.app.people.finding import find_person, people_called
from stackmap.app.people.logins import account_of, find_login, logins_called, logins_placed, system_ids
from stackmap.app.people.unclear import Candidate, Then, check_word, several, shown, to_try
from stackmap.app.people.words import likeness, name_key, nearest
from stackmap.app.what_if.sentences import Sentence
from stackmap.app.what_if.thing_names import things_called, with_these_words
from stackmap.app.what_if.unheld_names import UnheldNames
from stackmap.errors import UsageError
from stackmap.model import (
    THING_KINDS,
    Certainty,
    EdgeKind,
    NodeKind,
    StackGraph,
    Vertex,
    fold_name,
    is_thing,
    system_of,
)
from stackmap.render.guards import plain
from stackmap.render.people import PersonEntry
from stackmap.render.places import name_with_place, place_name

__all__ = ["TOKENS", "Naming", "places_of"]

TOKENS = frozenset({NodeKind.GRANT, NodeKind.CREDENTIAL})
_IN = " in "
"""Parts what something is from its system, where candidates are told."""

_NAMED = 5
"""So many names are told where one fits nothing and no command lists them."""


def places_of(graph: StackGraph, node_id: str) -> set[str]:
    """The Systems that something lies in, by id and as `product/tenant`; empty where nobody can tell."""
    found = {*graph.systems_of(node_id), node_id if _is_system(graph, node_id) else ""}
    return {*found, *(system_of(one) or "" for one in (*found, node_id))} - {""}


def _is_system(graph: StackGraph, node_id: str) -> bool:
    vertex = graph.get(node_id)
    return vertex is not None and vertex.kind is NodeKind.SYSTEM


@dataclass
class Naming:
    """What the names of one sentence mean in a reading. Every look-up raises UsageError where a name fits nothing, with
    what comes nearest, or several, with the candidates. `in_a_file`: whether the sentence is a line of a scenario.
    """

    reading: Reading
    sentence: Sentence
    in_a_file: bool = False

    @property
    def stack(self) -> Stack:
        """What was read, as it is supposed so far."""
        return self.reading.stack

    @property
    def graph(self) -> StackGraph:
        """Its graph."""
        return self.reading.stack.graph

    @cached_property
    def _people(self) -> tuple[PersonEntry, ...]:
        return list_people(self.reading)

    def name(self, node_id: str) -> str:
        """What something is called, harmless for a terminal."""
        return plain(self.graph.name(node_id))

    def people(self, word: str) -> list[str]:
        """Everybody whom a word may mean, by id."""
        return [entry.id for entry in people_called(self.reading, self._people, unquoted(word))]

    def person(self, word: str) -> str:
        """The one person whom a word means."""
        check_word(word)
        found = self.people(word)
        if not found:
            return find_person(self.reading, self._people, unquoted(word), self._then(word))
        return found[0] if len(found) == 1 else self._which(word, "people", found)

    def somebody_here(self, word: str) -> str:
        """As `person`, and they have not left: nobody who has can take anything over."""
        person = self.person(word)
        if self.stack.is_here(person):
            return person
        back = self._as_said(f"{self.name(person)} is back")
        raise UsageError(
            f"{self.name(person)} is not here any more, so nothing can pass to them. If they came back, say so before "
            f"it: {back}"
        )

    def login(self, word: str, places: Collection[str] = ()) -> str:
        """The login that a word means, by its own name or its person's; only in `places` where some are given."""
        check_word(word)
        bare = unquoted(word)
        if exact := account_of(self.reading, bare):
            return exact
        if placed := logins_placed(self.reading, bare):
            return placed[0] if len(placed) == 1 else self._which(word, "logins", placed)
        people = self.people(word)
        found = [one for person in people[:1] for one in self.own_logins(person, places)] if len(people) == 1 else []
        found = found or [one for one in self.logins(word) if not people or self._lies_in(one, places)]
        if len(found) == 1:
            return found[0]
        if found:
            return self._which(word, "logins", found)
        self.refuse_unread(word)
        if len(people) == 1 and places:
            where = " or ".join(sorted({self.name(one) for one in places if one in self.graph} or set(places)))
            raise UsageError(f"{self.name(people[0])} has no login in {plain(where)} that was read and is on")
        return find_login(self.reading, bare, self._then(word))

    def refuse_unread(self, word: str) -> None:
        """Raise UsageError for whoever stands behind a login that was not read: no sentence can change that."""
        bare = unquoted(word)
        if any(one not in self.stack.accounts for one in UnheldNames(self.reading).meant(bare)):
            asked = plain(shlex.quote(bare))
            raise UsageError(
                f"{shown(bare)} is known by what hangs on it alone: that login was not read. What hangs on it: "
                f"stackmap leave {asked}"
            )

    def logins(self, word: str) -> list[str]:
        """Every login that a word may mean, by id."""
        return logins_called(self.reading, unquoted(word))

    def names_a_login(self, word: str) -> bool:
        """Whether a word is a login's and not its person's: an id, or a name as answers tell logins by."""
        bare = unquoted(word)
        return bool(account_of(self.reading, bare) or logins_placed(self.reading, bare))

    def own_logins(self, person: str, places: Collection[str] = ()) -> list[str]:
        """The logins that are somebody's alone and on, in these places where some are given."""
        held = self.stack.accounts_of.get(person, ())
        own = (one.id for one in held if one.type.may_be_a_persons and len(one.holders) == 1 and not one.off)
        return sorted(one for one in own if self._lies_in(one, places))

    def is_certain(self, kind: EdgeKind, source: str, target: str) -> bool:
        """Whether such an edge was read, and is certain."""
        links = (link for link in self.graph.out(source, kind) if link.target == target)
        return any(item.how.certainty is Certainty.CERTAIN for link in links for item in link.evidence)

    def thing(self, word: str, kinds: Collection[NodeKind], what: str) -> str:
        """The one thing of these kinds that a word means. `what` is how they are called together."""
        check_word(word)
        found = self.things(word, kinds)
        if len(found) == 1:
            return found[0]
        if found:
            return self._which(word, what, found)
        raise self._nothing(word, kinds, what)

    def things(self, word: str, kinds: Collection[NodeKind]) -> list[str]:
        """Everything of these kinds that a word may mean: called so, else with all of its words in the name."""
        among = self._of(kinds)
        return self.things_called(word, kinds) or [one.id for one in with_these_words(among, unquoted(word))]

    def things_called(self, word: str, kinds: Collection[NodeKind]) -> list[str]:
        """Everything of these kinds that is called so, by id."""
        return [one.id for one in things_called(self.graph, self._of(kinds), unquoted(word))]

    def _of(self, kinds: Collection[NodeKind]) -> list[Vertex]:
        """Everything of these kinds but people's mailboxes and internal addresses: those are no things."""
        return [one for one in self.graph.vertices(*kinds) if one.kind not in THING_KINDS or is_thing(one)]

    def _lies_in(self, account: str, places: Collection[str]) -> bool:
        return not places or not places_of(self.graph, account).isdisjoint(places)

    def _which(self, word: str, what: str, found: Iterable[str]) -> str:
        raise several(unquoted(word), what, [self._candidate(one) for one in found], self._then(word))

    def _nothing(self, word: str, kinds: Collection[NodeKind], what: str) -> UsageError:
        near = self.near_things(word, kinds)
        told = f"none of the {what} that were read is called {shown(unquoted(word))}"
        if not near:
            return UsageError(told + self._where_to_look(kinds, what))
        return self.meant(word, f"{told}; nearest", near)

    def near_things(self, word: str, kinds: Collection[NodeKind]) -> list[Candidate]:
        """What of these kinds comes nearest to a word, the likest first."""
        bare = unquoted(word)
        called = {one.id: (one.name, *([one.id] if "/" in word else [])) for one in self._of(kinds)}
        near = [self._likened(one, bare) for one in nearest(name_key(bare), called)]
        return sorted(near, key=lambda one: -one.like)

    def _likened(self, node_id: str, word: str) -> Candidate:
        """With how like it is to a word; where that names a system, only what lies in it is."""
        name, place = self.graph.name(node_id), place_name(self.graph, node_id)
        bare, _, system = word.rpartition(_IN)
        elsewhere = bare and system_ids(self.reading, system) and fold_name(system) != fold_name(place)
        like = 0.0 if elsewhere else max(likeness(word, [name]), likeness(bare or word, [name]))
        return replace(self._candidate(node_id), like=like)

    def meant(self, word: str, told: str, near: Sequence[Candidate]) -> UsageError:
        """What is wrong with a word, in words of `told`, and what may be meant by it."""
        lines = ["   ".join(("", one.id, *map(plain, one.about))) for one in near]
        return UsageError("\n".join([f"{told}:", *lines, *to_try(near, self._then(word))]))

    def sure(self, found: Sequence[str]) -> list[Candidate]:
        """What is meant, by id, for certain where it is one."""
        return [replace(self._candidate(one), like=1) for one in found]

    def _where_to_look(self, kinds: Collection[NodeKind], what: str) -> str:
        """Where such names are listed: a command for things, else a few of them, where any was read."""
        if THING_KINDS.issuperset(kinds):
            return ". See: stackmap bus-factor --all"
        if not THING_KINDS.isdisjoint(kinds):
            return ". See, for things: stackmap bus-factor --all; for logins: stackmap people --all"
        names = sorted({name_with_place(self.graph, one.id) for one in self._of(kinds)}, key=name_key)
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        return f". The {what} that were read: {', '.join(names[:_NAMED])}{more}" if names else ""

    def _candidate(self, node_id: str) -> Candidate:
        vertex = self.graph.get(node_id)
        kind = vertex.kind.value.lower() if vertex else ""
        system = place_name(self.graph, node_id)
        about = [one.emails[:1] for one in self._people if one.id == node_id]
        called = self.graph.called(node_id)
        place = _IN.join(filter(None, (kind, system if system not in {called, self.graph.name(node_id)} else "")))
        return Candidate(node_id, (called, ", ".join(about[0]) if about else place))

    def _then(self, word: str) -> Then:
        """The same sentence with an id in place of a name."""
        sentence = self.sentence
        if word == sentence.object:
            return lambda node_id: self._as_said(sentence.text.removesuffix(word) + node_id)
        return lambda node_id: self._as_said(sentence.text.replace(word, node_id, 1))

    def _as_said(self, sentence: str) -> str:
        """A sentence as it is given in place of this one: as a line, or as an option."""
        return plain(sentence if self.in_a_file else f"--with {shlex.quote(sentence)}")
