"""The demo's own map: offline, silent, and of one mind with the commands about every departure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from stackmap.analysis import AdminChange, Row, fix_for
from stackmap.analysis.departures.fixes import FIND_ITS_USERS
from stackmap.analysis.departures.heirs import Heir
from stackmap.app.leaving import departure_report
from stackmap.app.map.mapping import map_page
from stackmap.app.opening import Reading, open_reading
from stackmap.app.workspace import Workspace
from stackmap.collect import find_connectors
from stackmap.model import Certainty, Outcome
from stackmap.render.departure import DepartureReport
from stackmap.render.departure_beside import login_name
from stackmap.render.map_page import Line
from stackmap.render.map_words import WORDS
from stackmap.render.words import IDLE
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

_LINES = """sets => sets.map(leavers => {
  stackmap.page.leavers.clear();
  for (const person of leavers) stackmap.page.toggle(person);
  return [...document.querySelectorAll('#panel h3')].map(head => [
    head.lastChild.textContent,
    [...head.nextElementSibling.children].map(line => [
      line.querySelector('.go').textContent,
      line.querySelector('b.quiet')?.textContent ?? '',
      line.querySelector('p')?.textContent.match(/The platform hands it to (.*)[.]$/)?.[1] ?? '',
      line.querySelector('p') ? '' : line.textContent,
    ])]);
})"""
"""Of every section of the panel its heading; of each line the name, how sure it is, to whom it passes, and the whole of
a line that tells nothing else."""

_Section = tuple[str, list[tuple[str, str, str, str]]]


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
    found = open_map(page).run(_SOLVE, [page.gates, [asdict(one) for one in page.asides], sets])
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
    known = {node.id for node in sheet.nodes} | sheet.doors.keys()
    assert {name for name in sheet.gates["nodes"] if not name.startswith("~")} <= known
    assert [node.name for node in sheet.nodes if node.name in known and "/" in node.name] == []
    for panel in open_map(sheet).run(_PANELS, list(reading.stack.people)):
        shown = "\n".join(panel)
        assert [id_ for id_ in known if id_.count("/") >= 3 and id_ in shown] == []


def test_the_panel_tells_what_leave_tells_of_the_ten_busiest_and_of_pairs_of_them(
    reading: Reading, open_map: Callable[..., Any]
) -> None:
    analysis, people = reading.analysis(), sorted(reading.stack.people)
    busiest = sorted(people, key=lambda person: (-len(analysis.outcomes((person,))), person))[:10]
    sets = [*([person] for person in busiest), *(list(pair) for pair in combinations(busiest[:5], 2))]
    found = open_map(map_page(reading)).run(_LINES, sets)
    seen: set[str] = set()
    for leavers, sections in zip(sets, found, strict=True):
        report = departure_report(analysis, leavers, "usual", reading.snapshot.id, reading.snapshot.taken_at)
        told = {heading: sorted(map(tuple, lines)) for heading, lines in sections}
        assert told == {heading: sorted(lines) for heading, lines in _expected(report)}, leavers
        seen |= told.keys()
    assert seen >= {"Administrators", "Silently changes hands", "Stops"}


def _expected(report: DepartureReport) -> Iterator[_Section]:
    name = report.graph.name
    changes = [(name(one.system), "", "", _administered(report, one)) for one in report.administrators]
    if changes:
        yield "Administrators", changes
    for outcome, words in WORDS.items():
        rows = [row for row in report.departure.rows if row.outcome.value == outcome]
        if rows:
            yield words.label, [_line(report, row, _how_sure(report, row)) for row in rows]
    if report.departure.tokens:
        told = [(WORDS[row.outcome.value].label.lower(), *_how_sure(report, row)) for row in report.departure.tokens]
        lines = [_line(report, row, sure) for row, sure in zip(report.departure.tokens, told, strict=True)]
        yield f"Keys and connections that {_ending(report.departure.tokens)}; no list says what uses them", lines
    if handed := report.departure.handed_tokens:
        lines = [_line(report, row, _how_sure(report, row)) for row in handed]
        yield "Keys and connections that change hands; no list says what uses them", lines


def _line(report: DepartureReport, row: Row, sure: Iterable[str]) -> tuple[str, str, str, str]:
    heirs = report.heirs.get((row.thing, row.outcome.value))
    said = ", ".join(sure)
    handed = "" if heirs is None else _handed(report, heirs)
    return report.graph.name(row.thing), f" · {said}" if said else "", handed, ""


def _how_sure(report: DepartureReport, row: Row) -> Iterator[str]:
    if row.certainty not in {None, Certainty.CERTAIN}:
        yield row.certainty.word
    if row.at_worst is not None:
        yield f"at worst {WORDS[row.at_worst.name.lower()].one}"
    if not row.alone and len(report.departure.leavers) > 1:
        yield "only because they leave together"


def _handed(report: DepartureReport, heirs: Iterable[Heir]) -> str:
    told = []
    for heir in heirs:
        leaves = heir.people and set(heir.people) <= set(report.departure.leavers)
        name = " and ".join(map(report.graph.name, heir.people)) or login_name(report.graph, heir.login)
        told.append(f"{name}{', who leaves, too' if leaves else ''}")
    return "; ".join(told) or "somebody else: to whom is not said"


def _ending(rows: Sequence[Row]) -> str:
    unknown = sum(row.outcome is Outcome.UNKNOWN for row in rows)
    return "may end" if unknown == len(rows) else "end or may end" if unknown else "end"


def _administered(report: DepartureReport, change: AdminChange) -> str:
    named = [report.graph.name(one) + (f" ({IDLE})" if one in change.idle else "") for one in change.after]
    names = sorted(named, key=str.casefold)
    left = f"{len(names)} left: {', '.join(names)}" if names else "nobody is left who could be read"
    return f"{report.graph.name(change.system)}: {len(change.before)} that were read, {left}"


def test_each_fix_is_the_one_that_leave_prints(reading: Reading, open_map: Callable[..., Any]) -> None:
    analysis = reading.analysis()
    people = [person for person in reading.stack.people if analysis.outcomes((person,))]
    for person, panel in zip(people, open_map(map_page(reading)).run(_PANELS, people), strict=True):
        departure = analysis.leave((person,))
        said = sorted(
            [fix_for(reading.stack.graph, row) for row in departure.rows if row.outcome is not Outcome.SURVIVES]
            + [FIND_ITS_USERS for _ in departure.tokens[:1]]
        )
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
    assert page.text("#verdict").startswith("7 stop (4 not certain), 1 runs on old data, ")


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


def test_a_token_that_is_off_already_is_told_apart_from_the_one_that_is_lost(
    reading: Reading, open_map: Callable[..., Any]
) -> None:
    told = open_map(map_page(reading)).run(_PANELS, ["dana-okafor"])[0]
    assert (
        "It hangs on token of DealHub CPQ, 2026-04-06 (consent in Salesforce), that on Dana Okafor (login in "
        "Salesforce). Off already: token of DealHub CPQ, 2024-12-22 (consent in Salesforce), that on Owen Blake "
        "(login in Salesforce)."
    ) in told
