"""Small readings to store, and a look at what lies in the tables."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from stackmap.model import (
    Coverage,
    Edge,
    EdgeKind,
    Evidence,
    Fact,
    Node,
    NodeKind,
    Reach,
    Snapshot,
    Sort,
    SourceReading,
)
from stackmap.store import open_reader, open_writer

DAY = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SYSTEM = "acme/prod"


def day(number: int) -> datetime:
    """The first day, or a later one."""
    return DAY + timedelta(days=number)


def node(number: int | str, name: str = "", *, at: str = "flows", source: str = "crm", **properties: Any) -> Node:
    """A flow that one inventory of one source saw."""
    seen = (Evidence(source, at, str(number)),)
    return Node(NodeKind.AUTOMATION, f"{SYSTEM}/automation/{number}", name or f"Flow {number}", seen, properties)


def edge(flow: int, account: int, *, at: str = "flows", source: str = "crm", **properties: Any) -> Edge:
    """A flow that runs as a login."""
    seen = (Evidence(source, at, f"{flow}-{account}"),)
    ends = f"{SYSTEM}/automation/{flow}", f"{SYSTEM}/account/{account}"
    return Edge(EdgeKind.RUNS_AS, *ends, seen, properties=properties)


def covered(
    inventory: str = "flows",
    state: Reach = Reach.COMPLETE,
    *,
    source: str = "crm",
    sort: Sort = Sort.STATE,
    **others: Any,
) -> Coverage:
    """Coverage of one inventory, with a reason where one is due."""
    reason = "" if state is Reach.COMPLETE else f"it was {state.value}"
    return Coverage(source, SYSTEM, inventory, state, sort=sort, reason=reason, **others)


def reading(
    facts: Iterable[Fact] = (),
    coverage: Iterable[Coverage] | None = None,
    *,
    source: str = "crm",
    on: datetime = DAY,
    whole: bool = False,
) -> SourceReading:
    """A reading of one source; by default its one inventory was read to the end."""
    covers = (covered(source=source),) if coverage is None else tuple(coverage)
    return SourceReading(source, on, tuple(facts), covers, whole, collector="svc-stackmap")


def save(database: Path, *readings: SourceReading, on: datetime = DAY, person_ids: dict[str, str] | None = None) -> int:
    """One run of a writing command."""
    with open_writer(database, who="test", wait=0) as writer:
        return writer.save(readings, taken_at=on, manifest="", person_ids=person_ids or {})


def load(database: Path, snapshot: int | None = None) -> Snapshot:
    """One run of a reading command."""
    with open_reader(database) as reader:
        return reader.load(snapshot)


def names(snapshot: Snapshot) -> list[str]:
    """The names of a snapshot's nodes, in its order."""
    return [fact.name for fact in snapshot.facts if isinstance(fact, Node)]


def count(database: Path, tables: Sequence[str]) -> int:
    """How many rows lie in these tables."""
    with sqlite3.connect(database) as connection:
        total = sum(connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables)  # noqa: S608 - names of its own tables
    connection.close()
    return int(total)


def fingerprint(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Every file of a folder with its bytes, mode and time of change; "." is the folder itself."""
    found = {
        path.name: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mode, path.stat().st_mtime_ns)
        for path in folder.iterdir()
    }
    return {**found, ".": ("", folder.stat().st_mode, folder.stat().st_mtime_ns)}
