"""One writer at a time: a lock beside the database, and a note that says who holds it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from stackmap.errors import StoreError

__all__ = ["OWNER_ONLY", "writer_lock"]

OWNER_ONLY = 0o600
"""Mode of every file the store makes: they name people."""


@contextmanager
def writer_lock(
    database: Path, *, who: str, wait: float, on_wait: Callable[[str], None] | None = None
) -> Iterator[None]:
    """Hold the one-writer lock of a database.

    When another process has it, `on_wait` hears once who that is; after `wait` seconds a StoreError says it again.
    The lock file stays behind: removing it would let two waiting writers lock different files.
    """
    if not database.parent.is_dir():  # the lock would make it
        raise StoreError(f"there is no folder {database.parent}; run `stackmap init` there, or name another")
    lock = FileLock(_beside(database, ".lock"), mode=OWNER_ONLY)
    note = _beside(database, ".lock.holder")
    _acquire(lock, database, note, wait, on_wait)
    try:
        _write_note(note, who)
        yield
    finally:
        note.unlink(missing_ok=True)
        lock.release()


def _beside(database: Path, ending: str) -> Path:
    return database.with_name(database.name + ending)


def _acquire(lock: FileLock, database: Path, note: Path, wait: float, on_wait: Callable[[str], None] | None) -> None:
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if on_wait is not None:
                on_wait(f"waiting for {_holder(note)}, which is writing {database.name}")
            lock.acquire(timeout=wait, poll_interval=0.05)
    except Timeout:
        raise StoreError(
            f"{_holder(note)} is writing {database} and was not done within {wait:g} s; try again when it has finished"
        ) from None
    except OSError as error:
        raise StoreError(f"cannot lock {database} for writing: {error.strerror or error}") from error


def _write_note(note: Path, who: str) -> None:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    descriptor = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"pid": os.getpid(), "command": who, "since": since}, file)


def _holder(note: Path) -> str:
    """Who the note names, in words. It may be gone or half written: then just "another process"."""
    try:
        said = json.loads(note.read_text(encoding="utf-8"))
        since = datetime.fromisoformat(said["since"]).strftime("%Y-%m-%d %H:%M:%S UTC")
        return f"`{said['command']}` (process {said['pid']}, since {since})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
