"""Two writers at once: the second waits and says for whom, or says who holds it; reading goes on meanwhile."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stackmap.app import storing
from stackmap.sdk import serve
from stackmap.store import open_reader, open_writer
from tests.functional.cli import inside
from tests.functional.vendor import collect, server, workspace

EXAMPLES = Path(__file__).parents[2] / "examples"
HOLDER = "stackmap collect (another one)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(EXAMPLES / "facts.jsonl", tmp_path)
    assert inside("import", "facts.jsonl", cwd=tmp_path).code == 0
    return tmp_path


def _importing(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "stackmap", "import", "facts.jsonl"]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _readings(folder: Path) -> list[int]:
    with open_reader(folder / "stackmap.db") as reader:
        return [info.id for info in reader.snapshots()]


def test_a_second_writer_says_whom_it_waits_for_and_readers_go_on(folder: Path) -> None:
    before = inside("leave", "Dana Okafor", cwd=folder)
    with open_writer(folder / "stackmap.db", who=HOLDER, wait=5):
        second = _importing(folder)
        assert second.stderr is not None
        assert f"waiting for `{HOLDER}`" in second.stderr.readline()
        assert inside("leave", "Dana Okafor", cwd=folder) == before
        assert inside("check", "--fail-on", "never", cwd=folder).code == 0
        assert second.poll() is None
        assert _readings(folder) == [1]
    said, _ = second.communicate(timeout=60)
    assert second.returncode == 0
    assert "Stored as reading 2." in said
    assert _readings(folder) == [1, 2]


@pytest.mark.parametrize("command", ["import", "collect"])
def test_a_writer_that_waited_too_long_says_who_holds_it_and_stores_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(storing, "_WAIT", 0.1)  # a minute, else
    with serve(server()) as url, open_writer(folder / "stackmap.db", who=HOLDER, wait=5):
        workspace(folder, url)
        done = collect(folder) if command == "collect" else inside("import", "facts.jsonl", cwd=folder)
    assert done.code == 2
    assert f"`{HOLDER}`" in done.notes
    assert "try again" in done.notes
    assert "Traceback" not in done.notes
    assert _readings(folder) == [1]


def test_two_imports_at_once_both_come_in(folder: Path) -> None:
    both = [_importing(folder), _importing(folder)]
    said = sorted(process.communicate(timeout=60)[0].splitlines()[-1] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert said == ["Stored as reading 2.", "Stored as reading 3."]
    assert _readings(folder) == [1, 2, 3]
