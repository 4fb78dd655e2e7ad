"""Second holders as text: what to hand over to whom, what that lifts, and what it cannot lift."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from stackmap.analysis.succession.fewest import Proof
from stackmap.analysis.succession.holds import Hold, Way
from stackmap.analysis.succession.plan import HandOver, Part, SecondHolders
from stackmap.analysis.succession.remains import Remains, Why
from stackmap.model import EdgeKind, listed_whole, system_of
from stackmap.render.coverage import coverage_lines, gaps
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.succession import SecondHoldersReport
from stackmap.render.succession_asked import asked_lines, whose_logins, why_none
from stackmap.render.succession_next import next_steps
from stackmap.render.succession_seconds import careful, is_administering, names_of, placed, second_holder
from stackmap.render.supposing import supposed_lines
from stackmap.render.words import LOSES, counted, full_day

__all__ = ["second_holders_text"]

_SHOWN = 20
_NAMED = 3

_AIMS = {
    "running": "To keep things running when any one person leaves",
    "care": "To keep somebody who can look after them",
}
_SECOND = "A second holder is somebody who can take over."
_LOGINS = (
    "With a login: move what runs on it to a login there that is nobody's own and that both can open. Never share a "
    "password. Here the login counts as shared: as on while one of the two is here."
)
_OF_QUEUES = (
    "A queue, or another group that one person fills, needs a second member with a login of their own there. A shared "
    "login is still one member here, whatever --with shows of a login with two holders."
)
_OF_RIGHTS = (
    "An administrator can change nearly everything there. Why somebody is named stands beside them; whether that is "
    "enough to be one is yours to judge."
)
_PROOFS = {
    Proof.FORCED: "No smaller plan exists: without any one of these something stays one person away.",
    Proof.SEARCHED: "No smaller plan exists: every smaller choice was ruled out.",
}
_STILL = {
    "running": "One person away with all that done, or perhaps",
    "care": "One person away from nobody knowing it with all that done",
}
_REMAINS = {
    Why.NO_SECOND: "No second holder was found (see above)",
    Why.LEFT_ALREADY: "On somebody who has left, or whose logins are off: move it, a second holder does not help",
    Why.NOT_KNOWN_WHOSE: "On a login of which nobody knows whose it is",
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
    lines.extend(["", *next_steps(report)])
    return "\n".join(lines) + "\n"


def _opening(report: SecondHoldersReport) -> list[str]:
    taken = report.taken_at.date()
    asked = f"Asked about: {names_of(report.graph, report.wanted, len(report.wanted))}" if report.wanted else ""
    told = (asked, _left_first(report), _one_away(report))
    lines = [line for text in told for line in wrapped(text, hanging="  ")]
    return [*coverage_lines(report.coverage, taken), f"Reading of {full_day(taken)}", *lines]


def _left_first(report: SecondHoldersReport) -> str:
    """That some have left first, without naming them."""
    people, gone, may = len(report.leaving), len(report.plan.gone), len(report.plan.may_go)
    if not people:
        return ""
    who = f"{people} people had" if people > 1 else "one person had"
    told = f"Worked out as if {who} already left: nothing is handed over to them."
    if report.wanted:
        return told
    certain = f"{counted(gone, 'thing')} {'stop or run' if gone > 1 else 'stops or runs'} on old data" if gone else ""
    perhaps = f"{may} more may" if gone else f"{counted(may, 'thing')} may stop or run on old data"
    what = ", and ".join(filter(None, (certain, perhaps if may else "")))
    with_that = f" With that {what}, which is no part of this plan." if what else ""
    return f"{told}{with_that} All that their leaving changes: stackmap leave NAME"


def _one_away(report: SecondHoldersReport) -> str:
    """How the plan relates to what bus factors count."""
    plan, number = report.plan, len(report.plan.one_away)
    if report.wanted:
        return ""
    if not number:
        return "Nothing is one person away from failing, as far as is proven."
    counted_so = "" if report.leaving else ", as stackmap bus-factor counts them"
    told = f"{counted(number, 'thing')} {'are' if number > 1 else 'is'} one person away from failing{counted_so}"
    more = len(plan.running.lifted) - plan.helped
    already = "may have stopped before, or with those who leave first" if report.leaving else "may be broken already"
    beside = f", and {counted(more, 'thing')} more that {already}" if more else ""
    return f"{told}. Second holders help {plan.helped or 'none'} of them{beside}.{_perhaps_still(plan)}"


def _perhaps_still(plan: SecondHolders) -> str:
    """How many of those helped are told again below, for they may be one person away all the same."""
    helped = set(plan.one_away) & set(plan.running.lifted)
    number = len(helped.intersection(one.thing for one in plan.running.remains))
    return f" Even so, {number} of those helped may still be one person away: see below." if number else ""


def _part(report: SecondHoldersReport, purpose: str, part: Part, *, everything: bool) -> Iterator[str]:
    yield from wrapped(f"{_AIMS[purpose]}: {_counted(report, purpose, part)}", hanging="  ")
    if part.lifted and part.hand_overs:
        yield from wrapped(_proof(part), "  ", hanging="  ")
    for told in _advice(purpose, part):
        yield from wrapped(told, "  ", hanging="  ")
    nobodys = {one.thing: one.logins for one in part.remains}
    yield from asked_lines(report.graph, purpose, report.asked, report.milder, nobodys)
    for one in part.hand_overs if everything else part.hand_overs[:_SHOWN]:
        yield ""
        yield from _hand_over(report, one)
    if not everything and len(part.hand_overs) > _SHOWN:
        yield from ("", f"  and {len(part.hand_overs) - _SHOWN} more: --all")


def _advice(purpose: str, part: Part) -> Iterator[str]:
    ways = {one.hold.way for one in part.hand_overs}
    if purpose == "running" and ways - {Way.MEMBER}:
        yield f"{_SECOND} {_LOGINS}" if Way.LOGIN in ways else _SECOND
    if Way.MEMBER in ways:
        yield _OF_QUEUES
    if any(is_administering(one.hold) and one.second is not None for one in part.hand_overs):
        yield _OF_RIGHTS


def _needed(part: Part) -> str:
    members = sum(one.hold.way is Way.MEMBER for one in part.hand_overs)
    holders = len(part.hand_overs) - members
    told = (counted(holders, "second holder") if holders else "", counted(members, "second member") if members else "")
    return " and ".join(filter(None, told))


def _counted(report: SecondHoldersReport, purpose: str, part: Part) -> str:
    needed, things = _needed(part), _lifted(part)
    found = sum(one.second is not None for one in part.hand_overs)
    if not part.hand_overs:
        return _none(report, purpose, part)
    if not found:
        return f"{needed} needed, nobody found"
    if not part.lifted:
        return f"{needed} needed, somebody found for {found}, nothing helped by that alone"
    return f"{needed}, {things}" if found == len(part.hand_overs) else f"{needed} needed, {found} found, {things}"


def _lifted(part: Part) -> str:
    """How many things, and why what stands below may not add up to it."""
    lifted = frozenset(part.lifted)
    listed = [thing for one in part.hand_overs for thing in one.things if thing in lifted]
    own = len(set(listed))
    again = ", some below more than once" if len(listed) > own else ""
    more = len(part.lifted) - own
    return counted(own, "thing") + again + (f", and {more} more with a login above" if more else "")


def _none(report: SecondHoldersReport, purpose: str, part: Part) -> str:
    if report.wanted:
        return why_none(purpose, report.asked, report.milder)
    if any(not one.why.proven for one in part.remains):
        return "no second holder is proven to be needed, as far as was read"
    return f"no second holder {'would help' if part.remains else 'is needed'}, as far as was read"


def _proof(part: Part) -> str:
    known = f"Whether fewer would do is not proven: at least {part.at_least} are needed."
    return _PROOFS.get(part.proof, known)


def _hand_over(report: SecondHoldersReport, one: HandOver) -> Iterator[str]:
    graph = report.graph
    count, second = counted(len(one.things), "thing"), second_holder(report, one)
    what = "second member" if one.hold.way is Way.MEMBER else "second holder"
    yield from wrapped(f"{_held(report, one.hold)}: {count}; {what}: {second}", "  ", hanging="    ")
    if one.things != (one.hold.about,):
        yield from wrapped(names_of(graph, one.things, _NAMED), "    ", hanging="    ")
    yield from wrapped(careful(report, one), "    ", hanging="    ")


def _held(report: SecondHoldersReport, hold: Hold) -> str:
    graph = report.graph
    if hold.way is Way.LOGIN:
        return f"login {placed(graph, hold.about)}"
    if hold.way is Way.MEMBER:
        read = "" if _members_read(report, hold.about) else " that was read"
        return f"{placed(graph, hold.about)}, whose only active member{read} is {plain(graph.name(hold.person))}"
    name = plain(graph.called(hold.about))
    if hold.way is Way.IN_PERSON and hold.edge is not None:
        return f"{name}, which {LOSES[hold.edge.kind]} {plain(graph.name(hold.person))}"
    return f"administering {name}" if is_administering(hold) else f"looking after {name}"


def _members_read(report: SecondHoldersReport, group: str) -> bool:
    """Whether the lists that say who is in such a group were all read to the end."""
    return system_of(group) in listed_whole(report.coverage, EdgeKind.MEMBER_OF)


def _remaining(report: SecondHoldersReport, *, everything: bool) -> Iterator[str]:
    """What the whole plan leaves one person away, and why; of things asked about by name the rest is told before."""
    planned = {thing for one in report.hand_overs for thing in one.things}
    for purpose, part in report.parts:
        found: dict[Why, list[Remains]] = {}
        for one in part.remains:
            if not report.wanted or (one.thing in planned and one.why is not Why.NO_SECOND):
                found.setdefault(one.why, []).append(one)
        if found and (purpose == "running" or found.keys() != {Why.NO_SECOND}):
            yield from ("", f"{_STILL[purpose]}  ({sum(map(len, found.values()))})")
            yield from _whys(report, found, everything=everything)


def _whys(report: SecondHoldersReport, found: Mapping[Why, Sequence[Remains]], *, everything: bool) -> Iterator[str]:
    for why in (one for one in Why if one in found):
        things = [one.thing for one in found[why]]
        logins = sorted({login for one in found[why] for login in one.logins})
        yield from wrapped(f"{_REMAINS[why]}: {counted(len(things), 'thing')}", "  ")
        yield from wrapped(
            names_of(report.graph, things, len(things) if everything else _NAMED), "    ", hanging="    "
        )
        yield from whose_logins(report.graph, logins, everything=everything)
