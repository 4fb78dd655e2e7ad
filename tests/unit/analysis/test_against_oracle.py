"""The engine gives the answers of the independent oracle on random stacks, act by act and in both readings."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings

from stackmap.model import Act
from tests.oracle.stacks import stacks
from tests.support.agreement import Question, bus_factors_differ, departures_differ
from tests.support.loading import stack_of

Lines = list[dict[str, Any]]

# The same stacks on every run: a difference is worked on where it was found, not met by chance.
_LIKE_THE_OTHERS = settings(derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
_DEPARTURES = settings(_LIKE_THE_OTHERS, max_examples=375)
_BUS_FACTORS = settings(_LIKE_THE_OTHERS, max_examples=125)


def _questions(lines: Lines, act: Act) -> list[Question]:
    """Nobody, one person and several, chosen by what the stack looks like."""
    people = stack_of(lines).people
    rng = Random(len(repr(lines)))
    sets = [frozenset[str]()]
    sets.extend(frozenset(rng.sample(people, min(size, len(people)))) for size in (1, rng.randint(2, 4)))
    return [Question(leavers, act) for leavers in sets]


@pytest.mark.parametrize("act", Act)
def test_leaving_has_the_rows_of_the_oracle(act: Act) -> None:
    @seed(act.value)
    @_DEPARTURES
    @given(lines=stacks())
    def agrees(lines: Lines) -> None:
        assert departures_differ(lines, _questions(lines, act)) == []

    agrees()


@pytest.mark.parametrize("act", Act)
def test_bus_factors_are_those_of_the_oracle(act: Act) -> None:
    @seed(act.value)
    @_BUS_FACTORS
    @given(lines=stacks())
    def agrees(lines: Lines) -> None:
        assert bus_factors_differ(lines, act) == []

    agrees()
