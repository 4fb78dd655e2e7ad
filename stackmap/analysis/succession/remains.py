"""What is one person away, and stays so: everybody's leaving asked of a stack, and why no plan helps."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TypeAlias

from stackmap.analysis.anonymous import ANONYMOUS, anonymous_login
from stackmap.analysis.compiling.care import care_node
from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.departures.under import people_under
from stackmap.analysis.gates.marks import Run, mark_of
from stackmap.analysis.gates.network import word_of
from stackmap.model import State

__all__ = ["AT_WORST", "PROVEN", "OneMore", "Remains", "Why", "one_person_away", "remaining_care", "remaining_running"]

PROVEN, AT_WORST = (mark_of(run, State.STARVES) for run in (Run.POSSIBLE, Run.WORST))
"""The marks of what has stopped, or runs on old data."""

_UNCARED = mark_of(Run.POSSIBLE, State.STOPS)


class Why(Enum):
    """Why something stays one person away; the first that holds.

    What hangs on somebody who has left, or on nobody knows whom, stays so whatever second holders there are.
    """

    LEFT_ALREADY = "hangs on somebody who has left already"  # or whose logins are all off
    NOT_KNOWN_WHOSE = "not known whose login"
    NO_SECOND = "no second holder"
    NOT_PROVEN = "not proven"
    NOT_READ = "not read"

    @property
    def proven(self) -> bool:
        """Whether it breaks for certain, not only at worst."""
        return self not in {Why.NOT_PROVEN, Why.NOT_READ}

    @property
    def hopeless(self) -> bool:
        """Whether no second holder mends it."""
        return self in {Why.LEFT_ALREADY, Why.NOT_KNOWN_WHOSE}


@dataclass(frozen=True, slots=True)
class Remains:
    """Something that one person's leaving still breaks, or may. `logins`: those on which it hangs of which nobody knows
    whose they are, by id, where that is why.
    """

    thing: str
    why: Why
    logins: tuple[str, ...] = ()


_Found: TypeAlias = dict[str, set[tuple[Why, str]]]
"""By thing why it breaks, and with whose leaving."""


@dataclass
class OneMore:
    """One person's leaving more, once those `away` have left: what it takes that their leaving has not.

    `things`: those of which, and of whose care, something is asked; None: all.
    """

    compiled: CompiledStack
    away: Collection[str] = ()
    things: Collection[str] | None = None

    @cached_property
    def gone(self) -> Mapping[int, int]:
        """The marks that nodes gain when those away leave, by number."""
        return self.compiled.solver.leaving(self.away)

    @cached_property
    def people(self) -> Sequence[str]:
        """Everybody else whose leaving may break anything that is asked about."""
        network = self.compiled.network
        near: Iterable[str] = network.seeds
        if self.things is not None:
            near = people_under(network, (*self.things, *map(care_node, self.things)))
        return [person for person in near if person not in self.away]

    def takes(self, person: str) -> Iterator[tuple[str, int]]:
        """What else falls when this person leaves, by name, and at which marks."""
        names, gone = self.compiled.network.names, self.gone
        for node, marks in self.compiled.solver.leaving((*self.away, person)).items():
            if more := marks & ~gone.get(node, 0):
                yield names[node], more

    def uncared(self, person: str, wanted: Collection[str]) -> Iterator[str]:
        """The things that nobody is left to care for, proven, when this person leaves."""
        for name, marks in self.takes(person):
            word, thing = word_of(name)
            if marks & _UNCARED and word == "care" and thing in wanted:
                yield thing

    def takes_first(self, name: str, mark: int) -> bool:
        """Whether a node newly gets a mark with those away."""
        node = self.compiled.network.index.get(name)
        return node is not None and bool(self.gone.get(node, 0) & mark)

    def is_lost(self, name: str, mark: int) -> bool:
        """Whether a node has a mark before anybody more leaves."""
        node = self.compiled.network.index.get(name)
        return node is not None and bool((self.compiled.solver.baseline[node] | self.gone.get(node, 0)) & mark)


def remaining_running(asked: OneMore, wanted: Collection[str], here: Collection[str]) -> tuple[Remains, ...]:
    """The things that one person's leaving stops, or leaves on old data, proven or at worst; by id."""
    found: _Found = {}
    for person in asked.people:
        for name, marks in asked.takes(person):
            if marks & (PROVEN | AT_WORST) and name in wanted:
                found.setdefault(name, set()).add((_why(asked, person, here, proven=bool(marks & PROVEN)), person))
    return _first(found)


def remaining_care(asked: OneMore, wanted: Collection[str], here: Collection[str]) -> tuple[Remains, ...]:
    """The things that nobody is left to care for when one person leaves, proven; by id."""
    found: _Found = {}
    for person in asked.people:
        for thing in asked.uncared(person, wanted):
            found.setdefault(thing, set()).add((_why(asked, person, here, proven=True), person))
    return _first(found)


def one_person_away(asked: OneMore, running: Collection[Remains]) -> frozenset[str]:
    """Of what one person's leaving breaks, or may: the things that bus factors call one person away from failing.

    That is proven of them, and they are not broken at worst either. The same as asking all bus factors, which takes
    much longer.
    """
    return frozenset(one.thing for one in running if one.why.proven and not asked.is_lost(one.thing, AT_WORST))


def _why(asked: OneMore, person: str, here: Collection[str], *, proven: bool) -> Why:
    if not proven:
        return Why.NOT_READ if person == ANONYMOUS else Why.NOT_PROVEN
    if person in here:
        return Why.NO_SECOND
    named = person in asked.compiled.stack.graph
    return Why.LEFT_ALREADY if named else Why.NOT_KNOWN_WHOSE


def _first(found: _Found) -> tuple[Remains, ...]:
    return tuple(_one_of(thing, found[thing]) for thing in sorted(found))


def _one_of(thing: str, whys: Collection[tuple[Why, str]]) -> Remains:
    why = min((why for why, _ in whys), key=list(Why).index)
    if why is not Why.NOT_KNOWN_WHOSE:
        return Remains(thing, why)
    logins = (anonymous_login(person) for one, person in whys if one is why)
    return Remains(thing, why, tuple(sorted(filter(None, logins))))
