"""What the map says of how far everything was read: a line for each source, and a row for each list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stackmap.model import Coverage, FixBy, Reach
from stackmap.render.coverage import how_far, list_name, not_read, not_whole, read_in_part
from stackmap.render.sight_words import state_words, who_opens, why_not

__all__ = ["CoverageRow", "MapCoverage", "map_coverage"]

_MENDING = (FixBy.ADMIN, FixBy.OPERATOR, None, FixBy.US, FixBy.VENDOR, FixBy.NOBODY)
"""Who can open a list, in the order in which lists are named: first those to whom the reader can turn."""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One list in words: `name` is its source's and its own, once where both are the same. `why` is the `reason` with
    the permissions that would open it. `for_good`: no setting and no permission changes that it was not wholly read.
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
    for_good: bool


@dataclass(frozen=True, slots=True)
class MapCoverage:
    """`read` says per source how many of its lists were read. `rows` are all lists, by source and name; of those that
    were not read and those read in part come first what the reader can have opened, last what nobody can change.
    """

    read: tuple[str, ...]
    rows: tuple[CoverageRow, ...]
    not_read: tuple[CoverageRow, ...]
    in_part: tuple[CoverageRow, ...]


def map_coverage(coverage: Sequence[Coverage]) -> MapCoverage:
    """Coverage as the map's page tells it, by source, system and list."""
    items = sorted(coverage, key=lambda item: (item.source, item.system, item.inventory))
    first_to_mend = sorted(items, key=lambda item: _MENDING.index(item.fix_by))
    return MapCoverage(
        tuple(_read_lines(items)),
        tuple(map(_row, items)),
        tuple(_row(item) for item in first_to_mend if not_read(item)),
        tuple(_row(item) for item in first_to_mend if read_in_part(item)),
    )


def _row(item: Coverage) -> CoverageRow:
    ended = item.state is Reach.COMPLETE
    return CoverageRow(
        name=list_name(item),
        system=item.system,
        state=state_words(item),
        whole=not not_whole([item]),
        records=item.records,
        read_on=item.read_at.date().isoformat() if item.read_at else "never",
        reason=item.reason,
        why=why_not(item),
        opens="" if ended else who_opens(item),
        for_good=item.fix_by is FixBy.NOBODY,
    )


def _read_lines(items: Sequence[Coverage]) -> list[str]:
    sources: dict[str, list[Coverage]] = {}
    for item in items:
        sources.setdefault(item.source, []).append(item)
    return [f"{source} {how_far(lists)}" for source, lists in sources.items()]
