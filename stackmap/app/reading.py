"""Reading: vendors through their connectors, files through their readers; each run stores one snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Event

from stackmap.app.earlier import earlier_state
from stackmap.app.notes import unmet_notes
from stackmap.app.opening import Question, check_folder, check_read, open_reading
from stackmap.app.storing import store, workspace_salt
from stackmap.app.unread import lasting_reason, unread
from stackmap.app.workspace import Workspace
from stackmap.collect import Crew, FoundConnectors, Progress, run
from stackmap.declared import (
    ConnectorConfig,
    SecretResolver,
    SourceHead,
    check_settings,
    resolve_settings,
    write_facts,
)
from stackmap.errors import ConfigError, ConnectorError, UsageError
from stackmap.model import Coverage, SourceReading
from stackmap.sdk import Connector, Pace
from stackmap.store import open_reader

__all__ = [
    "Readings",
    "Stored",
    "collect",
    "expected_calls",
    "export_facts",
    "try_out",
    "workspace_salt",
]

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
    workspace: Workspace, readings: Readings, only: Sequence[str], salt: str, *, first_page_only: bool = False
) -> list[SourceReading]:
    """Read the sources side by side; limits per host hold across them. An interrupt ends all of them at once.

    One whose secret is missing, or whose settings lead nowhere, is not tried, and keeps none of the others from it.
    """
    floor = workspace.config().settings.quota_floor
    pace, halt = Pace(), Event()
    wanted, earlier = _wanted(workspace, readings.found, only), earlier_state(workspace)

    def read(entry: ConnectorConfig, connector: Connector) -> SourceReading:
        return run(
            connector,
            resolve_settings(entry, connector.settings, readings.resolver),
            source=entry.name,
            progress=lambda progress: readings.progress(entry.name, progress),
            pace=pace,
            clock=readings.clock,
            quota_floor=floor,
            first_page_only=first_page_only,
            halt=halt,
            salt=salt,
        )

    def tried(entry: ConnectorConfig, connector: Connector) -> SourceReading:
        try:
            return read(entry, connector)
        except (ConfigError, ConnectorError) as error:
            if not first_page_only:
                readings.notice(f"{entry.name}: {error}")
            reason = " ".join(str(error).split()) if first_page_only else lasting_reason(entry, error)
            return unread(entry, connector, reason, readings.clock(), earlier)

    with Crew(_SIDE_BY_SIDE, halt) as crew:
        return [future.result() for future in [crew.submit(tried, *one) for one in wanted]]


def try_out(workspace: Workspace, readings: Readings, only: Sequence[str] = ()) -> tuple[Coverage, ...]:
    """Ask every list for its first page and store nothing: which lists may be read."""
    check_folder(workspace)
    found = _read(workspace, readings, only, workspace_salt(workspace), first_page_only=True)
    return tuple(item for reading in found for item in reading.coverage)


def collect(workspace: Workspace, readings: Readings, only: Sequence[str] = ()) -> Stored:
    """Read all configured sources, or some, and store one snapshot.

    Where stackmap.yaml names no connector, your notes alone make one. Raises ConfigError for mistakes in what is
    written there, before anything is read; a secret that is missing and what happens while reading is coverage. A run
    in which nothing at all could be read stores nothing: an UsageError says what each source answered.
    """
    check_folder(workspace)
    manifest = workspace.manifest()
    if _notes_alone(workspace, only):
        saved = store(workspace, (), manifest, readings.clock, _COLLECT, notice=readings.notice)
        beside = f", beside what came from {', '.join(sorted(saved.before))} before" if saved.before else " alone"
        remark = f"stackmap.yaml names no connector; stored a reading of your notes{beside}"
        return Stored(saved.snapshot.id, (), remark, unmet_notes(saved.identity))
    salt = workspace_salt(workspace)
    found = _read(workspace, readings, only, salt)
    if not any(item.read_at for reading in found for item in reading.coverage):
        raise UsageError(_nothing_read(found))
    saved = store(workspace, found, manifest, readings.clock, _COLLECT, notice=readings.notice, salt=salt)
    coverage = tuple(item for reading in found for item in reading.coverage)
    return Stored(saved.snapshot.id, coverage, unmet=unmet_notes(saved.identity))


def _nothing_read(found: Sequence[SourceReading]) -> str:
    lines = ["nothing could be read, so nothing was stored; earlier readings are untouched."]
    for reading in found:
        reasons = dict.fromkeys(item.reason for item in reading.coverage)
        lines.extend(f"  {reading.source}: {reason}" for reason in list(reasons)[:3])
    lines.append("See: stackmap doctor")
    return "\n".join(lines)


def export_facts(workspace: Workspace, snapshot: int | None = None, *, pseudonymise: bool = False) -> Iterator[str]:
    """The lines of a fact file with everything the sources of a snapshot said."""
    check_read(workspace)
    if pseudonymise:
        reading = open_reading(workspace, Question(snapshot, pseudonymise=True))
        found, sources = reading.snapshot, reading.sources
    else:
        with open_reader(workspace.database) as reader:
            infos = {info.id: info for info in reader.snapshots()}
            found = reader.load(snapshot)
        sources = infos[found.id].sources
    heads = [SourceHead(item.name, item.read_at, item.collector) for item in sources]
    yield from write_facts(found.facts, found.coverage, heads)
