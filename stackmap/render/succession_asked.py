"""The things that somebody asked second holders for by name: why none helps, and what does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from stackmap.analysis.succession.asked import Asked, Stands
from stackmap.model import StackGraph
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped

__all__ = ["asked_lines", "none_needed"]

_RUNNING = {
    Stands.GOES_FIRST: "stops, or runs on old data, as soon as they have left; see: stackmap leave NAME",
    Stands.LEFT_ALREADY: "hangs on somebody who has left, or whose logins are off. A second holder does not help: move "
    "it, best to a login that is nobody's own",
    Stands.NOT_KNOWN_WHOSE: "hangs on a login of which nobody knows whose it is. Say whose: stackmap people suggest",
    Stands.NOT_PROVEN: "may hang on one person: nothing that was read proves another way. Look there, and write what "
    "you find into stack.yaml",
    Stands.NOT_READ: "may hang on somebody whom no list names: see what was not read, below",
    Stands.BROKEN: "is broken already, whoever leaves. See: stackmap check",
    Stands.MAY_BE_BROKEN: "may be broken already, as far as was read. See: stackmap check",
    Stands.FINE: "needs no second holder: no one person's leaving stops it, or leaves it on old data, as far as was "
    "read",
}
_CARE = {
    Stands.GOES_FIRST: "is left with nobody to look after it once they have left: name somebody in stack.yaml",
    Stands.LEFT_ALREADY: "is looked after only by somebody who has left, or is not listed: name somebody in stack.yaml",
    Stands.NOT_KNOWN_WHOSE: "is looked after only with a login of which nobody knows whose it is. Say whose: stackmap "
    "people suggest",
    Stands.NOT_PROVEN: "may have only one person who looks after it, or none: name a second in stack.yaml",
    Stands.NOT_READ: "has nobody who is known to look after it, and no list was read that would tell. Name an owner in "
    "stack.yaml",
    Stands.NOBODY: "has nobody who looks after it, as far as was read: name an owner in stack.yaml",
    Stands.FINE: "needs no second holder: whoever leaves, somebody is left who looks after it",
}
_TOLD: Mapping[str, Mapping[Stands, str]] = {"running": _RUNNING, "care": _CARE}


def asked_lines(graph: StackGraph, purpose: str, asked: Iterable[Asked]) -> Iterator[str]:
    """A sentence for each thing of which the plan itself says nothing."""
    for one in asked:
        if told := _TOLD[purpose].get(stands(one, purpose)):
            yield from wrapped(f"{plain(graph.name(one.thing))} {told}.", "  ", hanging="    ")


def stands(one: Asked, purpose: str) -> Stands:
    """Where a thing stands, for one purpose."""
    return one.running if purpose == "running" else one.care


def none_needed(purpose: str, asked: Iterable[Asked]) -> bool:
    """Whether none of these needs a second holder; else one would not help."""
    return all(stands(one, purpose) is Stands.FINE for one in asked)
