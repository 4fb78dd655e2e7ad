"""The question itself: what happens to each thing when these people leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from stackmap.analysis import Analysis, admin_changes, fix_for, login_fates, rotations
from stackmap.app.garbage import collector_paused
from stackmap.app.opening import Reading
from stackmap.model import Act
from stackmap.render.departure import DepartureReport
from stackmap.render.words import full_day

__all__ = ["CHANGES_ROLE", "USUAL", "WAYS", "departure_report", "leave"]

USUAL = "usual"
CHANGES_ROLE = "changes-role"
WAYS = (USUAL, *(act.value for act in Act), CHANGES_ROLE)
"""What may be done to the leavers' logins."""


def leave(reading: Reading, people: Sequence[str], how: str = USUAL) -> DepartureReport:
    """The verdict for these people, named by id, leaving together. `how` is one of `WAYS`."""
    with collector_paused():
        return _judged(reading, people, how)


def _judged(reading: Reading, people: Sequence[str], how: str) -> DepartureReport:
    act = Act(how) if how not in {USUAL, CHANGES_ROLE} else None
    analysis = reading.analysis(act, moving=how == CHANGES_ROLE)
    return departure_report(analysis, people, how, reading.snapshot.id, reading.snapshot.taken_at)


def departure_report(
    analysis: Analysis, people: Sequence[str], how: str, snapshot: int, taken_at: datetime
) -> DepartureReport:
    """The verdict of a compiled stack, with everything an answer shows beside it."""
    departure = analysis.leave(people)
    graph = analysis.stack.graph
    return DepartureReport(
        snapshot=snapshot,
        taken_at=taken_at,
        how=how,
        graph=graph,
        coverage=analysis.stack.coverage,
        departure=departure,
        fixes={(row.thing, row.outcome.value): fix_for(graph, row) for row in departure.rows},
        logins=login_fates(analysis, people),
        rotate=rotations(analysis.stack, people),
        administrators=admin_changes(analysis.stack, people),
        left={person: words for person in people if (words := _gone_already(analysis, person))},
        without_login=[person for person in people if not analysis.stack.accounts_of.get(person)],
        noted_rows=frozenset(analysis.stack.policy.rows),
        means={vertex.id: str(vertex.properties["means"]) for vertex in graph.things() if "means" in vertex.properties},
        weights=analysis.stack.policy.weights,
    )


def _gone_already(analysis: Analysis, person: str) -> str:
    """What is known of a leaver who has left already, or has no login in use; "" for whoever is here."""
    whereabouts = analysis.stack.whereabouts.get(person)
    if whereabouts is None or (whereabouts.here is not False and analysis.stack.still_here(person)):
        return ""
    words = whereabouts.text(full_day)
    return words if not whereabouts.idle or whereabouts.idle in words else f"{words}; {whereabouts.idle}"
