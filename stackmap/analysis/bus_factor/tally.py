"""Adding up in many departures at once: sums as binary digits, each digit a number with one bit for each departure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stackmap.analysis.gates.scenarios import Bits

__all__ = ["largest", "reaching", "totals", "values"]


def totals(weighted: Iterable[tuple[int, Bits]]) -> list[Bits]:
    """The sum of weights, whole numbers, over what is lost in each departure: its digits, lowest first.

    Three numbers of one digit make one of it and one of the next (a carry-save adder).
    """
    waiting: list[list[Bits]] = []
    for weight, lost in weighted:
        for digit in range(weight.bit_length()):
            if weight >> digit & 1:
                _digit(waiting, digit).append(lost)
    found: list[Bits] = []
    while len(found) < len(waiting):
        found.append(_added(waiting, len(found)))
    return found


def _digit(waiting: list[list[Bits]], digit: int) -> list[Bits]:
    while len(waiting) <= digit:
        waiting.append([])
    return waiting[digit]


def _added(waiting: list[list[Bits]], digit: int) -> Bits:
    """Add the numbers of one digit up; what is carried waits at the next."""
    numbers = waiting[digit]
    while len(numbers) > 1:
        carried = []
        rest = numbers[len(numbers) // 3 * 3 :]
        for one, two, three in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=False):
            both = one ^ two
            rest.append(both ^ three)
            carried.append(one & two | both & three)
        if len(numbers) == 2:
            rest, carried = [numbers[0] ^ numbers[1]], [numbers[0] & numbers[1]]
        if any(carried):
            _digit(waiting, digit + 1).extend(carried)
        numbers = rest
    return numbers[0] if numbers else 0


def reaching(digits: Sequence[Bits], least: int, every: Bits) -> Bits:
    """The departures, of `every`, whose sum is at least that much."""
    if least.bit_length() > len(digits):
        return 0
    found = every
    for place, digit in enumerate(digits):
        found = digit & found if least >> place & 1 else digit | found
    return found


def largest(digits: Sequence[Bits], every: Bits) -> tuple[int, Bits]:
    """The largest sum, and the departures, of `every`, that have it."""
    total = 0
    for place in reversed(range(len(digits))):
        if both := every & digits[place]:
            every = both
            total |= 1 << place
    return total, every


def values(digits: Sequence[Bits], departures: int) -> list[int]:
    """The sum of each of so many departures."""
    texts = [f"{digit:0{departures}b}"[::-1] for digit in digits]
    if not texts:
        return [0] * departures
    return [sum((bit == "1") << place for place, bit in enumerate(bits)) for bits in zip(*texts, strict=True)]
