"""The smallest sets of people behind a loss, against the solver asked of every set."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from stackmap.analysis.gates.solve import Solver
from stackmap.analysis.sets import culprits as module
from stackmap.analysis.sets.budget import Steps
from stackmap.analysis.sets.culprits import MOST_TOLD, Culprits, culprits
from stackmap.analysis.sets.scenarios import scenarios
from tests.support.networks import dense_network

_PEOPLE = 6
_PLENTY = 1 << 40


def _minimal(solver: Solver, node: int, mark: int) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for size in range(_PEOPLE + 1):
        for people in combinations(sorted(solver.network.seeds), size):
            spared = any(set(smaller) <= set(people) for smaller in found)
            if not spared and solver.leaving(people).get(node, 0) & mark:
                found.append(people)
    return found


def _cases(stacks: int, to_search: int = _PLENTY) -> list[tuple[Culprits, list[tuple[str, ...]]]]:
    """What is told of the nodes of random networks, each with all its minimal sets."""
    cases = []
    for seed in range(stacks):
        dice = Random(seed)
        solver = Solver(dense_network(dice, _PEOPLE, 7, plain=dice.random() < 0.5))
        mark = 1 << dice.randrange(12)
        ready = scenarios(solver, mark, solver.network.seeds, range(len(solver.network.names)))
        for node, bundle in ready.bundle_of.items():
            told = culprits(ready, [bundle], Steps(_PLENTY), Steps(to_search))[bundle]
            cases.append((told, _minimal(solver, node, mark)))
    return cases


def test_all_smallest_sets_are_found_and_whether_there_are_others() -> None:
    cases = _cases(60)
    assert {len(sets[0]) for _, sets in cases} >= {1, 2, 3, 4}
    for told, sets in cases:
        smallest = [people for people in sets if len(people) == len(sets[0])]
        assert told.at_least is None
        assert list(told.sets) == smallest[:MOST_TOLD]
        assert told.more == (len(sets) > len(told.sets))


def test_tried_size_by_size_they_are_the_same_and_others_are_not_ruled_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ALL_TRIED", -1)
    for told, sets in _cases(60):
        smallest = [people for people in sets if len(people) == len(sets[0])]
        assert (told.at_least, list(told.sets)) == (None, smallest[:MOST_TOLD])
        assert told.more or len(sets) == 1


@pytest.mark.parametrize("combinations_tried", [0, 6])
def test_what_is_not_tried_is_not_claimed(monkeypatch: pytest.MonkeyPatch, combinations_tried: int) -> None:
    """The set that is told is one from which nobody can be spared, and fewer people than `at_least` cannot do it."""
    monkeypatch.setattr(module, "_ALL_TRIED", -1)
    monkeypatch.setattr(module, "_COMBINATIONS", combinations_tried)
    unproven = 0
    for told, sets in _cases(60, to_search=0):
        assert set(told.sets) <= set(sets)
        if told.at_least is None:
            assert len(told.sets[0]) == len(sets[0])
        else:
            unproven += 1
            assert told.at_least <= len(sets[0]) <= len(told.sets[0])
            assert told.more
            assert len(told.sets) == 1
    assert unproven


def test_without_effort_left_the_answer_is_as_honest() -> None:
    solver = Solver(dense_network(Random(3), _PEOPLE, 7, plain=True))
    ready = scenarios(solver, 1, solver.network.seeds, range(len(solver.network.names)))
    for node, bundle in ready.bundle_of.items():
        told = culprits(ready, [bundle], Steps(0), Steps(0))[bundle]
        fewest = len(_minimal(solver, node, 1)[0])
        assert (told.at_least or len(told.sets[0])) <= fewest <= len(told.sets[0])
