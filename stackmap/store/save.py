"""Snapshots as they go into the database. Every function works within the caller's transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table, func, insert, select

from stackmap.errors import StoreError
from stackmap.model import Coverage, Snapshot, SourceReading
from stackmap.store import schema
from stackmap.store.carry import next_coverage
from stackmap.store.codec import encode_coverage, encode_time
from stackmap.store.history import end_source, record_reading
from stackmap.store.load import NO_READING, load_coverage, load_person_ids, load_snapshot
from stackmap.store.salt import keep_salt

__all__ = ["PersonIds", "save_readings", "save_without"]

PersonIds: TypeAlias = Mapping[str, str] | Callable[[Snapshot], Mapping[str, str]]
"""The ids to keep, by identity key; or what works them out from the snapshot that is being stored."""


def save_readings(
    connection: Connection,
    readings: Sequence[SourceReading],
    *,
    taken_at: datetime,
    manifest: str,
    person_ids: PersonIds,
    salt: str = "",
) -> int:
    """Add the snapshot after these readings and return its number."""
    keep_salt(connection, salt)
    names = {reading.source for reading in readings}
    if len(names) != len(readings):
        raise ValueError("one source was read twice in one run")
    before = _latest(connection)
    number = _add_snapshot(connection, taken_at, _manifest(connection, manifest))
    earlier = load_coverage(connection, before)
    for reading in sorted(readings, key=lambda reading: reading.source):
        record_reading(connection, number, reading)
        of_source = [each for each in earlier if each.source == reading.source]
        _add_coverage(connection, number, next_coverage(reading, of_source))
        _add_source(connection, number, reading)
    _carry_over(connection, before, number, without=names)
    _keep_person_ids(connection, number, person_ids)
    return number


def save_without(connection: Connection, name: str, *, taken_at: datetime) -> int:
    """Add a snapshot without one source, under the latest manifest, and return its number."""
    before = _latest(connection)
    if not before:
        raise StoreError(NO_READING)
    known = select(schema.sources.c.name).where(schema.sources.c.snapshot == before)
    names = sorted(connection.scalars(known))
    if name not in names:
        raise StoreError(f"there is no source {name!r}; known: {', '.join(names) or 'none'}")
    manifest = connection.scalar(select(schema.snapshots.c.manifest).where(schema.snapshots.c.id == before))
    number = _add_snapshot(connection, taken_at, manifest)
    end_source(connection, number, name)
    _carry_over(connection, before, number, without={name})
    return number


def _latest(connection: Connection) -> int:
    """The latest snapshot's number, 0 before the first."""
    return connection.scalar(select(func.max(schema.snapshots.c.id))) or 0


def _manifest(connection: Connection, text: str) -> int:
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = connection.scalar(select(schema.manifests.c.id).where(schema.manifests.c.sha256 == digest))
    return known or _added(connection, schema.manifests, sha256=digest, text=text)


def _add_snapshot(connection: Connection, taken_at: datetime, manifest: int | None) -> int:
    return _added(connection, schema.snapshots, taken_at=encode_time(taken_at), manifest=manifest)


def _added(connection: Connection, table: Table, **values: Any) -> int:
    return connection.execute(insert(table), values).lastrowid


def _add_source(connection: Connection, snapshot: int, reading: SourceReading) -> None:
    values = {
        "snapshot": snapshot,
        "name": reading.source,
        "read_at": encode_time(reading.taken_at),
        "collector": reading.collector,
    }
    connection.execute(insert(schema.sources), values)


def _add_coverage(connection: Connection, snapshot: int, coverage: Iterable[Coverage]) -> None:
    rows = [{"snapshot": snapshot, **encode_coverage(each)} for each in coverage]
    if rows:
        connection.execute(insert(schema.coverage), rows)


def _carry_over(connection: Connection, before: int, snapshot: int, *, without: Collection[str]) -> None:
    """The sources that this run did not read, and their coverage, go on as they were."""
    for table, source in (
        (schema.sources, schema.sources.c.name),
        (schema.coverage, schema.coverage.c.source),
    ):
        kept = select(table).where(table.c.snapshot == before, source.not_in(without))
        rows = [{**row, "snapshot": snapshot} for row in connection.execute(kept).mappings()]
        if rows:
            connection.execute(insert(table), rows)


def _keep_person_ids(connection: Connection, snapshot: int, given: PersonIds) -> None:
    known = load_person_ids(connection, snapshot)
    ids = given(load_snapshot(connection, snapshot)) if callable(given) else given
    rows = [
        {"key": key, "first": snapshot, "person": person}
        for key, person in sorted(ids.items())
        if known.get(key) != person
    ]
    if rows:
        connection.execute(insert(schema.person_ids), rows)
