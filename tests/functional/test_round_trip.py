"""What one workspace exports, another imports: the answers are the same."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import pytest

from stackmap.app.asking import every_departure, how_few
from stackmap.app.imports.importing import import_files
from stackmap.app.leaving import leave
from stackmap.app.opening import Question, Reading, open_reading
from stackmap.app.reading import Readings, export_facts
from stackmap.app.workspace import Workspace
from stackmap.collect import FoundConnectors
from stackmap.declared import SecretResolver
from stackmap.render.bus_factor import bus_factor_json
from stackmap.render.bus_factor_everyone import everyone_json
from stackmap.render.departure import departure_json
from tests.functional.cli import Done, inside
from tests.functional.many_stacks import takeable, write_lines
from tests.oracle.stacks import ACTS, AS_OF, random_stack

EXAMPLES = Path(__file__).parents[2] / "examples"
STACKS = 100
PARTS = 4
PAIRS = 2
SEED = 7000


@pytest.mark.parametrize("part", range(PARTS))
def test_random_stacks_answer_the_same_after_export_and_import(tmp_path: Path, part: int) -> None:
    for number in range(part, STACKS, PARTS):
        rng = Random(SEED + number)
        here, there = Workspace(tmp_path / f"{number}"), Workspace(tmp_path / f"{number}-there")
        facts = write_lines(tmp_path / f"{number}.jsonl", takeable(random_stack(rng)))
        _import(here, facts, hour=9)
        handed = tmp_path / f"{number}-handed.jsonl"
        handed.write_text("".join(export_facts(here)), encoding="utf-8")
        _import(there, handed, hour=15)
        assert "".join(export_facts(there)) == handed.read_text(encoding="utf-8"), number
        ours, theirs = (open_reading(where, Question(as_of=AS_OF)) for where in (here, there))
        assert bus_factor_json(how_few(ours)) == bus_factor_json(how_few(theirs)), number
        assert everyone_json(every_departure(ours)) == everyone_json(every_departure(theirs)), number
        assert ours.coverage == theirs.coverage, number
        questions = list(_questions(ours, rng))
        for question, one, two in zip(questions, _answers(ours, questions), _answers(theirs, questions), strict=True):
            assert one == two, f"stack {number}, {question}"


def _import(where: Workspace, facts: Path, hour: int) -> None:
    """As the command does, at another time of the day."""
    nothing = SecretResolver({}, lambda *_: None, lambda _: "", lambda _: "")
    now = datetime(2026, 11, 22, hour, tzinfo=UTC)
    means = Readings(FoundConnectors({}), nothing, lambda: now, lambda *_: None, lambda _: None)
    where.folder.mkdir(exist_ok=True)
    import_files(where, means, [facts])


def _questions(reading: Reading, rng: Random) -> Iterator[tuple[tuple[str, ...], str]]:
    people = reading.stack.people
    pairs = list(combinations(people, 2))
    sets = [*((person,) for person in people), *rng.sample(pairs, min(PAIRS, len(pairs)))]
    return ((leavers, act) for leavers in sets for act in ACTS)


def _answers(reading: Reading, questions: Iterable[tuple[tuple[str, ...], str]]) -> Iterator[Any]:
    """Every answer without the reading's number and time."""
    for leavers, act in questions:
        yield _bare(departure_json(leave(reading, leavers, act)))


def _bare(answer: str) -> Any:
    return {key: value for key, value in json.loads(answer).items() if key != "snapshot"}


DAY = ("--as-of", "2026-11-22", "--format", "json")
COMMANDS = (
    ("leave", "Dana Okafor", *DAY),
    ("leave", "Dana Okafor", "Ravi Menon", "--how", "transferred", *DAY),
    ("bus-factor", *DAY),
    ("bus-factor", "--everyone", *DAY),
    ("check", "--fail-on", "never", *DAY),
    ("people", "--format", "json"),
)


def test_the_commands_hand_over_a_company_with_its_notes(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
        shutil.copy(EXAMPLES / "stack.yaml", folder)
    _done(inside("import", EXAMPLES / "facts.jsonl", cwd=here))
    _done(inside("export", "facts", "-o", there / "handed.jsonl", cwd=here))
    _done(inside("import", "handed.jsonl", cwd=there))
    for command in COMMANDS:
        answers = [_done(inside(*command, cwd=folder)) for folder in (here, there)]
        assert _bare(answers[0].out) == _bare(answers[1].out), command
    again = _done(inside("export", "facts", cwd=there))
    assert again.out == (there / "handed.jsonl").read_text(encoding="utf-8")


def _done(done: Done) -> Done:
    assert done.code == 0, done.notes
    return done
