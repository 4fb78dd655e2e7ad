"""What the map says of how far everything was read: a line for each source, and a row for each list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stackmap.model import Coverage, Reach
from stackmap.render.coverage import IN_PART, list_name, not_read, read_in_part
from stackmap.render.sight_words import state_words, who_opens, why_not
from stackmap.render.words import counted

__all__ = ["CoverageRow", "MapCoverage", "map_coverage"]


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One list in words: `name` is its source's and its own, once where both are the same. `why` is the `reason` with
    the permissions that would open it.
    """

    name: str
    system: str
    state: str
    whole: bool
    records: int
    read_on: str
    reason: str
    why: str
    opens: str


@dataclass(frozen=True, slots=True)
class MapCoverage:
    """`read` says per source how many of its lists were read; the others are lists, by source and name."""

    read: tuple[str, ...]
    rows: tuple[CoverageRow, ...]
    not_read: tuple[CoverageRow, ...]
    in_part: tuple[CoverageRow, ...]


def map_coverage(coverage: Sequence[Coverage]) -> MapCoverage:
    """Coverage as the map's page tells it, by source, system and list."""
    items = sorted(coverage, key=lambda item: (item.source, item.system, item.inventory))
    rows = [(item, _row(item)) for item in items]
    return MapCoverage(
        tuple(_read_lines(items)),
        tuple(row for _, row in rows),
        tuple(row for item, row in rows if not_read(item)),
        tuple(row for item, row in rows if read_in_part(item)),
    )


def _row(item: Coverage) -> CoverageRow:
    ended = item.state is Reach.COMPLETE
    return CoverageRow(
        name=list_name(item),
        system=item.system,
        state=IN_PART.lower() if read_in_part(item) else state_words(item),
        whole=ended and not read_in_part(item),
        records=item.records,
        read_on=item.read_at.date().isoformat() if item.read_at else "never",
        reason=item.reason,
        why=why_not(item),
        opens="" if ended else who_opens(item),
    )


def _read_lines(items: Sequence[Coverage]) -> list[str]:
    sources: dict[str, list[Reach]] = {}
    for item in items:
        sources.setdefault(item.source, []).append(item.state)
    return [f"{source} {_how_far(states)}" for source, states in sources.items()]


def _how_far(states: Sequence[Reach]) -> str:
    lists = counted(len(states), "list")
    if set(states) == {Reach.PARTIAL}:
        return f"{lists} in part"
    whole = states.count(Reach.COMPLETE)
    return f"all {lists}" if whole == len(states) else f"{whole} of {lists}"
