"""Many sums at once, one for each column: laid upright, one number for each binary digit.

Three numbers of one digit make one of it and one of the next (a carry-save adder): a number costs a few operations
whatever the number of columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import TypeAlias

__all__ = ["Bits", "Tally", "at_least"]

Bits: TypeAlias = int
"""Some of the columns: a bit for each."""

_FEW = 8
"""Up to so many it is quicker to keep a number for each count than to add up: measured with 10 and with 900 members."""


class Tally:
    """A sum for every column, all 0 at first."""

    def __init__(self) -> None:
        self._waiting: list[list[Bits]] = []

    def add(self, columns: Bits, weight: int = 1) -> None:
        """Add a weight, a whole number, to these columns."""
        place = 0
        while weight and columns:
            if weight & 1:
                self._put(columns, place)
            weight >>= 1
            place += 1

    def _put(self, columns: Bits, place: int) -> None:
        """At most two numbers wait at each digit."""
        while columns:
            while len(self._waiting) <= place:
                self._waiting.append([])
            waiting = self._waiting[place]
            if len(waiting) < 2:
                waiting.append(columns)
                return
            one, two = waiting
            both = one ^ two
            waiting[:] = [both ^ columns]
            columns = one & two | both & columns
            place += 1

    def digits(self) -> list[Bits]:
        """The sums: their binary digits, lowest first."""
        found, carried = [], 0
        for waiting in self._waiting:
            one, two = (*waiting, 0, 0)[:2]
            both = one ^ two
            found.append(both ^ carried)
            carried = one & two | both & carried
        return [*found, carried] if carried else found

    def sums(self, width: int) -> list[int]:
        """The sum of each of the first `width` columns."""
        rows = [format(digit, f"0{width}b")[::-1] for digit in reversed(self.digits())]
        if not width or not rows:
            return [0] * width
        return [int("".join(digits), 2) for digits in zip(*rows, strict=True)]

    def reaching(self, least: int, among: Bits) -> Bits:
        """Those of some columns whose sum is at least that much."""
        digits = self.digits()
        if least.bit_length() > len(digits):
            return 0
        found = among
        for place, digit in enumerate(digits):
            found = digit & found if least >> place & 1 else digit | found
        return found & among

    def largest(self, among: Bits) -> tuple[int, Bits]:
        """The largest sum that some columns have, and those that have it."""
        total = 0
        for place, digit in reversed([*enumerate(self.digits())]):
            if both := among & digit:
                among = both
                total |= 1 << place
        return total, among


def at_least(count: int, members: Sequence[Bits]) -> Bits:
    """The columns that so many of these numbers have, at least one: a count that stops at the number asked for."""
    if count == len(members):
        return reduce(and_, members)
    if count > _FEW:
        tally = Tally()
        for member in members:
            tally.add(member)
        return tally.reaching(count, reduce(or_, members))
    reached = [0] * count
    for member in members:
        for one in range(count - 1, 0, -1):
            reached[one] |= reached[one - 1] & member
        reached[0] |= member
    return reached[-1]
