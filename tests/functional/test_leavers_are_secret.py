"""Who was asked about is written down nowhere."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.functional.cli import contents, inside, stackmap

EXAMPLES = Path(__file__).parents[2] / "examples"
LEAVERS = ("Dana Okafor", "Ravi Menon")
PLACES = ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    folder.mkdir()
    shutil.copy(EXAMPLES / "stack.yaml", folder)
    assert inside("import", EXAMPLES / "facts.jsonl", cwd=folder).code == 0
    return folder


@pytest.mark.parametrize("way", ["named", "listed", "standard input"])
def test_a_departure_leaves_the_workspace_and_the_machine_as_they_were(folder: Path, way: str) -> None:
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    before = contents(folder), folder.stat().st_mtime_ns
    names = "\n".join(LEAVERS)
    (folder.parent / "list.txt").write_text(names, encoding="utf-8")
    options: dict[str, tuple[str, ...]] = {
        "named": LEAVERS,
        "listed": ("--file", str(folder.parent / "list.txt")),
        "standard input": ("--file", "-"),
    }
    places = {name: str(elsewhere) for name in PLACES} | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = stackmap("leave", *options[way], cwd=folder, env=places, stdin=names)
    assert done.code == 0, done.notes
    assert "Dana Okafor" in done.out
    assert (contents(folder), folder.stat().st_mtime_ns) == before
    assert os.listdir(elsewhere) == []


@pytest.mark.parametrize("command", [("leave", "Dana Okafor", "Nobody At All"), ("leave", *LEAVERS, "--how", "x")])
def test_a_departure_that_is_refused_leaves_nothing_either(folder: Path, command: tuple[str, ...]) -> None:
    before = contents(folder)
    assert inside(*command, cwd=folder).code == 2
    assert contents(folder) == before


def test_later_answers_do_not_know_who_was_asked_about(folder: Path) -> None:
    others = (("export", "facts"), ("check", "--fail-on", "never"), ("bus-factor",), ("people",))
    before = [inside(*command, cwd=folder).out for command in others]
    assert inside("leave", *LEAVERS, "-o", folder.parent / "answer.json", cwd=folder).code == 0
    assert [inside(*command, cwd=folder).out for command in others] == before
