"""What only breaks together: rows that no single leaver brings about, and the smallest sets of leavers who do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from stackmap.analysis.compiling.care import care_node, notice_node
from stackmap.analysis.departures.answer import Analysis, Departure, Row
from stackmap.analysis.gates.marks import Run, mark_of
from stackmap.analysis.sets.budget import Steps
from stackmap.analysis.sets.culprits import culprits
from stackmap.analysis.sets.scenarios import scenarios
from stackmap.model import STATE_OF_OUTCOME, Outcome, State

__all__ = ["Together", "only_together"]

_EFFORT = 1 << 32
"""Forty leavers in a stack made to be hard, of ten thousand nodes in one circle, took some twenty seconds."""

_SEARCH = 2_000_000
"""Some seconds at most, for what takes more of the leavers than all combinations can be tried of."""

_SPARING = 1 << 30
"""A few seconds at most, for finding whom such a set can spare."""

_NODES = {Outcome.UNOWNED: care_node, Outcome.MUTED: notice_node}

_Place: TypeAlias = tuple[int, int]
"""A mark, and the node that gains it when a row comes about; or a bundle of such nodes."""


@dataclass(frozen=True, slots=True)
class Together:
    """A row that no single leaver brings about, and the smallest sets of leavers (`culprits`) who do, by ids.

    `more`: there are other sets, or may be, from which nobody can be spared. `at_least`: where it is not proven that
    fewer cannot do it, the fewest it takes.
    """

    thing: str
    outcome: Outcome
    culprits: tuple[tuple[str, ...], ...]
    more: bool
    at_least: int | None = None


def only_together(analysis: Analysis, departure: Departure) -> tuple[Together, ...]:
    """The rows of a departure, of tokens too, that take several of its leavers, by thing and outcome.

    What the platform refuses, hands on or keeps running hangs on one login each, and on who holds that: no such row
    takes several.
    """
    asked = [(row, place) for row in _rows(departure) if (place := _place(analysis, row)) is not None]
    nodes: dict[int, list[int]] = {}
    for _, (mark, node) in asked:
        nodes.setdefault(mark, []).append(node)
    ready = {mark: scenarios(analysis.solver, mark, departure.leavers, wanted) for mark, wanted in nodes.items()}
    budgets = Steps(_EFFORT), Steps(_SEARCH), Steps(_SPARING)
    known = {
        mark: culprits(ready[mark], dict.fromkeys(ready[mark].bundle_of[node] for node in wanted), *budgets)
        for mark, wanted in nodes.items()
    }
    found = []
    for row, (mark, node) in asked:
        told = known[mark][ready[mark].bundle_of[node]]
        found.append(Together(row.thing, row.outcome, told.sets, told.more, told.at_least))
    return tuple(found)


def _rows(departure: Departure) -> list[Row]:
    rows = [row for row in (*departure.rows, *departure.tokens) if not row.alone]
    return sorted(rows, key=lambda row: (row.thing, row.outcome.value))


def _place(analysis: Analysis, row: Row) -> _Place | None:
    """Where the marks say that a row came about. What may stop comes about with any mark that is new at worst."""
    name = _NODES[row.outcome](row.thing) if row.outcome in _NODES else row.thing
    if row.outcome in _NODES:
        mark = mark_of(Run.POSSIBLE, State.STOPS)
    elif row.outcome is Outcome.UNKNOWN:
        mark = mark_of(Run.WORST, State(analysis.solver.state(name, Run.WORST) + 1))
    elif row.outcome in STATE_OF_OUTCOME:
        mark = mark_of(Run.POSSIBLE, STATE_OF_OUTCOME[row.outcome])
    else:
        return None
    return mark, analysis.network.index[name]
