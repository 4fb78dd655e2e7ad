"""What the numbers of a difference could be taken for, and are not: to be said beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from stackmap.analysis import Fate
from stackmap.analysis.what_if.difference import Caveat, CaveatKind, Shift
from stackmap.analysis.what_if.supposed import Supposed
from stackmap.app.what_if.sentences import Verb
from stackmap.model import EdgeKind, Outcome
from stackmap.render.departure import DepartureReport

__all__ = ["caveats", "caveats_of_sharing"]

_GOING = frozenset({Fate.GOES_OFF, Fate.MAY_GO_OFF})


def caveats(
    now: DepartureReport, shifts: Iterable[Shift], left: Iterable[tuple[str, Sequence[str], Sequence[str]]]
) -> Iterator[Caveat]:
    """Of an answer about leavers and what changes in it. `left`: Systems, and who is left to administer each, with what
    is supposed and without it.
    """
    by_group = {shift.group: shift for shift in shifts}
    if moved := by_group.get("administrators"):
        for system, after, before in left:
            if system in {*moved.newly, *moved.no_longer} and after == before:
                yield Caveat(CaveatKind.AS_MANY_ADMINISTRATORS, system, tuple(after))
    if heard := by_group.get(Outcome.MUTED.value):
        yield from _mailed_to_leavers(now, heard.no_longer)
    for fate in sorted(_GOING):
        if stay := by_group.get(fate.value):
            yield from _staying_on(now, stay.no_longer)


def caveats_of_sharing(supposed: Supposed) -> Iterator[Caveat]:
    """Of an answer about everybody: the own logins that somebody else is to hold, too."""
    for one in supposed.suppositions:
        if one.verb == Verb.HOLDS and len(one.beside) == 1:
            yield Caveat(CaveatKind.COUNTED_AS_STAYING_ON, one.object, one.beside)


def _mailed_to_leavers(now: DepartureReport, things: Iterable[str]) -> Iterator[Caveat]:
    """Whose alarm goes to nothing but logins that stay on while their mail goes to a leaver."""
    mailed = {one.login for one in now.mail}
    going = {one.id for one in now.logins if one.what in _GOING}
    stops = {row.thing for row in now.departure.rows if row.outcome is Outcome.STOPS}
    for thing in things:
        ends = {link.target for link in now.graph.out(thing, EdgeKind.NOTIFIES)} - going
        heard = sorted(end for end in ends if not _is_deaf(now, end))
        if heard and mailed.issuperset(heard) and thing not in stops:
            yield Caveat(CaveatKind.MAIL_GOES_TO_LEAVER, thing, tuple(heard))


def _is_deaf(now: DepartureReport, end: str) -> bool:
    """Whether an alarm to this end reaches nobody: it is off, a leaver, or a leaver's mailbox."""
    vertex = now.graph.get(end)
    people = {end, *(link.target for link in now.graph.out(end, EdgeKind.MAILBOX_OF))}
    return (vertex is not None and vertex.switched_off) or not people.isdisjoint(now.departure.leavers)


def _staying_on(now: DepartureReport, logins: Iterable[str]) -> Iterator[Caveat]:
    """Logins that leavers hold still, and that are said to stay."""
    leavers, going = set(now.departure.leavers), {one.id for one in now.logins if one.what in _GOING}
    for login in logins:
        holders = {link.source for link in now.graph.into(login, EdgeKind.HAS_ACCOUNT)}
        if login not in going and (theirs := sorted(holders & leavers)):
            yield Caveat(CaveatKind.COUNTED_AS_STAYING_ON, login, tuple(theirs))
