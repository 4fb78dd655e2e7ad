"""Fact files, the way in: one JSON object a line, sections opened by `source` lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO

from stackmap.declared.fact_values import (
    Origin,
    check_keys,
    coverage_of,
    edges_of,
    nodes_of,
    text_of,
    time_of,
)
from stackmap.declared.written import MAX_PROBLEMS, nearest
from stackmap.errors import ConfigError
from stackmap.model import Coverage, Edge, Evidence, Fact, Node, NodeKind, SourceReading, check_ends

__all__ = ["SCHEMA", "SOURCE_KEYS", "BadLine", "FactFile", "read_facts"]

SCHEMA = "stackmap.facts/1"

_MAX_LINE = 10_000_000
SOURCE_KEYS = frozenset({"type", "name", "collector", "taken_at", "schema"})
_TYPES = ("source", "coverage", "node", "edge")


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
    nothing, unless `skip_bad`, and then their list beside the good ones.
    """
    with _opened(file) as stream:
        shown = str(getattr(stream, "name", "") or "the file")
        reader = _Reader(name or Path(shown).stem, taken_at)
        for number, line in _lines(stream):
            reader.take(number, line)
    found = reader.finish()
    if found.bad_lines and not skip_bad:
        raise _refused(Path(shown).name, found.bad_lines)
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


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers; of one that is too long, only as much as shows that it is."""
    number = 0
    while line := stream.readline(_MAX_LINE + 1):
        number += 1
        yield number, line
        while len(line) > _MAX_LINE and not line.endswith(b"\n"):
            line = stream.readline(_MAX_LINE + 1)


@dataclass(slots=True)
class _Section:
    """One source while it is being read."""

    name: str
    taken_at: datetime | None
    collector: str = ""
    nodes: dict[tuple[str, str], Node] = field(default_factory=dict)
    edges: dict[tuple[str, ...], Edge] = field(default_factory=dict)
    coverage: dict[str, Coverage] = field(default_factory=dict)
    origin: Origin = field(init=False)

    def __post_init__(self) -> None:
        self.origin = Origin(self.name)


class _Reader:
    """Takes lines one by one; what needs the whole file (the kinds at an edge's ends) is checked at the end."""

    def __init__(self, name: str, taken_at: datetime | None) -> None:
        self._default = (name, taken_at)
        self._sections: dict[str, _Section] = {}
        self._now: _Section | None = None
        self._bad: list[BadLine] = []
        self._kinds: dict[str, NodeKind] = {}
        self._edge_lines: list[tuple[int, _Section, tuple[str, ...]]] = []

    def take(self, number: int, line: bytes) -> None:
        """One line, good or bad. Blank lines are let through."""
        if line.isspace():
            return
        try:
            self._take(number, _parse(number, line))
        except ValueError as error:
            self._bad.append(BadLine(number, str(error)))
        except RecursionError:
            self._bad.append(BadLine(number, "nested too deeply"))

    def finish(self) -> FactFile:
        """The readings, without edges whose ends do not fit."""
        for number, section, key in self._edge_lines:
            try:
                check_ends(section.edges[key], self._kinds)
            except ValueError as error:
                self._bad.append(BadLine(number, str(error)))
                del section.edges[key]
        readings = tuple(_reading(section) for section in self._sections.values())
        return FactFile(readings, tuple(sorted(self._bad)))

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
            version = fact
            for nth in count(2):
                key = _edge_key(version)
                earlier = section.edges.setdefault(key, version)
                if earlier is version:
                    self._edge_lines.append((number, section, key))
                    break
                if _agree(earlier, version):
                    section.edges[key] = replace(earlier, evidence=_united(earlier, version))
                    break
                version = _set_apart(fact, nth)


def _edge_key(edge: Edge) -> tuple[str, ...]:
    return (edge.evidence[0].inventory, edge.kind, edge.source, edge.target, edge.group, edge.slot)


def _set_apart(edge: Edge, nth: int) -> Edge:
    """Another version of an edge, in an inventory of its own: one inventory keeps one version, and the worse counts."""
    inventory = f"{edge.evidence[0].inventory} ({nth})"
    return replace(edge, evidence=tuple(replace(item, inventory=inventory) for item in edge.evidence))


def _agree(earlier: Node | Edge, again: Node | Edge) -> bool:
    return replace(earlier, evidence=again.evidence) == again


def _united(earlier: Node | Edge, again: Node | Edge) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys((*earlier.evidence, *again.evidence)))


def _reading(section: _Section) -> SourceReading:
    assert section.taken_at is not None
    facts: tuple[Fact, ...] = (*section.nodes.values(), *section.edges.values())
    return SourceReading(
        section.name, section.taken_at, facts, tuple(section.coverage.values()), True, section.collector
    )


def _parse(number: int, line: bytes) -> Mapping[str, Any]:
    if len(line) > _MAX_LINE:
        raise ValueError(f"longer than {_MAX_LINE // 1_000_000} MB")
    if number == 1 and line.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise ValueError("starts with a byte order mark; save the file as UTF-8 without one")
    if b"\x00" in line:
        raise ValueError("holds a NUL byte; the file is damaged or no text")
    try:
        text = line.decode()
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    try:
        values = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON: {error.msg} at column {error.colno}") from None
    if not isinstance(values, dict):
        raise ValueError("a line must be one JSON object")
    if b"\\ud" in line or b"\\uD" in line:
        _refuse_lone_surrogates(values)
    return values


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} stands twice")
    return found


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is no JSON")


def _refuse_lone_surrogates(values: Mapping[str, Any]) -> None:
    try:
        json.dumps(values, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ValueError("holds half of a surrogate pair (\\ud8.. without its partner)") from None


_DECODER = json.JSONDecoder(object_pairs_hook=_no_duplicates, parse_constant=_no_constant)
