"""Sets of people as sentences name them."""

import pytest

from stackmap.render.bus_factor_sets import any_of, or_listed


@pytest.mark.parametrize(
    ("sets", "words"),
    [
        ([["Ann"]], "Ann"),
        ([["Ann"], ["Bea"]], "Ann or Bea"),
        ([["Ann"], ["Bea"], ["Cyd"]], "Ann, Bea or Cyd"),
        ([["Ann"], ["Bea", "Cyd"]], "Ann, or Bea with Cyd"),
        ([["Ann", "Bea", "Cyd"]], "Ann, Bea and Cyd"),
        ([["Ann"], ["Bea"], ["Cyd"], ["Dan"]], "Ann, Bea or Cyd (and 1 more set)"),
        ([["Ann"], ["Bea"], ["Cyd"], ["Dan", "Eve"]], "Ann, Bea or Cyd (and 1 more set)"),
        ([["Ann", "Bea"], ["Cyd", "Dan"], ["Eve", "Fay"], *[["Gil", "Hal"]] * 2], "Eve with Fay (and 2 more sets)"),
        ([list("abcdefg")], "a, b, c, d, e, f and g"),
        ([list("abcdefgh")], "a, b, c, d, e, f and 2 more (--format json names them)"),
        ([[]], ""),
        ([], ""),
    ],
)
def test_each_set_is_told_so_that_or_and_and_are_never_mixed_up(sets: list[list[str]], words: str) -> None:
    assert any_of(sets).endswith(words)
    assert any_of(sets).count(" or ") == (len([one for one in sets[:3] if one]) > 1) + (
        len(sets) > 2 and len(sets[0]) > 1
    )


def test_names_of_which_one_suffices() -> None:
    assert [or_listed(names) for names in ([], ["Ann"], ["Ann", "Bea"])] == ["", "Ann", "Ann or Bea"]
