"""The question itself: what happens to each thing when these people leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from stackmap.analysis import (
    Analysis,
    Departure,
    DoubtfulCircle,
    Fate,
    LoginFate,
    admin_changes,
    fix_for,
    is_anonymous,
    login_fates,
    rotations,
)
from stackmap.analysis.departures.fixes import FIND_ITS_USERS
from stackmap.analysis.departures.heirs import Heir, heirs
from stackmap.analysis.departures.logins import administered, admins_in_part, admins_not_known
from stackmap.analysis.departures.named_owners import forsaken
from stackmap.analysis.departures.ties import things_behind
from stackmap.analysis.departures.together import only_together
from stackmap.analysis.mailboxes import mail_to
from stackmap.app.garbage import collector_paused
from stackmap.app.opening import Reading
from stackmap.app.what_if.comparing import Answer, departures_compared, unowned_no_longer
from stackmap.model import Act
from stackmap.render.departure import CHANGES_ROLE, DepartureReport, LoginMail
from stackmap.render.words import full_day
from stackmap.rules import Case
from stackmap.rules.left_behind import left_behind

__all__ = ["USUAL", "WAYS", "analysed", "departure_report", "gone_already", "leave"]

USUAL = "usual"
WAYS = (USUAL, *(act.value for act in Act), CHANGES_ROLE)
"""What may be done to the leavers' logins."""


def leave(reading: Reading, people: Sequence[str], how: str = USUAL) -> DepartureReport:
    """The verdict for these people, named by id, leaving together. `how` is one of `WAYS`."""
    with collector_paused():
        return _judged(reading, people, how)


def _judged(reading: Reading, people: Sequence[str], how: str) -> DepartureReport:
    report, supposed = _report(reading, people, how), reading.supposed
    if reading.unsupposed is not None:
        without = _report(reading.unsupposed, people, how)
        systems = sorted({one.system for one in (*report.administrators, *without.administrators)})
        now = Answer(report, administered(reading.stack, systems, people))
        before = Answer(without, administered(reading.unsupposed.stack, systems, people))
        uncared = _uncared_for(reading, how, people, unowned_no_longer(report, without))
        supposed = replace(supposed, difference=departures_compared(now, before, uncared))
    return replace(report, supposed=supposed)


def _uncared_for(reading: Reading, how: str, people: Sequence[str], things: Sequence[str]) -> tuple[str, ...]:
    """Those of these things that nobody but these people, if anybody, is known to care for."""
    if not things:
        return ()
    care, leavers = analysed(reading, how).care, frozenset(people)
    return tuple(thing for thing in things if leavers.issuperset(carer.person for carer in care.carers(thing)))


def _report(reading: Reading, people: Sequence[str], how: str) -> DepartureReport:
    return departure_report(analysed(reading, how), people, how, reading.snapshot.id, reading.snapshot.taken_at)


def analysed(reading: Reading, how: str) -> Analysis:
    """The analysis of a reading for those who leave in one of these `WAYS`."""
    act = Act(how) if how not in {USUAL, CHANGES_ROLE} else None
    return reading.analysis(act, moving=how == CHANGES_ROLE)


def departure_report(
    analysis: Analysis, people: Sequence[str], how: str, snapshot: int, taken_at: datetime
) -> DepartureReport:
    """The verdict of a compiled stack, with everything an answer shows beside it."""
    departure = analysis.leave(people)
    graph, policy = analysis.stack.graph, analysis.stack.policy
    report = DepartureReport(
        snapshot=snapshot,
        taken_at=taken_at,
        how=how,
        graph=graph,
        coverage=analysis.stack.coverage,
        departure=departure,
        fixes=_fixes(analysis, departure),
        logins=login_fates(analysis, people),
        rotate=rotations(analysis.stack, people),
        means={vertex.id: str(vertex.properties["means"]) for vertex in graph.things() if "means" in vertex.properties},
        heirs=_heirs(analysis, departure),
        noted_rows=frozenset(policy.rows),
        weights=policy.weights,
        together=only_together(analysis, departure),
        circular=[one for one in analysis.circular if _is_touched(one, departure)],
    )
    return _with_leavers(_with_carers(report, analysis, people), analysis, people)


