"""What stands beside the rows of a departure: what goes on with less, the logins themselves, mail and secrets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from urllib.parse import unquote

from stackmap.analysis import Fate, LoginFate
from stackmap.model import Act, EdgeKind, Outcome, StackGraph, Vertex, is_unread
from stackmap.render.chains import CHAIN
from stackmap.render.departure import DepartureReport, never_done
from stackmap.render.finding_words import how_sure
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.words import MAILED, counted, stands_behind
from stackmap.rules.naming import several

__all__ = ["SHOWN", "beside", "login_name"]

SHOWN = 12
"""How many of one sort an answer tells unless everything is asked for."""


def beside(report: DepartureReport, *, everything: bool) -> Iterator[str]:
    graph = report.graph
    yield from _goes_on_without(report, everything=everything)
    yield from _fates(report)
    yield from _mail(report)
    yield from _could_be_theirs(report, everything=everything)
    if report.rotate:
        secrets = ", ".join(f"{plain(graph.called(one.id))} ({one.why})" for one in report.rotate)
        yield from wrapped(f"Change {counted(len(report.rotate), 'secret')} they could use: {secrets}", "", "  ")
    yield from _broken_already(report)


def _broken_already(report: DepartureReport) -> Iterator[str]:
    """How much is broken whoever leaves, and what of it stands above as well."""
    broken = report.departure.already_broken
    if not broken:
        return
    worse = {row.thing for row in report.departure.rows if row.outcome in CHAIN}
    names = [plain(report.graph.called(loss.thing)) for loss in broken if loss.thing in worse]
    more = f"; above, too, because this makes it worse or may: {', '.join(names)}" if names else ""
    number = counted(len(broken), "thing") + how_sure(broken)
    yield from wrapped(f"Broken already, whoever leaves: {number}{more}. See: stackmap check", "", "  ")


def _goes_on_without(report: DepartureReport, *, everything: bool) -> Iterator[str]:
    partial, graph = report.departure.partial, report.graph
    if partial:
        yield "Goes on without:"
    for one in partial if everything else partial[:SHOWN]:
        lost = ", ".join(plain(graph.called(node)) for node in one.lost)
        yield from wrapped(f"{plain(graph.called(one.thing))} goes on without {lost}", "  ")
        if one.thing in report.means:
            yield from wrapped(f"if it stopped altogether: {plain(report.means[one.thing])}", "    ")


def _mail(report: DepartureReport) -> Iterator[str]:
    """Logins that stay on while nobody is left to read what the platform writes to them."""
    told = []
    for mail in report.mail:
        things = ", ".join(plain(report.graph.called(thing)) for thing in mail.things)
        told.append(login_name(report.graph, mail.login) + (f" ({things})" if things else ""))
    if told:
        yield from wrapped(f"Mail of these logins goes to them ({MAILED}): {'; '.join(told)}", "", "  ")


_FATES = {
    Fate.GOES_OFF: "Logins that go off",
    Fate.MAY_GO_OFF: "Logins that may go off",
    Fate.NO_HOLDER_LEFT: "Logins that nobody is left to hold",
}
_REFUSED = "The platform refuses to take these logins off, until what blocks it is settled"


def _fates(report: DepartureReport) -> Iterator[str]:
    """What becomes of the logins. One that is off, or that the platform will not take off, does not go off now."""
    told: dict[str, list[str]] = {words: [] for words in (*_FATES.values(), _REFUSED, "Off already")}
    for fate in report.logins:
        words = _FATES.get(fate.what)
        if words is None:
            continue
        vertex = report.graph.get(fate.id)
        if fate.what is Fate.NO_HOLDER_LEFT or vertex is None:
            told[words].append(_login(report, fate))
        elif vertex.switched_off:
            told["Off already"].append(_off_already(report, vertex, fate))
        elif fate.by == Outcome.REFUSED.value:
            told[_REFUSED].append(login_name(report.graph, fate.id))
        else:
            told[words].append(_login(report, fate))
    for words, logins in told.items():
        if logins:
            yield from wrapped(f"{words}: {'; '.join(logins)}", "", "  ")


def _off_already(report: DepartureReport, login: Vertex, fate: LoginFate) -> str:
    """A login that was off before, with what is still done to it; whatever is off need not be frozen or deactivated."""
    frozen = login.active is not False
    parts = ["frozen"] if frozen else []
    if fate.by == Outcome.REFUSED.value:
        parts.append("the platform refuses to take it off for good")
    elif never_done(report, fate):
        parts.append(_done(report, fate))
    elif fate.by and fate.by not in (_NO_MORE[:1] if frozen else _NO_MORE):
        parts.append(f"{'then' if fate.what is Fate.GOES_OFF else 'may then be'} {_done(report, fate)}")
    return login_name(report.graph, fate.id) + (f" ({', '.join(parts)})" if parts else "")


_NO_MORE = (Act.FROZEN.value, Act.DEACTIVATED.value)
"""Acts that change nothing for a login that is off; the first, for one that is frozen."""


def _done(report: DepartureReport, fate: LoginFate) -> str:
    """What is done to a login, or with which other login it goes; that nobody can do it, where that is so."""
    if never_done(report, fate):
        return f"cannot be {fate.by} there"
    dragged = report.graph.get(fate.by)
    return f"with {plain(dragged.name)}" if dragged else fate.by


def _login(report: DepartureReport, fate: LoginFate) -> str:
    """A login with its system, and what is done to it or runs on it."""
    graph = report.graph
    things = ", ".join(plain(graph.called(thing)) for thing in fate.things) if fate.what is not Fate.GOES_OFF else ""
    about = "; ".join(part for part in (_done(report, fate), things) if part)
    return login_name(graph, fate.id) + (f" ({about})" if about else "")


_FEW = 3
"""So many things on logins that could be anybody's are named."""


