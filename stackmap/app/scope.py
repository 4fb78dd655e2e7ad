"""What was read for an answer, as documents open with it."""

from __future__ import annotations

from collections.abc import Iterator

from stackmap.app.opening import MANIFEST_SOURCE, Reading
from stackmap.model import NodeKind, Reach, system_of
from stackmap.render.sight_words import ReadSource
from stackmap.render.words import full_day

__all__ = ["only_noted", "read_sources"]


def read_sources(reading: Reading) -> tuple[ReadSource, ...]:
    """Every source of a reading by name, your notes last."""
    return (*_sources(reading), *_notes(reading))


def only_noted(reading: Reading) -> tuple[str, ...]:
    """The names of systems that your notes know and no list was read of."""
    read = {item.system for item in reading.coverage if item.read_at}
    graph = reading.stack.graph
    names = {
        vertex.name or vertex.id
        for vertex in graph.vertices(NodeKind.SYSTEM)
        if (system_of(vertex.id) or vertex.id) not in read
    }
    return tuple(sorted(names, key=lambda name: (name.casefold(), name)))


def _sources(reading: Reading) -> Iterator[ReadSource]:
    for source in sorted(reading.sources, key=lambda one: one.name):
        lists = [item for item in reading.coverage if item.source == source.name]
        yield ReadSource(
            source.name,
            tuple(sorted({_system_name(reading, item.system) for item in lists})),
            full_day(source.read_at.date()),
            source.collector,
            sum(item.state is Reach.COMPLETE for item in lists),
            len(lists),
        )


def _notes(reading: Reading) -> Iterator[ReadSource]:
    if reading.manifest.facts:
        yield ReadSource(f"your notes ({MANIFEST_SOURCE})", (), "with each reading", "", 0, 0)


def _system_name(reading: Reading, system: str) -> str:
    """The name of a system of coverage, which is `product/tenant` or a free id."""
    for vertex in reading.stack.graph.vertices(NodeKind.SYSTEM):
        if (system_of(vertex.id) or vertex.id) == system:
            return vertex.name or system
    return system
