"""What only breaks together: which of the leavers it takes, and what breaks when they all go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from stackmap.analysis.departures.together import Together
from stackmap.model import Outcome
from stackmap.render.departure import DepartureReport
from stackmap.render.departure_beside import SHOWN
from stackmap.render.guards import plain
from stackmap.render.lines import wrapped
from stackmap.render.words import and_listed, counted

__all__ = ["only_together"]

_HAPPENS = {
    Outcome.STOPS: "stops",
    Outcome.STARVES: "runs on old data",
    Outcome.LATER: "stops later",
    Outcome.UNKNOWN: "may stop, not known for sure",
    Outcome.UNOWNED: "nobody left to care",
    Outcome.MUTED: "alarm reaches nobody",
}
"""What happens, the worst first."""

_WORST_FIRST = tuple(_HAPPENS)
_SETS = 3
"""How many sets of people one line names."""


def only_together(report: DepartureReport, *, everything: bool) -> Iterator[str]:
    """A section of what no single leaver brings about: fewest people first, what takes the same ones in one line."""
    groups: dict[tuple[int, bool, int | None, tuple[tuple[str, ...], ...]], list[Together]] = {}
    for one in report.together:
        groups.setdefault((len(one.culprits[0]), one.more, one.at_least, one.culprits), []).append(one)
    if not groups:
        return
    yield f"ONLY TOGETHER  ({len(report.together)})"
    ranked = sorted(groups.values(), key=_fewest_and_worst_first)
    for group in ranked if everything else ranked[:SHOWN]:
        yield from wrapped(_who(report, group[0]), "  ", "    ")
        for outcome, what in _HAPPENS.items():
            names = _names_by_weight(report, [one.thing for one in group if one.outcome is outcome])
            if names:
                shown = names if everything else names[:SHOWN]
                more = f"; and {len(names) - len(shown)} more: --all" if len(shown) < len(names) else ""
                yield from wrapped(f"{what}: {'; '.join(shown)}{more}", "    ", "      ")
    if not everything and len(ranked) > SHOWN:
        yield f"  and more, with {counted(len(ranked) - SHOWN, 'other group')} of them: --all"
    yield ""


def _fewest_and_worst_first(group: Sequence[Together]) -> tuple[int, int, int, tuple[tuple[str, ...], ...]]:
    worst = min(_WORST_FIRST.index(one.outcome) for one in group)
    return len(group[0].culprits[0]), worst, -len(group), group[0].culprits


def _who(report: DepartureReport, one: Together) -> str:
    """Which leavers it takes: "only if" where nobody else can do it, "if" where others may."""
    first, people = one.culprits[0], sorted({person for some in one.culprits for person in some})
    if one.at_least is not None:
        return f"if {_all_of(report, first)} go (not proven that it takes so many: at least {one.at_least})"
    if not one.more and len(one.culprits) > 1 and list(one.culprits) == list(combinations(people, len(first))):
        return f"if any {len(first)} of {_names(report, people)} go"
    sets = ", or ".join(f"{_all_of(report, some)} go" for some in one.culprits[:_SETS])
    if one.more or len(one.culprits) > _SETS:
        return f"if {sets} (others of them together may do it, too)"
    return f"only if {sets}"


def _all_of(report: DepartureReport, people: Sequence[str]) -> str:
    if len(people) > 2 and len(people) == len(report.departure.leavers):
        return f"all {len(people)}"
    return f"{'both' if len(people) == 2 else 'all of'} {_names(report, people)}"


def _names(report: DepartureReport, people: Sequence[str]) -> str:
    return and_listed([plain(report.graph.called(person)) for person in people])


def _names_by_weight(report: DepartureReport, things: Sequence[str]) -> list[str]:
    """Names of things, what weighs most in people's notes first."""
    graph, weights = report.graph, report.weights
    ranked = sorted(things, key=lambda thing: (-weights.get(thing, 1.0), graph.called(thing).casefold(), thing))
    return [plain(graph.called(thing)) for thing in ranked]
