"""The demo's own map: offline, silent, and of one mind with the commands about every departure."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from stackmap.analysis import fix_for
from stackmap.app.map.mapping import map_page
from stackmap.app.opening import Reading, open_reading
from stackmap.app.workspace import Workspace
from stackmap.collect import find_connectors
from stackmap.model import Outcome
from stackmap.render.map_page import Line
from tests.functional.cli import Done

pytestmark = pytest.mark.browser

_SOLVE = """([network, asides, sets]) => sets.map(leavers =>
  [...stackmap.solve(network, asides, leavers).rows].map(([node, rows]) =>
    [node, rows.map(row => [row.outcome, row.atWorst])]))"""

_PANELS = """people => people.map(person => {
  stackmap.page.leavers.clear();
  stackmap.page.toggle(person);
  return [...document.querySelectorAll('#panel p')].map(line => line.textContent);
})"""


@pytest.fixture(scope="module", name="reading")
def _reading(made_demo: tuple[Path, Done]) -> Reading:
    folder, done = made_demo
    assert done.code == 0, done.notes
    return open_reading(Workspace(folder))


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


def test_whatever_an_explanation_names_has_a_name_and_no_id_is_shown(
    reading: Reading, open_map: Callable[..., Any]
) -> None:
    sheet = map_page(reading)
    known = {node.id for node in sheet.nodes}
    assert {name for name in sheet.gates["nodes"] if not name.startswith("~")} <= known
    assert [node.name for node in sheet.nodes if node.name in known and "/" in node.name] == []
    for panel in open_map(sheet).run(_PANELS, list(reading.stack.people)):
        shown = "\n".join(panel)
        assert [id_ for id_ in known if id_.count("/") >= 3 and id_ in shown] == []


def test_each_fix_is_the_one_that_leave_prints(reading: Reading, open_map: Callable[..., Any]) -> None:
    analysis = reading.analysis()
    people = [person for person in reading.stack.people if analysis.outcomes((person,))]
    for person, panel in zip(people, open_map(map_page(reading)).run(_PANELS, people), strict=True):
        rows = analysis.leave((person,)).rows
        said = sorted(fix_for(reading.stack.graph, row) for row in rows if row.outcome is not Outcome.SURVIVES)
        assert sorted(text.removeprefix("Fix: ") for text in panel if text.startswith("Fix: ")) == said, person


def test_what_runs_as_a_person_named_in_the_notes_is_drawn_from_that_person_as_tape(reading: Reading) -> None:
    lines = {(link.source, link.target): link.style for link in map_page(reading).links}
    assert lines["tomas-rey", "link/territory-upload"] is Line.TAPE
    assert {style for (source, _), style in lines.items() if "unread%3A" in source} == {Line.INFERRED}


def test_what_your_notes_say_is_called_your_notes(reading: Reading) -> None:
    [person] = [node for node in map_page(reading).nodes if node.id == "tomas-rey"]
    assert {(proof.system, proof.read_at) for proof in person.evidence} >= {("your notes", "in your notes")}


def test_the_page_opens_with_the_demo_and_finds_its_leaver(reading: Reading, open_map: Callable[..., Any]) -> None:
    page = open_map(map_page(reading))
    page.tab.locator("#person").fill("dana okafor")
    page.tab.keyboard.press("Enter")
    assert page.text("#verdict").startswith("7 stop, 1 runs on old data")


def test_the_panel_names_the_row_behind_a_verdict_with_its_source_and_asks_for_nothing(
    reading: Reading, open_map: Callable[..., Any]
) -> None:
    connectors = find_connectors().connectors
    sheet = map_page(reading, connectors.values())
    (table,) = [table for table in connectors["n8n"].departures if table.name == "credential-holder"]
    (source,) = [row.source for row in table.rows if row.act is connectors["n8n"].usual_act]
    judged = [
        link.target for link in sheet.links if "n8n:credential-holder" in {one.inventory for one in link.evidence}
    ]
    page = open_map(sheet)
    page.run("id => stackmap.page.select(id)", judged[0])
    panel = page.text("#panel")
    assert "n8n:credential-holder" in panel
    assert " ".join(source.split()) in panel
