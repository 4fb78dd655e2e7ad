"""Where the things stand that somebody asked about by name: what a second holder does for each, or why none helps."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum

from stackmap.analysis.compiling.care import care_node
from stackmap.analysis.gates.marks import Run, mark_of
from stackmap.analysis.succession.holds import can_share
from stackmap.analysis.succession.plan import Part, SecondHolders
from stackmap.analysis.succession.remains import AT_WORST, PROVEN, OneMore, Why
from stackmap.model import State

__all__ = ["Asked", "Stands", "asked_about"]

_UNCARED, _UNCARED_AT_WORST = (mark_of(run, State.STOPS) for run in (Run.POSSIBLE, Run.WORST))


class Stands(Enum):
    """Where a thing stands, for running or for care."""

    PLANNED = "in the plan"
    GOES_FIRST = "goes with those who leave"
    LEFT_ALREADY = "hangs on somebody who has left already"
    NOT_KNOWN_WHOSE = "not known whose login"
    NOT_PROVEN = "not proven"
    FINE = "not one person away"
    NOT_READ = "not read"
    BROKEN = "broken already"
    MAY_BE_BROKEN = "may be broken already"
    NOBODY = "nobody"


_WHYS = {
    Why.LEFT_ALREADY: Stands.LEFT_ALREADY,
    Why.NOT_KNOWN_WHOSE: Stands.NOT_KNOWN_WHOSE,
    Why.NO_SECOND: Stands.PLANNED,
    Why.NOT_PROVEN: Stands.NOT_PROVEN,
    Why.NOT_READ: Stands.NOT_READ,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that was asked about, before anything is handed over.

    `perhaps_on`: where it is not proven to run on without any one person, who that may be, of those who are here.
    """

    thing: str
    running: Stands
    care: Stands
    perhaps_on: tuple[str, ...] = ()


def asked_about(now: OneMore, things: Collection[str], plan: SecondHolders) -> tuple[Asked, ...]:
    """Where these stand for which a plan was made; in the order in which they were asked about."""
    running, care = _told(plan.running), _told(plan.care)
    return tuple(
        Asked(
            thing,
            running.get(thing) or _running(now, thing),
            care.get(thing) or _care(now, thing),
            _perhaps_on(now, thing) if running.get(thing) is Stands.NOT_PROVEN else (),
        )
        for thing in things
    )


def _told(part: Part) -> dict[str, Stands]:
    """What the plan itself tells of them; what it lifts beside its own hand-overs, those for running do."""
    remains = {one.thing: _WHYS[one.why] for one in part.remains}
    planned = (*part.lifted, *(thing for one in part.hand_overs for thing in one.things))
    return remains | dict.fromkeys(planned, Stands.PLANNED)


def _running(now: OneMore, thing: str) -> Stands:
    """Of what no single person's leaving breaks, nor may."""
    if now.takes_first(thing, PROVEN):
        return Stands.GOES_FIRST
    if now.is_lost(thing, PROVEN):
        return Stands.BROKEN
    return Stands.MAY_BE_BROKEN if now.is_lost(thing, AT_WORST) else Stands.FINE


def _care(now: OneMore, thing: str) -> Stands:
    """Of what nobody is left to look after by no single leaving, proven."""
    node, carers = care_node(thing), now.compiled.care.carers(thing)
    if not carers:
        return Stands.NOBODY if now.compiled.stack.admins_readable(thing) else Stands.NOT_READ
    if now.takes_first(node, _UNCARED):
        return Stands.GOES_FIRST
    if now.is_lost(node, _UNCARED):
        return Stands.NOBODY
    doubtful = now.is_lost(node, _UNCARED_AT_WORST) or not any(carer.sure for carer in carers)
    return Stands.NOT_PROVEN if doubtful or _perhaps_one(now, node) else Stands.FINE


def _perhaps_on(now: OneMore, thing: str) -> tuple[str, ...]:
    """Those here by whose leaving alone a thing stops, or runs on old data, at worst; by id."""
    stack = now.compiled.stack
    return tuple(sorted(person for person in _losing(now, thing, AT_WORST) if can_share(stack, person)))


def _perhaps_one(now: OneMore, node: str) -> bool:
    """Whether one person's leaving loses a node at worst."""
    return any(True for _ in _losing(now, node, _UNCARED_AT_WORST))


def _losing(now: OneMore, node: str, mark: int) -> Iterator[str]:
    """The people by whose leaving a node newly gets a mark."""
    for person in now.people:
        if any(name == node and marks & mark for name, marks in now.takes(person)):
            yield person
