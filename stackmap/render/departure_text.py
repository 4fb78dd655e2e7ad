"""The verdict on a departure, as a person reads it in a terminal: the answer, why, what to do, the next command."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from stackmap.analysis import Cause, Fate, LoginFate, Row
from stackmap.model import Certainty, EdgeKind, How, Outcome, StackGraph, State
from stackmap.render.coverage import coverage_lines, not_read
from stackmap.render.departure import DepartureReport
from stackmap.render.guards import plain
from stackmap.render.words import HEADINGS, LOSES, counted, day, full_day

__all__ = ["departure_text", "verdict_lines"]

_WIDTH = 80
_DEPTH = 6
_SHOWN = 12
_AT_WORST = {State.STOPS: "stop", State.STARVES: "run on old data", State.LATER: "stop later"}
_HOW = {
    "usual": "logins switched off as each platform usually does it",
    "deactivated": "logins deactivated",
    "frozen": "logins frozen",
    "removed": "logins removed",
    "transferred": "logins removed, what they own handed over",
    "changes-role": "logins stay, old rights and duties go",
}
_COUNTED = (
    (Outcome.STOPS, "stops", "stop"),
    (Outcome.STARVES, "runs on old data", "run on old data"),
    (Outcome.LATER, "stops later", "stop later"),
    (Outcome.REFUSED, "blocks the last day", "block the last day"),
    (Outcome.MOVED, "silently changes hands", "silently change hands"),
    (Outcome.UNKNOWN, "may stop, could not be read", "may stop, could not be read"),
    (Outcome.UNOWNED, "runs on with nobody left to care", "run on with nobody left to care"),
    (Outcome.MUTED, "alarm reaches nobody", "alarms reach nobody"),
    (Outcome.SURVIVES, "survives, as documented", "survive, as documented"),
)


def departure_text(report: DepartureReport, *, everything: bool = False) -> str:
    """The whole answer. Sections show a dozen things each unless `everything` is asked for."""
    lines = [*_opening(report), ""]
    rows = report.departure.rows
    for outcome in HEADINGS:
        found = [row for row in rows if row.outcome is outcome]
        if found:
            lines.extend([*_section(report, outcome, found, everything=everything), ""])
    if not rows:
        lines.extend([*_nothing(report), ""])
    lines.extend(_beside(report, everything=everything))
    missing = not_read(report.coverage)
    lines.extend(["", "Not read:", *missing] if missing else [])
    lines.extend(["", *_next(report)])
    return "\n".join(lines) + "\n"


def verdict_lines(report: DepartureReport, most: int = 5) -> list[str]:
    """The verdict in a few lines: how many of what, and one thing by name."""
    graph = report.graph
    lines = []
    for outcome, one, many in _COUNTED:
        found = [row for row in report.departure.rows if row.outcome is outcome]
        if found:
            first = min(found, key=lambda row: (-_weight(report, row), graph.name(row.thing)))
            words = f"{len(found)} {one if len(found) == 1 else many}"
            lines.append(f"  {words:<36}{plain(graph.name(first.thing))}")
    if len(lines) > most:
        lines = [*lines[: most - 1], f"  and {len(lines) - most + 1} more kinds of outcome"]
    return lines or ["  nothing that was read would change"]


def _weight(report: DepartureReport, row: Row) -> int:
    return int(row.thing in report.means)


def _opening(report: DepartureReport) -> list[str]:
    lines = coverage_lines(report.coverage)
    closed = sum(1 for line in not_read(report.coverage) if not line.startswith("    "))
    parts = [f"Reading of {full_day(report.taken_at.date())}", _HOW[report.how]]
    if closed:
        parts.append(f"{counted(closed, 'list')} not wholly read (below)")
    lines.extend(textwrap.wrap(" · ".join(parts), _WIDTH))
    people = ", ".join(plain(report.graph.name(person)) for person in report.departure.leavers)
    return [*lines, "", *textwrap.wrap(f"If {people or 'nobody'} left:", _WIDTH)]


def _nothing(report: DepartureReport) -> list[str]:
    text = "Nothing that was read would stop, starve or lose its carer."
    if not_read(report.coverage):
        text += " Lists that were not read may hide something: see below."
    return textwrap.wrap(text, _WIDTH)


def _section(report: DepartureReport, outcome: Outcome, rows: Sequence[Row], *, everything: bool) -> list[str]:
    ranked = sorted(rows, key=lambda row: (-_weight(report, row), report.graph.name(row.thing).casefold(), row.thing))
    shown = ranked if everything else ranked[:_SHOWN]
    lines = [f"{HEADINGS[outcome]}  ({len(rows)})"]
    for row in shown:
        lines.extend(_thing(report, row))
    if len(shown) < len(rows):
        lines.append(f"  and {len(rows) - len(shown)} more: --all")
    return lines


def _thing(report: DepartureReport, row: Row) -> Iterator[str]:
    graph = report.graph
    system = plain(graph.system_name(row.thing))
    name = plain(graph.name(row.thing))
    where = "" if system == name else system
    yield from _wrapped(" · ".join(part for part in (name, where, _sureness(report, row)) if part), "  ")
    if row.thing in report.means:
        yield from _wrapped(plain(report.means[row.thing]), "    ")
    for cause in row.because:
        yield from _wrapped(_chain(report, row, cause) + _seen(report, cause), "    ")
    yield from _wrapped(f"fix: {plain(report.fixes[row.thing, row.outcome.value])}", "    ")


def _sureness(report: DepartureReport, row: Row) -> str:
    parts = []
    if row.certainty is not None and row.certainty is not Certainty.CERTAIN:
        parts.append(row.certainty.word)
    if row.at_worst is not None:
        parts.append(f"at worst it would {_AT_WORST[row.at_worst]}")
    if not row.alone and len(report.departure.leavers) > 1:
        parts.append("only together")
    return ", ".join(parts)


def _chain(report: DepartureReport, row: Row, first: Cause) -> str:
    """One line of causes, followed to the person or to what was off already."""
    told = {other.thing: other.because for other in report.departure.rows if other.outcome in _CHAIN}
    words, cause, seen = [_step(report, first)], first, {row.thing}
    while len(words) < _DEPTH and cause.node not in seen:
        seen.add(cause.node)
        via = report.departure.via.get(cause.node)
        onward = told.get(cause.node) or (via.because if via else ())
        if not onward:
            break
        login, cause = cause, onward[0]
        more = f" (and {len(onward) - 1} more)" if len(onward) > 1 else ""
        if cause.link is not None and cause.link.kind is EdgeKind.HAS_ACCOUNT:
            words[-1] = _step_to_login(report, login, cause.node) + more
        else:
            words.append(_step(report, cause) + more)
    return ", which ".join(words)


def _seen(report: DepartureReport, cause: Cause) -> str:
    """Where the edge to a cause was seen, and when."""
    if cause.link is None:
        return ""
    first = cause.link.evidence[0]
    read = {(item.source, item.inventory): item.read_at for item in report.coverage}
    when = read.get((first.source, first.inventory)) or report.taken_at
    if first.how is How.DECLARED:
        return f"  [your notes, {plain(first.record)}]" if first.record else "  [declared]"
    return f"  [{plain(first.source)} {plain(first.inventory)}, {day(when.date())}]"


def _step_to_login(report: DepartureReport, login: Cause, person: str) -> str:
    """A login and whose it is, in one breath."""
    name, holder = plain(report.graph.name(login.node)), plain(report.graph.name(person))
    words = LOSES[login.link.kind] if login.link is not None else "hangs on"
    return f"{words} {holder}'s login" + ("" if name == holder else f" {name}")


_CHAIN = frozenset({Outcome.STOPS, Outcome.STARVES, Outcome.LATER, Outcome.UNKNOWN})


def _step(report: DepartureReport, cause: Cause) -> str:
    if cause.link is None:
        return "is off already"
    return f"{LOSES[cause.link.kind]} {plain(report.graph.name(cause.node))}"


def _beside(report: DepartureReport, *, everything: bool) -> Iterator[str]:
    departure, graph = report.departure, report.graph
    if departure.partial:
        yield "Goes on without:"
        for one in departure.partial if everything else departure.partial[:_SHOWN]:
            lost = ", ".join(plain(graph.name(node)) for node in one.lost)
            yield from _wrapped(f"{plain(graph.name(one.thing))} goes on without {lost}", "  ")
    for what, words in _FATES:
        fates = [fate for fate in report.logins if fate.what is what]
        if fates:
            yield from _wrapped(f"{words}: {_logins(report, fates)}", "", "  ")
    if report.rotate:
        secrets = ", ".join(f"{plain(graph.name(one.id))} ({one.why})" for one in report.rotate)
        yield from _wrapped(f"Change {counted(len(report.rotate), 'secret')} they could use: {secrets}", "", "  ")
    if departure.already_broken:
        number = len(departure.already_broken)
        yield f"Broken already, whoever leaves: {counted(number, 'thing')}. See: stackmap check"


_FATES = (
    (Fate.GOES_OFF, "Logins that go off"),
    (Fate.MAY_GO_OFF, "Logins that may go off"),
    (Fate.NO_HOLDER_LEFT, "Logins that nobody is left to hold"),
    (Fate.COULD_BE_THEIRS, "Could be theirs (logins whose holder could not be read, with what runs on them)"),
)


def _logins(report: DepartureReport, fates: Sequence[LoginFate]) -> str:
    graph = report.graph
    parts = []
    for fate in fates:
        name = _login_name(graph, fate.id)
        things = ", ".join(plain(graph.name(thing)) for thing in fate.things)
        with_things = fate.what is not Fate.GOES_OFF and things
        parts.append(f"{name} ({things})" if with_things else name)
    return "; ".join(parts)


def _login_name(graph: StackGraph, login: str) -> str:
    """A login with its system; one that nobody could read is named by the token that proves it exists."""
    system = plain(graph.system_name(login))
    tokens = [plain(graph.name(link.source)) for link in graph.into(login, EdgeKind.AUTHORIZED_BY)]
    if login not in graph:
        return f"whoever stands behind {' and '.join(tokens) or plain(login)}"
    return f"{plain(graph.name(login))} in {system}" if system else plain(graph.name(login))


def _next(report: DepartureReport) -> list[str]:
    lines = ['Next: stackmap map --open       then try "without these logins"']
    if report.departure.already_broken:
        lines.append("      stackmap check            what is held together with tape already")
    return lines


def _wrapped(text: str, indent: str, hanging: str | None = None) -> list[str]:
    further = hanging if hanging is not None else indent + "  "
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=further, break_long_words=False)
