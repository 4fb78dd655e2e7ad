"""Bus factors that were cut short: what they say holds, and what they do not know they say."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from stackmap.analysis import Analysis, BusFactor, bus_factors
from stackmap.analysis.sets.budget import Seconds, Steps
from tests.support.laws import on_random_stacks
from tests.support.loading import stack_of
from tests.support.rings import crowded

Line = dict[str, Any]

_ASKED = [(care, at_worst) for care in (False, True) for at_worst in (False, True)]


def _number(factor: BusFactor, *, care: bool, at_worst: bool) -> object:
    if care:
        return factor.care_at_worst if at_worst else factor.care
    return factor.running_at_worst if at_worst else factor.running


def _pairs(lines: list[Line], budget: Steps | Seconds) -> Iterator[tuple[BusFactor, BusFactor]]:
    analysis = Analysis(stack_of(lines))
    yield from zip(bus_factors(analysis, budget=budget), bus_factors(analysis), strict=True)


def _assert_holds(hasty: BusFactor, exact: BusFactor) -> None:
    for care, at_worst in _ASKED:
        true = _number(exact, care=care, at_worst=at_worst)
        said = _number(hasty, care=care, at_worst=at_worst)
        if isinstance(true, int):
            most = hasty.at_most(care=care, at_worst=at_worst)
            assert isinstance(said, int)
            assert most is not None
            assert said <= true <= most
        else:
            assert said == true
    if exact.bus_factor is None:
        assert hasty.bus_factor is None
    else:
        assert hasty.bus_factor is not None
        assert hasty.bus_factor_at_most is not None
        assert hasty.bus_factor <= exact.bus_factor <= hasty.bus_factor_at_most
    assert exact.unproven == ()


@on_random_stacks(150)
def test_whatever_was_spent_the_exact_number_lies_between_the_two_that_are_said(lines: list[Line]) -> None:
    for hasty, exact in _pairs(lines, Steps(len(lines) % 40)):
        _assert_holds(hasty, exact)


def test_a_crowded_stack_is_exact_without_a_budget_and_open_with_none_to_spend() -> None:
    open_ = 0
    for hasty, exact in _pairs(crowded(), Steps(0)):
        _assert_holds(hasty, exact)
        open_ += bool(hasty.unproven)
        assert not hasty.unproven or hasty.sets_complete_to_order == 1
    assert open_


def test_time_that_is_over_at_once_leaves_the_same_open_as_no_steps() -> None:
    over = Seconds(lambda: 0.0, 0.0)
    lines = crowded()
    analysis = Analysis(stack_of(lines))
    assert list(bus_factors(analysis, budget=over)) == list(bus_factors(analysis, budget=Steps(0)))


def test_the_same_steps_give_the_same_answer_in_any_order_of_input() -> None:
    lines = crowded()
    other = Random("other order").sample(lines, len(lines))
    one, two = (Analysis(stack_of(some)) for some in (lines, other))
    assert list(bus_factors(one, budget=Steps(900))) == list(bus_factors(two, budget=Steps(900)))
