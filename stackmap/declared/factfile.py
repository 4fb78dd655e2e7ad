"""Fact files, the way in: one JSON object a line, sections opened by `source` lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from stackmap.declared.fact_lines import ForeignLineError, lines_of, parse_line
from stackmap.declared.fact_values import (
    Origin,
    check_keys,
    coverage_of,
    edges_of,
    nodes_of,
    text_of,
    time_of,
)
from stackmap.declared.left_out import without_lines
from stackmap.declared.versions import numbered, set_apart
from stackmap.declared.written import MAX_PROBLEMS, nearest
from stackmap.errors import ConfigError
from stackmap.model import Coverage, Edge, Evidence, Fact, Node, NodeKind, SourceReading, check_ends

__all__ = ["SCHEMA", "SOURCE_KEYS", "BadLine", "FactFile", "read_facts"]

SCHEMA = "stackmap.facts/1"

SOURCE_KEYS = frozenset({"type", "name", "collector", "taken_at", "schema"})
_BELOW_A_SOURCE = ("coverage", "node", "edge")
_TYPES = ("source", *_BELOW_A_SOURCE)

_Key: TypeAlias = tuple[str, ...]
"""Of an edge: its inventory, kind, ends, group and slot."""


@dataclass(frozen=True, slots=True, order=True)
class BadLine:
    """A line that could not be taken, and why."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class FactFile:
    """One reading per source of the file, in the file's order. `bad_lines` is empty unless they were to be skipped."""

    readings: tuple[SourceReading, ...]
    bad_lines: tuple[BadLine, ...] = ()


def read_facts(
    file: Path | BinaryIO,
    *,
    name: str | None = None,
    taken_at: datetime | None = None,
    skip_bad: bool = False,
) -> FactFile:
    """Read a fact file, line by line.

    `name` and `taken_at` stand in for a `source` line where the file has none or it leaves them out (default: the
    file's name; no time). Raises ConfigError listing bad lines by number and reason: a file with bad lines gives
    nothing, unless `skip_bad`, and then their list beside the good ones. The sources that they may have belonged to
    say in their coverage that lines are missing. What is no fact file at all is refused either way.
    """
    with _opened(file) as stream:
        shown = Path(str(getattr(stream, "name", "") or "the file"))
        reader = _Reader(name or shown.stem, taken_at)
        for number, line in lines_of(stream):
            reader.take(number, line)
    if reader.foreign:
        raise ConfigError(f"{shown.name}: this is no fact file (a fact file is one JSON object a line)")
    found = reader.finish(shown.name)
    if found.bad_lines and not skip_bad:
        raise _refused(shown.name, found.bad_lines)
    return found


def _refused(name: str, bad: tuple[BadLine, ...]) -> ConfigError:
    lines = [f"{name}, line {line.number}: {line.reason}" for line in bad[:MAX_PROBLEMS]]
    if len(bad) > MAX_PROBLEMS:
        lines.append(f"{name}: and {len(bad) - MAX_PROBLEMS} more bad lines")
    lines.append("Nothing was taken. To take the good lines: --skip-bad")
    return ConfigError("\n".join(lines))


@contextmanager
def _opened(file: Path | BinaryIO) -> Iterator[BinaryIO]:
    if not isinstance(file, Path):
        yield file
        return
    try:
        with file.open("rb") as stream:
            yield stream
    except OSError as error:
        raise ConfigError(f"{file.name} cannot be read: {error.strerror or error}") from error


@dataclass(slots=True)
class _Section:
    """One source while it is being read."""

    name: str
    taken_at: datetime | None
    collector: str = ""
    nodes: dict[tuple[str, str], Node] = field(default_factory=dict)
    edges: dict[_Key, Edge] = field(default_factory=dict)
    coverage: dict[str, Coverage] = field(default_factory=dict)
    further: dict[_Key, list[_Key]] = field(default_factory=dict)
    """By edge its versions beyond the first."""
    origin: Origin = field(init=False)

    def __post_init__(self) -> None:
        self.origin = Origin(self.name)


