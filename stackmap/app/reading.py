"""Reading: vendors through their connectors, files through their readers; each run stores one snapshot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event

from stackmap.app.garbage import collector_paused
from stackmap.app.notes import unmet_notes
from stackmap.app.opening import check_folder, check_read
from stackmap.app.workspace import Workspace
from stackmap.collect import Crew, FoundConnectors, Progress, run
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
from stackmap.identity import Identity, resolve
from stackmap.model import Coverage, Fact, Node, Snapshot, SourceReading
from stackmap.render.words import counted
from stackmap.sdk import Connector, Pace
from stackmap.store import open_reader, open_writer

__all__ = ["Imported", "Readings", "Stored", "collect", "expected_calls", "export_facts", "import_files", "try_out"]

_WAIT = 60.0
_SIDE_BY_SIDE = 4
_COLLECT = "stackmap collect"


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
    """A stored snapshot and the coverage of what was read for it.

    `remark`: what was unusual about it, or "". `unmet`: your notes that met nothing, a sentence each.
    """

    snapshot: int
    coverage: tuple[Coverage, ...]
    remark: str = ""
    unmet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """A stored snapshot, what came in from each source, the lines that were left out, and what may be a mistake.

    `unmet`: your notes that met nothing, a sentence each.
    """

    snapshot: int
    readings: tuple[SourceReading, ...]
    bad_lines: tuple[tuple[str, BadLine], ...]
    notes: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Saved:
    """A stored snapshot as a whole, the names of the sources that there were before it, and who is who in it."""

    snapshot: Snapshot
    before: frozenset[str]
    identity: Identity


def _wanted(
    workspace: Workspace, found: FoundConnectors, only: Sequence[str]
) -> list[tuple[ConnectorConfig, Connector]]:
    config = workspace.config()
    names = [entry.name for entry in config.connectors]
    for name in only:
        if name not in names:
            raise UsageError(f"stackmap.yaml names no connector {name}; it names {', '.join(names) or 'none'}")
    if not names:
        raise ConfigError(
            "stackmap.yaml names no connector yet; take the # away before one of the examples in it, "
            "or write your notes into stack.yaml and run stackmap collect"
        )
    chosen = [entry for entry in config.connectors if not only or entry.name in only]
    pairs = [(entry, found.get(entry.connector)) for entry in chosen]
    for entry, connector in pairs:
        check_settings(entry, connector.settings)
    return pairs


def expected_calls(workspace: Workspace, readings: Readings, only: Sequence[str]) -> Mapping[str, int]:
    """At least how many calls each source takes. None where there are only notes to be stored."""
    check_folder(workspace)
    if _notes_alone(workspace, only):
        return {}
    return {
        entry.name: sum(item.expected_calls for item in connector.inventories)
        for entry, connector in _wanted(workspace, readings.found, only)
    }


def _notes_alone(workspace: Workspace, only: Sequence[str]) -> bool:
    """Whether there is nothing to read, but notes that say something."""
    manifest = workspace.manifest()
    says = bool(manifest.facts) or any(note.kind for note in manifest.hints.notes)
    return says and not only and not workspace.config().connectors


def _read(
    workspace: Workspace, readings: Readings, only: Sequence[str], *, first_page_only: bool = False
) -> list[SourceReading]:
    """Read the sources side by side; limits per host hold across them. An interrupt ends all of them at once."""
    floor = workspace.config().settings.quota_floor
    pace, halt = Pace(), Event()
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
            halt=halt,
        )

    with Crew(_SIDE_BY_SIDE, halt) as crew:
        return [future.result() for future in [crew.submit(read, *one) for one in wanted]]


def try_out(workspace: Workspace, readings: Readings, only: Sequence[str] = ()) -> tuple[Coverage, ...]:
    """Ask every list for its first page and store nothing: which lists may be read."""
    check_folder(workspace)
    found = _read(workspace, readings, only, first_page_only=True)
    return tuple(item for reading in found for item in reading.coverage)


def collect(workspace: Workspace, readings: Readings, only: Sequence[str] = ()) -> Stored:
    """Read all configured sources, or some, and store one snapshot.

    Where stackmap.yaml names no connector, your notes alone make one. Raises ConfigError or ConnectorError before
    anything is stored; what happens while reading is coverage. A run in which nothing at all could be read stores
    nothing: an UsageError says what each source answered.
    """
    check_folder(workspace)
    manifest = workspace.manifest()
    if _notes_alone(workspace, only):
        saved = _store(workspace, (), manifest, readings, _COLLECT)
        beside = f", beside what came from {', '.join(sorted(saved.before))} before" if saved.before else " alone"
        remark = f"stackmap.yaml names no connector; stored a reading of your notes{beside}"
        return Stored(saved.snapshot.id, (), remark, unmet_notes(saved.identity))
    found = _read(workspace, readings, only)
    if not any(item.read_at for reading in found for item in reading.coverage):
        raise UsageError(_nothing_read(found))
    saved = _store(workspace, found, manifest, readings, _COLLECT)
    coverage = tuple(item for reading in found for item in reading.coverage)
    return Stored(saved.snapshot.id, coverage, unmet=unmet_notes(saved.identity))


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
    check_folder(workspace)
    manifest = workspace.manifest()
    now = readings.clock()
    found: list[SourceReading] = []
    bad: list[tuple[str, BadLine]] = []
    for file in files:
        with collector_paused():
            content = read_facts(file, name=name, taken_at=now, skip_bad=skip_bad)
        found.extend(content.readings)
        bad.extend((file.name, line) for line in content.bad_lines)
    twice = {one.source for one in found if sum(one.source == other.source for other in found) > 1}
    if twice:
        raise UsageError(f"two of the files name the same source ({', '.join(sorted(twice))}): import them one by one")
    if not found:
        raise UsageError("the files hold no facts; nothing was stored")
    saved = _store(workspace, found, manifest, readings, "stackmap import")
    named_here = {name or file.stem for file in files}
    notes = tuple(_seen_before(saved, {one.source for one in found}, named_here))
    return Imported(saved.snapshot.id, tuple(found), tuple(bad), notes, unmet_notes(saved.identity))


def _seen_before(saved: _Saved, imported: AbstractSet[str], named_here: AbstractSet[str]) -> Iterator[str]:
    """What looks like one source under two names: most ids of a new source come from an earlier one too.

    `named_here`: the names that the import gave, where the file has none of its own.
    """
    fresh = imported - saved.before
    ids = _node_ids(saved.snapshot.facts) if fresh else {}
    for name in sorted(fresh):
        for other in sorted(ids.keys() - imported):
            both = len(ids[name] & ids[other])
            if 2 * both > len(ids[name]):
                come = f"the same {counted(both, 'id')} {'comes' if both == 1 else 'come'}"
                way = (
                    f"`--as {other}` replaces it" if name in named_here else f"the name {other} in the file replaces it"
                )
                yield f"{name}: {come} from source {other} already: both count; {way}"


def _node_ids(facts: Sequence[Fact]) -> Mapping[str, set[str]]:
    """The ids of the nodes that each source lists."""
    ids: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if isinstance(fact, Node):
            for evidence in fact.evidence:
                ids[evidence.source].add(fact.id)
    return ids


def _store(
    workspace: Workspace, found: Sequence[SourceReading], manifest: Manifest, readings: Readings, who: str
) -> _Saved:
    stored: list[tuple[Snapshot, Identity]] = []

    def person_ids(snapshot: Snapshot) -> Mapping[str, str]:
        identity = resolve([*snapshot.facts, *manifest.facts], manifest.hints, snapshot.person_ids)
        stored.append((snapshot, identity))
        return identity.person_ids

    with (
        collector_paused(),
        open_writer(workspace.database, who=who, wait=_WAIT, on_wait=readings.notice) as writer,
    ):
        infos = writer.snapshots()
        before = frozenset(source.name for source in infos[-1].sources) if infos else frozenset()
        writer.save(found, taken_at=readings.clock(), manifest=manifest.text, person_ids=person_ids)
    snapshot, identity = stored[0]
    return _Saved(snapshot, before, identity)


def export_facts(workspace: Workspace, snapshot: int | None = None) -> Iterator[str]:
    """The lines of a fact file with everything the sources of a snapshot said."""
    check_read(workspace)
    with open_reader(workspace.database) as reader:
        infos = {info.id: info for info in reader.snapshots()}
        found = reader.load(snapshot)
    heads = [SourceHead(item.name, item.read_at, item.collector) for item in infos[found.id].sources]
    yield from write_facts(found.facts, found.coverage, heads)
