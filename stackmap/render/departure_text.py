"""The verdict on a departure, as a person reads it in a terminal: the answer, why, what to do, the next command."""

from __future__ import annotations

from collections.abc import Iterator

from stackmap.analysis import anonymous_login
from stackmap.analysis.whereabouts import NOT_KNOWN
from stackmap.render.circles import circles_lines
from stackmap.render.coverage import coverage_lines, gaps, not_whole
from stackmap.render.departure import CHANGES_ROLE, DepartureReport, never_done
from stackmap.render.departure_beside import beside
from stackmap.render.departure_care import administrators, forsaken
from stackmap.render.departure_left import open_already, open_in_short, what_next, whose_departure
from stackmap.render.departure_things import handed_tokens, sections, tokens
from stackmap.render.departure_together import only_together
from stackmap.render.departure_verdict import shown, verdict_lines
from stackmap.render.departure_ways import ways_told
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.sources import rows_behind
from stackmap.render.supposing import supposed_lines
from stackmap.render.whose_login import programs_perhaps, whose_login
from stackmap.render.words import HEADINGS, counted, full_day

__all__ = ["HOW", "departure_text"]

HOW = {
    "usual": "logins switched off as each platform usually does it",
    "deactivated": "logins deactivated",
    "frozen": "logins frozen",
    "removed": "logins removed",
    "transferred": "logins removed, what they own handed over",
    CHANGES_ROLE: "logins stay, old rights and duties go",
}
"""What is done to the leavers' logins, by how they leave."""


def departure_text(report: DepartureReport, *, everything: bool = False) -> str:
    """The whole answer. Sections show a dozen things each unless `everything` is asked for."""
    departure = report.departure
    told = departure.rows or departure.tokens or departure.handed_tokens
    lines = [*supposed_lines(report.graph, report.supposed), *_opening(report)]
    lines.extend([*(verdict_lines(report, most=None) if told else ()), ""])
    lines.extend(open_already(report, everything=everything))
    lines.extend(administrators(report))
    lines.extend(sections(report, everything=everything))
    lines.extend(tokens(report, everything=everything))
    lines.extend(handed_tokens(report, everything=everything))
    lines.extend(only_together(report, everything=everything))
    if not departure.rows:
        lines.extend([*_nothing(report), ""])
    lines.extend(forsaken(report, everything=everything))
    lines.extend(beside(report, everything=everything))
    lines.extend(circles_lines(report.graph, report.circular))
    lines.extend(gaps(report.coverage))
    lines.extend(["", *_why(report, everything=everything), *what_next(report)])
    return "\n".join(lines) + "\n"


def _opening(report: DepartureReport) -> list[str]:
    lines = coverage_lines(report.coverage, report.taken_at.date())
    closed = len(not_whole(report.coverage))
    parts = [f"Reading of {full_day(report.taken_at.date())}", HOW[report.how]]
    if closed:
        parts.append(f"{counted(closed, 'list')} not wholly read (below)")
    lines.extend(wrapped(" · ".join(parts), hanging=""))
    lines.extend(["", *wrapped(f"{whose_departure(report)} (certain, unless a word says otherwise):", hanging="")])
    for login in filter(None, map(anonymous_login, report.departure.leavers)):
        lines.extend([*whose_login(report.graph, login), *programs_perhaps(report.graph, login)])
    lines.extend(_where_never_done(report))
    for person in report.without_login:
        name = plain(report.graph.called(person))
        lines.extend(wrapped(f"no login of {name} was found in anything that was read: little can be said", "  "))
    for person, words in report.left.items():
        lines.extend(wrapped(plain(_whereabouts(report.graph.called(person), words)), "  "))
        lines.extend(open_in_short(report, person))
    for person, missing in report.not_listed.items():
        lines.extend(wrapped(plain(f"{report.graph.called(person)}: {'; '.join(missing)}"), "  "))
    return lines


def _where_never_done(report: DepartureReport) -> Iterator[str]:
    """Of each place where nobody can do what was asked for, that it is so, and what the answer makes of it."""
    found = {report.graph.system_name(one.id): says for one in report.logins if (says := never_done(report, one))}
    for system, says in sorted(found.items()):
        more = "What hangs on these logins is told as not known. What is done to them instead: --how usual"
        yield from wrapped(plain(f"no login can be {report.how} in {system}: {says} {more}"), "  ")


def _whereabouts(name: str, words: str) -> str:
    """What is known of somebody who has left already or has no login in use."""
    why = words.removeprefix(NOT_KNOWN)
    return f"{name}: {words}" if why == words else f"whether {name} has left is not known: {why}"


def _nothing(report: DepartureReport) -> list[str]:
    more = " more" if report.left_behind or report.departure.tokens else ""
    text = f"Nothing{more} that was read would stop, starve or lose its carer."
    if report.without_login:
        text = "Nothing can be said of what runs as logins that were not found."
    if not report.coverage or not_whole(report.coverage):
        text += " Lists that were not read may hide something: see below."
    return wrapped(text, hanging="")


def _why(report: DepartureReport, *, everything: bool) -> Iterator[str]:
    """The departures rows that the answer names: a command that prints their sources, and what each says."""
    names: set[str] = set()
    by_outcome = [[row for row in report.departure.rows if row.outcome is outcome] for outcome in HEADINGS]
    for found in (*by_outcome, report.departure.tokens, report.departure.handed_tokens):
        for row in shown(report, found, everything=everything):
            causes = ways_told(report.departure, row, everything=everything).told
            names.update(name for cause in causes for name in rows_behind(report.departure, row, cause))
    if not names:
        return
    # One line however long, to be copied whole.
    yield f"Why we say so: stackmap explain {', '.join(map(plain, sorted(names)))}"
    for name in sorted(names & report.platforms_say.keys() - report.noted_rows):
        yield from wrapped(f"{plain(name)}: {plain(report.platforms_say[name])}", "  ", "    ")
    yield ""
