"""What was stored before a run: the latest reading's sources, and how far each was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from stackmap.app.workspace import Workspace
from stackmap.model import Coverage
from stackmap.store import SourceInfo, open_reader

__all__ = ["Earlier", "earlier_state"]


@dataclass(frozen=True, slots=True)
class Earlier:
    """The sources of the latest reading, by name, and all that it said of how far they were read."""

    sources: Mapping[str, SourceInfo] = field(default_factory=dict)
    coverage: tuple[Coverage, ...] = ()

    def of(self, source: str) -> tuple[Coverage, ...]:
        """How far the lists of one source were read."""
        return tuple(item for item in self.coverage if item.source == source)


def earlier_state(workspace: Workspace) -> Earlier:
    """What the latest reading holds; nothing before the first."""
    database = workspace.database
    if not database.exists() or not database.stat().st_size:
        return Earlier()
    with open_reader(database) as reader:
        found = reader.snapshots()
        if not found:
            return Earlier()
        return Earlier({source.name: source for source in found[-1].sources}, tuple(reader.coverage()))
