"""How coverage goes on from one snapshot to the next, and which inventories may end facts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from stackmap.errors import StoreError
from stackmap.model import Coverage, FixBy, Reach, SourceReading

__all__ = ["CoverageKey", "closing_inventories", "key_of", "next_coverage"]

CoverageKey: TypeAlias = tuple[str, str, str]

_READ = {Reach.COMPLETE, Reach.PARTIAL}


def key_of(coverage: Coverage) -> CoverageKey:
    """What makes two coverages speak of the same inventory, and the order they are handed out in."""
    return coverage.source, coverage.system, coverage.inventory


def closing_inventories(reading: SourceReading) -> frozenset[str]:
    """The inventories in which silence means "gone".

    One that covers several systems must be complete in all of them. (A whole reading closes everything.)
    """
    proven = {coverage.inventory for coverage in reading.coverage if coverage.proves_absence}
    return frozenset(proven - {each.inventory for each in reading.coverage if not each.proves_absence})


def next_coverage(reading: SourceReading, before: Iterable[Coverage]) -> list[Coverage]:
    """The coverage of a source after a reading; `before` is what the previous snapshot had of that source.

    An inventory that could not be read through keeps the day and the kinds of the last time it was. One that the
    connector has given up stays, as skipped; but not what was never read, of a system that nobody could name then. A
    whole reading stands for itself.
    """
    fresh = _by_key(reading)
    earlier = {} if reading.whole else {key_of(each): each for each in before}
    told = [_follow(each, earlier.get(key), reading) for key, each in fresh.items()]
    ended = [each for key, each in earlier.items() if key not in fresh]
    return told + [_given_up(each) for each in ended if each.system or each.read_at]


def _by_key(reading: SourceReading) -> Mapping[CoverageKey, Coverage]:
    found: dict[CoverageKey, Coverage] = {}
    for each in reading.coverage:
        if each.source != reading.source:
            raise ValueError(f"coverage of {each.source} in a reading of {reading.source}")
        if found.setdefault(key_of(each), each) != each:
            raise StoreError(
                f"{each.source} states the coverage of {each.inventory} in {each.system} twice, and differently: "
                "leave one of the two; nothing was stored"
            )
    return found


def _follow(now: Coverage, before: Coverage | None, reading: SourceReading) -> Coverage:
    read_at = now.read_at
    if read_at is None and now.state in _READ:
        read_at = reading.taken_at
    if now.state is Reach.COMPLETE or before is None:
        return replace(now, read_at=read_at)
    return replace(now, kinds=now.kinds or before.kinds, read_at=before.read_at or read_at)


def _given_up(before: Coverage) -> Coverage:
    return replace(
        before,
        state=Reach.SKIPPED,
        fix_by=FixBy.NOBODY,
        reason="no longer read by this connector",
        needs=(),
        records=0,
        vendor_code="",
    )
