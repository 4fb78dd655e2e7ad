"""Odds and losses in digits that mean something."""

from __future__ import annotations

import pytest

from stackmap.analysis.odds.estimates import Estimate
from stackmap.render.odds_figures import much, often, said, unbroken


@pytest.mark.parametrize(
    ("value", "error", "told"),
    [
        (0.0, 0, "0 %"),
        (0.3, 0, "30 %"),
        (0.305, 0, "30.5 %"),
        (0.1 + 0.2, 0, "30 %"),
        (0.0004, 0, "under 0.1 %"),
        (0.0006, 0, "0.1 %"),
        (0.9996, 0, "over 99.9 %"),
        (1 - 1e-15, 0, "100 %"),
        (1.0, 0, "100 %"),
        (0.51, 0.00195, "51.0 ± 0.2 %"),
        (0.51, 0.0001, "51.0 ± 0.1 %"),
        (0.5, 0.012, "50 ± 2 %"),
        (0.0, 0.0001, "under 0.1 %"),
        (1.0, 0.0001, "over 99.9 %"),
    ],
)
def test_a_probability_has_one_decimal_at_most_and_none_that_its_error_does_not_have(
    value: float, error: float, told: str
) -> None:
    assert often(Estimate(value, error)) == told


@pytest.mark.parametrize(
    ("value", "error", "told"),
    [
        (2.0, 0, "2"),
        (8.93, 0, "8.9"),
        (0.004, 0, "under 0.1"),
        (12345.678, 0, "12,345.7"),
        (1024.26, 0.61, "1,024.3 ± 0.7"),
        (1024.26, 3.2, "1,024 ± 4"),
        (0.0, 0.2, "0.0 ± 0.2"),
    ],
)
def test_so_much_is_written_out_and_grouped(value: float, error: float, told: str) -> None:
    assert much(Estimate(value, error)) == told


def test_no_line_ends_between_a_figure_and_its_sign() -> None:
    for spare in range(70, 80):
        found = unbroken("x" * spare + " 51.0 ± 0.2 % and more", hanging="")
        assert [line for line in found if "51.0 ± 0.2 %" in line]
        assert " ".join(found) == "x" * spare + " 51.0 ± 0.2 % and more"


@pytest.mark.parametrize(
    ("chance", "told"),
    [
        (0.0, "0 %"),
        (1.0, "100 %"),
        (0.3, "30 %"),
        (0.305, "30.5 %"),
        (0.07, "7 %"),
        (0.999999999, "99.9999999 %"),
        (1e-7, "0.00001 %"),
    ],
)
def test_what_somebody_said_is_told_in_all_its_digits(chance: float, told: str) -> None:
    assert said(chance) == told
