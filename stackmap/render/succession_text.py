"""Second holders as text: what to hand over to whom, what that lifts, and what it cannot lift."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from stackmap.analysis.succession.fewest import Proof
from stackmap.analysis.succession.holds import Hold, Way
from stackmap.analysis.succession.plan import HandOver, Part
from stackmap.analysis.succession.remains import Why
from stackmap.model import EdgeKind, StackGraph
from stackmap.render.coverage import coverage_lines, gaps
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.succession import SecondHoldersReport
from stackmap.render.supposing import supposed_lines
from stackmap.render.words import LOSES, counted, full_day

__all__ = ["second_holders_text"]

_SHOWN = 20
_NAMED = 3

_AIMS = {
    "running": "To keep things running when any one person leaves",
    "care": "To keep somebody who can look after them",
}
_ADVICE = (
    "A second holder is somebody who can take over. Of a login: best move what runs on it to a login that is nobody's "
    "own and that both can open. Never share a password."
)
_PROOFS = {
    Proof.FORCED: "No smaller plan exists: without any one of these something stays one person away.",
    Proof.SEARCHED: "No smaller plan exists: every smaller choice was ruled out.",
}
_REMAINS = {
    Why.NO_SECOND: "No second holder was found (see above)",
    Why.LEFT_ALREADY: "On somebody who has left: that needs another login, not a second holder",
    Why.NOT_KNOWN_WHOSE: "On a login of which nobody knows whose it is (stackmap people suggest)",
    Why.NOT_PROVEN: "Perhaps on one person: nothing proves that there is another way",
    Why.NOT_READ: "Perhaps on somebody no list names: see what was not read, below",
}


def second_holders_text(report: SecondHoldersReport, *, everything: bool = False) -> str:
    """What lifts most comes first. Says nothing of people but what they could take over."""
    lines = [*supposed_lines(report.graph, report.supposed), *_opening(report)]
    for purpose, part in report.parts:
        lines.extend(["", *_part(report, purpose, part, everything=everything)])
    lines.extend(_remaining(report, everything=everything))
    lines.extend(gaps(report.coverage))
    lines.extend(["", *_next(report)])
    return "\n".join(lines) + "\n"


def _opening(report: SecondHoldersReport) -> list[str]:
    taken = report.taken_at.date()
    asked = [f"Asked about: {_names(report.graph, report.wanted, len(report.wanted))}"] if report.wanted else []
    several = len(report.leaving) > 1
    who = f"{len(report.leaving)} people take" if several else "One person takes"
    out = (
        wrapped(f"{who} nothing over, as asked; what is theirs today counts as theirs still.") if report.leaving else []
    )
    return [*coverage_lines(report.coverage, taken), f"Reading of {full_day(taken)}", *asked, *out]


def _part(report: SecondHoldersReport, purpose: str, part: Part, *, everything: bool) -> Iterator[str]:
    if not part.hand_overs:
        needed = "would help" if part.remains else "is needed"
        yield from wrapped(f"{_AIMS[purpose]}: no second holder {needed}, as far as was read", hanging="  ")
        return
    yield from wrapped(f"{_AIMS[purpose]}: {_counted(part)}", hanging="  ")
    yield from wrapped(_proof(part), "  ", hanging="  ")
    if purpose == "running":
        yield from wrapped(_ADVICE, "  ", hanging="  ")
    for one in part.hand_overs if everything else part.hand_overs[:_SHOWN]:
        yield ""
        yield from _hand_over(report, one)
    if not everything and len(part.hand_overs) > _SHOWN:
        yield from ("", f"  and {len(part.hand_overs) - _SHOWN} more: --all")


def _counted(part: Part) -> str:
    things = counted(len(part.lifted), "thing")
    found = sum(one.second is not None for one in part.hand_overs)
    if found == len(part.hand_overs):
        return f"{counted(found, 'second holder')}, {things}"
    return f"{counted(len(part.hand_overs), 'second holder')} needed, somebody found for {found}, {things} lifted"


def _proof(part: Part) -> str:
    known = f"Whether fewer would do is not proven: at least {part.at_least} are needed."
    return _PROOFS.get(part.proof, known)


def _hand_over(report: SecondHoldersReport, one: HandOver) -> Iterator[str]:
    graph = report.graph
    count, second = counted(len(one.things), "thing"), _second(report, one)
    yield from wrapped(f"{_held(graph, one.hold)}: {count}; second holder: {second}", "  ", hanging="    ")
    if one.things != (one.hold.about,):
        yield from wrapped(_names(graph, one.things, _NAMED), "    ", hanging="    ")


def _held(graph: StackGraph, hold: Hold) -> str:
    if hold.way is Way.LOGIN:
        return f"login {_login(graph, hold.about)}"
    name = plain(graph.name(hold.about))
    if hold.way is Way.IN_PERSON and hold.edge is not None:
        return f"{name}, which {LOSES[hold.edge.kind]} {plain(graph.name(hold.person))}"
    return f"administering {name}" if _administers(hold) else f"looking after {name}"


def _login(graph: StackGraph, login: str) -> str:
    return " in ".join(filter(None, (plain(graph.name(login)), plain(graph.system_name(login)))))


def _administers(hold: Hold) -> bool:
    return hold.edge is not None and hold.edge.kind is EdgeKind.ADMINISTERS


def _second(report: SecondHoldersReport, one: HandOver) -> str:
    graph, else_ = report.graph, "else who stays" if report.leaving else "else"
    if one.second is not None:
        return f"{plain(graph.name(one.second))} ({one.fit.value})" if one.fit else plain(graph.name(one.second))
    if one.could:
        return "whoever could has enough already: raise --at-most"
    login = graph.get(one.hold.about) if one.hold.way is Way.LOGIN else None
    if login is not None and login.switched_off:
        return "none, for this login is off: move what hangs on it to one that is on"
    if login is not None or _administers(one.hold):
        return f"nobody {else_} has a login there: make one"
    return f"nobody {else_} is known there: name somebody"


def _names(graph: StackGraph, things: Sequence[str], shown: int) -> str:
    names = sorted((plain(graph.name(thing)) for thing in things), key=str.casefold)
    more = f" and {len(names) - shown} more" if len(names) > shown else ""
    return ", ".join(names[:shown]) + more


def _remaining(report: SecondHoldersReport, *, everything: bool) -> Iterator[str]:
    """What the whole plan leaves one person away, and why; only for running, for the rest stands in the plan."""
    found: dict[Why, list[str]] = {}
    for one in report.plan.running.remains:
        found.setdefault(one.why, []).append(one.thing)
    if found:
        yield ""
        yield f"One person away with all that done, or perhaps  ({len(report.plan.running.remains)})"
    for why in (one for one in Why if one in found):
        things = found[why]
        yield from wrapped(f"{_REMAINS[why]}: {counted(len(things), 'thing')}", "  ")
        yield from wrapped(_names(report.graph, things, len(things) if everything else _NAMED), "    ", hanging="    ")


def _next(report: SecondHoldersReport) -> Iterator[str]:
    hand_overs = [one for _, part in report.parts for one in part.hand_overs]
    if not hand_overs:
        yield "Next: stackmap bus-factor      how few people stand between each thing and its failure"
        return
    yield "Next: agree with them, hand over in the systems, then stackmap collect."
    for one in [one for one in hand_overs if one.second and one.hold.way is Way.LOGIN][:1]:
        sentence = f"{plain(report.graph.name(one.second or ''))} holds {_login(report.graph, one.hold.about)}"
        yield "What one of them would change:"
        yield f"  stackmap bus-factor --with {shlex.quote(sentence)}"
    yield "Somebody among them leaves? stackmap bus-factor --second-holders --leaving NAME"
