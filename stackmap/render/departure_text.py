"""The verdict on a departure, as a person reads it in a terminal: the answer, why, what to do, the next command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from stackmap.analysis import Cause, Fate, LoginFate, Row
from stackmap.model import Certainty, EdgeKind, How, Outcome, Reach, StackGraph, State
from stackmap.render.chains import chain, leads_to_a_leaver
from stackmap.render.coverage import coverage_lines, not_read
from stackmap.render.departure import DepartureReport
from stackmap.render.finding_words import how_sure
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.sources import rows_behind
from stackmap.render.words import HEADINGS, counted, day, full_day

__all__ = ["departure_text", "verdict_lines"]

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
    (Outcome.REFUSED, "blocks the last day: first", "block the last day: first"),
    (Outcome.STOPS, "stops", "stop"),
    (Outcome.STARVES, "runs on old data", "run on old data"),
    (Outcome.LATER, "stops later", "stop later"),
    (Outcome.MOVED, "silently changes hands", "silently change hands"),
    (Outcome.UNKNOWN, "may stop, could not be read", "may stop, could not be read"),
    (Outcome.UNOWNED, "runs on with nobody left to care", "run on with nobody left to care"),
    (Outcome.MUTED, "alarm reaches nobody", "alarms reach nobody"),
    (Outcome.SURVIVES, "survives, as documented", "survive, as documented"),
)


_JOINED = {How.INFERRED_KEY: ", joined by a key", How.INFERRED_NAME: ", joined by a name"}
"""Why a verdict may be less sure than the platform's row: the edge itself was concluded."""


def departure_text(report: DepartureReport, *, everything: bool = False) -> str:
    """The whole answer. Sections show a dozen things each unless `everything` is asked for."""
    rows = report.departure.rows
    lines = [*_opening(report), *(verdict_lines(report, most=len(_COUNTED)) if rows else ()), ""]
    lines.extend(_administrators(report))
    for outcome in HEADINGS:
        found = [row for row in rows if row.outcome is outcome]
        if found:
            lines.extend([*_section(report, outcome, found, everything=everything), ""])
    if not rows:
        lines.extend([*_nothing(report), ""])
    lines.extend(_beside(report, everything=everything))
    missing = not_read(report.coverage)
    lines.extend(["", "Not read:", *missing] if missing else [])
    lines.extend(["", *_why(report, everything=everything), *_next(report)])
    return "\n".join(lines) + "\n"


def verdict_lines(report: DepartureReport, most: int = 5) -> list[str]:
    """The verdict in a few lines: how many of what, and one thing by name."""
    told: list[tuple[str, str]] = []
    for outcome, one, many in _COUNTED:
        found = [row for row in report.departure.rows if row.outcome is outcome]
        if found:
            first = _ranked(report, found)[0]
            words = f"{len(found)} {one if len(found) == 1 else many}{_unsure(found)}"
            told.append((words, plain(report.graph.name(first.thing))))
    width = max([34, *(len(words) for words, _ in told)]) + 2
    lines = [f"  {words:<{width}}{name}" for words, name in told]
    if len(lines) > most:
        lines = [*lines[: most - 1], f"  and {len(lines) - most + 1} more kinds of outcome"]
    return lines or ["  nothing that was read would change"]


def _unsure(rows: Sequence[Row]) -> str:
    """How many of these are not certain; nothing where the outcome's own words say it."""
    unsure = sum(row.certainty not in {None, Certainty.CERTAIN} for row in rows)
    if not unsure:
        return ""
    return " (likely)" if unsure == len(rows) == 1 else f" ({unsure} not certain)"


def _ranked(report: DepartureReport, rows: Iterable[Row]) -> list[Row]:
    """What weighs most in people's notes first, then what the business would notice, then by name."""

    def key(row: Row) -> tuple[float, bool, str, str]:
        thing = row.thing
        return -report.weights.get(thing, 1.0), thing not in report.means, report.graph.name(thing).casefold(), thing

    return sorted(rows, key=key)


def _opening(report: DepartureReport) -> list[str]:
    lines = coverage_lines(report.coverage, report.taken_at.date())
    closed = sum(1 for item in report.coverage if item.state is not Reach.COMPLETE)
    parts = [f"Reading of {full_day(report.taken_at.date())}", _HOW[report.how]]
    if closed:
        parts.append(f"{counted(closed, 'list')} not wholly read (below)")
    lines.extend(wrapped(" · ".join(parts), hanging=""))
    people = ", ".join(plain(report.graph.name(person)) for person in report.departure.leavers)
    lines.extend(["", *wrapped(f"If {people or 'nobody'} left (certain, unless a word says otherwise):", hanging="")])
    for person in report.without_login:
        name = plain(report.graph.name(person))
        lines.extend(wrapped(f"no login of {name} was found in anything that was read: little can be said", "  "))
    for person, words in report.left.items():
        lines.extend(wrapped(plain(f"{report.graph.name(person)}: {words}"), "  "))
    return lines


def _administrators(report: DepartureReport) -> Iterator[str]:
    """Systems that lose administrators, with those who stay."""
    if not report.administrators:
        return
    yield f"ADMINISTRATORS  ({len(report.administrators)})"
    for change in report.administrators:
        names = ", ".join(plain(report.graph.name(person)) for person in change.after)
        left = f"{len(change.after)} left: {names}" if names else "nobody is left who could be read"
        text = f"{plain(report.graph.name(change.system))} · {len(change.before)} now, {left}"
        yield from wrapped(text, "  ")
    yield ""


