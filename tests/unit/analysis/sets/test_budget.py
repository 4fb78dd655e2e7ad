"""What may be spent, and shares of it."""

from __future__ import annotations

from stackmap.analysis.sets.budget import Seconds, Steps


def test_steps_are_spent_of_the_whole_through_a_share_and_a_share_ends_by_itself() -> None:
    whole = Steps(100)
    half = whole.share(2)
    assert half.spend(50)
    assert not half.spend(1)
    assert whole.spend(49)
    assert not whole.spend(1)


def test_what_one_share_leaves_is_there_for_the_next() -> None:
    whole = Steps(90)
    assert whole.share(3).spend(1)
    assert whole.share(2).spend(44)
    assert not whole.share(1).spend(46)


def test_a_share_of_nothing_is_nothing() -> None:
    spent = Steps(-5)
    assert not spent.share(2).spend(1)


def test_what_is_not_there_is_not_reserved_and_stays_for_less() -> None:
    whole = Steps(10)
    part = whole.share(2)
    assert not part.reserve(6)
    assert part.affords(5)
    assert part.reserve(5)
    assert not part.affords(1)
    assert whole.affords(5)
    assert not whole.affords(6)


def test_a_share_affords_no_more_than_the_whole() -> None:
    whole = Steps(10)
    part = whole.share(2)
    whole.spend(8)
    assert not part.reserve(3)
    assert part.reserve(2)


def test_before_its_moment_any_work_may_be_begun_and_after_it_none() -> None:
    now = [0.0]
    budget = Seconds(lambda: now[0], 1.0)
    assert budget.affords(10**12)
    assert budget.reserve(10**12)
    now[0] = 1.0
    assert not budget.affords(1)
    assert not budget.reserve(1)


def test_seconds_end_at_their_moment_and_a_share_earlier() -> None:
    now = [10.0]
    budget = Seconds(lambda: now[0], 20.0)
    half = budget.share(2)
    now[0] = 14.9
    assert half.spend(10**9)
    now[0] = 15.0
    assert not half.spend(1)
    assert half.spend(0)
    assert budget.spend(1)
    now[0] = 25.0
    assert not budget.spend(1)
    assert not budget.share(2).spend(1)
