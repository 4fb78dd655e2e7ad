"""How likely things are to break, when somebody says how likely each of some people is to leave."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Sequence

from stackmap.analysis import Analysis, Fate, admin_changes, login_fates
from stackmap.analysis.departures.verdict import Verdict
from stackmap.analysis.odds.chances import odds
from stackmap.app.garbage import collector_paused
from stackmap.app.leaving import USUAL, analysed, gone_already
from stackmap.app.odds.listed import TOLD_AT_ONCE, Line, refused
from stackmap.app.opening import Reading
from stackmap.app.people.asked import asked_about
from stackmap.app.people.entries import list_people
from stackmap.app.people.finding import find_person, is_somebody, team_members
from stackmap.app.people.unclear import shown
from stackmap.app.what_if.unheld_names import UnheldNames
from stackmap.errors import UsageError
from stackmap.model import Outcome, State
from stackmap.render.guards import plain
from stackmap.render.odds import NotCounted, OddsReport
from stackmap.render.odds_figures import said as said_as
from stackmap.render.people import PersonEntry
from stackmap.render.words import and_listed

__all__ = ["judge_odds"]

_BESIDE = frozenset({Outcome.REFUSED, Outcome.LATER, Outcome.MOVED, Outcome.UNOWNED, Outcome.MUTED})
"""What leaving does to things that are not lost by it."""

_AGAIN = "stackmap leave"
_HUSHED = "the name fits nobody here, or more than one; name an e-mail or an id, or see who fits without --pseudonymise"


def judge_odds(reading: Reading, lines: Sequence[Line], how: str = USUAL) -> OddsReport:
    """What is likely to be lost when each of these people leaves that likely, on their own. Nothing of it is stored.

    `how` is one of `leaving.WAYS`. Raises UsageError with every line that cannot be used: also for a name that fits
    nobody or several, and for somebody named twice.
    """
    said = _said(reading, lines)
    analysis = analysed(reading, how)
    with collector_paused():
        found = odds(analysis, said)
        not_counted = _not_counted(analysis, [person for person, chance in said.items() if chance > 0])
    return OddsReport(
        snapshot=reading.snapshot.id,
        taken_at=reading.snapshot.taken_at,
        how=how,
        graph=reading.stack.graph,
        coverage=reading.coverage,
        odds=found,
        weighted=any(thing in reading.stack.policy.weights for thing in analysis.counted),
        without_login=[person for person in said if not reading.stack.accounts_of.get(person)],
        left={person: words for person in said if (words := gone_already(analysis, person))},
        not_counted=not_counted,
        supposed=reading.supposed,
    )


def _said(reading: Reading, lines: Iterable[Line]) -> dict[str, float]:
    """How likely each is to leave, by id. Raises UsageError with all that is wrong."""
    found: dict[str, float] = {}
    troubles: list[tuple[Line, str]] = []
    met: dict[str, Line] = {}
    people = list_people(reading)
    told = set[str]()  # what is wrong with equal lines, or that they name somebody twice, is told once
    for line in lines:
        if line.said.text in told:
            continue
        try:
            person = _person(reading, people, line, briefly=len(troubles) >= TOLD_AT_ONCE)
            if (earlier := met.setdefault(person, line)) is not line:
                raise UsageError(f"this is who is meant in line {earlier.said.line}, too: keep one of the two")
        except UsageError as error:
            troubles.append((line, str(error)))
            told.add(line.said.text)
        else:
            found[person] = line.chance
    if troubles:
        raise refused(troubles, hushed=reading.behind is not None)
    return dict(sorted(found.items()))


def _person(reading: Reading, people: Sequence[PersonEntry], line: Line, *, briefly: bool) -> str:
    """Whom a line is about. Raises UsageError with what is wrong; where the reading has stand-ins, without a name.

    `briefly`: what is wrong will be counted and not told, so that nothing that comes near is looked for.
    """
    if line.wrong:
        raise UsageError(line.wrong)
    if reading.behind is not None:
        return _behind_stand_ins(reading, line.person)
    if briefly and not is_somebody(reading, people, line.person):
        raise UsageError(_HUSHED)
    try:
        return find_person(reading, people, line.person, lambda person: f"{person}, {said_as(line.chance)}")
    except UsageError:
        if not (told := _no_person(reading, line.person)):
            raise
        raise UsageError(told) from None


def _no_person(reading: Reading, word: str) -> str:
    """That a word is a team's, or a login's that nobody is known to hold, and what to do then; "" where it is none."""
    if members := _members(reading, word):
        return f"{shown(word)} is a team: odds are said of people, one by one. In it: {members}"
    if UnheldNames(reading).meant(word):
        return (
            f"{shown(word)} is a login that nobody is known to hold: odds are said of people. "
            f"What hangs on it: {_AGAIN} {plain(shlex.quote(word))}"
        )
    return ""


def _behind_stand_ins(reading: Reading, name: str) -> str:
    try:
        [person] = asked_about(reading, [name], then=_AGAIN)
    except UsageError:
        raise UsageError(_HUSHED) from None
    return person


def _members(reading: Reading, team: str) -> str:
    """The names of a team's members, "" where it is none."""
    try:
        return and_listed([plain(reading.stack.graph.name(person)) for person in team_members(reading, team)])
    except UsageError:
        return ""


def _not_counted(analysis: Analysis, people: Sequence[str]) -> NotCounted:
    """What `leave` tells of them together and odds do not."""
    outcomes = Counter(outcome for _, outcome in analysis.outcomes(people) if outcome in _BESIDE)
    losses = Verdict(analysis, tuple(sorted(people))).losses()
    if late := sum(outcome is Outcome.UNKNOWN and state is State.LATER for _, outcome, state, _ in losses):
        outcomes[Outcome.UNKNOWN] = late
    fates = [fate for fate in login_fates(analysis, people) if fate.what is Fate.COULD_BE_THEIRS]
    return NotCounted(
        outcomes=outcomes,
        administrators=tuple(change.system for change in admin_changes(analysis.stack, people)),
        could_be_theirs=tuple((fate.id, fate.things) for fate in fates),
    )
