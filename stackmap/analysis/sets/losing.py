"""Who loses a gate: of its members' sets, which are stored as keys and the people who complete them.

Where many members must be lost, most keys are settled by a count: somebody loses so many members alone, and of those
that two lose together only such can be among them as have a set with one of the two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, reduce
from operator import or_

from stackmap.analysis.sets.budget import Meter
from stackmap.analysis.sets.family import ALL, Family, Size
from stackmap.analysis.sets.tally import Bits, Tally, at_least

__all__ = ["Losing"]

_AT_ONCE = 8
"""So many members of a gate are looked at in one step."""

_FEW = 4
"""Where so few must be lost, looking at all members is quicker than a count that may settle it."""


class Losing:
    """A gate that is lost with all members but those spared, asked at one size. What it costs is paid for before."""

    def __init__(self, members: Sequence[Family], spared: int, size: Size, meter: Meter) -> None:
        self._members = members
        self._spared = spared
        self._enough = len(members) - spared
        self._size = size
        self._meter = meter
        self._counted = bool(spared and size.row) and self._enough > _FEW

    def completed_by(self, key: int) -> Bits:
        """Who completes a key to a set that loses the gate."""
        if self._counted and not self._may_lose(key):
            return 0
        members, known, row = self._members, self._size.known, self._size.row
        self._meter.pay(len(members) // _AT_ONCE)
        if self._spared:
            return at_least(self._enough, [known(one, key) | one.rows[row].get(key, 0) for one in members])
        bits = ALL
        for member in members:
            bits &= known(member, key) | member.rows[row].get(key, 0)
            if not bits:
                break
        return bits

    def smaller_keys(self) -> Iterator[int]:
        """Keys of all sets that lose the gate and are made of smaller sets of its members; some may come twice."""
        if self._counted and (self._size.row + 1) * self._most_alone + self._with_pairs < self._enough:
            return
        yield from self._size.keys(self._members, self._spared, self._meter)

    def _may_lose(self, key: int) -> bool:
        """Whether as many members as must be lost may be, by a key and anybody; if not, they cannot be."""
        reached = self._most_alone
        for person in self._size.people(key):
            reached += self._alone(person) + self._in_pairs[person]
        if reached >= self._enough:
            return True
        row = self._size.row
        self._meter.pay(len(self._members) // (_AT_ONCE * _AT_ONCE))
        return reached + sum(1 for one in self._members if key in one.rows[row]) >= self._enough

    @cached_property
    def _singles(self) -> list[Bits]:
        self._meter.pay(len(self._members) // _AT_ONCE)
        return [member.rows[0].get(0, 0) for member in self._members]

    @cached_property
    def _tally(self) -> Tally:
        """How many members each person loses alone."""
        tally = Tally()
        for bits in self._singles:
            tally.add(bits)
        return tally

    @cached_property
    def _digits(self) -> list[Bits]:
        return self._tally.digits()

    def _alone(self, person: int) -> int:
        return sum((digit >> person & 1) << place for place, digit in enumerate(self._digits))

    @cached_property
    def _most_alone(self) -> int:
        """The most members that somebody loses alone."""
        most, _ = self._tally.largest(reduce(or_, self._singles))
        return most

    @cached_property
    def _in_pairs(self) -> Counter[int]:
        """How many members each person loses with one other. Of two people such sets are no smaller ones."""
        found: Counter[int] = Counter()
        if self._size.row > 1:
            for member in self._members:
                self._meter.pay(len(member.rows[1]) // _AT_ONCE)
                found.update(member.rows[1].keys())
        return found

    @property
    def _with_pairs(self) -> int:
        """How many members two people may lose together who do not alone, as far as those are smaller sets."""
        return sum(1 for member in self._members if member.rows[1]) if self._size.row > 1 else 0
