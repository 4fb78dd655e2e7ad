"""What suppositions change in an answer: its groups held against those of the same answer without them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

__all__ = ["Difference", "Shift", "shifts_between"]


@dataclass(frozen=True, slots=True)
class Shift:
    """A group of an answer that has other members with what is supposed (`now`: how many) than without it.

    `newly` and `no_longer` are ids, sorted.
    """

    group: str
    now: int
    without: int
    newly: tuple[str, ...]
    no_longer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """All groups that change. `same`: nothing else in the answer changes either, no reason and no sureness."""

    shifts: tuple[Shift, ...]
    same: bool


def shifts_between(now: Mapping[str, Collection[str]], without: Mapping[str, Collection[str]]) -> tuple[Shift, ...]:
    """The groups whose members differ, in the order of `now`; both have the same groups."""
    pairs = ((group, set(members), set(without[group])) for group, members in now.items())
    return tuple(_shift(group, members, before) for group, members, before in pairs if members != before)


def _shift(group: str, now: set[str], without: set[str]) -> Shift:
    return Shift(group, len(now), len(without), tuple(sorted(now - without)), tuple(sorted(without - now)))
