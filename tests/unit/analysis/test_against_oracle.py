"""The engine gives the answers of the independent oracle on random stacks, act by act and in both readings."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from stackmap.model import Act
from tests.support.agreement import Question, bus_factors_differ, departures_differ
from tests.support.laws import assert_on_random_stacks
from tests.support.loading import stack_of

Lines = list[dict[str, Any]]

_DEPARTURES = 375
_BUS_FACTORS = 125


def _questions(lines: Lines, act: Act) -> list[Question]:
    """Nobody, one person and several, chosen by what the stack looks like."""
    people = stack_of(lines).people
    rng = Random(len(repr(lines)))
    sets = [frozenset[str]()]
    sets.extend(frozenset(rng.sample(people, min(size, len(people)))) for size in (1, rng.randint(2, 4)))
    return [Question(leavers, act) for leavers in sets]


@pytest.mark.parametrize("act", Act)
def test_leaving_has_the_rows_of_the_oracle(act: Act) -> None:
    def agrees(lines: Lines) -> None:
        assert departures_differ(lines, _questions(lines, act)) == []

    assert_on_random_stacks(agrees, _DEPARTURES, f"departures {act.value}")


@pytest.mark.parametrize("act", Act)
def test_bus_factors_are_those_of_the_oracle(act: Act) -> None:
    def agrees(lines: Lines) -> None:
        assert bus_factors_differ(lines, act) == []

    assert_on_random_stacks(agrees, _BUS_FACTORS, f"bus factors {act.value}")
