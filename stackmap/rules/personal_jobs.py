"""PA, continued: scheduled jobs and dashboards that run as a person."""

from __future__ import annotations

from collections.abc import Iterator

from stackmap.model import NodeKind, Severity, Vertex
from stackmap.rules.base import Blind, Hit, Rule, needs_of, rule
from stackmap.rules.case import Case
from stackmap.rules.grips import HANGS, Family, Grip, family, grips, open_end, told, unreadable
from stackmap.rules.personal_access import OFF_ONE_LOGIN, goes_on

__all__ = ["RULES"]

_TO_READ = frozenset({"report", "dashboard", "snapshot", "notification"})
"""Jobs that only bring figures to people: nothing else waits for them."""


@rule(
    "PA07",
    "Scheduled job runs as a person",
    Severity.HIGH,
    needs=needs_of(NodeKind.AUTOMATION, HANGS),
    change=OFF_ONE_LOGIN,
)
def job_of_a_person(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: a scheduled job that runs as one person's login: code, a report, a dashboard's refresh, or another
    task of the platform's own clock.

    Why it matters: nobody looks at a job that works. When the login is switched off the next run fails; the notice may
    go to whoever just left, or to administrators who do not know the job, and the first sign is a list that stays empty
    or a figure that stays the same.

    How to fix it:
    1. Note the job's time, its settings and what it runs: many platforms let nobody change a job's owner.
    2. Sign in as a service login that may open the screens (one for the API only cannot), and schedule the same job
    there; for a report or a dashboard, let somebody subscribe whose team needs it.
    3. Delete the old job, or both run.
    4. Verify that the next run succeeds; then read the system again: the finding is gone when the change worked.

    When it is wrong: the login is a service login with a person's name on it (write its type into your notes), or
    nobody needs the job any more (delete it).

    Evidence used: the system's list of scheduled jobs with what each runs and as whom; whether that login is a
    person's; what the vendor documents, or was seen to happen, when such a login goes.
    """
    yield from _hanging(case, Family.JOB)


@rule(
    "PA08",
    "Dashboard runs as a person",
    Severity.MEDIUM,
    needs=needs_of(NodeKind.AUTOMATION, HANGS),
    change=OFF_ONE_LOGIN,
)
def dashboard_of_a_person(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: a dashboard that shows everybody what one person's login may see.

    Why it matters: when that login is switched off the dashboard shows an error instead of figures, often on the
    morning of the meeting it was made for. Until then it changes whenever the person's rights do.

    How to fix it:
    1. Decide whose view it should show: each viewer's own, or a fixed one. One of each viewer's own may not be
    refreshed or sent by a schedule.
    2. For a fixed one, set its running user to a login that belongs to no person and may see the same records: with a
    full licence of the viewers' kind, not for the API only. Whoever sets it may need the right to view all data.
    3. Verify the figures: compare the totals before and after, for rights decide what is counted.
    4. Read the system again: the finding is gone when the change worked.

    When it is wrong: the login is a service login with a person's name on it; write its type into your notes.

    Evidence used: the system's list of dashboards with the login each runs as; whether that login is a person's; what
    the vendor documents, or was seen to happen, when such a login goes.
    """
    yield from _hanging(case, Family.DASHBOARD)


def _hanging(case: Case, wanted: Family) -> Iterator[Hit | Blind]:
    for thing in case.running(NodeKind.AUTOMATION):
        if family(thing) is wanted:
            yield from (_hit(case, grip) for grip in grips(case, thing))
            yield from unreadable(case, thing)


def _hit(case: Case, grip: Grip) -> Hit:
    whys = [*_lesser_job(grip.thing, known=grip.known), *goes_on(case, grip)]
    because = f"{case.graph.called(grip.thing.id)} {told(case, grip)}{open_end(grip)}"
    return Hit(grip.thing.id, grip.path, because, grip.evidence, -len(whys), "; ".join(whys))


def _lesser_job(thing: Vertex, *, known: bool) -> Iterator[str]:
    """Why a job counts less than code that stops; a dashboard's own severity says so already."""
    job = str(thing.properties.get("job", ""))
    if family(thing) is not Family.JOB or job == "code":
        return
    if job in _TO_READ:
        yield "it brings figures to people, nothing else waits for it"
    elif not known:
        yield "what happens when the login is switched off is not known"


RULES: tuple[Rule, ...] = (job_of_a_person, dashboard_of_a_person)
