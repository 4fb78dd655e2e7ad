"""Answers held against the same answers without what is supposed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from stackmap.analysis import AdminChange, BusFactor, Fate, bus_factors
from stackmap.analysis.bus_factor.of_stack import StackBusFactor, stack_bus_factor
from stackmap.analysis.bus_factor.standing import Standing, standing
from stackmap.analysis.departures.milder import Later, blocked_last_days, stops_later
from stackmap.analysis.what_if.difference import Caveat, CaveatKind, Difference, Shift, shifts_between
from stackmap.analysis.what_if.supposed import Supposed
from stackmap.app.opening import Reading
from stackmap.app.what_if.caveats import caveats, caveats_of_sharing
from stackmap.model import EdgeKind, Outcome, StackGraph, is_unread
from stackmap.render.departure import DepartureReport, departure_json
from stackmap.render.departure_text import departure_text
from stackmap.render.differences import (
    BLOCKS,
    LATER,
    MAY_BE_BROKEN,
    MAY_BE_LATER,
    NO_ADMINISTRATOR,
    ONE_ADMINISTRATOR,
)
from stackmap.render.words import HEADINGS

__all__ = ["Answer", "FewPeople", "bus_factors_told", "departures_compared", "unowned_no_longer"]

_PROVE = (EdgeKind.AUTHORIZED_BY, EdgeKind.RUNS_AS, EdgeKind.OWNED_BY, EdgeKind.ROUTES_TO)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer about leavers. `administered`: who administers the Systems that they administer in either answer."""

    report: DepartureReport
    administered: Sequence[AdminChange]


def unowned_no_longer(now: DepartureReport, without: DepartureReport) -> list[str]:
    """What lost its last carer and, as it is supposed, does not, and goes on, by id."""
    rows = {(row.thing, row.outcome) for row in now.departure.rows}
    gone = (row.thing for row in without.departure.rows if row.outcome is Outcome.UNOWNED)
    return sorted(one for one in gone if rows.isdisjoint(((one, Outcome.UNOWNED), (one, Outcome.STOPS))))


def departures_compared(now: Answer, without: Answer, uncared: Sequence[str] = ()) -> Difference:
    """What is otherwise in an answer about leavers. `uncared`: what nobody is left to care for in both, and is told of
    in one only.
    """
    shifts = shifts_between(_groups(now), _groups(without))
    same = not shifts and _bare(now.report) == _bare(without.report)
    left = [
        (one.system, one.after, other.after) for one, other in zip(now.administered, without.administered, strict=True)
    ]
    known_by = _known_by((now.report.graph, without.report.graph), shifts)
    told = [*caveats(now.report, shifts, left), *(Caveat(CaveatKind.UNCARED_FOR, thing) for thing in uncared)]
    return Difference(shifts, same, tuple(told), known_by)


def _known_by(graphs: Sequence[StackGraph], shifts: Iterable[Shift]) -> Mapping[str, tuple[str, ...]]:
    """What proves that logins exist which nobody read: in one of the answers it may hang on another login."""
    unread = {one for shift in shifts for one in (*shift.newly, *shift.no_longer) if is_unread(one)}
    found = {one: {link.source for graph in graphs for link in graph.into(one, *_PROVE)} for one in sorted(unread)}
    return {one: tuple(sorted(sources)) for one, sources in found.items() if sources}


def _bare(report: DepartureReport) -> str:
    """All that is said of a departure but for what is supposed: each form tells something that the other does not."""
    bare = replace(report, supposed=Supposed())
    return departure_json(bare) + departure_text(bare, everything=True)


def _groups(answer: Answer) -> Mapping[str, set[str]]:
    """Who and what an answer tells, under the names that its JSON has for it."""
    report, departure = answer.report, answer.report.departure
    rows = {outcome: {row.thing for row in departure.rows if row.outcome is outcome} for outcome in HEADINGS}
    logins = {fate: {one.id for one in report.logins if one.what is fate} for fate in Fate}
    return {
        **{outcome.value: things for outcome, things in rows.items()},
        "tokens": {row.thing for row in departure.tokens},
        "handed_tokens": {row.thing for row in departure.handed_tokens},
        "administrators": {one.system for one in report.administrators},
        ONE_ADMINISTRATOR: {one.system for one in answer.administered if len(one.after) < 2},
        NO_ADMINISTRATOR: {one.system for one in answer.administered if not one.after},
        "forsaken": {one.thing for one in report.forsaken},
        "partial": {one.thing for one in departure.partial},
        **{fate.value: ids for fate, ids in logins.items()},
        "mail": {one.login for one in report.mail},
        "rotate": {one.id for one in report.rotate},
        "already_broken": {one.thing for one in departure.already_broken if one.certainty is not None},
        MAY_BE_BROKEN: {one.thing for one in departure.already_broken if one.certainty is None},
    }


@dataclass(frozen=True, slots=True)
class FewPeople:
    """The whole answer about bus factors: of the things, of the stack, and what leaving does short of stopping."""

    factors: tuple[BusFactor, ...]
    stack: StackBusFactor
    later: Mapping[str, Later]
    blocks: Mapping[str, tuple[str, ...]]


def bus_factors_told(reading: Reading, now: FewPeople) -> Supposed:
    """What a reading supposes, with what stands elsewhere by it in the answer about bus factors.

    Its groups are those of `standing`, what stops later and what blocks a last day. Both were searched as far as is
    usual, in no given time.
    """
    if reading.unsupposed is None:
        return reading.supposed
    analysis = reading.unsupposed.analysis()
    before = FewPeople(
        tuple(bus_factors(analysis)), stack_bus_factor(analysis), stops_later(analysis), blocked_last_days(analysis)
    )
    shifts = shifts_between(_standings(now), _standings(before))
    shared = tuple(caveats_of_sharing(reading.supposed)) if shifts else ()
    return replace(reading.supposed, difference=Difference(shifts, not shifts and now == before, shared))


def _standings(few: FewPeople) -> Mapping[str, set[str]]:
    found: dict[Standing, set[str]] = defaultdict(set)
    for factor in few.factors:
        found[standing(factor)].add(factor.thing)
    return {
        **{one.value: found[one] for one in Standing},
        LATER: {thing for thing, one in few.later.items() if one.sets},
        MAY_BE_LATER: {thing for thing, one in few.later.items() if one.may},
        BLOCKS: set(few.blocks),
    }
