"""A writer killed at any moment leaves every earlier snapshot readable, and its own there whole or not at all."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path

from stackmap.model import Fact
from stackmap.store import open_reader
from tests.unit.store.samples import edge, load, node, reading, save

MOMENTS = 20
SEED = 20261122

# A process that has imported everything and forks: no moment is spent on killing an interpreter that only starts.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.functional.test_kill_commands", "connectors.n8n", "stackmap.app.reading"])


@dataclass(frozen=True, slots=True)
class Writer:
    """What adds one snapshot to `database` (a path inside the workspace, relative to it), in a process of its own.

    `write` runs in the workspace; what it calls first says that it is about to begin.
    """

    write: Callable[[Callable[[], None]], None]
    database: str = "stackmap.db"

    def run(self, workspace: Path, kill_after: float | None = None) -> tuple[float, bool]:
        """Run in a workspace; returns the seconds it took and whether it was killed on the way."""
        ready = FORKS.Event()
        process = FORKS.Process(target=_write, args=(self.write, workspace, ready))
        process.start()
        assert ready.wait(60)
        began = time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            process.kill()
        process.join()
        took, code = time.monotonic() - began, process.exitcode
        process.close()
        assert code in {0, -signal.SIGKILL}
        return took, code != 0


def _write(write: Callable[[Callable[[], None]], None], workspace: Path, ready: Event) -> None:
    os.chdir(workspace)
    write(ready.set)


def save_second(begin: Callable[[], None]) -> None:
    readings = reading(second())
    begin()
    save(Path("stackmap.db"), readings)


def kill_at_moments(
    writer: Writer,
    workspace: Path,
    scratch: Path,
    moments: int = MOMENTS,
    check: Callable[[Path], None] = lambda _copy: None,
) -> int:
    """Kill the writer in copies of a workspace and check each copy against the outcome of an undisturbed run.

    Half the moments lie anywhere in the run, half in its last third, where the commit is. `check` sees each copy
    before anything else has read it. Returns how many kills left a journal behind for the next reader to play back.
    """
    before = contents(workspace / writer.database)
    undisturbed = _copy(workspace, scratch)
    took, _ = writer.run(undisturbed)
    after = contents(undisturbed / writer.database)
    assert len(after) == len(before) + 1
    dice = random.Random(SEED)
    struck = journals = 0
    while struck < moments:
        copy = _copy(workspace, scratch)
        _, killed = writer.run(copy, kill_after=dice.uniform(0 if struck % 2 else took * 2 / 3, took))
        if not killed:
            took *= 0.9  # the machine is quicker now than it was in the undisturbed run
            continue
        struck += 1
        journals += (copy / f"{writer.database}-journal").exists()
        check(copy)
        assert contents(copy / writer.database) in (before, after)
        assert sound(copy / writer.database)
    return journals


def contents(database: Path) -> dict[int, tuple[Fact, ...]]:
    """The facts of every snapshot, as a reader finds them."""
    with open_reader(database) as reader:
        return {info.id: reader.load(info.id).facts for info in reader.snapshots()}


def sound(database: Path) -> bool:
    """SQLite itself finds nothing wrong with the file."""
    with closing(sqlite3.connect(database)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))


def _copy(workspace: Path, scratch: Path) -> Path:
    shutil.rmtree(scratch, ignore_errors=True)
    return Path(shutil.copytree(workspace, scratch))


def first() -> Sequence[Fact]:
    """What the first snapshot holds."""
    return [*(node(number, last_used="1") for number in range(1000)), *(edge(number, 1) for number in range(1000))]


def second() -> Sequence[Fact]:
    """What the second one holds: half gone, half renamed, much that is new."""
    nodes = [node(number, f"Renamed {number}", last_used="2") for number in range(500, 3000)]
    return [*nodes, *(edge(number, 2) for number in range(4000))]


def test_a_save_that_is_killed_leaves_the_earlier_snapshot_whole(tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    save(workspace / "stackmap.db", reading(first()))
    assert kill_at_moments(Writer(save_second), workspace, tmp_path / "scratch") > 0


def test_a_database_whose_first_writer_was_killed_has_no_reading_but_takes_one(tmp_path: Path) -> None:
    database = tmp_path / "stackmap.db"
    database.touch(mode=0o600)
    assert save(database, reading([node(1)])) == 1
    assert load(database).facts == (node(1),)