class _Reader:
    """Takes lines one by one; what needs the whole file (the kinds at an edge's ends) is checked at the end."""

    def __init__(self, name: str, taken_at: datetime | None) -> None:
        self._default = (name, taken_at)
        self._sections: dict[str, _Section] = {}
        self._now: _Section | None = None
        self._bad: list[tuple[BadLine, _Section | None]] = []
        self._lines = 0
        self._foreign_lines = 0
        self._starts_foreign = False
        self._kinds: dict[str, NodeKind] = {}
        self._edge_lines: list[tuple[int, _Section, _Key]] = []

    def take(self, number: int, line: bytes) -> None:
        """One line, good or bad. Blank lines are let through."""
        if line.isspace():
            return
        self._lines += 1
        values: Mapping[str, Any] = {}
        try:
            values = parse_line(number, line)
            self._take(number, values)
        except ValueError as error:
            if isinstance(error, ForeignLineError):
                self._foreign_lines += 1
                self._starts_foreign |= self._lines == 1
            self._refuse(number, str(error), values)
        except RecursionError:
            self._refuse(number, "nested too deeply", values)

    def _refuse(self, number: int, reason: str, values: Mapping[str, Any]) -> None:
        """Note a bad line. One that may have opened a source may be missing from any of them."""
        section = self._now if values.get("type") in _BELOW_A_SOURCE else None
        self._bad.append((BadLine(number, reason), section))

    @property
    def foreign(self) -> bool:
        """Whether the lines so far look like another sort of file: from the first on, most are no JSON object."""
        return self._starts_foreign and 2 * self._foreign_lines > self._lines

    def finish(self, file: str) -> FactFile:
        """The readings, without edges whose ends do not fit, and saying so where lines of `file` are missing."""
        for number, section, key in self._edge_lines:
            try:
                check_ends(section.edges[key], self._kinds)
            except ValueError as error:
                self._bad.append((BadLine(number, str(error)), section))
                del section.edges[key]
        missing = Counter(section.name if section else "" for _, section in self._bad)
        readings: list[SourceReading] = []
        for section in self._sections.values():
            lines = missing[section.name] + missing[""]
            reading = _reading(section)
            readings.append(without_lines(reading, lines, file) if lines else reading)
        return FactFile(tuple(readings), tuple(sorted(line for line, _ in self._bad)))

    def _take(self, number: int, values: Mapping[str, Any]) -> None:
        match values.get("type"):
            case "edge":
                section = self._now or self._section()
                self._add_edges(number, section, edges_of(values, section.origin))
            case "node":
                section = self._now or self._section()
                self._add_nodes(section, nodes_of(values, section.origin))
            case "coverage":
                self._cover(values)
            case "source":
                self._open(values)
            case other:
                near = nearest(other, _TYPES) if isinstance(other, str) else ""
                raise ValueError(f"'type' must be source, coverage, node or edge{near}")

    def _section(self) -> _Section:
        if self._now is None:
            name, taken_at = self._default
            if taken_at is None:
                raise ValueError("no source line with 'taken_at' came before: when was this read?")
            self._now = self._sections[name] = _Section(name, taken_at)
        return self._now

    def _open(self, values: Mapping[str, Any]) -> None:
        check_keys(values, SOURCE_KEYS, "a source line")
        if values.get("schema", SCHEMA) != SCHEMA:
            raise ValueError(f"this program reads {SCHEMA}; the file says {str(values['schema'])[:40]!r}")
        default_name, default_time = self._default
        name, collector = text_of(values, "name", default_name), text_of(values, "collector", "")
        taken_at = time_of(values, "taken_at") or default_time
        if not name.strip() or taken_at is None:
            raise ValueError(f"a source line needs {'name' if taken_at else 'taken_at'!r}")
        earlier = self._sections.get(name)
        if earlier is not None and (earlier.taken_at, earlier.collector) != (taken_at, collector):
            raise ValueError(f"source {name!r} was opened before with another time or collector")
        self._now = self._sections.setdefault(name, _Section(name, taken_at, collector))

    def _cover(self, values: Mapping[str, Any]) -> None:
        section = self._section()
        assert section.taken_at is not None
        coverage = coverage_of(values, section.name, section.taken_at)
        if section.coverage.setdefault(coverage.inventory, coverage) != coverage:
            raise ValueError(f"inventory {coverage.inventory!r} has another coverage line already")

    def _add_nodes(self, section: _Section, facts: list[Fact]) -> None:
        for fact in facts:
            assert isinstance(fact, Node)
            if self._kinds.setdefault(fact.id, fact.kind) is not fact.kind:
                raise ValueError(f"{fact.id} has the kind {self._kinds[fact.id].value} elsewhere in this file")
            key = (fact.evidence[0].inventory, fact.id)
            earlier = section.nodes.setdefault(key, fact)
            if not _agree(earlier, fact):
                raise ValueError("an earlier line of this source and inventory says otherwise about the same node")
            if earlier is not fact:
                section.nodes[key] = replace(earlier, evidence=_united(earlier, fact))

    def _add_edges(self, number: int, section: _Section, facts: list[Fact]) -> None:
        for fact in facts:
            assert isinstance(fact, Edge)
            for nth in count(1):
                version = set_apart(fact, nth)
                key = _edge_key(version)
                earlier = section.edges.setdefault(key, version)
                if earlier is version:
                    self._edge_lines.append((number, section, key))
                    if nth > 1:
                        section.further.setdefault(_edge_key(fact), []).append(key)
                    break
                if _agree(earlier, version):
                    section.edges[key] = replace(earlier, evidence=_united(earlier, version))
                    break


def _edge_key(edge: Edge) -> _Key:
    return (edge.evidence[0].inventory, edge.kind, edge.source, edge.target, edge.group, edge.slot)


def _agree(earlier: Node | Edge, again: Node | Edge) -> bool:
    return replace(earlier, evidence=again.evidence) == again


def _united(earlier: Node | Edge, again: Node | Edge) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys((*earlier.evidence, *again.evidence)))


def _reading(section: _Section) -> SourceReading:
    assert section.taken_at is not None
    for first, further in section.further.items():
        versions = [section.edges.pop(key) for key in (first, *further) if key in section.edges]
        section.edges.update((_edge_key(one), one) for one in numbered(versions, first[0]))
    facts: tuple[Fact, ...] = (*section.nodes.values(), *section.edges.values())
    return SourceReading(
        section.name, section.taken_at, facts, tuple(section.coverage.values()), True, section.collector
    )
