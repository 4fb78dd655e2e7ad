"""What an answer about leavers says of those who have left already: nothing about them may read like an all-clear."""

from __future__ import annotations

from collections.abc import Iterator

from stackmap.model import Finding
from stackmap.render.departure import CHANGES_ROLE, DepartureReport
from stackmap.render.departure_beside import SHOWN
from stackmap.render.finding_words import tally
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.words import counted, person_name

__all__ = ["open_already", "open_in_short", "what_next", "whose_departure"]


def whose_departure(report: DepartureReport) -> str:
    """What the answer supposes, as the beginning of a sentence: of those who have left, that their logins go off; of a
    change of roles, that they stay on.
    """
    leavers = report.departure.leavers
    people = ", ".join(plain(person_name(report.graph, person)) for person in leavers)
    if report.how == CHANGES_ROLE:
        return f"If {people or 'nobody'} changed roles and kept their logins"
    if leavers and all(person in report.left_behind for person in leavers):
        have = "has" if len(leavers) == 1 else "have"
        return f"{people} {have} left. If whatever is still on of theirs went off, too"
    return f"If {people or 'nobody'} left"


def open_in_short(report: DepartureReport, person: str) -> list[str]:
    """How much is open because somebody has left; nothing where they have not."""
    behind = report.left_behind.get(person)
    if behind is None:
        return []
    found = behind.findings
    many = f"{counted(len(found), 'finding')}, {tally(found)} (below)" if found else "no finding (below)"
    return wrapped(f"open because of it already: {many}", "    ")


def open_already(report: DepartureReport, *, everything: bool) -> Iterator[str]:
    """A section for each who has left: the findings that are open because of it, worst first, by their rules."""
    for person in report.departure.leavers:
        behind = report.left_behind.get(person)
        if behind is None:
            continue
        found = behind.findings
        yield from wrapped(f"OPEN ALREADY: {plain(report.graph.name(person))} has left  ({len(found)})", hanging="  ")
        for finding in found if everything else found[:SHOWN]:
            yield from wrapped(_told(finding), "  ")
        if not everything and len(found) > SHOWN:
            yield f"  and {len(found) - SHOWN} more: --all"
        systems = {item.system for item in behind.not_evaluated}
        if systems:
            words = "there may be more" if found else "that is no all-clear"
            lists = f"these rules could not be judged in full in {counted(len(systems), 'system')}"
            yield from wrapped(f"{words}: {lists} (which: stackmap check)", "  ")
        yield ""


def _told(finding: Finding) -> str:
    return plain(f"{finding.code} {finding.severity.word} · {finding.because}")


def what_next(report: DepartureReport) -> list[str]:
    """The next commands: whose logins are whose comes first, and what is open already before what could be."""
    codes = sorted({finding.code for behind in report.left_behind.values() for finding in behind.findings})
    commands = [("stackmap people suggest", "which logins could be theirs")] if report.without_login else []
    if codes:
        commands.append((f"stackmap explain {', '.join(codes)}", "how to close what is open already"))
    if report.how == CHANGES_ROLE:
        commands.append(("stackmap map --open", "what hangs on their logins today"))
    else:
        commands.append(("stackmap map --open", 'then try "without these logins"'))
    if report.departure.already_broken:
        commands.append(("stackmap check", "what is held together with tape already"))
    width = max(26, *(len(command) + 2 for command, _ in commands))
    return [
        f"{'Next:' if number == 0 else '     '} {command:<{width}}{what}"
        for number, (command, what) in enumerate(commands)
    ]
