"""Many departures at once say what one departure after the other says, node by node and mark by mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from random import Random
from typing import Any

from stackmap.analysis import Analysis
from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import ALL, Reading, Run, mark_of
from stackmap.analysis.gates.network import Network
from stackmap.analysis.gates.solve import Solver
from stackmap.analysis.sets.columns import Columns
from stackmap.model import Certainty, State
from tests.support.laws import on_random_stacks
from tests.support.loading import stack_of
from tests.support.networks import random_network

_MARKS = [1 << place for place in range(ALL.bit_length())]


def _one_by_one(solver: Solver, groups: Sequence[Sequence[str]]) -> dict[int, dict[int, int]]:
    """By mark and node the columns, each from a departure of its own."""
    found: dict[int, dict[int, int]] = {mark: {} for mark in _MARKS}
    for column, group in enumerate(groups):
        for node, gained in solver.leaving(group).items():
            for mark in _MARKS:
                if gained & mark:
                    found[mark][node] = found[mark].get(node, 0) | 1 << column
    return found


def _at_once(columns: Columns, groups: Sequence[Sequence[str]], people: Sequence[str]) -> dict[int, dict[int, int]]:
    when = {one: sum(1 << column for column, group in enumerate(groups) if one in group) for one in people}
    return {mark: columns.lost(mark, when) for mark in _MARKS}


def test_all_groups_of_people_at_once_lose_what_each_group_loses() -> None:
    dice = Random(20261122)
    lost = 0
    for number in range(500):
        network = random_network(dice)
        people = sorted(network.seeds)
        groups = [group for size in range(len(people) + 1) for group in combinations(people, size)]
        solver = Solver(network)
        found = _at_once(Columns(solver, people), groups, people)
        assert found == _one_by_one(solver, groups), number
        lost += sum(map(len, found.values()))
    assert lost > 1_000


@on_random_stacks(60)
def test_on_random_stacks_every_person_loses_what_their_departure_loses(lines: list[dict[str, Any]]) -> None:
    analysis = Analysis(stack_of(lines))
    people = analysis.stack.people
    groups = [(person,) for person in people]
    found = _at_once(Columns(analysis.solver, people), groups, people)
    assert found == _one_by_one(analysis.solver, groups)


def _stopping(*names: str) -> tuple[Member, ...]:
    return tuple(Member(name, State.STOPS, Certainty.CERTAIN) for name in names)


def _falling(gates: Sequence[Gate], people: Sequence[str], when: Mapping[str, int]) -> dict[str, int]:
    network = Network(tuple(gates), {one: dict.fromkeys(Reading, (one,)) for one in people})
    lost = Columns(Solver(network), people).lost(mark_of(Run.POSSIBLE, State.STOPS), when)
    return {network.names[node]: columns for node, columns in lost.items()}


def test_a_circle_stands_until_something_outside_it_falls() -> None:
    circle = [
        Gate("a", _stopping("b")),
        Gate("b", _stopping("c")),
        Gate("c", _stopping("a")),
        Gate("c", _stopping("p")),
    ]
    assert _falling(circle, ("p", "q"), {"p": 0b10, "q": 0b11}) == {"a": 2, "b": 2, "c": 2, "p": 2, "q": 3}


def test_two_of_three_are_lost_in_the_columns_that_two_of_them_share() -> None:
    gates = [Gate("x", _stopping("p", "q", "r"), need=2)]
    assert _falling(gates, "pqr", {"p": 0b0011, "q": 0b0101, "r": 0b1110})["x"] == 0b0111
