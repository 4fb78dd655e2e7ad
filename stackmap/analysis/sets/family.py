"""The minimal sets of one node: how they are stored, size by size, and what two nodes' sets have to do with each other.

Sets that share all but one of their people are one row of bits, so that a whole row is joined, met or taken away at a
time. A set is stored as a key, which is all of its people but one, and the bits of those who complete it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from stackmap.analysis.sets.budget import Meter
from stackmap.analysis.sets.wiring import places

__all__ = ["ALL", "Family", "Rows", "Size", "sizes"]

ALL = -1
"""Everybody, as bits."""

Rows: TypeAlias = dict[int, int]
"""Sets of one size, bits by key. A pair stands under both of its people, three people under the first two."""


@dataclass(slots=True)
class Family:
    """The minimal sets of one node, of each size; `size`: up to so many people all of them are there, and counted."""

    rows: tuple[Rows, Rows, Rows] = field(default_factory=lambda: ({}, {}, {}))
    size: int = 0

    def sets(self, people: int) -> Iterator[int]:
        """The sets as bits, by size and then by places; `people`: how many there are."""
        singles, pairs, threes = self.rows
        for size, rows in enumerate((singles, pairs, threes)[: self.size]):
            for key in sorted(rows):
                first = _bits_of(key, size, people)
                yield from (first | 1 << last for last in places(rows[key]) if size != 1 or last > key)

    def smallest(self) -> int | None:
        """How many people the smallest of them has; None where there is none of a size that was looked at."""
        return next((size for size, rows in enumerate(self.rows[: self.size], 1) if rows), None)


def _bits_of(key: int, size: int, people: int) -> int:
    if size == 2:
        first, second = divmod(key, people)
        return 1 << first | 1 << second
    return 1 << key if size else 0


class Size(Protocol):
    """What is particular to the sets of one size."""

    @property
    def row(self) -> int:
        """Where a family has them."""

    def known(self, family: Family, key: int) -> int:
        """Who completes the key to a set that holds a smaller one of the family: everybody where the key does."""

    def stored(self, key: int, bits: int) -> Iterator[tuple[int, int]]:
        """The rows under which the sets stand that a key and these people make."""

    def people(self, key: int) -> tuple[int, ...]:
        """The people of a key, by place."""

    def keys(self, members: Sequence[Family], spared: int, meter: Meter) -> Iterator[int]:
        """Keys of all sets that lose a gate and are made of smaller sets of its members, of which some are spared.

        Among any members that are one more than can be spared, one is lost: so few need to be looked at. Some come
        twice. What is looked at without a key to show for it is paid for before.
        """


def sizes(people: int) -> tuple[Size, ...]:
    """One, two and three people, out of so many."""
    return _Singles(), _Pairs(), _Threes(people)


class _Singles:
    """There is one key, nobody."""

    row = 0

    def known(self, family: Family, key: int) -> int:  # noqa: ARG002 - nothing is smaller
        return 0

    def stored(self, key: int, bits: int) -> Iterator[tuple[int, int]]:
        yield key, bits

    def people(self, key: int) -> tuple[int, ...]:  # noqa: ARG002 - nobody
        return ()

    def keys(self, members: Sequence[Family], spared: int, meter: Meter) -> Iterator[int]:  # noqa: ARG002 - none smaller
        return iter(())


class _Pairs:
    """The key is a person."""

    row = 1

    def known(self, family: Family, key: int) -> int:
        singles = family.rows[0].get(0, 0)
        return ALL if singles >> key & 1 else singles

    def stored(self, key: int, bits: int) -> Iterator[tuple[int, int]]:
        yield key, bits
        for other in places(bits):
            yield other, 1 << key

    def people(self, key: int) -> tuple[int, ...]:
        return (key,)

    def keys(self, members: Sequence[Family], spared: int, meter: Meter) -> Iterator[int]:
        meter.pay(len(members) // 2)
        bits = 0
        for member in sorted(members, key=_singles_of)[: spared + 1]:
            bits |= member.rows[0].get(0, 0)
        return places(bits)


class _Threes:
    """The key is two people: the place of the first times all people, plus the place of the second."""

    row = 2

    def __init__(self, people: int) -> None:
        self._people = people

    def known(self, family: Family, key: int) -> int:
        first, second = divmod(key, self._people)
        singles, pairs, _ = family.rows
        single = singles.get(0, 0)
        others = pairs.get(first, 0)
        if (single >> first | single >> second | others >> second) & 1:
            return ALL
        return single | others | pairs.get(second, 0)

    def stored(self, key: int, bits: int) -> Iterator[tuple[int, int]]:
        first, second = divmod(key, self._people)
        after = bits >> second + 1 << second + 1
        if after:
            yield key, after
        for other in places(bits ^ after):
            if other > first:
                yield first * self._people + other, 1 << second
            else:
                yield other * self._people + first, 1 << second

    def people(self, key: int) -> tuple[int, ...]:
        return divmod(key, self._people)

    def keys(self, members: Sequence[Family], spared: int, meter: Meter) -> Iterator[int]:
        for member in members:
            meter.pay(len(member.rows[1]) // 4)
            for one, row in member.rows[1].items():
                yield from (one * self._people + other for other in places(row >> one + 1 << one + 1))
        if len(members) - spared > 2:
            yield from self._two_singles(members, spared, meter)

    def _two_singles(self, members: Sequence[Family], spared: int, meter: Meter) -> Iterator[int]:
        """Two people who lose a member each: two of whom a third may complete what three members hang on."""
        meter.pay(len(members) // 2)
        by_size = sorted(members, key=_singles_of)
        for member in by_size[: spared + 1]:
            for one in places(member.rows[0].get(0, 0)):
                meter.pay(len(members) // 8)
                left = [other for other in by_size if not other.rows[0].get(0, 0) >> one & 1]
                for other in left[: spared + 1]:
                    for two in places(other.rows[0].get(0, 0)):
                        yield self._key(one, two)

    def _key(self, one: int, two: int) -> int:
        return min(one, two) * self._people + max(one, two)


def _singles_of(family: Family) -> int:
    return family.rows[0].get(0, 0).bit_count()
