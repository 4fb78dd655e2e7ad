"""What odds leave out: told in numbers, so that nobody takes silence for safety."""

from __future__ import annotations

from collections.abc import Iterator

from stackmap.model import Outcome
from stackmap.render.departure import CHANGES_ROLE
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.odds import NotCounted, OddsReport
from stackmap.render.words import and_listed, counted

__all__ = ["not_counted"]

_TOLD = (
    (Outcome.REFUSED, "blocks the last day", "block the last day"),
    (Outcome.LATER, "stops later", "stop later"),
    (Outcome.UNKNOWN, "may stop later", "may stop later"),
    (Outcome.MOVED, "silently changes hands", "silently change hands"),
    (Outcome.UNOWNED, "runs on with nobody left to care", "run on with nobody left to care"),
    (Outcome.MUTED, "alarm reaches nobody", "alarms reach nobody"),
)
_ALWAYS = (
    "Left out: what is broken already, even where it gets worse, what goes on with less, keys and connections of "
    "which nobody knows what uses them, and secrets to change."
)
_IN_FULL = "What stackmap leave calls likely or possible counts in full."


def not_counted(report: OddsReport) -> Iterator[str]:
    """What else happens if all of them leave, or change roles, and what could hang on them."""
    yield "NOT COUNTED HERE  (stackmap leave tells of it)"
    beside, graph = report.not_counted, report.graph
    if_all = f"If all of them {'changed roles' if report.how == CHANGES_ROLE else 'left'}"
    told = [
        f"{number} {one if number == 1 else many}"
        for outcome, one, many in _TOLD
        if (number := beside.outcomes.get(outcome, 0))
    ]
    if told:
        yield from wrapped(f"{if_all}, besides: {', '.join(told)}.", "  ")
    if beside.administrators:
        systems = and_listed([plain(graph.called(system)) for system in sorted(beside.administrators)])
        yield from wrapped(f"{if_all}, with fewer administrators: {systems}.", "  ")
    if beside.could_be_theirs:
        yield from wrapped(_could_be_theirs(beside), "  ")
    yield from wrapped(_ALWAYS, "  ")
    yield from wrapped(_IN_FULL, "  ")


def _could_be_theirs(beside: NotCounted) -> str:
    logins, things = len(beside.could_be_theirs), {thing for _, on_it in beside.could_be_theirs for thing in on_it}
    they, on = ("it", "it") if logins == 1 else ("they", "them")
    hang = "hangs" if len(things) == 1 else "hang"
    return (
        f"{counted(logins, 'login')} whose holder could not be read: {they} could be theirs, and "
        f"{counted(len(things), 'thing')} {hang} on {on}."
    )
