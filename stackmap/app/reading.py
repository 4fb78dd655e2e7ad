"""Reading: vendors through their connectors, files through their readers; each run stores one snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from stackmap.app.workspace import Workspace
from stackmap.collect import FoundConnectors, Progress, run
from stackmap.declared import (
    BadLine,
    ConnectorConfig,
    Manifest,
    SecretResolver,
    SourceHead,
    check_settings,
    read_facts,
    resolve_settings,
    write_facts,
)
from stackmap.errors import ConfigError, UsageError
from stackmap.identity import resolve
from stackmap.model import Coverage, Snapshot, SourceReading
from stackmap.sdk import Connector, Pace
from stackmap.store import open_reader, open_writer

__all__ = ["Imported", "Readings", "Stored", "collect", "expected_calls", "export_facts", "import_files", "try_out"]

_WAIT = 60.0
_SIDE_BY_SIDE = 4


@dataclass(frozen=True, slots=True)
class Readings:
    """How reading is done: which connectors there are, how secrets are found, and who hears of progress."""

    found: FoundConnectors
    resolver: SecretResolver
    clock: Callable[[], datetime]
    progress: Callable[[str, Progress], None]
    notice: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored snapshot and the coverage of what was read for it."""

    snapshot: int
    coverage: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """A stored snapshot, what came in from each source, and the lines that were left out."""

    snapshot: int
    readings: tuple[SourceReading, ...]
    bad_lines: tuple[tuple[str, BadLine], ...]


def _wanted(
    workspace: Workspace, found: FoundConnectors, only: Sequence[str]
) -> list[tuple[ConnectorConfig, Connector]]:
    config = workspace.config()
    names = [entry.name for entry in config.connectors]
    for name in only:
        if name not in names:
            raise UsageError(f"stackmap.yaml names no connector {name}; it names {', '.join(names) or 'none'}")
    if not names:
        raise ConfigError("stackmap.yaml names no connector yet; take the # away before one of the examples in it")
    chosen = [entry for entry in config.connectors if not only or entry.name in only]
    pairs = [(entry, found.get(entry.connector)) for entry in chosen]
    for entry, connector in pairs:
        check_settings(entry, connector.settings)
    return pairs


def expected_calls(workspace: Workspace, readings: Readings, only: Sequence[str]) -> Mapping[str, int]:
    """At least how many calls each source takes."""
    return {
        entry.name: sum(item.expected_calls for item in connector.inventories)
        for entry, connector in _wanted(workspace, readings.found, only)
    }


def _read(
    workspace: Workspace, readings: Readings, only: Sequence[str], *, first_page_only: bool = False
) -> list[SourceReading]:
    """Read the sources side by side; limits per host hold across them."""
    floor = workspace.config().settings.quota_floor
    pace = Pace()
    wanted = [
        (entry.name, connector, resolve_settings(entry, connector.settings, readings.resolver))
        for entry, connector in _wanted(workspace, readings.found, only)
    ]

    def read(source: str, connector: Connector, settings: Mapping[str, str]) -> SourceReading:
        return run(
            connector,
            settings,
            source=source,
            progress=lambda progress: readings.progress(source, progress),
            pace=pace,
            clock=readings.clock,
            quota_floor=floor,
            first_page_only=first_page_only,
        )

    with ThreadPoolExecutor(max_workers=_SIDE_BY_SIDE) as pool:
        return [future.result() for future in [pool.submit(read, *one) for one in wanted]]


def try_out(workspace: Workspace, readings: Readings, only: Sequence[str] = ()) -> tuple[Coverage, ...]:
    """Ask every list for its first page and store nothing: which lists may be read."""
    found = _read(workspace, readings, only, first_page_only=True)
    return tuple(item for reading in found for item in reading.coverage)


def collect(workspace: Workspace, readings: Readings, only: Sequence[str] = ()) -> Stored:
    """Read all configured sources, or some, and store one snapshot.

    Raises ConfigError or ConnectorError before anything is stored; what happens while reading is coverage. A run
    in which nothing at all could be read stores nothing: an UsageError says what each source answered.
    """
    manifest = workspace.manifest()
    found = _read(workspace, readings, only)
    if not any(item.read_at for reading in found for item in reading.coverage):
        raise UsageError(_nothing_read(found))
    snapshot = _store(workspace, found, manifest, readings, "stackmap collect")
    return Stored(snapshot, tuple(item for reading in found for item in reading.coverage))


def _nothing_read(found: Sequence[SourceReading]) -> str:
    lines = ["nothing could be read, so nothing was stored; earlier readings are untouched."]
    for reading in found:
        reasons = dict.fromkeys(item.reason for item in reading.coverage)
        lines.extend(f"  {reading.source}: {reason}" for reason in list(reasons)[:3])
    lines.append("See: stackmap doctor")
    return "\n".join(lines)


def import_files(
    workspace: Workspace, readings: Readings, files: Sequence[Path], *, name: str | None = None, skip_bad: bool = False
) -> Imported:
    """Import fact files. Each source they name replaces what that source said before.

    Raises ConfigError listing every bad line by number and reason, unless `skip_bad`; then nothing is stored.
    """
    if name is not None and len(files) > 1:
        raise UsageError("--as names one source: import the files one by one")
    manifest = workspace.manifest()
    now = readings.clock()
    found: list[SourceReading] = []
    bad: list[tuple[str, BadLine]] = []
    for file in files:
        content = read_facts(file, name=name, taken_at=now, skip_bad=skip_bad)
        found.extend(content.readings)
        bad.extend((file.name, line) for line in content.bad_lines)
    twice = {one.source for one in found if sum(one.source == other.source for other in found) > 1}
    if twice:
        raise UsageError(f"two of the files name the same source ({', '.join(sorted(twice))}): import them one by one")
    if not found:
        raise UsageError("the files hold no facts; nothing was stored")
    snapshot = _store(workspace, found, manifest, readings, "stackmap import")
    return Imported(snapshot, tuple(found), tuple(bad))


def _store(
    workspace: Workspace, found: Sequence[SourceReading], manifest: Manifest, readings: Readings, who: str
) -> int:
    def person_ids(snapshot: Snapshot) -> Mapping[str, str]:
        return resolve([*snapshot.facts, *manifest.facts], manifest.hints, snapshot.person_ids).person_ids

    workspace.folder.mkdir(parents=True, exist_ok=True)
    with open_writer(workspace.database, who=who, wait=_WAIT, on_wait=readings.notice) as writer:
        return writer.save(found, taken_at=readings.clock(), manifest=manifest.text, person_ids=person_ids)


def export_facts(workspace: Workspace, snapshot: int | None = None) -> Iterator[str]:
    """The lines of a fact file with everything the sources of a snapshot said."""
    with open_reader(workspace.database) as reader:
        infos = {info.id: info for info in reader.snapshots()}
        found = reader.load(snapshot)
    heads = [SourceHead(item.name, item.read_at, item.collector) for item in infos[found.id].sources]
    yield from write_facts(found.facts, found.coverage, heads)
