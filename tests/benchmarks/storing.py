"""The store against bare sqlite3 with the same rows, and what an unchanged reading writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from stackmap.declared import read_facts
from stackmap.model import SourceReading
from stackmap.store import StoreWriter, open_reader, open_writer
from tests.benchmarks.figures import Figure, Target, ratio, timed
from tests.benchmarks.measuring import Effort, Run, seconds_of, side_by_side
from tests.benchmarks.stacks import write_stack

__all__ = ["store"]

_TAKEN_AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
_FACTS = ("nodes", "edges")
_DATED = (*_FACTS, "node_values", "edge_values")
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of one table as the store laid them down."""

    table: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


def store(folder: Path, size: int, effort: Effort) -> Iterator[Figure]:
    """Save, load, and save again unchanged."""
    folder.mkdir()
    facts = folder / "facts.jsonl"
    nodes = write_stack(facts, size)
    readings = read_facts(facts, name=None, taken_at=_TAKEN_AT, skip_bad=False).readings
    ours, bare = folder / "stackmap.db", folder / "bare.db"
    _saved(ours, lambda writer: _save(writer, readings))
    rows = [_rows_of(ours, table) for table in _FACTS]
    at = "" if size >= _MILLION else "1,000,000"
    saved = side_by_side(
        effort, lambda: _saved(ours, lambda writer: _save(writer, readings)), lambda: _saved_bare(bare, rows)
    )
    yield from _compared(f"save, {nodes:,} nodes", "executemany", saved, Target(3, at))
    loaded = side_by_side(effort, lambda: _loaded(ours), lambda: _loaded_bare(bare))
    yield from _compared(f"load, {nodes:,} nodes", "fetchall", loaded, Target(3, at))
    yield _written_again(ours, readings)


def _compared(what: str, theirs: str, runs: tuple[list[Run], list[Run]], target: Target) -> Iterator[Figure]:
    ours, bare = ([run.seconds for run in side] for side in runs)
    yield timed(what, ours, "s")
    yield ratio(f"{what} / bare {theirs}", ours, bare, target)


def _save(writer: StoreWriter, readings: Sequence[SourceReading], days: int = 0) -> None:
    writer.save(readings, taken_at=_TAKEN_AT + timedelta(days=days), manifest="", person_ids={})


def _saved(path: Path, save: Callable[[StoreWriter], None]) -> Run:
    """Time a first save into a fresh file; making the empty tables is not part of it."""
    path.unlink(missing_ok=True)
    with open_writer(path, who="bench", wait=0) as writer:
        return seconds_of(lambda: save(writer))


def _saved_bare(path: Path, tables: Sequence[_Rows]) -> Run:
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        for one in tables:
            connection.execute(f"CREATE TABLE {one.table} ({', '.join(one.columns)})")

        def write() -> None:
            with connection:
                for one in tables:
                    places = ", ".join("?" * len(one.columns))
                    insert = f"INSERT INTO {one.table} VALUES ({places})"  # noqa: S608 - one of ours
                    connection.executemany(insert, one.rows)

        return seconds_of(write)


def _rows_of(path: Path, table: str) -> _Rows:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(f"SELECT * FROM {table}")  # noqa: S608 - one of ours
        columns = tuple(f'"{column[0]}"' for column in found.description)
        return _Rows(table, columns, found.fetchall())


def _loaded(path: Path) -> Run:
    with open_reader(path) as reader:
        return seconds_of(reader.load)


def _loaded_bare(path: Path) -> Run:
    with closing(sqlite3.connect(path)) as connection:
        queries = [f"SELECT * FROM {table}" for table in _FACTS]  # noqa: S608 - ours
        return seconds_of(lambda: [connection.execute(query).fetchall() for query in queries])


def _written_again(path: Path, readings: Sequence[SourceReading]) -> Figure:
    """The rows that a second, equal reading adds or ends, of all rows that there were."""
    before, _ = _counted(path)
    with open_writer(path, who="bench", wait=0) as writer:
        _save(writer, readings, days=1)
    after, ended = _counted(path)
    share = 100 * (after - before + ended) / before
    return Figure("rows written by an unchanged second reading", share, share, 1, "%", Target(1))


def _counted(path: Path) -> tuple[int, int]:
    """All rows of all tables, and those that have ended."""
    with closing(sqlite3.connect(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counts = [f'SELECT count(*) FROM "{name}"' for name in names]  # noqa: S608 - the database's own
        rows = sum(connection.execute(count).fetchone()[0] for count in counts)
        over = [f"SELECT count(*) FROM {name} WHERE last IS NOT NULL" for name in _DATED]  # noqa: S608 - ours
        ended = sum(connection.execute(count).fetchone()[0] for count in over)
    return rows, ended
