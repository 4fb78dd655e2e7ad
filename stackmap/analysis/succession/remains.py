"""What is one person away, and stays so: everybody's leaving asked of a stack, and why no plan helps."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.gates.marks import Run, mark_of
from stackmap.analysis.gates.network import word_of
from stackmap.analysis.stack import ANONYMOUS
from stackmap.model import State

__all__ = ["Remains", "Why", "remaining_care", "remaining_running", "uncared"]

_PROVEN, _AT_WORST = (mark_of(run, State.STARVES) for run in (Run.POSSIBLE, Run.WORST))
_UNCARED = mark_of(Run.POSSIBLE, State.STOPS)


class Why(Enum):
    """Why something stays one person away; the first that holds."""

    NO_SECOND = "no second holder"
    LEFT_ALREADY = "hangs on somebody who has left already"
    NOT_KNOWN_WHOSE = "not known whose login"
    NOT_PROVEN = "not proven"
    NOT_READ = "not read"

    @property
    def proven(self) -> bool:
        """Whether it breaks for certain, not only at worst."""
        return self not in {Why.NOT_PROVEN, Why.NOT_READ}


@dataclass(frozen=True, slots=True)
class Remains:
    """Something that one person's leaving still breaks, or may."""

    thing: str
    why: Why


def remaining_running(compiled: CompiledStack, wanted: Collection[str], here: Collection[str]) -> tuple[Remains, ...]:
    """The things that one person's leaving stops, or leaves on old data, proven or at worst; by id."""
    found: dict[str, set[Why]] = {}
    names = compiled.network.names
    for person in compiled.network.seeds:
        for node, gained in compiled.solver.leaving((person,)).items():
            if gained & (_PROVEN | _AT_WORST) and names[node] in wanted:
                found.setdefault(names[node], set()).add(_why(person, here, proven=bool(gained & _PROVEN)))
    return _first(found)


def remaining_care(compiled: CompiledStack, wanted: Collection[str], here: Collection[str]) -> tuple[Remains, ...]:
    """The things that nobody is left to care for when one person leaves, proven; by id."""
    found: dict[str, set[Why]] = {}
    for person in compiled.network.seeds:
        for thing in uncared(compiled, person, wanted):
            found.setdefault(thing, set()).add(_why(person, here, proven=True))
    return _first(found)


def uncared(compiled: CompiledStack, person: str, wanted: Collection[str]) -> Iterator[str]:
    """The things that nobody is left to care for, proven, when one person leaves."""
    names = compiled.network.names
    for node, gained in compiled.solver.leaving((person,)).items():
        word, thing = word_of(names[node])
        if gained & _UNCARED and word == "care" and thing in wanted:
            yield thing


def _why(person: str, here: Collection[str], *, proven: bool) -> Why:
    if not proven:
        return Why.NOT_READ if person == ANONYMOUS else Why.NOT_PROVEN
    if person in here:
        return Why.NO_SECOND
    return Why.NOT_KNOWN_WHOSE if person.startswith(f"{ANONYMOUS}/") else Why.LEFT_ALREADY


def _first(found: dict[str, set[Why]]) -> tuple[Remains, ...]:
    return tuple(Remains(thing, min(found[thing], key=list(Why).index)) for thing in sorted(found))
