"""A list of odds as people write it, and what is refused."""

from __future__ import annotations

import pytest

from stackmap.app.odds import read_odds
from stackmap.errors import UsageError


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Dana Okafor, 0.3", ("Dana Okafor", 0.3)),
        ("Dana Okafor, 30 %", ("Dana Okafor", 0.3)),
        ("Dana Okafor\t30%", ("Dana Okafor", 0.3)),
        ("Dana Okafor; 0,3", ("Dana Okafor", 0.3)),
        ("Dana Okafor; 2,5 percent", ("Dana Okafor", 0.025)),
        ('"Okafor, Dana", 0.3', ("Okafor, Dana", 0.3)),
        ('"Dana Okafor";"30 %"', ("Dana Okafor", 0.3)),
        ("d.okafor@larkfield.test,1", ("d.okafor@larkfield.test", 1.0)),
        ("person-1, 0", ("person-1", 0.0)),
        ("person-1, 100 %", ("person-1", 1.0)),
    ],
)
def test_a_line_names_somebody_and_a_probability(line: str, said: tuple[str, float]) -> None:
    assert read_odds([line]) == [said]


def test_headings_are_passed_over_and_order_is_kept() -> None:
    assert read_odds(["person,probability", "B, 0.1", "A, 0.2"]) == [("B", 0.1), ("A", 0.2)]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([], "the list of odds is empty"),
        (["person; probability"], "the list of odds is empty"),
        (["A, 0.1", "Dana Okafor"], "entry 2 of the list of odds has no probability"),
        (["A, 0.1", ", 0.2"], "entry 2 of the list of odds names nobody"),
        (["A, 30"], "entry 1 of the list of odds: the probability must be between"),
        (["A, 101 %"], "must be between"),
        (["A, -0.1"], "must be between"),
        (["A, nan"], "must be between"),
        (["A, 1e-3"], "must be between"),
        (["A, likely"], "must be between"),
        (["A,"], "must be between"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_number_and_without_its_name(lines: list[str], told: str) -> None:
    with pytest.raises(UsageError, match=told) as raised:
        read_odds(lines)
    assert "write, say:" in str(raised.value)


def test_a_very_long_line_is_refused_at_once() -> None:
    with pytest.raises(UsageError, match="must be between"):
        read_odds(["," * 100_000 + " " * 100_000 + "x"])