def _could_be_theirs(report: DepartureReport, *, everything: bool) -> Iterator[str]:
    """Things that run as logins whose holder no list names: they could hang on a leaver."""
    fates = [fate for fate in report.logins if fate.what is Fate.COULD_BE_THEIRS]
    if not fates:
        return
    graph = report.graph
    on = ", and ".join(_on_them(graph, fates, everything=everything))
    could = f"Could be theirs: {counted(len(fates), 'login')} whose holder could not be read; {on}"
    yield from wrapped(could + (":" if everything else " (which login: --all)"), "", "  ")
    if everything:
        for fate in fates:
            names = ", ".join(plain(graph.called(thing)) for thing in fate.things)
            yield from wrapped(f"{login_name(graph, fate.id)}: {names}", "  ")


def _on_them(graph: StackGraph, fates: Collection[LoginFate], *, everything: bool) -> Iterator[str]:
    """What runs on these logins, and apart from that what only sends its alarms there: it runs on without them."""
    them = "it" if len(fates) == 1 else "them"
    running = {thing for fate in fates for thing in fate.things if thing not in fate.alarming}
    alarming = {thing for fate in fates for thing in fate.alarming} - running
    for things in filter(None, (running, alarming)):
        many = f"{len(things)} things: " if len(things) > _FEW else ""
        few = f"{many}{several(_named_apart(graph, things), _FEW)}"
        named = counted(len(things), "thing") if everything else few
        runs = f"on {them} {'runs' if len(things) == 1 else 'run'} {named}"
        yield f"alarms of {named} go to {them}" if things is alarming else runs


def _named_apart(graph: StackGraph, things: Collection[str]) -> list[str]:
    """The name of each, in order; with its system where another of them is called the same."""
    often = Counter(map(graph.called, things))
    places = {thing: graph.system_name(thing) if often[graph.called(thing)] > 1 else "" for thing in things}
    names = (f"{graph.called(thing)} in {place}" if place else graph.called(thing) for thing, place in places.items())
    return sorted(map(plain, names), key=lambda name: (name.casefold(), name))


def login_name(graph: StackGraph, login: str) -> str:
    """A login with its system; one that nobody could read is named by the token that proves it exists, or, where
    somebody is said to hold it, by its id.
    """
    if login not in graph and not is_unread(login) and graph.into(login, EdgeKind.HAS_ACCOUNT):
        where = plain(graph.system_name(login))
        return f"{plain(unquote(login.rpartition('/')[2]))}{f' in {where}' if where else ''}"
    if login not in graph or is_unread(login):
        return plain(stands_behind(graph, login))
    system = plain(graph.system_name(login))
    return f"{plain(graph.called(login))} in {system}" if system else plain(graph.called(login))
