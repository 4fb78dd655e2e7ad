"""Futures as columns: all of them once, or drawn as likely as was said."""

from __future__ import annotations

from itertools import product
from math import fsum, prod, sqrt
from random import Random

import pytest

from stackmap.analysis.odds.estimates import WORST, Estimate, frequency, mean, shortfall
from stackmap.analysis.odds.futures import SEED, all_futures, drawn_futures


@pytest.mark.parametrize("people", [0, 1, 3, 14])
def test_every_combination_of_leavers_is_one_future_and_all_of_them_are_certain(people: int) -> None:
    chances = [0.1 + 0.05 * number for number in range(people)]
    found: dict[tuple[bool, ...], float] = {}
    for batch in all_futures(chances):
        for column, weight in enumerate(batch.weights):
            found[tuple(bool(columns >> column & 1) for columns in batch.leaving)] = weight
            if people < 4:
                assert batch.share(1 << column) == pytest.approx(weight)
    assert set(found) == set(product((False, True), repeat=people))
    assert fsum(found.values()) == pytest.approx(1)
    for combination in list(found)[:64]:
        likely = prod(one if leaves else 1 - one for one, leaves in zip(chances, combination, strict=True))
        assert found[combination] == pytest.approx(likely)


def test_the_share_of_columns_is_the_sum_of_their_weights() -> None:
    for batch in all_futures([0.3, 0.2, 0.9, 0.5]):
        for columns in range(0, 1 << 16, 97):
            likely = fsum(weight for column, weight in enumerate(batch.weights) if columns >> column & 1)
            assert batch.share(columns) == pytest.approx(likely)


@pytest.mark.parametrize("chance", [0, 2**-32, 0.001, 0.3, 0.5, 1 - 2**-20, 1])
def test_drawn_columns_are_as_likely_as_was_said(chance: float) -> None:
    count = 1 << 16
    drawn = sum(batch.leaving[0].bit_count() for batch in drawn_futures([chance, 0.5], count))
    assert abs(drawn - chance * count) <= 4.5 * sqrt(count * chance * (1 - chance)) + 1


def test_people_are_drawn_independently_and_batches_differ() -> None:
    count = 1 << 16
    batches = list(drawn_futures([0.5, 0.5], count))
    both = sum((batch.leaving[0] & batch.leaving[1]).bit_count() for batch in batches)
    assert abs(both - count / 4) < 4.5 * sqrt(count * 3 / 16)
    assert len({batch.leaving for batch in batches}) == len(batches) == 4


def test_another_seed_draws_other_futures() -> None:
    first, again, other = (next(drawn_futures([0.5], 1 << 12, seed)).leaving for seed in (SEED, SEED, SEED + 1))
    assert first == again != other


def test_the_worst_futures_are_those_with_most_lost_and_a_part_of_the_next() -> None:
    shares = {100: 0.01, 10: 0.1, 0: 0.89}
    assert shortfall(shares, None, 100).value == pytest.approx((100 * 0.01 + 10 * 0.04) / WORST)
    assert shortfall({3: 1.0}, None, 3) == Estimate(pytest.approx(3))  # type: ignore[arg-type]  # compares, is no number


@pytest.mark.parametrize("worst", [0.01, 0.05, 0.3, 1.0])
def test_the_worst_futures_are_the_least_of_border_and_excess_over_all_borders(worst: float) -> None:
    """Rockafellar and Uryasev (2000), theorem 1: the same number by another definition."""
    dice = Random(5)
    for _ in range(50):
        weights = [dice.random() ** 4 for _ in range(dice.randint(1, 8))]
        shares = {dice.randrange(100): weight / sum(weights) for weight in weights}
        shares[0] = 1 - fsum(share for total, share in shares.items() if total)
        least = min(
            border + fsum(max(total - border, 0) * share for total, share in shares.items()) / worst
            for border in shares
        )
        assert shortfall(shares, None, 100, worst).value == pytest.approx(least)


def test_where_all_draws_were_alike_the_error_is_what_one_more_could_change() -> None:
    assert mean({0: 1.0}, 1_000, 50) == Estimate(0, 50 / 1_000)
    assert shortfall({0: 1.0}, 1_000, 50).error == pytest.approx(50 / 1_000 / WORST)
    assert mean({0: 1.0}, 1_000, 0) == mean({0: 1.0}, None, 50) == Estimate(0)


def test_the_error_of_the_worst_futures_is_that_of_what_lies_beyond_the_border() -> None:
    shares = {100: 0.01, 10: 0.1, 0: 0.89}
    beyond = {90: 0.01, 0: 0.99}
    centre = 90 * 0.01
    spread = sqrt(sum(share * (value - centre) ** 2 for value, share in beyond.items()))
    assert shortfall(shares, 10_000, 100).error == pytest.approx(spread / 100 / WORST)
    assert mean({4: 0.5, 0: 0.5}, 400, 4).error == pytest.approx(2 / 20)


def test_what_no_draw_showed_is_not_told_as_sure() -> None:
    assert frequency(0, 10_000).error == pytest.approx(sqrt(2) / 10_000, rel=1e-2)
    assert frequency(0.5, 10_000).error == pytest.approx(0.005, rel=1e-2)
    assert frequency(0.25, None) == Estimate(0.25)
