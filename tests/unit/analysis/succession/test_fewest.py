"""The fewest holds to back up: against every choice there is, and honest where it does not know."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations
from random import Random

import pytest

from stackmap.analysis.succession.fewest import Fewest, Proof, fewest

Cuts = Sequence[frozenset[int]]


def _fewest(holds: int, cuts: Cuts, steps: int = 500_000) -> Fewest[int]:
    """Asked of holds by number; each of `cuts` loses something when all of it is lost."""
    return fewest(range(holds), lambda lost: _lost(cuts, lost), steps=steps)


def _lost(cuts: Cuts, lost: Collection[int]) -> set[str]:
    return {f"{sorted(cut)}" for cut in cuts if cut <= set(lost)}


def _cuts(*cuts: Iterable[int]) -> Cuts:
    return [frozenset(cut) for cut in cuts]


@pytest.mark.parametrize("seed", range(150))
def test_no_smaller_choice_is_enough_and_of_equals_it_is_the_first(seed: int) -> None:
    dice = Random(seed)
    holds = dice.randint(1, 7)
    cuts = [frozenset(dice.sample(range(holds), dice.randint(1, min(3, holds)))) for _ in range(dice.randint(0, 9))]
    every = (some for size in range(holds + 1) for some in combinations(range(holds), size))
    enough = next(some for some in every if not _lost(cuts, set(range(holds)) - set(some)))
    found = _fewest(holds, cuts)
    assert found.chosen == enough
    assert found.at_least == len(enough)
    assert found.proof is not Proof.NOT_PROVEN


def test_what_loses_something_alone_is_forced_and_that_is_proof_enough() -> None:
    assert _fewest(4, _cuts([1], [3], [1, 2])) == Fewest((1, 3), Proof.FORCED, 2)


def test_where_nothing_is_lost_nothing_is_chosen() -> None:
    assert _fewest(4, _cuts()) == Fewest((), Proof.FORCED, 0)


def test_alternatives_are_searched_beside_what_is_forced() -> None:
    assert _fewest(5, _cuts([4], [0, 1], [1, 2])) == Fewest((1, 4), Proof.SEARCHED, 2)


def test_many_separate_alternatives_are_still_searched_to_the_end() -> None:
    """Sixty pairs share nothing with each other: they are never weighed against each other."""
    found = _fewest(120, [frozenset((2 * pair, 2 * pair + 1)) for pair in range(60)])
    assert found == Fewest(tuple(range(0, 120, 2)), Proof.SEARCHED, 60)


def test_beyond_the_limit_it_says_that_it_is_not_proven_and_how_few_it_could_be() -> None:
    dice = Random(7)
    cuts = [frozenset(dice.sample(range(24), 4)) for _ in range(120)]
    found = _fewest(24, cuts, steps=20)
    assert found.proof is Proof.NOT_PROVEN
    assert 0 < found.at_least < len(found.chosen)
    assert not _lost(cuts, set(range(24)) - set(found.chosen))
    assert all(_lost(cuts, (set(range(24)) - set(found.chosen)) | {hold}) for hold in found.chosen)
