"""Who is left to look after things: administrators of systems, and those whom notes and lists name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stackmap.analysis import AdminChange
from stackmap.analysis.departures.named_owners import Forsaken
from stackmap.model import Reach, StackGraph
from stackmap.render.departure import CHANGES_ROLE, DepartureReport
from stackmap.render.departure_beside import SHOWN
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.words import IDLE

__all__ = ["administrators", "forsaken"]

_LISTED: Mapping[Reach, str] = {
    Reach.COMPLETE: "",
    Reach.PARTIAL: "; there may be more, for the list of them was read in part",
    Reach.SKIPPED: "; there may be more, for no list of them was read to the end",
}


def administrators(report: DepartureReport) -> Iterator[str]:
    """Systems that lose administrators, with those who stay, and those of which nobody can say."""
    changes, in_part = report.administrators, report.admins_in_part
    unknown = set(report.admins_not_known) - {one.system for one in in_part}
    if not changes and not in_part and not unknown:
        return
    yield f"ADMINISTRATORS  ({len(changes)})" if changes else "ADMINISTRATORS"
    for change in changes:
        left = f"{len(change.after)} left: {_names(report.graph, change)}"
        nobody = "nobody is left who could be read" if change.listed is Reach.COMPLETE else "nobody known is left"
        yield from wrapped(_told(report.graph, change, left if change.after else nobody), "  ")
    for change in in_part:
        stay = "stays" if len(change.after) == 1 else "all stay"
        yield from wrapped(_told(report.graph, change, f"{stay}: {_names(report.graph, change)}"), "  ")
    if unknown:
        names = ", ".join(sorted((plain(report.graph.called(system)) for system in unknown), key=str.casefold))
        them = "it" if len(unknown) == 1 else "them"
        yield from wrapped(f"not known for {names}: no list that was read in full says who administers {them}", "  ")
    yield ""


def _told(graph: StackGraph, change: AdminChange, said: str) -> str:
    now = "now" if change.listed is Reach.COMPLETE else "known"
    return f"{plain(graph.called(change.system))} · {len(change.before)} {now}, {said}{_LISTED[change.listed]}"


def _names(graph: StackGraph, change: AdminChange) -> str:
    """Those who stay; of whoever was not seen for long, that as well."""
    names = (plain(graph.called(person)) + (f" ({IDLE})" if person in change.idle else "") for person in change.after)
    return ", ".join(names)


def forsaken(report: DepartureReport, *, everything: bool) -> Iterator[str]:
    """Things that go on, and that notes or lists give to nobody who stays."""
    found = report.forsaken
    if not found:
        return
    told = found if everything else found[:SHOWN]
    things = "; ".join(f"{plain(report.graph.called(one.thing))} ({_named(report.graph, one)})" for one in told)
    more = f"; and {len(found) - len(told)} more: --all" if len(told) < len(found) else ""
    where = "your notes" if all(one.of_notes for one in found) else "your notes or lists"
    stays = "keeps the role" if report.how == CHANGES_ROLE else "stays"
    yield from wrapped(f"Named in {where}, and nobody of them {stays}: {things}{more}", "", "  ")
    yield from wrapped("fix: name somebody who stays, where they are named now", "  ")
    yield ""


def _named(graph: StackGraph, one: Forsaken) -> str:
    parts = [("owner", one.owners), ("backup", one.backups)]
    told = ((word, " and ".join(plain(graph.called(who)) for who in named)) for word, named in parts)
    return ", ".join(f"{word} {names}" for word, names in told if names)