def _with_carers(report: DepartureReport, analysis: Analysis, people: Sequence[str]) -> DepartureReport:
    """The report with who administers and answers for what, before and after."""
    changes = admin_changes(analysis.stack, people)
    not_known = _admins_not_known(analysis, report.logins, {change.system for change in changes})
    return replace(
        report,
        administrators=changes,
        admins_not_known=not_known,
        admins_in_part=admins_in_part(analysis.stack, not_known),
        forsaken=tuple(forsaken(analysis, report.departure)),
    )


def _with_leavers(report: DepartureReport, analysis: Analysis, people: Sequence[str]) -> DepartureReport:
    """The report with what is known of the leavers themselves."""
    left = {person: words for person in people if (words := gone_already(analysis, person))}
    return replace(
        report,
        left=left,
        not_listed={one: lists for one in people if (lists := _not_listed(analysis, one, left.get(one, "")))},
        left_behind=left_behind(Case(analysis, analysis.stack.policy), people),
        without_login=[person for person in people if not analysis.stack.accounts_of.get(person)],
        mail=tuple(_mail(analysis, people, report.logins)),
    )


def _is_touched(circle: DoubtfulCircle, departure: Departure) -> bool:
    """Whether something in it may be lost that is not known to be."""
    in_doubt = (row.thing for row in departure.rows if row.at_worst is not None)
    return not set(circle.things).isdisjoint(in_doubt)


def _fixes(analysis: Analysis, departure: Departure) -> dict[tuple[str, str], str]:
    graph = analysis.stack.graph
    found = {(row.thing, row.outcome.value): fix_for(graph, row) for row in departure.rows}
    found |= {(row.thing, row.outcome.value): FIND_ITS_USERS for row in departure.tokens}
    return found | {(row.thing, row.outcome.value): fix_for(graph, row) for row in departure.handed_tokens}


def _heirs(analysis: Analysis, departure: Departure) -> dict[tuple[str, str], Sequence[Heir]]:
    rows = (*departure.rows, *departure.tokens, *departure.handed_tokens)
    told = ((row, heirs(analysis, row)) for row in rows)
    return {(row.thing, row.outcome.value): found for row, found in told if found is not None}


def _admins_not_known(analysis: Analysis, logins: Iterable[LoginFate], told: set[str]) -> tuple[str, ...]:
    """Of the systems in which a login goes off, those of which nobody can say who is left to administer them."""
    going = [fate.id for fate in logins if fate.what is Fate.GOES_OFF]
    return tuple(system for system in admins_not_known(analysis.stack, going) if system not in told)


def _mail(analysis: Analysis, people: Iterable[str], logins: Iterable[LoginFate]) -> Iterator[LoginMail]:
    """The logins that stay on and whose mail goes to a leaver."""
    going = {fate.id for fate in logins if fate.what is Fate.GOES_OFF}
    for account, person in mail_to(analysis.stack, people):
        if account.id not in going:
            yield LoginMail(account.id, person, things_behind(analysis.stack, account.id))


def _not_listed(analysis: Analysis, person: str, told: str) -> tuple[str, ...]:
    """Which lists that are said to hold everybody do not have a leaver, as far as that is not told."""
    whereabouts = analysis.stack.whereabouts.get(person)
    named = whereabouts is not None and not is_anonymous(person)
    absent = whereabouts.absent if whereabouts and named else ()
    days = {word: f" (read on {full_day(word.day)})" if word.day else "" for word in absent}
    return tuple(f"{word.doubt}{day}" for word, day in days.items() if word.doubt not in told)


def gone_already(analysis: Analysis, person: str) -> str:
    """What is known of a leaver who has left already, or has no login in use; "" for whoever is here."""
    whereabouts = analysis.stack.whereabouts.get(person)
    if whereabouts is None or (whereabouts.here is not False and analysis.stack.still_here(person)):
        return ""
    words = whereabouts.text(full_day)
    return words if not whereabouts.idle or whereabouts.idle in words else f"{words}; {whereabouts.idle}"
