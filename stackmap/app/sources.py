"""The sources that the latest reading is made of, and ending one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime

from stackmap.app.opening import Question, Reading, check_read, open_reading
from stackmap.app.workspace import Workspace
from stackmap.errors import UsageError
from stackmap.model import NodeKind
from stackmap.render.source_list import SourceEntry
from stackmap.store import StoreWriter, open_reader, open_writer

__all__ = ["drop_source", "list_sources"]

_WAIT = 60.0


def list_sources(workspace: Workspace, question: Question | None = None) -> tuple[SourceEntry, ...]:
    """The sources of a reading, by name."""
    reading = open_reading(workspace, question)
    facts: dict[str, dict[NodeKind, int]] = defaultdict(lambda: defaultdict(int))
    logins: dict[str, list[str]] = defaultdict(list)
    for vertex in reading.stack.graph.vertices():
        said_by = {item.source for item in vertex.evidence}
        for source in said_by:
            facts[source][vertex.kind] += 1
        if vertex.kind is NodeKind.ACCOUNT and len(said_by) == 1:
            logins[said_by.pop()].append(vertex.name or vertex.id)
    return tuple(_sources(reading, facts, logins))


def _sources(
    reading: Reading, facts: dict[str, dict[NodeKind, int]], logins: dict[str, list[str]]
) -> Iterator[SourceEntry]:
    for info in reading.sources:
        lists = tuple(item for item in reading.coverage if item.source == info.name)
        names = tuple(sorted(logins.get(info.name, ())))
        yield SourceEntry(info.name, info.read_at, lists, dict(facts.get(info.name, {})), names)


def drop_source(workspace: Workspace, name: str, clock: Callable[[], datetime], notice: Callable[[str], None]) -> int:
    """Store a reading without a source and return its number; earlier readings keep it. Raises UsageError naming the
    sources there are, where it is none of them.
    """
    check_read(workspace)
    with open_reader(workspace.database) as reader:
        known = [source.name for source in reader.snapshots()[-1].sources]
    if name not in known:
        raise UsageError(f"there is no source {name}; known: {', '.join(known) or 'none'}")
    with _writer(workspace, notice) as writer:
        return writer.drop_source(name, taken_at=clock())


def _writer(workspace: Workspace, notice: Callable[[str], None]) -> AbstractContextManager[StoreWriter]:
    return open_writer(workspace.database, who="stackmap sources drop", wait=_WAIT, on_wait=notice)
