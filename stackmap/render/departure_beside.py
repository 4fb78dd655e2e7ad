"""What stands beside the rows of a departure: what goes on with less, the logins themselves, mail and secrets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stackmap.analysis import Fate, LoginFate
from stackmap.model import EdgeKind, StackGraph
from stackmap.render.departure import DepartureReport
from stackmap.render.finding_words import how_sure
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.words import MAILED, counted

__all__ = ["SHOWN", "beside", "login_name"]

SHOWN = 12
"""How many of one sort an answer tells unless everything is asked for."""


def beside(report: DepartureReport, *, everything: bool) -> Iterator[str]:
    departure, graph = report.departure, report.graph
    yield from _goes_on_without(report, everything=everything)
    for what, words in _FATES:
        fates = [fate for fate in report.logins if fate.what is what]
        if fates:
            yield from wrapped(f"{words}: {_logins(report, fates)}", "", "  ")
    yield from _mail(report)
    yield from _could_be_theirs(report, everything=everything)
    if report.rotate:
        secrets = ", ".join(f"{plain(graph.name(one.id))} ({one.why})" for one in report.rotate)
        yield from wrapped(f"Change {counted(len(report.rotate), 'secret')} they could use: {secrets}", "", "  ")
    if departure.already_broken:
        number = counted(len(departure.already_broken), "thing") + how_sure(departure.already_broken)
        yield from wrapped(f"Broken already, whoever leaves: {number}. See: stackmap check", "", "  ")


def _goes_on_without(report: DepartureReport, *, everything: bool) -> Iterator[str]:
    partial, graph = report.departure.partial, report.graph
    if partial:
        yield "Goes on without:"
    for one in partial if everything else partial[:SHOWN]:
        lost = ", ".join(plain(graph.name(node)) for node in one.lost)
        yield from wrapped(f"{plain(graph.name(one.thing))} goes on without {lost}", "  ")
        if one.thing in report.means:
            yield from wrapped(f"if it stopped altogether: {plain(report.means[one.thing])}", "    ")


def _mail(report: DepartureReport) -> Iterator[str]:
    """Logins that stay on while nobody is left to read what the platform writes to them."""
    told = []
    for mail in report.mail:
        things = ", ".join(plain(report.graph.name(thing)) for thing in mail.things)
        told.append(login_name(report.graph, mail.login) + (f" ({things})" if things else ""))
    if told:
        yield from wrapped(f"Mail of these logins goes to them ({MAILED}): {'; '.join(told)}", "", "  ")


_FATES = (
    (Fate.GOES_OFF, "Logins that go off"),
    (Fate.MAY_GO_OFF, "Logins that may go off"),
    (Fate.NO_HOLDER_LEFT, "Logins that nobody is left to hold"),
)


def _logins(report: DepartureReport, fates: Sequence[LoginFate]) -> str:
    """Each login with its system, and what is done to it or runs on it."""
    graph = report.graph
    parts = []
    for fate in fates:
        dragged = graph.get(fate.by)
        done = f"with {plain(dragged.name)}" if dragged else fate.by
        things = ", ".join(plain(graph.name(thing)) for thing in fate.things) if fate.what is not Fate.GOES_OFF else ""
        about = "; ".join(part for part in (done, things) if part)
        parts.append(login_name(graph, fate.id) + (f" ({about})" if about else ""))
    return "; ".join(parts)


def _could_be_theirs(report: DepartureReport, *, everything: bool) -> Iterator[str]:
    """Things that run as logins whose holder no list names: they could hang on a leaver."""
    fates = [fate for fate in report.logins if fate.what is Fate.COULD_BE_THEIRS]
    if not fates:
        return
    graph = report.graph
    things = sorted({plain(graph.name(thing)) for fate in fates for thing in fate.things}, key=str.casefold)
    yield from wrapped(
        f"Could be theirs: {counted(len(fates), 'login')} whose holder could not be read; on them "
        f"{'runs' if len(things) == 1 else 'run'} {', '.join(things)}" + ("" if everything else " (which: --all)"),
        "",
        "  ",
    )
    if everything:
        for fate in fates:
            names = ", ".join(plain(graph.name(thing)) for thing in fate.things)
            yield from wrapped(f"{login_name(graph, fate.id)}: {names}", "  ")


def login_name(graph: StackGraph, login: str) -> str:
    """A login with its system; one that nobody could read is named by the token that proves it exists."""
    system = plain(graph.system_name(login))
    tokens = [plain(graph.name(link.source)) for link in graph.into(login, EdgeKind.AUTHORIZED_BY)]
    if login not in graph:
        return f"whoever stands behind {' and '.join(tokens) or plain(login)}"
    return f"{plain(graph.name(login))} in {system}" if system else plain(graph.name(login))
