"""What to do with a plan of second holders, and the commands that try it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from stackmap.analysis.succession.holds import Way
from stackmap.analysis.succession.plan import HandOver
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.succession import SecondHoldersReport
from stackmap.render.succession_seconds import is_administering, placed
from stackmap.render.succession_sentences import scenario_sentence
from stackmap.render.supposing import said

__all__ = ["next_steps"]

_MOST = 3
_PLANNING = "stackmap bus-factor --second-holders"
_OF_LOGINS = (
    "login: make one there that is nobody's own and that both can open; let what runs on the old one run on that, and "
    "sign in anew where a consent hangs on it"
)
_OF_QUEUES = "queue or group: add the second member, with their own login"
_OF_RIGHTS = "administering: give the second holder that role, on their own login"
_OF_THE_REST = "the rest: the second holder learns how, and is named there, or in stack.yaml"


def next_steps(report: SecondHoldersReport) -> Iterator[str]:
    """What to do in the systems, how to see what it would change, and what else to ask."""
    agreed = [one for one in report.hand_overs if one.second is not None]
    if not agreed:
        yield "Next: stackmap bus-factor      how few people stand between each thing and its failure"
        return
    yield "Next: agree with each of them, then hand over in the systems:"
    for step in _steps(agreed):
        yield from wrapped(f"- {step}", "  ", hanging="    ")
    yield "Then: stackmap collect"
    if not report.stand_ins:
        yield from _to_try(report, agreed)
    if not report.leaving:
        yield f"Somebody among them leaves? {_PLANNING} --leaving NAME"


def _steps(agreed: Sequence[HandOver]) -> Iterator[str]:
    holds = [one.hold for one in agreed]
    ways, rights = {hold.way for hold in holds}, [is_administering(hold) for hold in holds if hold.way is Way.CARE]
    if Way.LOGIN in ways:
        yield _OF_LOGINS
    if Way.MEMBER in ways:
        yield _OF_QUEUES
    if any(rights):
        yield _OF_RIGHTS
    if Way.IN_PERSON in ways or not all(rights):
        yield _OF_THE_REST


def _to_try(report: SecondHoldersReport, agreed: Sequence[HandOver]) -> Iterator[str]:
    """How to suppose the plan, by real names: sentences know no others."""
    unsaid = sum(scenario_sentence(report.graph, one) is None for one in agreed)
    if unsaid < len(agreed):
        whole = f"Try it, without {unsaid} that no sentence can say" if unsaid else "Try all of it"
        yield f"{whole}{_to_fill_in(report)}:"
        yield f"  {_PLANNING}{_as_asked(report)} --format scenario -o plan.txt"
        yield f"  {_trying(report)} --scenario plan.txt"
    for one in [one for one in agreed if one.hold.way is Way.LOGIN][:1]:
        sentence = f"{plain(report.graph.name(one.second or ''))} holds {placed(report.graph, one.hold.about)}"
        yield "What one of them would change:"
        yield f"  {_trying(report)} --with {shlex.quote(sentence)}"


def _to_fill_in(report: SecondHoldersReport) -> str:
    """What these commands leave out: who leaves first, whom a plan never names, and what was supposed at length."""
    leavers = "NAME: who leaves first, as you wrote it" if report.leaving else ""
    supposed = "with all that you supposed, too" if len(report.supposed.suppositions) > _MOST else ""
    told = "; ".join(filter(None, (leavers, supposed)))
    return f" ({told})" if told else ""


def _as_asked(report: SecondHoldersReport) -> str:
    """The options with which this plan was asked for."""
    return "".join(f" {_quoted(word)}" for word in report.asked_with) + _supposed(report)


def _trying(report: SecondHoldersReport) -> str:
    """What shows a plan's change. That somebody leaves first only a plan takes note of, so then it is asked again."""
    return f"{_PLANNING}{_as_asked(report)}" if report.leaving else f"stackmap bus-factor{_supposed(report)}"


def _supposed(report: SecondHoldersReport) -> str:
    sentences = [said(report.graph, one) for one in report.supposed.suppositions]
    return "".join(f" --with {_quoted(sentence)}" for sentence in sentences) if len(sentences) <= _MOST else ""


def _quoted(word: str) -> str:
    return plain(shlex.quote(word))
