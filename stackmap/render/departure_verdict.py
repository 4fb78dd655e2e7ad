"""The verdict on a departure in a few lines: how many of what, where these are the same things, and an example each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import chain

from stackmap.analysis import Row
from stackmap.model import Certainty, Outcome
from stackmap.render.departure import DepartureReport
from stackmap.render.departure_beside import SHOWN
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.words import counted

__all__ = ["ending", "ranked", "shown", "verdict_lines"]

_COUNTED = (
    (Outcome.REFUSED, "blocks the last day", "block the last day"),
    (Outcome.STOPS, "stops", "stop"),
    (Outcome.STARVES, "runs on old data", "run on old data"),
    (Outcome.LATER, "stops later", "stop later"),
    (Outcome.MOVED, "silently changes hands", "silently change hands"),
    (Outcome.UNKNOWN, "may stop, not known for sure", "may stop, not known for sure"),
    (Outcome.UNOWNED, "runs on with nobody left to care", "run on with nobody left to care"),
    (Outcome.MUTED, "alarm reaches nobody", "alarms reach nobody"),
    (Outcome.SURVIVES, "survives, as documented", "survive, as documented"),
)
_AGAIN: Mapping[Outcome, tuple[str, str]] = {
    Outcome.REFUSED: ("blocks the last day", "block the last day"),
    Outcome.STOPS: ("stops", "stop"),
    Outcome.STARVES: ("runs on old data", "run on old data"),
    Outcome.LATER: ("stops later", "stop later"),
    Outcome.MOVED: ("changes hands", "change hands"),
    Outcome.UNKNOWN: ("may stop", "may stop"),
    Outcome.UNOWNED: ("has nobody left to care", "have nobody left to care"),
    Outcome.MUTED: ("has an alarm that nobody gets", "have alarms that nobody gets"),
}
"""What an earlier line counted, as a later one says it of the same things: of one, and of several."""

_LEAST = 34
"""How wide the numbers stand at least, so that answers about one person after another look alike."""


def verdict_lines(report: DepartureReport, most: int | None = 5) -> list[str]:
    """The verdict in a few lines: how many of what, and one thing by name, another one each time where there is one.

    What an earlier line counted is said to be the same. `most`: so many kinds of outcome at most, None for all.
    """
    told = [*_outcomes(report), *_tokens(report)]
    width = max([_LEAST, *(len(words) for words, _ in told)]) + 2
    lines = [wrapped(f"  {words:<{width}}{about}", "", " " * (width + 2)) for words, about in told]
    if most is not None and len(lines) > most:
        lines = [*lines[: most - 1], [f"  and {len(lines) - most + 1} more kinds of outcome"]]
    return list(chain.from_iterable(lines)) or ["  nothing that was read would change"]


def _outcomes(report: DepartureReport) -> Iterable[tuple[str, str]]:
    before: dict[Outcome, frozenset[str]] = {}
    named: set[str] = set()
    for outcome, one, many in _COUNTED:
        found = [row for row in report.departure.rows if row.outcome is outcome]
        if found:
            things = frozenset(row.thing for row in found)
            about = _all_again(things, before) or _example(report, found, named) + _some_again(things, before)
            yield f"{len(found)} {one if len(found) == 1 else many}{_unsure(found)}", about
            before[outcome] = things


def _all_again(things: Set[str], before: Mapping[Outcome, Set[str]]) -> str:
    """Where an earlier line counted all of these things, that it did; "" where none did."""
    outcome = next((outcome for outcome, earlier in before.items() if things <= earlier), None)
    if outcome is None:
        return ""
    number, earlier = len(things), len(before[outcome])
    one, many = _AGAIN[outcome]
    if number < earlier:
        return f"{number} of the {earlier} things that {many}"
    return f"the same {number} things that {many}" if number > 1 else f"the same thing that {one}"


def _some_again(things: Set[str], before: Mapping[Outcome, Set[str]]) -> str:
    """How many of these things the earlier line counted that has most of them, as a line goes on."""
    found = ((len(things & earlier), outcome) for outcome, earlier in before.items())
    both, outcome = max(found, default=(0, None), key=lambda one: one[0])
    return f"; {both} of these {_AGAIN[outcome][both > 1]}, too" if both and outcome else ""


def _example(report: DepartureReport, rows: Iterable[Row], named: set[str]) -> str:
    """The first by name that no line has named yet, else the first."""
    things = [row.thing for row in ranked(report, rows)]
    thing = next((one for one in things if one not in named), things[0])
    named.add(thing)
    return plain(report.graph.called(thing))


def _tokens(report: DepartureReport) -> Iterable[tuple[str, str]]:
    """Keys and connections of which no list says what uses them: those that end, and those that change hands."""
    tokens, handed = report.departure.tokens, report.departure.handed_tokens
    if tokens:
        yield _tokens_counted(report, tokens, ending(tokens, "ends" if len(tokens) == 1 else "end"))
    if handed:
        yield _tokens_counted(report, handed, "changes hands" if len(handed) == 1 else "change hands")


def _tokens_counted(report: DepartureReport, rows: Sequence[Row], what: str) -> tuple[str, str]:
    number = counted(len(rows), "key or connection", "keys or connections")
    return f"{number} {what}{_unsure(rows)}", _example(report, rows, set())


def ending(rows: Iterable[Row], ends: str) -> str:
    """That keys end; those of which nobody knows only may."""
    unknown = {row.outcome is Outcome.UNKNOWN for row in rows}
    return f"{ends} or may end" if len(unknown) > 1 else "may end" if True in unknown else ends


def _unsure(rows: Sequence[Row]) -> str:
    """How many of these are not certain; nothing where the outcome's own words say it."""
    unsure = [row.certainty for row in rows if row.certainty not in {None, Certainty.CERTAIN}]
    if len(rows) == 1 and unsure and unsure[0] is not None:
        return f" ({unsure[0].word})"
    return f" ({len(unsure)} not certain)" if unsure else ""


def ranked(report: DepartureReport, rows: Iterable[Row]) -> list[Row]:
    """What weighs most in people's notes first, then what the business would notice, then by name."""

    def key(row: Row) -> tuple[float, bool, str, str]:
        thing = row.thing
        return -report.weights.get(thing, 1.0), thing not in report.means, report.graph.called(thing).casefold(), thing

    return sorted(rows, key=key)


def shown(report: DepartureReport, rows: Iterable[Row], *, everything: bool) -> Sequence[Row]:
    """Those of some rows that an answer tells: the first dozen unless everything is asked for."""
    first = ranked(report, rows)
    return first if everything else first[:SHOWN]
