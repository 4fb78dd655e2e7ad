"""The SQLite file: how it is opened, brought up to date, and how its errors read.

A rollback journal, not a write-ahead log: a closed workspace is one file, and a reader leaves nothing behind.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from stackmap.errors import StoreError
from stackmap.store.lock import OWNER_ONLY
from stackmap.store.schema import REVISIONS

__all__ = ["OutOfDateError", "check_revision", "connection_to", "create_file", "migrate"]

_PATIENCE_MS = 60_000
"""How long a reader waits for a writer's commit, and the other way round."""

# FULL: the journal is on the disk before the database is touched, so losing power loses no earlier snapshot; there is
# one commit per run, so it costs nothing. A spilling cache would shut readers out long before the commit.
_WRITER = ("journal_mode = DELETE", "synchronous = FULL", "cache_spill = OFF")
_READER = ("query_only = ON",)
_BOTH = (f"busy_timeout = {_PATIENCE_MS}", "foreign_keys = ON", "temp_store = MEMORY")

_TOLD = {
    "SQLITE_FULL": "the disk is full; make room and run the command again",
    "SQLITE_BUSY": "another process has kept it busy; try again when it has finished",
    "SQLITE_CORRUPT": "it is damaged; restore it from a backup, or move it away and collect anew",
    "SQLITE_NOTADB": "it is no stackmap database; move it away and collect anew",
    "SQLITE_CANTOPEN": "it cannot be opened; check the permissions of the file and its folder",
    "SQLITE_READONLY": "it cannot be written; check the permissions of the file and its folder",
    "SQLITE_IOERR": "the disk refused; check that it has room and is healthy, then run the command again",
}


class OutOfDateError(StoreError):
    """A reader met a killed writer's journal or an older schema: a writer has to put it right first."""


def create_file(path: Path) -> None:
    """Make an empty database file for the owner alone, if there is none."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY))
    except OSError as error:
        raise StoreError(f"cannot create {path}: {error.strerror}") from error


@contextmanager
def connection_to(path: Path, *, writable: bool) -> Iterator[Connection]:
    """One connection to an existing database. SQLite's own errors, in the block as well, become StoreError."""
    mode = "rw" if writable else "ro"
    pragmas = (*_BOTH, *(_WRITER if writable else _READER))

    def connect() -> sqlite3.Connection:
        # The driver would begin transactions late, and not at all for reads or DDL: `begin` below does it instead.
        uri = f"file:{quote(str(path.absolute()))}?mode={mode}"
        opened = sqlite3.connect(uri, uri=True, isolation_level=None)
        for pragma in pragmas:
            opened.execute(f"PRAGMA {pragma}")
        return opened

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    begin = "BEGIN IMMEDIATE" if writable else "BEGIN"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    with _in_words(path), engine.connect() as connection:
        yield connection


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise _told(path, error.orig, error) from error
    except sqlite3.Error as error:
        raise _told(path, error, error) from error


def _told(path: Path, cause: object, error: Exception) -> StoreError:
    name = getattr(cause, "sqlite_errorname", "") or ""
    if name == "SQLITE_READONLY_ROLLBACK":
        return OutOfDateError(f"{path}: a writer was interrupted; run `stackmap collect` or `stackmap import` again")
    primary = "_".join(name.split("_")[:2])
    return StoreError(f"{path}: {_TOLD.get(primary, f'the database refused ({cause or error})')}")


def check_revision(connection: Connection, path: Path) -> str | None:
    """The schema's revision: "" before the first migration, None for a database without any table.

    Raises StoreError when a newer program, or another one altogether, made it.
    """
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        if tables:
            raise StoreError(f"{path} is another program's database; name another file")
        return None
    revision = str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")
    if revision and revision not in REVISIONS:
        raise StoreError(
            f"{path} was written by a newer stackmap (schema {revision}, this one knows up to {REVISIONS[-1]}): "
            "update stackmap"
        )
    return revision


def migrate(connection: Connection) -> None:
    """Bring the schema up to date, within the caller's transaction."""
    config = Config()
    folder = Path(__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
