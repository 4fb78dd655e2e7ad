"""Many sums at once, against each of them alone."""

from __future__ import annotations

from random import Random

import pytest

from stackmap.analysis.sets.tally import Tally, at_least

_WIDTH = 40
_EVERY = (1 << _WIDTH) - 1


def _added(dice: Random) -> tuple[Tally, list[int]]:
    """A tally of some numbers, and what it must come to, column by column."""
    tally, sums = Tally(), [0] * _WIDTH
    for _ in range(dice.randint(0, 30)):
        columns, weight = dice.getrandbits(_WIDTH) & dice.getrandbits(_WIDTH), dice.randint(0, 9)
        tally.add(columns, weight)
        sums = [was + weight * (columns >> column & 1) for column, was in enumerate(sums)]
    return tally, sums


def _columns(*chosen: int) -> int:
    return sum(1 << column for column in chosen)


@pytest.mark.parametrize("seed", range(40))
def test_every_column_has_its_sum(seed: int) -> None:
    tally, sums = _added(Random(seed))
    assert tally.sums(_WIDTH) == sums
    assert tally.sums(_WIDTH + 2) == [*sums, 0, 0]


@pytest.mark.parametrize("seed", range(40))
def test_columns_that_reach_a_sum_and_those_that_have_the_most_are_found_among_those_asked_about(seed: int) -> None:
    dice = Random(seed)
    tally, sums = _added(dice)
    among = dice.getrandbits(_WIDTH) | 1
    asked = [column for column in range(_WIDTH) if among >> column & 1]
    for least in (0, 1, 7, max(sums), max(sums) + 1, 1 << 20):
        assert tally.reaching(least, among) == _columns(*(column for column in asked if sums[column] >= least))
    most = max(sums[column] for column in asked)
    assert tally.largest(among) == (most, _columns(*(column for column in asked if sums[column] == most)))


def test_what_was_read_can_be_added_to() -> None:
    tally = Tally()
    for expected in range(1, 20):
        tally.add(0b101)
        assert tally.sums(3) == [expected, 0, expected]


def test_of_nothing_every_sum_is_0() -> None:
    assert Tally().sums(3) == [0, 0, 0]
    assert Tally().sums(0) == []
    assert Tally().largest(_EVERY) == (0, _EVERY)
    assert (Tally().reaching(0, _EVERY), Tally().reaching(1, _EVERY)) == (_EVERY, 0)


@pytest.mark.parametrize("count", range(1, 6))
def test_at_least_so_many_is_counted_column_by_column(count: int) -> None:
    dice = Random(count)
    members = [dice.getrandbits(_WIDTH) for _ in range(5)]
    counted = (sum(one >> column & 1 for one in members) for column in range(_WIDTH))
    assert at_least(count, members) == _columns(*(column for column, has in enumerate(counted) if has >= count))


@pytest.mark.parametrize("members", [1, 3, 12, 40])
def test_at_least_so_many_is_what_counting_one_by_one_gives(members: int) -> None:
    dice = Random(members)
    numbers = [dice.getrandbits(64) | (dice.getrandbits(64) if dice.random() < 0.5 else 0) for _ in range(members)]
    for count in range(1, members + 1):
        expected = sum(1 << column for column in range(64) if sum(one >> column & 1 for one in numbers) >= count)
        assert at_least(count, numbers) == expected