def _nothing(report: DepartureReport) -> list[str]:
    text = "Nothing that was read would stop, starve or lose its carer."
    if report.without_login:
        text = "Nothing can be said of what runs as logins that were not found."
    if not report.coverage or any(item.state is not Reach.COMPLETE for item in report.coverage):
        text += " Lists that were not read may hide something: see below."
    return wrapped(text, hanging="")


def _section(report: DepartureReport, outcome: Outcome, rows: Sequence[Row], *, everything: bool) -> list[str]:
    shown = _shown(report, rows, everything=everything)
    lines = [f"{HEADINGS[outcome]}  ({len(rows)})"]
    for row in shown:
        lines.extend(_thing(report, row))
    if len(shown) < len(rows):
        lines.append(f"  and {len(rows) - len(shown)} more: --all")
    return lines


def _shown(report: DepartureReport, rows: Iterable[Row], *, everything: bool) -> Sequence[Row]:
    ranked = _ranked(report, rows)
    return ranked if everything else ranked[:_SHOWN]


def _thing(report: DepartureReport, row: Row) -> Iterator[str]:
    graph = report.graph
    system = plain(graph.system_name(row.thing))
    name = plain(graph.name(row.thing))
    where = "" if system == name else system
    yield from wrapped(" · ".join(part for part in (name, where, _sureness(report, row)) if part), "  ")
    if row.thing in report.means:
        yield from wrapped(plain(report.means[row.thing]), "    ")
    # What the leavers bring about first; what was off already only explains why nothing takes over.
    for cause in sorted(row.because, key=lambda one: not leads_to_a_leaver(report.departure, one)):
        way = chain(report.graph, report.departure, row.thing, cause)
        yield from wrapped(way + _seen(report, cause) + _said_by(report, row, cause), "    ")
    yield from wrapped(f"fix: {plain(report.fixes[row.thing, row.outcome.value])}", "    ")


def _sureness(report: DepartureReport, row: Row) -> str:
    parts = []
    if row.certainty is not None and row.certainty is not Certainty.CERTAIN:
        parts.append(row.certainty.word)
    if row.at_worst is not None:
        parts.append(f"at worst it would {_AT_WORST[row.at_worst]}")
    if not row.alone and len(report.departure.leavers) > 1:
        parts.append("only together")
    return ", ".join(parts)


def _seen(report: DepartureReport, cause: Cause) -> str:
    """Where the edge to a cause was seen, and when."""
    if cause.link is None:
        return ""
    first = cause.link.evidence[0]
    read = {(item.source, item.inventory): item.read_at for item in report.coverage}
    when = read.get((first.source, first.inventory)) or report.taken_at
    if first.how is How.DECLARED:
        return f"  [your notes, {plain(first.record)}]" if first.record else "  [declared]"
    joined = _JOINED.get(first.how, "")
    return f"  [{plain(first.source)} {plain(first.inventory)}, {day(when.date())}{joined}]"


def _said_by(report: DepartureReport, row: Row, cause: Cause) -> str:
    """The departures rows that this cause rests on, and whether your notes know better."""
    names = rows_behind(report.departure, row, cause)
    return "".join(f" [{plain(name)}{', your notes' if name in report.noted_rows else ''}]" for name in names)


def _beside(report: DepartureReport, *, everything: bool) -> Iterator[str]:
    departure, graph = report.departure, report.graph
    if departure.partial:
        yield "Goes on without:"
        for one in departure.partial if everything else departure.partial[:_SHOWN]:
            lost = ", ".join(plain(graph.name(node)) for node in one.lost)
            yield from wrapped(f"{plain(graph.name(one.thing))} goes on without {lost}", "  ")
    for what, words in _FATES:
        fates = [fate for fate in report.logins if fate.what is what]
        if fates:
            yield from wrapped(f"{words}: {_logins(report, fates)}", "", "  ")
    yield from _could_be_theirs(report, everything=everything)
    if report.rotate:
        secrets = ", ".join(f"{plain(graph.name(one.id))} ({one.why})" for one in report.rotate)
        yield from wrapped(f"Change {counted(len(report.rotate), 'secret')} they could use: {secrets}", "", "  ")
    if departure.already_broken:
        number = counted(len(departure.already_broken), "thing") + how_sure(departure.already_broken)
        yield from wrapped(f"Broken already, whoever leaves: {number}. See: stackmap check", "", "  ")


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
        parts.append(_login_name(graph, fate.id) + (f" ({about})" if about else ""))
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
            yield from wrapped(f"{_login_name(graph, fate.id)}: {names}", "  ")


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


def _why(report: DepartureReport, *, everything: bool) -> Iterator[str]:
    """The departures rows that the answer names: a command that prints their sources, and what each says."""
    names: set[str] = set()
    for outcome in HEADINGS:
        found = (row for row in report.departure.rows if row.outcome is outcome)
        for row in _shown(report, found, everything=everything):
            names.update(name for cause in row.because for name in rows_behind(report.departure, row, cause))
    if not names:
        return
    # One line however long, to be copied whole.
    yield f"Why we say so: stackmap explain {', '.join(map(plain, sorted(names)))}"
    for name in sorted(names & report.platforms_say.keys() - report.noted_rows):
        yield from wrapped(f"{plain(name)}: {plain(report.platforms_say[name])}", "  ", "    ")
    yield ""
