"""Where things stand."""

import pytest

from stackmap.analysis import BusFactor, Count
from stackmap.analysis.bus_factor.standing import Standing, standing


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
        (3, 3, 2, Standing.TWO_PEOPLE),
        (None, 3, 3, Standing.MORE),
    ],
)
def test_the_weakest_of_both_readings_decides(
    running: int | None, at_worst: int | None, care: Count, expected: Standing
) -> None:
    assert standing(factor(running, at_worst, care, care)) is expected


def test_care_that_only_may_be_there_is_not_relied_on() -> None:
    assert standing(factor(None, None, 2, 1)) is Standing.ONE_CARER
