"""Names in a sentence: people, logins, things and tokens as people write them."""

from __future__ import annotations

import difflib
import itertools
import re
import shlex
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from stackmap.analysis import Stack
from stackmap.app.lists import unquoted
from stackmap.app.opening import Reading
from stackmap.app.people.entries import list_people
from stackmap.app.people.finding import near_people, people_called
from stackmap.app.people.logins import account_of, find_login, logins_called
from stackmap.app.people.unclear import Candidate, Then, check_word, nobody, several, shown
from stackmap.app.people.words import name_key, nearest
from stackmap.app.what_if.sentences import Sentence
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
"""Parts a login or a thing from its system, as answers write it."""

_BETWEEN = ":"
"""Parts a system from a login, as notes write it."""

_NAMED = 5
"""So many names are told where one fits nothing and no command lists them."""

_WORD = re.compile(r"[^\W_]+")


def places_of(graph: StackGraph, node_id: str) -> set[str]:
    """The Systems that something lies in, by id and as `product/tenant`; empty where nobody can tell."""
    found = {*graph.systems_of(node_id), node_id if _is_system(graph, node_id) else ""}
    return {*found, *(system_of(one) or "" for one in (*found, node_id))} - {""}


def _words(text: str) -> set[str]:
    """The words of a name, whatever stands between them: few keyboards have a dash."""
    return set(_WORD.findall(name_key(text)))


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(a=one, b=other).ratio()


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
            told = f"nobody here is called {shown(unquoted(word))}"
            raise nobody(told, near_people(self._people, unquoted(word)), self._then(word))
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
        bare = self._with_system(unquoted(word))
        if exact := account_of(self.reading, bare):
            return exact
        people = [] if _BETWEEN in bare and logins_called(self.reading, bare) else self.people(word)
        found = [one for person in people[:1] for one in self.own_logins(person, places)] if len(people) == 1 else []
        found = found or [one for one in logins_called(self.reading, bare) if not people or self._lies_in(one, places)]
        if len(found) == 1:
            return found[0]
        if found:
            return self._which(word, "logins", found)
        if len(people) == 1 and places:
            where = " or ".join(sorted({self.name(one) for one in places if one in self.graph} or set(places)))
            raise UsageError(f"{self.name(people[0])} has no login in {plain(where)} that was read and is on")
        return find_login(self.reading, bare, self._then(word))

    def logins(self, word: str) -> list[str]:
        """Every login that a word may mean, by id."""
        return logins_called(self.reading, self._with_system(unquoted(word)))

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
        """Everything of these kinds that a word may mean, by the first of these that fits: id, name, name in a system,
        words of a name.
        """
        bare = unquoted(word)
        vertices = self._of(kinds)
        if any(vertex.id == bare for vertex in vertices):
            return [bare]
        for fold in (fold_name, name_key):
            named = [vertex for vertex in vertices if fold(bare) in map(fold, self._names(vertex))]
            if found := named or list(self._within(vertices, bare, fold(bare))):
                return [vertex.id for vertex in found]
        words = _words(bare)
        if not any(char.isalpha() for char in "".join(words)):  # a figure is no part of a name that somebody would say
            return []
        return [vertex.id for vertex in vertices if words <= _words(vertex.name)]

    def _of(self, kinds: Collection[NodeKind]) -> list[Vertex]:
        """Everything of these kinds but people's mailboxes and internal addresses: those are no things."""
        return [one for one in self.graph.vertices(*kinds) if one.kind not in THING_KINDS or is_thing(one)]

    def _within(self, vertices: Iterable[Vertex], word: str, folded: str) -> Iterator[Vertex]:
        """What is called by a name and its system: "Lead router in n8n", as answers write it, or "n8n: Lead router"."""
        if _IN in word or _BETWEEN in word:
            for vertex in vertices:
                pairs = itertools.product(self._names(vertex), self._names_of_place(vertex.id))
                placed = (form for name, system in pairs for form in (f"{name}{_IN}{system}", f"{system}: {name}"))
                if folded in map(fold_name, placed):
                    yield vertex

    def _names(self, vertex: Vertex) -> set[str]:
        """What something may be called: as its vendor does, and as answers do where others have that name."""
        return {vertex.name, self.graph.called(vertex.id)} if vertex.name else set()

    def _names_of_place(self, node_id: str) -> set[str]:
        """What the system that something lies in may be called, by its vendor and by answers."""
        return {place_name(self.graph, node_id), *map(self.graph.name, self.graph.systems_of(node_id))}

    def _with_system(self, word: str) -> str:
        """Of "d.kim in Salesforce", as logins are looked up; a login that is called so goes before."""
        login, part, system = word.rpartition(_IN)
        if not part or logins_called(self.reading, word):
            return word
        named = (one.id for one in self.graph.vertices(NodeKind.SYSTEM) if fold_name(one.name) == fold_name(system))
        places = {*map(system_of, named)} - {None}
        place = places.pop() if len(places) == 1 else system.strip()
        return f"{place}{_BETWEEN}{login.strip()}"

    def _lies_in(self, account: str, places: Collection[str]) -> bool:
        return not places or not places_of(self.graph, account).isdisjoint(places)

    def _which(self, word: str, what: str, found: Iterable[str]) -> str:
        raise several(unquoted(word), what, [self._candidate(one) for one in found], self._then(word))

    def _nothing(self, word: str, kinds: Collection[NodeKind], what: str) -> UsageError:
        called = {one.id: (one.name, *([one.id] if "/" in word else [])) for one in self._of(kinds)}
        wanted = name_key(unquoted(word))
        likest = sorted(nearest(wanted, called), key=lambda one: -_likeness(wanted, name_key(self.graph.name(one))))
        told = f"none of the {what} that were read is called {shown(unquoted(word))}"
        if not likest:
            return UsageError(told + self._where_to_look(kinds, what))
        return self.meant(word, f"{told}; nearest", likest)

    def meant(self, word: str, told: str, near: Sequence[str]) -> UsageError:
        """What is wrong with a word, in words of `told`, and what may be meant by it: at least one, by id."""
        lines = ["   ".join(("", one.id, *map(plain, one.about))) for one in map(self._candidate, near)]
        return UsageError("\n".join([f"{told}:", *lines, f"Try: {self._then(word)(near[0])}"]))

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
