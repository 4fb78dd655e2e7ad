"""Snapshots as they come out of the database."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, select

from stackmap.errors import StoreError
from stackmap.model import Coverage, Snapshot
from stackmap.store import schema
from stackmap.store.carry import key_of
from stackmap.store.codec import EDGES, NODES, F, Layout, Place, decode_coverage, decode_time

__all__ = [
    "NO_READING",
    "SnapshotInfo",
    "SourceInfo",
    "list_snapshots",
    "load_coverage",
    "load_person_ids",
    "load_snapshot",
]

NO_READING = "no reading yet; run `stackmap collect` or `stackmap import`"

_NEAREST = 3


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """One source of a snapshot: when it was last read or imported, and as which login ("" if unknown)."""

    name: str
    read_at: datetime
    collector: str


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """What a list of snapshots shows. `sources` are sorted by name, those carried over included."""

    id: int
    taken_at: datetime
    sources: tuple[SourceInfo, ...]


def list_snapshots(connection: Connection) -> list[SnapshotInfo]:
    """Every snapshot, oldest first."""
    by_snapshot: dict[int, list[SourceInfo]] = {}
    rows = connection.execute(select(schema.sources).order_by(schema.sources.c.snapshot, schema.sources.c.name))
    for snapshot, name, read_at, collector in rows:
        by_snapshot.setdefault(snapshot, []).append(SourceInfo(name, decode_time(read_at), collector))
    found = select(schema.snapshots.c.id, schema.snapshots.c.taken_at).order_by(schema.snapshots.c.id)
    return [
        SnapshotInfo(number, decode_time(taken_at), tuple(by_snapshot.get(number, ())))
        for number, taken_at in connection.execute(found)
    ]


def load_snapshot(connection: Connection, number: int | None) -> Snapshot:
    """One snapshot, None for the latest: nodes by id, then edges by key, each then by source and inventory.

    `person_ids` are those known when it was taken. Raises StoreError when there is no such snapshot.
    """
    known = list(connection.scalars(select(schema.snapshots.c.id).order_by(schema.snapshots.c.id)))
    if not known:
        raise StoreError(NO_READING)
    wanted = known[-1] if number is None else number
    if wanted not in known:
        raise StoreError(_unknown(wanted, known))
    head = (
        select(schema.snapshots.c.taken_at, schema.manifests.c.text)
        .join(schema.manifests)
        .where(schema.snapshots.c.id == wanted)
    )
    taken_at, manifest = connection.execute(head).one()
    places = _places(connection)
    with _collector_paused():
        nodes = tuple(_facts(connection, NODES, wanted, places))
        edges = tuple(_facts(connection, EDGES, wanted, places))
    return Snapshot(
        id=wanted,
        taken_at=decode_time(taken_at),
        facts=nodes + edges,
        coverage=tuple(load_coverage(connection, wanted)),
        manifest=manifest,
        person_ids=load_person_ids(connection, wanted),
    )


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Everything made in the block is kept, so walking it in search of garbage would only double the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _unknown(wanted: int, known: list[int]) -> str:
    nearest = sorted(sorted(known, key=lambda number: (abs(number - wanted), number))[:_NEAREST])
    words = ", ".join(str(number) for number in nearest)
    return f"there is no reading {wanted}; the nearest: {words}"


def load_coverage(connection: Connection, number: int) -> list[Coverage]:
    """The coverage of one snapshot, by source, system and inventory."""
    rows = connection.execute(select(schema.coverage).where(schema.coverage.c.snapshot == number)).mappings()
    return sorted((decode_coverage(dict(row)) for row in rows), key=key_of)


def load_person_ids(connection: Connection, number: int) -> dict[str, str]:
    """The person of every identity key as of one snapshot, in the order of the keys."""
    ids = schema.person_ids
    query = select(ids.c.key, ids.c.person).where(ids.c.first <= number).order_by(ids.c.key, ids.c.first)
    return dict(connection.execute(query).all())


def _places(connection: Connection) -> Mapping[int, Place]:
    return {row.id: Place(row.source, row.name) for row in connection.execute(select(schema.inventories))}


def _holds(table: Table, number: int) -> ColumnElement[bool]:
    return (table.c.first <= number) & (table.c.last.is_(None) | (table.c.last > number))


def _facts(connection: Connection, layout: Layout[F], number: int, places: Mapping[int, Place]) -> Iterator[F]:
    """The facts that held, in the order of their keys, then of their places."""
    facts, values = layout.facts, layout.values
    _, _, _, _, *content = facts.c
    valid = select(values.c.fact, values.c.value).where(_holds(values, number))
    beside = dict(connection.execute(valid).all())
    query = select(facts.c.row, facts.c.inventory, *content).where(_holds(facts, number))
    rows = list(connection.execute(query).all())
    width = 2 + layout.keys
    rows.sort(key=lambda row: (row[2:width], places[row[1]]))
    return (layout.decode(tuple(row[2:]), beside.get(row[0]), places[row[1]]) for row in rows)
