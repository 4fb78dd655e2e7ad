"""The two ways to a workspace's database: the one writer, and any number of readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from stackmap.errors import StoreError
from stackmap.model import Coverage, Fact, Snapshot, SourceReading
from stackmap.store.database import OutOfDateError, check_revision, connection_to, create_file, migrate
from stackmap.store.erasing import Erased, Erasing, compact, erase, every_fact
from stackmap.store.load import NO_READING, SnapshotInfo, list_snapshots, load_coverage, load_snapshot
from stackmap.store.lock import writer_lock
from stackmap.store.salt import load_salt
from stackmap.store.save import PersonIds, save_readings, save_without
from stackmap.store.schema import REVISIONS

__all__ = ["StoreReader", "StoreWriter", "open_reader", "open_writer", "stored_salt"]

_RECOVERY_WAIT = 60.0


class StoreReader:
    """Reads snapshots. Each call sees one state of the database, whatever a writer does meanwhile."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def snapshots(self) -> list[SnapshotInfo]:
        """Every snapshot, oldest first."""
        with self._connection.begin():
            return list_snapshots(self._connection)

    def load(self, snapshot_id: int | None = None) -> Snapshot:
        """One snapshot, None for the latest. Raises StoreError naming the nearest when there is no such one."""
        with self._connection.begin():
            return load_snapshot(self._connection, snapshot_id)

    def coverage(self) -> list[Coverage]:
        """How far everything was read, in the latest snapshot; nothing before the first."""
        with self._connection.begin():
            found = list_snapshots(self._connection)
            return list(load_coverage(self._connection, found[-1].id)) if found else []

    def salt(self) -> str:
        """The workspace's salt, made with its first reading. Never to be printed, logged or exported."""
        with self._connection.begin():
            return load_salt(self._connection)

    def every_fact(self) -> list[Fact]:
        """Every fact of every reading, in each state it was ever in."""
        with self._connection.begin():
            return list(every_fact(self._connection))


class StoreWriter(StoreReader):
    """Reads and adds snapshots, each in one transaction: it is stored whole or not at all."""

    def save(
        self,
        readings: Sequence[SourceReading],
        *,
        taken_at: datetime,
        manifest: str,
        person_ids: PersonIds,
        salt: str = "",
    ) -> int:
        """Store the state of all sources after these readings and return the snapshot's number.

        Sources without a reading go on as they were. Person ids are only ever added: a key that is given another
        person has it from this snapshot on. `salt` is the one that the readings were made with: the workspace's, or
        what becomes it with its first reading; "" where they needed none. Raises StoreError when a reading contradicts
        itself, was made with another workspace's salt, or the disk refuses.
        """
        with self._connection.begin():
            return save_readings(
                self._connection, readings, taken_at=taken_at, manifest=manifest, person_ids=person_ids, salt=salt
            )

    def drop_source(self, name: str, *, taken_at: datetime) -> int:
        """Store a snapshot without this source, under the latest manifest, and return its number.

        Earlier snapshots keep it. Raises StoreError naming the sources when there is no such one.
        """
        with self._connection.begin():
            return save_without(self._connection, name, taken_at=taken_at)

    def erase(self, what: Erasing) -> Erased:
        """Take somebody out of every reading, in one transaction, and write the file anew without the old bytes.

        Not to be undone. Where the disk is full, the transaction stands and a StoreError tells that old bytes remain.
        """
        with self._connection.begin():
            self._connection.exec_driver_sql("PRAGMA secure_delete = ON")
            done = erase(self._connection, what)
        compact(self._connection)
        return done


@contextmanager
def open_writer(
    path: str | Path, *, who: str, wait: float, on_wait: Callable[[str], None] | None = None
) -> Iterator[StoreWriter]:
    """Open the database for writing: made if missing, brought up to date if older, mended if a writer was killed.

    `who` is the command, told to others who want to write meanwhile. When another process is writing, `on_wait` hears
    once who; after `wait` seconds a StoreError says so. Raises StoreError when a newer stackmap wrote the database.
    """
    database = Path(path)
    with writer_lock(database, who=who, wait=wait, on_wait=on_wait):
        create_file(database)
        with connection_to(database, writable=True) as connection:
            with connection.begin():
                if check_revision(connection, database) != REVISIONS[-1]:
                    migrate(connection)
            yield StoreWriter(connection)


@contextmanager
def open_reader(path: str | Path) -> Iterator[StoreReader]:
    """Open the database read-only: no file is made or changed.

    With one exception: what a killed writer left behind, or an older schema, is put right first, under the writer's
    lock. Raises StoreError when nothing was ever stored or a newer stackmap wrote the database.
    """
    database = Path(path)
    try:
        _check(database)
    except OutOfDateError:
        with open_writer(database, who="stackmap (mending the database)", wait=_RECOVERY_WAIT):
            pass
    with connection_to(database, writable=False) as connection:
        yield StoreReader(connection)


def stored_salt(path: str | Path) -> str:
    """The salt of a workspace's database; "" where nothing was ever stored. Raises StoreError as `open_reader` does."""
    database = Path(path)
    if not database.exists() or not database.stat().st_size:
        return ""
    with open_reader(database) as reader:
        return reader.salt()


def _check(database: Path) -> None:
    if not database.exists():
        raise StoreError(f"{database}: {NO_READING}")
    with connection_to(database, writable=False) as connection, connection.begin():
        revision = check_revision(connection, database)
    if revision is None:
        raise StoreError(f"{database}: {NO_READING}")
    if revision != REVISIONS[-1]:
        raise OutOfDateError(f"{database} has an older schema; run `stackmap collect` to bring it up to date")
