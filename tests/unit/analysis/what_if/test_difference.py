"""Groups of an answer held against those of another."""

from __future__ import annotations

from stackmap.analysis.what_if.difference import Shift, shifts_between


def test_only_groups_with_other_members_are_told_in_the_order_of_the_answer_and_by_id() -> None:
    now = {"stops": {"d", "a", "b"}, "later": {"x"}, "muted": set[str]()}
    without = {"muted": {"y"}, "later": {"x"}, "stops": {"c", "b", "e"}}
    assert shifts_between(now, without) == (
        Shift("stops", 3, 3, ("a", "d"), ("c", "e")),
        Shift("muted", 0, 1, (), ("y",)),
    )
    assert shifts_between(now, now) == ()
