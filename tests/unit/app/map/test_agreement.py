"""What the map's page is given says the same as `leave`, line by line, worked out by a loop that knows no rule.

The page's script runs that loop, too: the browser tests compare the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from stackmap.analysis import Analysis, Row
from stackmap.app.leaving import departure_report
from stackmap.app.map.mapping import map_page
from stackmap.app.opening import Reading, open_reading
from stackmap.app.workspace import Workspace
from stackmap.model import Outcome
from stackmap.render.departure import DepartureReport
from stackmap.render.map_page import MapPage
from tests.browser.brute import answer
from tests.functional.cli import Done

_Line = tuple[str, str, str | None, int | None]
"""What it is about, outcome, at worst, how sure."""


@pytest.fixture(scope="module", name="reading")
def _reading(made_demo: tuple[Path, Done]) -> Reading:
    folder, done = made_demo
    assert done.code == 0, done.notes
    return open_reading(Workspace(folder))


@pytest.fixture(scope="module", name="page")
def _page(reading: Reading) -> MapPage:
    return map_page(reading)


@pytest.fixture(scope="module", name="reports")
def _reports(reading: Reading) -> Mapping[tuple[str, ...], DepartureReport]:
    """Everybody alone, and every pair of ten."""
    analysis, people = reading.analysis(), sorted(reading.stack.people)
    busiest = sorted(people, key=lambda person: (-len(analysis.outcomes((person,))), person))[:10]
    sets = [*((person,) for person in people), *combinations(sorted(busiest), 2)]
    return {leavers: _report(reading, analysis, leavers) for leavers in sets}


def _report(reading: Reading, analysis: Analysis, leavers: tuple[str, ...]) -> DepartureReport:
    return departure_report(analysis, leavers, "usual", reading.snapshot.id, reading.snapshot.taken_at)


def _told(rows: Iterable[Row]) -> Iterator[_Line]:
    for row in rows:
        worst = None if row.at_worst is None else row.at_worst.name.lower()
        yield row.thing, row.outcome.value, worst, None if row.certainty is None else int(row.certainty)


def test_every_line_has_its_outcome_its_worst_and_how_sure_it_is(
    page: MapPage, reports: Mapping[tuple[str, ...], DepartureReport]
) -> None:
    asides = [asdict(one) for one in page.asides]
    among = {node.id for node in page.nodes if node.thing} | set(page.tokens)
    seen: set[tuple[str, int | None]] = set()
    for leavers, report in reports.items():
        rows = answer(page.gates, asides, leavers)
        named = ((page.gates["nodes"][node], lines) for node, lines in rows.items())
        found = {(node, *line) for node, lines in named if node in among for line in lines}
        departure = report.departure
        ends = {row.thing for row in departure.tokens}
        found = {line for line in found if line[1] != Outcome.MOVED.value or line[0] not in ends}
        assert found == {*_told(departure.rows), *_told(departure.tokens), *_told(departure.handed_tokens)}, leavers
        seen |= {(outcome, sure) for _, outcome, _, sure in found}
    assert seen >= {("stops", 2), ("stops", 1), ("moved", 1), ("later", 0), ("unowned", 2), ("unknown", None)}


def test_whatever_is_handed_on_is_handed_to_whom_leave_says(
    page: MapPage, reports: Mapping[tuple[str, ...], DepartureReport]
) -> None:
    moved = {
        (page.gates["nodes"][one.thing], page.gates["nodes"][one.gone]): {heir.people for heir in one.heirs}
        for one in page.asides
        if one.heirs is not None
    }
    handed = 0
    for report in reports.values():
        for (thing, outcome), heirs in report.heirs.items():
            told = {heir.people for heir in heirs}
            if outcome == Outcome.MOVED.value:
                assert told in [people for (one, _), people in moved.items() if one == thing]
                handed += 1
                continue
            [row] = [one for one in _all(report) if (one.thing, one.outcome.value) == (thing, outcome)]
            given = page.heirs[thing]
            assert {heir.people for one in row.because for heir in given.get(one.node, ())} == told
    assert handed


def _all(report: DepartureReport) -> Iterator[Row]:
    yield from report.departure.rows
    yield from report.departure.tokens
    yield from report.departure.handed_tokens


def test_the_administrators_who_stay_are_those_that_leave_names(
    page: MapPage, reports: Mapping[tuple[str, ...], DepartureReport]
) -> None:
    changes = 0
    for leavers, report in reports.items():
        found: dict[str, Any] = {
            system: (
                known.people,
                *(tuple(one for one in some if one not in leavers) for some in (known.people, known.idle)),
            )
            for system, known in page.administrators.items()
            if not set(known.people).isdisjoint(leavers)
        }
        assert found == {one.system: (one.before, one.after, one.idle) for one in report.administrators}, leavers
        changes += len(found)
    assert changes
