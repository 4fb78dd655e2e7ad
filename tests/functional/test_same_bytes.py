"""The same facts give the same bytes: in whatever order they come, and by whichever method they are asked."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from stackmap.analysis import Analysis, Everyone
from stackmap.analysis.departures import everyone as asked_of_everybody
from stackmap.analysis.departures.counts_in_columns import counts_in_columns
from stackmap.analysis.departures.counts_in_turn import counts_in_turn
from stackmap.analysis.departures.meanings import Counts, Meanings
from stackmap.analysis.gates.extra import is_installed
from stackmap.app.asking import every_departure
from stackmap.app.imports.importing import import_files
from stackmap.app.opening import Question, open_reading
from stackmap.app.reading import Readings
from stackmap.app.workspace import Workspace
from stackmap.collect import FoundConnectors
from stackmap.declared import SecretResolver
from stackmap.render.bus_factor_everyone import everyone_csv, everyone_json, everyone_text
from tests.functional.cli import Done, inside
from tests.functional.many_stacks import marked, takeable, write_lines
from tests.oracle.stacks import random_stack

Line = Mapping[str, Any]

needs_the_extra = pytest.mark.skipif(not is_installed(), reason="the compiled kernel needs stackmap[fast]")

_STACKS = 2
_LARGE = 40
_JSON = ("--format", "json")
_COMMANDS = (
    ("leave", "Dana Okafor", "--all"),
    ("leave", "Dana Okafor", *_JSON),
    ("leave", "Dana Okafor", "Ravi Menon", "--how", "removed", *_JSON),
    ("leave", *(f"s{number}-person-pe{one}" for number in range(_STACKS) for one in (0, 2)), *_JSON),
    ("bus-factor", "--all"),
    ("bus-factor", *_JSON),
    ("bus-factor", "--everyone", *_JSON),
    ("check", "--all", "--fail-on", "never"),
    ("check", "--fail-on", "never", *_JSON),
    ("map", "--output", "map.html"),
)


@pytest.fixture(scope="module", name="facts")
def _facts(made_demo: tuple[Path, Done]) -> list[Line]:
    """The demo's company, and beside it made-up stacks with groups, circles and several sources."""
    exported = inside("export", "facts", cwd=made_demo[0])
    lines: list[Line] = [json.loads(line) for line in exported.out.splitlines()]
    for number in range(_STACKS):
        lines.extend(marked(takeable(random_stack(Random(f"same bytes {number}"), size=_LARGE)), f"s{number}"))
    return lines


@pytest.fixture(scope="module", name="made")
def _made(
    facts: list[Line], made_demo: tuple[Path, Done], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[int | None], Path]:
    """Makes a workspace of the facts, in their order or in one that dice decide; always at the same time of day."""
    now = max(datetime.fromisoformat(line["taken_at"]) for line in facts if line["type"] == "source")
    nothing = SecretResolver({}, lambda *_: None, lambda _: "", lambda _: "")
    means = Readings(FoundConnectors({}), nothing, lambda: now, lambda *_: None, lambda _: None)

    @cache
    def made(seed: int | None) -> Path:
        folder = tmp_path_factory.mktemp("same")
        shutil.copy(made_demo[0] / "stack.yaml", folder)
        lines = facts if seed is None else _shuffled(facts, Random(seed))
        import_files(Workspace(folder), means, [write_lines(folder / "facts.jsonl", lines)])
        return folder

    return made


def _shuffled(lines: Sequence[Line], dice: Random) -> list[Line]:
    """The sources in another order, and within each every line elsewhere."""
    sections: list[list[Line]] = []
    for line in lines:
        if line["type"] == "source":
            sections.append([])
        sections[-1].append(line)
    dice.shuffle(sections)
    return [line for first, *rest in sections for line in (first, *dice.sample(rest, len(rest)))]


def _by_the_kernel(analysis: Analysis) -> Iterable[Counts]:
    from stackmap.analysis.gates.fast import FastSolver

    if not is_installed():
        pytest.skip("the compiled kernel needs stackmap[fast]")
    gained = FastSolver(analysis.network).leaving([(person,) for person in analysis.stack.people])
    return counts_in_turn(analysis, Meanings(analysis), gained)


def _in_columns(analysis: Analysis) -> Iterable[Counts]:
    return counts_in_columns(analysis, Meanings(analysis), analysis.stack.people)


def _answers(folder: Path) -> Iterator[tuple[Sequence[str], str]]:
    for command in _COMMANDS:
        done = inside(*command, cwd=folder)
        assert done.code == 0, done.notes
        yield command, done.out
    yield ("map.html",), (folder / "map.html").read_text(encoding="utf-8")


def test_the_order_of_facts_and_sources_changes_no_byte_of_any_answer(made: Callable[[int | None], Path]) -> None:
    expected = dict(_answers(made(None)))
    for command, answer in _answers(made(1)):
        assert answer == expected[command], command


@pytest.mark.parametrize("told_by", [_by_the_kernel, _in_columns])
def test_the_method_changes_no_byte_of_what_each_person_alone_would_break(
    made: Callable[[int | None], Path], told_by: Callable[[Analysis], Iterable[Counts]]
) -> None:
    reading = open_reading(Workspace(made(None)), Question())
    report, analysis = every_departure(reading), reading.analysis()
    told = zip(analysis.stack.people, told_by(analysis), strict=True)
    other = replace(report, people=tuple(Everyone(person, counts.things, counts.tokens) for person, counts in told))
    for written in (everyone_json, everyone_csv, everyone_text):
        assert written(other) == written(report)


@needs_the_extra
@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_the_extra_changes_no_byte_of_what_is_printed_about_everybody(
    form: str, made: Callable[[int | None], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked_of_everybody, "_OFTEN", 10**9)  # not as columns
    monkeypatch.setattr(asked_of_everybody, "_MANY", -1)  # so few departures do not pay for the kernel
    asked = spied_on(monkeypatch)
    command = ("bus-factor", "--everyone", "--format", form)
    with_extra = inside(*command, cwd=made(None))
    assert len(asked) == 1
    monkeypatch.setattr(asked_of_everybody, "is_installed", lambda: False)
    without = inside(*command, cwd=made(None))
    assert len(asked) == 1, "the kernel was asked though the extra is not there"
    assert with_extra.code == without.code == 0
    assert with_extra.out == without.out


def spied_on(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Takes down of how many groups the compiled kernel is asked, each time that it is."""
    from stackmap.analysis.gates.fast import FastSolver

    asked: list[int] = []
    leaving = FastSolver.leaving

    def spied(self: FastSolver, groups: Sequence[Iterable[str]]) -> Iterator[dict[int, int]]:
        asked.append(len(groups))
        return leaving(self, groups)

    monkeypatch.setattr(FastSolver, "leaving", spied)
    return asked
