"""Storing what was read: one snapshot, whole or not at all, with the ids of its people and the workspace's salt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from stackmap.app.garbage import collector_paused
from stackmap.app.last_days import without_days_ahead
from stackmap.app.opening import who_is_who
from stackmap.app.workspace import Workspace
from stackmap.declared import Manifest
from stackmap.identity import Identity
from stackmap.model import Snapshot, SourceReading
from stackmap.store import fresh_salt, open_writer, stored_salt

__all__ = ["Saved", "store", "workspace_salt"]

_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class Saved:
    """A stored snapshot as a whole, the sources that there were before it (with when they were read), and who is who
    in it.
    """

    snapshot: Snapshot
    before: Mapping[str, datetime]
    identity: Identity


def workspace_salt(workspace: Workspace) -> str:
    """The workspace's salt; a fresh one before its first reading, which is to be stored with that."""
    return stored_salt(workspace.database) or fresh_salt()


def store(
    workspace: Workspace,
    found: Sequence[SourceReading],
    manifest: Manifest,
    clock: Callable[[], datetime],
    who: str,
    *,
    notice: Callable[[str], None],
    salt: str = "",
) -> Saved:
    """Store one snapshot. `who` is the command, `notice` hears of another one that is writing; `salt` is the one that
    the readings were made with, "" where they needed none. Last days that lie ahead are left out.
    """
    stored: list[tuple[Snapshot, Identity]] = []

    def person_ids(snapshot: Snapshot) -> Mapping[str, str]:
        identity = who_is_who(snapshot, manifest)
        stored.append((snapshot, identity))
        return identity.person_ids

    with collector_paused(), open_writer(workspace.database, who=who, wait=_WAIT, on_wait=notice) as writer:
        infos = writer.snapshots()
        before = {source.name: source.read_at for source in infos[-1].sources} if infos else {}
        kept = [without_days_ahead(one) for one in found]
        writer.save(kept, taken_at=clock(), manifest=manifest.text, person_ids=person_ids, salt=salt)
    snapshot, identity = stored[0]
    return Saved(snapshot, before, identity)
