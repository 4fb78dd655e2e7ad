"""Opening a reading: from the store and your notes to the stack that is judged."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from stackmap.analysis import Analysis, Leaving, Stack
from stackmap.analysis.what_if.supposed import Supposed
from stackmap.app.garbage import collector_paused
from stackmap.app.pseudonyms.reading import Pseudonyms, pseudonyms_of
from stackmap.app.workspace import Workspace
from stackmap.declared import Manifest, parse_manifest
from stackmap.errors import UsageError
from stackmap.identity import Identity, resolve
from stackmap.model import Act, Coverage, Policy, Snapshot, build_graph
from stackmap.store import SourceInfo, open_reader

__all__ = [
    "Behind",
    "Question",
    "Reading",
    "check_folder",
    "check_read",
    "open_reading",
    "reading_with",
    "who_is_who",
]

_DEMO = "demo"


@dataclass(frozen=True, slots=True)
class Question:
    """What every answer depends on besides the workspace.

    `snapshot`: None for the latest. `as_of`: the day on which ages are judged, None for the snapshot's day.
    `manifest`: another file than the workspace's stack.yaml. `pseudonymise`: stand-ins for people's names.
    """

    snapshot: int | None = None
    as_of: date | None = None
    manifest: Path | None = None
    pseudonymise: bool = False


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a reading under stand-ins: the same under real names, and who stands for whom."""

    reading: Reading = field(repr=False)
    pseudonyms: Pseudonyms = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """One snapshot, opened: what was read, whose is what, and the stack made of both.

    `behind`: where stand-ins were asked for, what is behind them. Nothing of it may be shown. `supposed`: what is taken
    for true beside what was read, to be said first wherever the reading is shown. `unsupposed`: the same reading before
    its first sentence was supposed, None where none was.
    """

    snapshot: Snapshot
    sources: tuple[SourceInfo, ...]
    manifest: Manifest
    identity: Identity
    stack: Stack
    behind: Behind | None = None
    supposed: Supposed = field(default_factory=Supposed)
    unsupposed: Reading | None = field(default=None, repr=False)

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        """What was looked at, and how far."""
        return self.stack.coverage

    @property
    def policy(self) -> Policy:
        """What your notes decide."""
        return self.stack.policy

    def analysis(self, act: Act | None = None, *, moving: bool = False) -> Analysis:
        """The stack, compiled for one way of leaving: each platform's usual act unless one is given."""
        return Analysis(self.stack, Leaving(act, moving))


def check_folder(workspace: Workspace) -> None:
    """Raise UsageError where the workspace's folder is none."""
    if not workspace.folder.is_dir():
        raise UsageError(f"there is no folder {workspace.folder}; name the workspace with --workspace")


def check_read(workspace: Workspace) -> None:
    """Raise UsageError where no workspace is: neither a reading nor notes nor settings."""
    check_folder(workspace)
    if any(path.exists() for path in (workspace.database, workspace.manifest_file, workspace.config_file)):
        return
    where = "here" if workspace.folder == Path() else f"in {workspace.folder}"
    demo = Workspace(workspace.folder / _DEMO)
    if demo.database.exists():
        place = demo.folder if demo.folder.is_absolute() else f"./{demo.folder}"
        advice = f"is it in {place}? Then add --workspace {shlex.quote(str(demo.folder))}, or go there"
    else:
        advice = "run `stackmap init`, then `stackmap collect`, or name the workspace with --workspace"
    raise UsageError(f"no workspace {where} (no stackmap.db); {advice}")


def open_reading(workspace: Workspace, question: Question | None = None) -> Reading:
    """Open a reading. The latest is judged with today's notes, an older one with those stored beside it.

    Raises UsageError where no workspace is, StoreError when nothing was read yet, ConfigError when the notes are wrong.
    """
    check_read(workspace)
    with collector_paused():
        return _opened(workspace, question or Question())


def _opened(workspace: Workspace, asked: Question) -> Reading:
    with open_reader(workspace.database) as reader:
        infos = reader.snapshots()
        snapshot = reader.load(asked.snapshot)
        salt = reader.salt()
    latest = not infos or snapshot.id == infos[-1].id
    if asked.manifest is not None or latest:
        manifest = workspace.manifest(asked.manifest)
    else:
        manifest = parse_manifest(snapshot.manifest, "the notes stored with the reading")
    sources = next((info.sources for info in infos if info.id == snapshot.id), ())
    reading = reading_with(snapshot, manifest, sources, asked.as_of)
    return _under_stand_ins(reading, salt) if asked.pseudonymise else reading


def reading_with(
    snapshot: Snapshot, manifest: Manifest, sources: tuple[SourceInfo, ...] = (), as_of: date | None = None
) -> Reading:
    """A snapshot with these notes: who is who by both, and the stack that this makes."""
    identity = who_is_who(snapshot, manifest)
    graph = build_graph(identity.facts, snapshot.coverage)
    day, policy = as_of or snapshot.taken_at.date(), _renamed(manifest.policy, identity.aliases)
    return Reading(snapshot, sources, manifest, identity, Stack(graph, snapshot.coverage, day, policy))


def who_is_who(snapshot: Snapshot, manifest: Manifest) -> Identity:
    """What a snapshot and these notes say together of people, logins and links."""
    return resolve([*snapshot.facts, *manifest.facts], manifest.hints, snapshot.person_ids, snapshot.coverage)


def _under_stand_ins(reading: Reading, salt: str) -> Reading:
    """The same reading with stand-ins for people: it was resolved under real names, so every tie is as it was."""
    identity, stack, manifest = reading.identity, reading.stack, reading.manifest
    pseudonyms = pseudonyms_of(identity, stack, manifest.hints, salt)
    said = pseudonyms.said
    facts = tuple(map(pseudonyms.fact, identity.facts))
    coverage = said(stack.coverage)
    snapshot = replace(
        reading.snapshot,
        facts=tuple(pseudonyms.judged(fact, stack) for fact in reading.snapshot.facts),
        coverage=said(reading.snapshot.coverage),
        manifest="",
        person_ids={},
    )
    return Reading(
        snapshot,
        said(reading.sources),
        replace(said(replace(manifest, text="")), facts=tuple(map(pseudonyms.fact, manifest.facts))),
        replace(said(replace(identity, facts=(), person_ids={}, aliases={})), facts=facts),
        Stack(build_graph(facts, coverage), coverage, stack.as_of, said(stack.policy)),
        Behind(reading, pseudonyms),
    )


def _renamed(policy: Policy, aliases: Mapping[str, str]) -> Policy:
    """What your notes decide, of the ids that identity gave to what you named; of two weights the larger counts."""
    accepted = tuple(replace(one, subject=aliases.get(one.subject, one.subject)) for one in policy.acceptances)
    weights: dict[str, float] = {}
    for thing, weight in policy.weights.items():
        node_id = aliases.get(thing, thing)
        weights[node_id] = max(weight, weights.get(node_id, weight))
    return replace(policy, acceptances=accepted, weights=weights)
