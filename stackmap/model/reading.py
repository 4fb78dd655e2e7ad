"""A reading of one source: what a connector or a file gave in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from stackmap.model.coverage import Coverage
from stackmap.model.facts import Fact

__all__ = ["SourceReading"]


@dataclass(frozen=True, slots=True)
class SourceReading:
    """Facts and coverage of one source, ready to be stored.

    `whole` readings (imported files) replace everything the source said before; the others close facts per
    inventory, and only where a complete state inventory no longer lists them. `collector` is the login that read it,
    "" if unknown.
    """

    source: str
    taken_at: datetime
    facts: tuple[Fact, ...]
    coverage: tuple[Coverage, ...]
    whole: bool = False
    collector: str = ""
