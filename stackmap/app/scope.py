"""What was read for an answer, as documents open with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stackmap.app.opening import Reading
from stackmap.app.workspace import NOTES_FILE
from stackmap.model import NodeKind, Vertex, system_of
from stackmap.render.coverage import not_whole
from stackmap.render.sight_words import ReadSource
from stackmap.render.words import full_day

__all__ = ["not_read_themselves", "read_sources"]


def read_sources(reading: Reading) -> tuple[ReadSource, ...]:
    """Every source of a reading by name, your notes last."""
    return (*_sources(reading), *_notes(reading))


def not_read_themselves(reading: Reading) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of systems of which no list was read: those in your notes, and those that only other systems name."""
    read = {item.system for item in reading.coverage if item.read_at}
    unread = [
        vertex
        for vertex in reading.stack.graph.vertices(NodeKind.SYSTEM)
        if (system_of(vertex.id) or vertex.id) not in read
    ]
    noted = [vertex for vertex in unread if any(item.of_notes for item in vertex.evidence)]
    return _names(noted), _names(vertex for vertex in unread if vertex not in noted)


def _names(systems: Iterable[Vertex]) -> tuple[str, ...]:
    return tuple(sorted({one.name or one.id for one in systems}, key=lambda name: (name.casefold(), name)))


def _sources(reading: Reading) -> Iterator[ReadSource]:
    for source in sorted(reading.sources, key=lambda one: one.name):
        lists = [item for item in reading.coverage if item.source == source.name]
        yield ReadSource(
            source.name,
            tuple(sorted({_system_name(reading, item.system) for item in lists})),
            full_day(source.read_at.date()),
            source.collector,
            len(lists) - len(not_whole(lists)),
            len(lists),
        )


def _notes(reading: Reading) -> Iterator[ReadSource]:
    if reading.manifest.facts:
        yield ReadSource(f"your notes ({NOTES_FILE})", (), "with each reading", "", 0, 0)


def _system_name(reading: Reading, system: str) -> str:
    """The name of a system of coverage, which is `product/tenant` or a free id."""
    for vertex in reading.stack.graph.vertices(NodeKind.SYSTEM):
        if (system_of(vertex.id) or vertex.id) == system:
            return reading.stack.graph.system_name(vertex.id) if vertex.name else system
    return system
