"""The things that somebody asked second holders for by name: why none is planned, and what helps."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from stackmap.analysis.succession.asked import Asked, Stands
from stackmap.analysis.succession.milder import Milder
from stackmap.model import StackGraph
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.whose_login import whose_login
from stackmap.render.words import counted

__all__ = ["asked_lines", "whose_logins", "why_none"]

_NAMED = 3

_RUNNING = {
    Stands.GOES_FIRST: "stops, or runs on old data, as soon as they have left; see: stackmap leave NAME",
    Stands.LEFT_ALREADY: "hangs on somebody who has left, or whose logins are off. A second holder does not help: move "
    "it, best to a login that is nobody's own",
    Stands.NOT_KNOWN_WHOSE: "hangs on a login of which nobody knows whose it is",
    Stands.NOT_PROVEN: "may hang on one person{perhaps_on}: nothing that was read proves another way. A second holder "
    "may help. Look there, and write what you find into stack.yaml; what a second holder would change: stackmap "
    "bus-factor --with 'NAME holds LOGIN'",
    Stands.NOT_READ: "may hang on somebody whom no list names: see what was not read, below",
    Stands.BROKEN: "is broken already, whoever leaves. See: stackmap check",
    Stands.MAY_BE_BROKEN: "may be broken already, as far as was read. See: stackmap check",
    Stands.FINE: "needs no second holder: no one person's leaving stops it, or leaves it on old data, as far as was "
    "read",
}
_CARE = {
    Stands.GOES_FIRST: "is left with nobody to look after it once they have left: name somebody in stack.yaml",
    Stands.LEFT_ALREADY: "is looked after only by somebody who has left, or is not listed: name somebody in stack.yaml",
    Stands.NOT_KNOWN_WHOSE: "is looked after only with a login of which nobody knows whose it is",
    Stands.NOT_PROVEN: "may have only one person who looks after it, or none: name a second in stack.yaml",
    Stands.NOT_READ: "has nobody who is known to look after it, and no list was read that would tell. Name an owner in "
    "stack.yaml",
    Stands.NOBODY: "has nobody who looks after it, as far as was read: name an owner in stack.yaml",
    Stands.FINE: "needs no second holder: whoever leaves, somebody is left who looks after it",
}
_NOT_AT_ONCE = "runs on at first when any one person leaves, as far as was read"
_NOT_KNOWN: Mapping[str, frozenset[Stands]] = {
    "running": frozenset({Stands.NOT_PROVEN, Stands.NOT_READ}),
    "care": frozenset({Stands.NOT_PROVEN}),
}
_TOLD: Mapping[str, Mapping[Stands, str]] = {"running": _RUNNING, "care": _CARE}


def asked_lines(
    graph: StackGraph,
    purpose: str,
    asked: Iterable[Asked],
    milder: Mapping[str, Milder],
    nobodys: Mapping[str, Sequence[str]],
) -> Iterator[str]:
    """Of each thing what the plan itself does not tell. `nobodys`: by thing the logins on which it hangs of which
    nobody knows whose they are.
    """
    for one in asked:
        besides = milder.get(one.thing, Milder()) if purpose == "running" else Milder()
        sentences = [*_stands(graph, one, purpose, besides), *_besides(graph, besides)]
        if sentences:
            name = plain(graph.called(one.thing))
            yield from wrapped(f"{name} {'. It '.join(sentences)}.", "  ", hanging="    ")
        yield from whose_logins(graph, nobodys.get(one.thing, ()))


def whose_logins(graph: StackGraph, logins: Collection[str], *, everything: bool = True) -> Iterator[str]:
    """How to say whose these are; of many the first few, unless `everything` is asked for."""
    shown = list(logins) if everything else list(logins)[:_NAMED]
    for login in shown:
        yield from whose_login(graph, login, indent="    ", told="{login}: if you know whose it is, say so:")
    if len(logins) > len(shown):
        yield f"    and {counted(len(logins) - len(shown), 'login')} more: --all"


def _stands(graph: StackGraph, one: Asked, purpose: str, besides: Milder) -> Iterator[str]:
    where = stands(one, purpose)
    if where is Stands.FINE and _is_late(besides):
        yield _NOT_AT_ONCE
    elif told := _TOLD[purpose].get(where):
        yield told.format(perhaps_on=f" ({_names(graph, one.perhaps_on)})" if one.perhaps_on else "")


def _besides(graph: StackGraph, besides: Milder) -> Iterator[str]:
    """What else leaving does to a thing, or may."""
    no_plan = "for that no second holder is planned. See: stackmap leave NAME"
    if besides.gone_later:
        yield "stops later once they have left. See: stackmap leave NAME"
    if besides.later:
        yield f"stops later without {_names(graph, besides.later)}; {no_plan}"
    if besides.may_be_later:
        yield f"may stop later without {_names(graph, besides.may_be_later)}; {no_plan}"
    if besides.blocks:
        held = "the platform does not let that login go before it points to another one"
        yield f"blocks the last day of {_names(graph, besides.blocks, 'and')}: {held}"
    if besides.gone_over:
        yield "silently changes hands once they have left. Who gets it: stackmap leave NAME"
    if besides.passes_from:
        who = _names(graph, besides.passes_from)
        yield f"silently changes hands when {who} leaves. Who gets it: stackmap leave NAME"
    if besides.at_worst:
        yield f"may stop, or run on old data, if {_together(besides.at_worst)}"


def _together(people: int) -> str:
    """That it is not any so many people who are enough."""
    fewer = "nobody alone is enough" if people == 2 else "fewer are not enough"
    return f"{people} particular people leave together; {fewer}"


def _names(graph: StackGraph, people: Collection[str], last: str = "or") -> str:
    return f" {last} ".join(sorted((plain(graph.called(person)) for person in people), key=str.casefold))


def stands(one: Asked, purpose: str) -> Stands:
    """Where a thing stands, for one purpose."""
    return one.running if purpose == "running" else one.care


def why_none(purpose: str, asked: Collection[Asked], milder: Mapping[str, Milder]) -> str:
    """Of these, for none of which one is planned: that none is needed, or would help, or that this is not known."""
    where = {stands(one, purpose) for one in asked}
    if where & _NOT_KNOWN[purpose]:
        return "whether a second holder is needed is not proven"
    if Stands.PLANNED in where and where <= {Stands.PLANNED, Stands.FINE}:
        return "no second holder beside those above is needed"
    if where != {Stands.FINE}:
        return "no second holder would help"
    late = purpose == "running" and any(_is_late(milder.get(one.thing)) for one in asked)
    return f"no second holder is {'planned' if late else 'needed'}"


def _is_late(besides: Milder | None) -> bool:
    return besides is not None and bool(besides.later or besides.may_be_later or besides.gone_later)
