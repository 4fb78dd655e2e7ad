"""Where things stand."""

from dataclasses import replace

import pytest

from stackmap.analysis import BusFactor, Count
from stackmap.analysis.bus_factor.standing import Standing, standing
from stackmap.analysis.bus_factor.things import Unproven


def factor(running: int | None, running_at_worst: int | None, care: Count, care_at_worst: Count) -> BusFactor:
    return BusFactor("x", running, care, running_at_worst, care_at_worst, (), (), "unknown", 3)


@pytest.mark.parametrize(
    ("running", "at_worst", "care", "expected"),
    [
        (0, 0, 2, Standing.BROKEN),
        (None, 0, 2, Standing.BROKEN),
        (1, 1, 0, Standing.ONE_PERSON),
        (2, 1, 2, Standing.MAYBE_ONE_PERSON),
        (None, 1, "unknown", Standing.MAYBE_ONE_PERSON),
        (None, None, 0, Standing.NO_CARER),
        (2, 2, 1, Standing.ONE_CARER),
        (2, 2, "unknown", Standing.CARE_NOT_READ),
        (2, 2, 3, Standing.TWO_PEOPLE),
        (None, 2, 3, Standing.MAYBE_TWO_PEOPLE),
        (3, 2, 2, Standing.MAYBE_TWO_PEOPLE),
        (3, 3, 2, Standing.TWO_CARERS),
        (None, 3, 3, Standing.MORE),
    ],
)
def test_the_weakest_of_both_readings_decides(
    running: int | None, at_worst: int | None, care: Count, expected: Standing
) -> None:
    assert standing(factor(running, at_worst, care, care)) is expected


def test_care_that_only_may_be_there_is_not_relied_on() -> None:
    assert standing(factor(None, None, 2, 1)) is Standing.ONE_CARER


def test_of_a_number_that_is_not_proven_the_lower_end_counts() -> None:
    half_done = replace(factor(2, 2, 4, 4), unproven=(Unproven(False, False, 2, 9), Unproven(False, True, 2, 9)))
    assert standing(half_done) is Standing.TWO_PEOPLE
