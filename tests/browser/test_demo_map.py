"""The demo's own map: offline, silent, and of one mind with the commands about every departure."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest

from stackmap.app.mapping import map_page
from stackmap.app.opening import Reading, open_reading
from stackmap.app.workspace import Workspace
from stackmap.model import Outcome
from tests.functional.cli import stackmap

pytestmark = pytest.mark.browser

_SOLVE = """([network, asides, sets]) => sets.map(leavers =>
  [...stackmap.solve(network, asides, leavers).rows].map(([node, rows]) =>
    [node, rows.map(row => [row.outcome, row.atWorst])]))"""


@pytest.fixture(scope="module", name="reading")
def _reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    folder = tmp_path_factory.mktemp("demo")
    done = stackmap("demo", "--out", folder / "demo", cwd=folder)
    assert done.code == 0, done.notes
    reading = open_reading(Workspace(folder / "demo"))
    shutil.rmtree(folder)
    return reading


def test_the_page_answers_as_leave_does_for_everybody_and_for_every_pair(
    reading: Reading, open_map: Callable[..., Any]
) -> None:
    page = map_page(reading)
    analysis = reading.analysis()
    people = reading.stack.people
    sets = [[person] for person in people] + [list(pair) for pair in combinations(people, 2)]
    found = open_map(page).run(_SOLVE, [page.gates, page.asides, sets])
    seen: set[str] = set()
    for leavers, rows in zip(sets, found, strict=True):
        named = [(page.gates["nodes"][node], outcome) for node, each in rows for outcome, _ in each]
        shown = {(thing, outcome) for thing, outcome in named if thing in analysis.counted}
        expected = {(thing, outcome.value) for thing, outcome in analysis.outcomes(leavers)}
        assert shown == expected, leavers
        seen |= {outcome for _, outcome in shown}
    assert seen >= {one.value for one in Outcome} - {"cascade"}


def test_the_page_opens_with_the_demo_and_finds_its_leaver(reading: Reading, open_map: Callable[..., Any]) -> None:
    page = open_map(map_page(reading))
    page.tab.locator("#person").fill("dana okafor")
    page.tab.keyboard.press("Enter")
    assert page.text("#verdict").startswith("3 stop, 1 runs on old data")
