"""One cascade gives, in every run, the least fixpoint that the definition gives."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from stackmap.analysis.gates.extra import is_installed
from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import ALL, Run, mark_of, marks_of, marks_within, state_of
from stackmap.analysis.gates.network import OFF, Network
from stackmap.analysis.gates.solve import Solver
from stackmap.model import Certainty, State
from tests.support.laws import MANY, say_tried
from tests.support.networks import defined_states, random_network

_NETWORKS = 1_500 * MANY
_SURE = Certainty.CERTAIN

needs_the_extra = pytest.mark.skipif(not is_installed(), reason="the compiled kernel needs stackmap[fast]")


def _networks(count: int = _NETWORKS) -> list[Network]:
    dice = Random(20261122)
    return [random_network(dice) for _ in range(count)]


def _groups(network: Network) -> list[tuple[str, ...]]:
    people = sorted(network.seeds)
    return [group for size in range(len(people) + 1) for group in combinations(people, size)]


def test_every_departure_is_the_least_fixpoint_of_the_definition_in_every_run() -> None:
    for number, network in enumerate(_networks()):
        solver = Solver(network)
        for group in _groups(network):
            gained = solver.leaving(group)
            for run in Run:
                found = {
                    name: state_of(solver.baseline[place] | gained.get(place, 0), run)
                    for name, place in network.index.items()
                }
                assert found == defined_states(network, run, group), (number, group, run)
    say_tried(_NETWORKS, "random networks")


def test_what_a_departure_gains_is_new() -> None:
    for network in _networks(200):
        solver = Solver(network)
        for group in _groups(network):
            assert all(marks and not marks & solver.baseline[node] for node, marks in solver.leaving(group).items())


def test_asking_changes_nothing() -> None:
    for network in _networks(200):
        solver, groups = Solver(network), _groups(network)
        first = [solver.leaving(group) for group in groups]
        assert [solver.leaving(group) for group in reversed(groups)] == first[::-1]


def test_a_gate_falls_with_the_first_member_too_many_and_not_before() -> None:
    members = tuple(Member(f"p{number}", State.STOPS, _SURE) for number in range(300))
    for need in (1, 2, 150, 299, 300):
        network = Network((Gate("n", members, need),), {})
        solver, index = Solver(network), network.index
        for lost in range(301):
            gained = solver.fall((index[f"p{number}"], ALL) for number in range(lost))
            assert gained.get(index["n"], 0) == (ALL if 300 - lost < need else 0)


def test_marks_tell_every_state_of_every_run() -> None:
    for run in Run:
        for state in State:
            within = marks_within(run, state)
            assert [state_of(within, one) for one in Run] == [state if one <= run else State.WORKS for one in Run]
            assert state_of(marks_of(run, state), run) is state
            assert all(bool(within & mark_of(run, loss)) is (state >= loss) for loss in State if loss)
    assert marks_within(Run.CERTAIN, State.STOPS) == ALL


def test_what_nobody_names_works() -> None:
    solver = Solver(Network((Gate("n", (Member(OFF, State.LATER, _SURE),)),), {}))
    assert [solver.state(name) for name in ("n", "unheard of", OFF)] == [State.LATER, State.WORKS, State.STOPS]


@needs_the_extra
def test_the_compiled_kernel_counts_as_far_as_gates_are_wide() -> None:
    from stackmap.analysis.gates.fast import FastSolver

    members = tuple(Member(f"p{number}", State.STOPS, _SURE) for number in range(300))
    for need in (1, 2, 150, 299, 300):
        network = Network((Gate("n", members, need), Gate("m", members[:3], 2)), {})
        index = network.index
        falls = [[(index[f"p{number}"], ALL) for number in range(lost)] for lost in range(301)]
        told = [gained for answers in FastSolver(network).falling(falls) for gained in answers.each()]
        assert [bool(gained.get(index["n"])) for gained in told] == [300 - lost < need for lost in range(301)]
        assert [bool(gained.get(index["m"])) for gained in told] == [lost > 1 for lost in range(301)]


@needs_the_extra
@pytest.mark.parametrize("room", [None, 8])
def test_the_compiled_kernel_gives_the_same(room: int | None) -> None:
    from stackmap.analysis.gates.fast import FastSolver

    for network in _networks(300):
        plain, groups = Solver(network), _groups(network)
        fast = FastSolver(network) if room is None else FastSolver(network, room)
        for _ in range(2):
            assert [*fast.leaving(groups)] == [plain.leaving(group) for group in groups]


@needs_the_extra
def test_answers_are_handed_over_before_there_is_no_room_for_the_next() -> None:
    from stackmap.analysis.gates.fast import FastSolver

    for network in _networks(20):
        plain, room = Solver(network), 8
        departures = [network.fallen(group) for group in _groups(network)] * 50
        handed_over = []
        for answers in FastSolver(network, room).falling(departures):
            assert len(answers.nodes) <= room + len(network.names) * ALL.bit_length()
            handed_over.append([*answers.each()])
        assert [gained for several in handed_over for gained in several] == [plain.fall(one) for one in departures]
        assert len(handed_over) > 1
