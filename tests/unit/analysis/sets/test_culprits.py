"""The smallest sets of people behind a loss, against the solver asked of every set."""

from __future__ import annotations

from itertools import combinations
from random import Random
from typing import Any

import pytest

from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import Reading
from stackmap.analysis.gates.network import Network
from stackmap.analysis.gates.solve import Solver
from stackmap.analysis.sets import culprits as module
from stackmap.analysis.sets import scenarios as module_of_scenarios
from stackmap.analysis.sets.budget import Steps
from stackmap.analysis.sets.culprits import MOST_TOLD, Culprits, culprits
from stackmap.analysis.sets.scenarios import scenarios
from stackmap.model import Certainty, State
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
            told = culprits(ready, [bundle], Steps(_PLENTY), Steps(to_search), Steps(_PLENTY))[bundle]
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
        told = culprits(ready, [bundle], Steps(0), Steps(0), Steps(0))[bundle]
        fewest = len(_minimal(solver, node, 1)[0])
        assert (told.at_least or len(told.sets[0])) <= fewest <= len(told.sets[0])


def _circle(things: int, people: int) -> Solver:
    """Each thing fails when the next two do, and two of every three also when two of its own people leave."""

    def gate(thing: int, nodes: list[str], need: int) -> Gate:
        return Gate(f"n{thing}", tuple(Member(node, State.STOPS, Certainty.CERTAIN) for node in nodes), need)

    gates = []
    for thing in range(things):
        gates.append(gate(thing, [f"n{(thing + 1) % things}", f"n{(thing + 2) % things}"], 1))
        if thing % 3:
            some = sorted({f"p{(thing + other) % people}" for other in (0, 1, 4)})
            gates.append(gate(thing, some, len(some) - 1))
    return Solver(Network(tuple(gates), {f"p{one}": dict.fromkeys(Reading, (f"p{one}",)) for one in range(people)}))


def _worked_out(monkeypatch: pytest.MonkeyPatch, solver: Solver, budget: Steps) -> int:
    """How often a number was worked out to tell of everything in a network."""
    ready = scenarios(solver, 1, solver.network.seeds, range(len(solver.network.names)))
    counted: list[int] = []
    lost = module_of_scenarios._lost

    def one_more(*asked: Any) -> int:
        counted.append(1)
        return lost(*asked)

    with monkeypatch.context() as patch:
        patch.setattr(module_of_scenarios, "_lost", one_more)  # work has no other trace than the time that it takes
        culprits(ready, dict.fromkeys(ready.bundle_of.values()), budget, Steps(0), Steps(0))
    return len(counted)


@pytest.mark.parametrize("people", [2, 5, 9])
def test_of_one_circle_twice_the_things_are_twice_the_work(monkeypatch: pytest.MonkeyPatch, people: int) -> None:
    few, many = (_worked_out(monkeypatch, _circle(things, people), Steps(_PLENTY)) for things in (90, 180))
    assert 90 < few < 90 * 40
    assert many < 3 * few


@pytest.mark.parametrize("budget", [0, 100_000, 1_000_000])
def test_nothing_is_worked_out_that_is_not_paid_for(monkeypatch: pytest.MonkeyPatch, budget: int) -> None:
    """A number takes a thousand steps at least, however few departures are asked about."""
    assert _worked_out(monkeypatch, _circle(180, 9), Steps(budget)) <= budget / 1000
