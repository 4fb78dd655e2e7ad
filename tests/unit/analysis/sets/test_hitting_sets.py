"""The smallest set that holds somebody of every group, against every combination tried."""

from __future__ import annotations

from itertools import combinations
from random import Random

from stackmap.analysis.sets.budget import Steps
from stackmap.analysis.sets.hitting_sets import smallest_hitting


def bits(people: frozenset[str]) -> int:
    return sum(1 << "abcdefghi".index(person) for person in people)


def first_that_hits(groups: list[frozenset[str]]) -> frozenset[str]:
    people = sorted(frozenset[str]().union(*groups))
    return next(
        frozenset(some)
        for size in range(len(people) + 1)
        for some in combinations(people, size)
        if all(group & set(some) for group in groups)
    )


def test_of_the_smallest_sets_the_first_by_ids_is_found() -> None:
    dice = Random("hitting")
    for _ in range(800):
        people = "abcdefghi"[: dice.randint(1, 9)]
        largest = dice.choice((2, 3, len(people)))
        groups = [
            frozenset(dice.sample(people, dice.randint(1, min(largest, len(people)))))
            for _ in range(dice.choice((0, 1, 3, 6, 12)))
        ]
        assert smallest_hitting(map(bits, groups)) == bits(first_that_hits(groups))


def test_who_was_tried_is_left_out_beside_the_others_and_nobody_else() -> None:
    """Three groups in which a mask that is one place off loses the first of the smallest sets."""
    groups = [0b10011000, 0b1101, 0b100110]
    assert smallest_hitting(groups) == 0b1010


def test_without_budget_nothing_is_claimed() -> None:
    assert smallest_hitting([0b011, 0b110], Steps(0)) is None
    assert smallest_hitting([0b011, 0b110], Steps(1_000)) == 0b010


def test_large_sets_are_found_where_nothing_has_to_be_tried() -> None:
    """Larger than Python recurses."""
    alone = [1 << place for place in range(1_500)]
    assert smallest_hitting(alone) == (1 << 1_500) - 1
    pairs = [0b11 << place for place in range(0, 1_100, 2)]
    assert smallest_hitting(pairs, Steps(150_000)) is None
