"""A snapshot: the state of all sources after a run, as the store hands it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from stackmap.model.coverage import Coverage
from stackmap.model.facts import Fact

__all__ = ["Snapshot"]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`facts` and `coverage` of every source, the manifest as it was then, and the person ids minted so far.

    `person_ids` maps an identity key (`email:...`, `directory:...`, `account:...`) to the id of its person.
    """

    id: int
    taken_at: datetime
    facts: tuple[Fact, ...]
    coverage: tuple[Coverage, ...]
    manifest: str = ""
    person_ids: Mapping[str, str] = field(default_factory=dict)
