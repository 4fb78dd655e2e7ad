"""Possible futures as columns: in which of them each person leaves, and how likely each is.

All of them where they are few, else drawn ones. Both come in batches of columns, as many as a pass is quickest with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import TypeAlias

__all__ = ["DRAWN", "SEED", "TOGETHER", "Batch", "Share", "all_futures", "drawn_futures"]

DRAWN = 1 << 16
"""How many futures are drawn where there are more than that: a frequency then has a standard error of 2 in 1,000."""

SEED = 20261122
"""The same futures are drawn every time."""

TOGETHER = 12
"""So many people's combinations are the columns of one batch."""

_WIDTH = 1 << 14
"""Columns of a batch that is drawn: wide enough that Python's own steps hardly count, and 2 KiB for each number."""

_PRECISION = 32
"""Binary digits of a probability that is drawn: it is less than one in four thousand million off what was said."""

Share: TypeAlias = Callable[[int], float]
"""How likely it is that the future is one of these columns."""


@dataclass(frozen=True, slots=True)
class Batch:
    """`leaving[n]`: the columns in which person n leaves. `weights`: how likely each is; `share` sums them up."""

    leaving: tuple[int, ...]
    weights: Sequence[float]
    share: Share


def all_futures(chances: Sequence[float]) -> Iterator[Batch]:
    """Every possible future of people who leave with these probabilities, each on their own."""
    within, beyond = chances[:TOGETHER], chances[TOGETHER:]
    width = 1 << len(within)
    every = (1 << width) - 1
    patterns = [_bit_set(place, every) for place in range(len(within))]
    table, weights = _Table(within), _weights(within)
    for number, weight in enumerate(_weights(beyond)):
        rest = [every if number >> place & 1 else 0 for place in range(len(beyond))]
        scaled = [weight * one for one in weights]
        yield Batch((*patterns, *rest), scaled, partial(table.share, weight))


def drawn_futures(chances: Sequence[float], count: int = DRAWN, seed: int = SEED) -> Iterator[Batch]:
    """So many futures drawn at random: a power of two, so that batches come out even."""
    width = min(count, _WIDTH)
    dice = [Random(f"{seed} {place}") for place in range(len(chances))]
    for _ in range(count // width):
        leaving = tuple(_drawn(one, chance, width) for one, chance in zip(dice, chances, strict=True))
        yield Batch(leaving, [1 / count] * width, lambda columns: columns.bit_count() / count)


def _drawn(dice: Random, chance: float, width: int) -> int:
    """Columns of which each is set with that probability: a draw against the binary digits, lowest first."""
    digits = round(chance * (1 << _PRECISION))
    if digits >> _PRECISION:
        return (1 << width) - 1
    columns = 0
    for place in range(_PRECISION):
        drawn = dice.getrandbits(width)
        columns = columns | drawn if digits >> place & 1 else columns & drawn
    return columns


def _bit_set(place: int, every: int) -> int:
    """The columns whose number has a binary digit set."""
    run = 1 << place
    return every // ((1 << run) + 1) << run


def _weights(chances: Sequence[float]) -> list[float]:
    """How likely each combination is; that of person n leaving has digit n set."""
    weights = [1.0]
    for chance in chances:
        weights = [*(weight * (1 - chance) for weight in weights), *(weight * chance for weight in weights)]
    return weights


class _Table:
    """The shares of columns that are all combinations of some people: by halves, each different half once."""

    def __init__(self, chances: Sequence[float]) -> None:
        self._chances = chances
        self._known: list[dict[int, float]] = [{} for _ in chances]

    def share(self, weight: float, columns: int) -> float:
        """How likely these columns are, of all that are that likely together."""
        return weight * self._of(columns, len(self._chances))

    def _of(self, columns: int, people: int) -> float:
        if not columns:
            return 0.0
        half = 1 << people - 1 if people else 0
        if columns == (1 << (2 * half or 1)) - 1:
            return 1.0
        known = self._known[people - 1]
        if columns not in known:
            chance = self._chances[people - 1]
            stays, leaves = columns & ((1 << half) - 1), columns >> half
            known[columns] = (1 - chance) * self._of(stays, people - 1) + chance * self._of(leaves, people - 1)
        return known[columns]
