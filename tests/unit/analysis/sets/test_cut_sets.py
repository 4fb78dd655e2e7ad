"""Sets of people whose leaving loses a node: held against every combination tried, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations
from random import Random

import pytest

from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import Reading, Run, mark_of
from stackmap.analysis.gates.network import OFF, Network
from stackmap.analysis.gates.solve import Solver
from stackmap.analysis.sets.budget import Steps
from stackmap.analysis.sets.cut_sets import Cuts, CutSets
from stackmap.model import Certainty, State
from tests.support.networks import dense_network

_PLENTY = 10**9
_MARKS = [(run, state) for run in Run for state in State if state]


def lost(network: Network, run: Run, state: State, gone: tuple[str, ...]) -> set[str]:
    """What is lost when these people leave, gate after gate until nothing changes: slow and obvious."""
    reading = Reading.WORST if run is Run.WORST else Reading.PROVEN
    found = {OFF, *(node for person in gone for node in network.seeds[person][reading])}
    grade = max(run - Run.POSSIBLE, 0)
    while True:
        before = len(found)
        for gate in network.gates:
            out = [
                member
                for member in gate.members
                if member.node in found
                and member.cap >= state
                and member.certainty >= grade
                and not (member.unknown and run is not Run.WORST)
            ]
            if len(out) > len(gate.members) - gate.needed(run):
                found.add(gate.node)
        if len(found) == before:
            return found


def tried(network: Network, run: Run, state: State) -> dict[str, list[tuple[str, ...]]]:
    """All minimal sets of every node, by size and then by ids."""
    sets: dict[str, list[tuple[str, ...]]] = {name: [] for name in network.names}
    people = sorted(network.seeds)
    for size in range(len(people) + 1):
        for gone in combinations(people, size):
            for node in lost(network, run, state, gone):
                if not any(set(one) <= set(gone) for one in sets[node]):
                    sets[node].append(gone)
    return sets


def cut_sets(network: Network, run: Run, state: State, steps: int = _PLENTY, largest: int = 3) -> CutSets:
    solver = Solver(network)
    return CutSets(solver, mark_of(run, state), network.names, Steps(steps), largest=largest)


@cache
def networks() -> list[tuple[Network, Run, State, dict[str, list[tuple[str, ...]]]]]:
    """Small random networks in which everything hangs on everything, each with one mark and what was tried."""
    dice = Random("cut sets")
    found = []
    for number in range(240):
        run, state = _MARKS[number % len(_MARKS)]
        network = dense_network(dice, people=dice.randint(2, 6), nodes=dice.randint(2, 9), plain=number % 5 > 2)
        found.append((network, run, state, tried(network, run, state)))
    return found


@pytest.mark.parametrize("largest", [1, 2, 3])
def test_all_minimal_sets_are_found_up_to_the_size_asked_and_beyond_it_the_first_smallest(largest: int) -> None:
    for network, run, state, expected in networks():
        found = cut_sets(network, run, state, largest=largest)
        for node, sets in expected.items():
            cuts = found.of(node)
            small = [one for one in sets if len(one) <= largest]
            assert cuts.sets == tuple(small or sets[:1])
            assert cuts.smallest == (len(sets[0]) if sets else None)
            assert cuts.proven
            assert not sets or not sets[0] or cuts.complete_to == largest


def test_the_random_networks_hold_what_they_are_for() -> None:
    sizes = {len(sets[0]) for *_, expected in networks() for sets in expected.values() if sets}
    assert sizes >= {0, 1, 2, 3, 4, 5}
    assert any(not sets for *_, expected in networks() for sets in expected.values())


@pytest.mark.parametrize("steps", [0, 1, 7, 40, 200])
def test_whatever_the_budget_the_truth_lies_between_what_is_said(steps: int) -> None:
    open_ = 0
    for network, run, state, expected in networks():
        found = cut_sets(network, run, state, steps)
        for node, sets in expected.items():
            cuts = found.of(node)
            assert (cuts.smallest is None) == (not sets)
            if not sets or not sets[0]:
                continue
            assert cuts.smallest is not None
            assert cuts.at_most is not None
            assert cuts.smallest <= len(sets[0]) <= cuts.at_most
            assert cuts.proven == (cuts.smallest == cuts.at_most)
            assert_says_what_was_found(cuts, sets)
            open_ += not cuts.proven
    assert open_ or steps > 7


def assert_says_what_was_found(cuts: Cuts, sets: list[tuple[str, ...]]) -> None:
    """All sets up to the size that is said to be complete; without any of those, one set that does it."""
    small = [one for one in sets if len(one) <= cuts.complete_to]
    if small:
        assert cuts.sets == tuple(small)
    else:
        [found] = cuts.sets
        assert len(found) == cuts.at_most
        assert any(set(one) <= set(found) for one in sets)


def test_single_people_are_found_without_any_budget() -> None:
    for network, run, state, expected in networks():
        found = cut_sets(network, run, state, 0)
        for node, sets in expected.items():
            if sets and len(sets[0]) == 1:
                assert [one for one in found.of(node).sets if len(one) == 1] == [one for one in sets if len(one) == 1]


def test_the_order_of_gates_and_members_changes_nothing() -> None:
    dice = Random("order")
    for network, run, state, _ in networks()[:80]:
        gates = [
            Gate(gate.node, tuple(dice.sample(gate.members, len(gate.members))), gate.need, gate.assumed)
            for gate in network.gates
        ]
        seeds = dict(dice.sample(sorted(network.seeds.items()), len(network.seeds)))
        other = Network(tuple(dice.sample(gates, len(gates))), seeds)
        one, two = cut_sets(network, run, state), cut_sets(other, run, state)
        assert [one.of(name).sets for name in network.names] == [two.of(name).sets for name in network.names]


def test_numbers_alone_are_the_same_numbers() -> None:
    for network, run, state, expected in networks():
        solver = Solver(network)
        mark = mark_of(run, state)
        found = CutSets(solver, mark, network.names, Steps(_PLENTY), only_numbers=True)
        for node, sets in expected.items():
            assert found.of(node).smallest == (len(sets[0]) if sets else None)
            assert found.of(node).proven


def plain(*gates: tuple[str, int, str], people: str) -> Network:
    """Gates as (node, need, members), over people of one letter."""
    sure = [
        Gate(node, tuple(Member(one, State.STOPS, Certainty.CERTAIN) for one in members.split()), need)
        for node, need, members in gates
    ]
    return Network(tuple(sure), {person: dict.fromkeys(Reading, (person,)) for person in people})


def test_of_needs_the_weakest_counts_and_alternatives_that_share_nobody_add_up() -> None:
    """Also where families end: five people and six."""
    network = plain(
        ("five", 1, "a b c d e"),
        ("six", 1, "f g h i j k"),
        ("both", 2, "five six"),
        ("either", 1, "five six"),
        people="abcdefghijk",
    )
    found = cut_sets(network, Run.POSSIBLE, State.STOPS)
    numbers = {node: found.of(node).smallest for node in ("five", "six", "both", "either")}
    assert numbers == {"five": 5, "six": 6, "both": 5, "either": 11}
    assert found.of("both").sets == (("a", "b", "c", "d", "e"),)
    unsearched = cut_sets(network, Run.POSSIBLE, State.STOPS, 0)
    assert [unsearched.of(node).smallest for node in numbers] == [5, 6, 5, 11]


def test_a_thing_that_two_thousand_people_look_after_takes_two_thousand() -> None:
    people = [f"p{number:04}" for number in range(2_000)]
    gate = Gate("x", tuple(Member(person, State.STOPS, Certainty.CERTAIN) for person in people))
    network = Network((gate,), {person: dict.fromkeys(Reading, (person,)) for person in people})
    solver = Solver(network)
    budget = Steps(20_000)
    cuts = CutSets(solver, mark_of(Run.POSSIBLE, State.STOPS), ["x"], budget).of("x")
    assert (cuts.smallest, cuts.sets) == (2_000, (tuple(people),))
    assert cuts.proven
    assert budget.left > 0


def test_of_k_that_must_work_as_many_must_be_lost_as_cannot_be_spared() -> None:
    network = plain(
        ("x", 5, "a b c d e f g h i j"), ("y", 2, "x x2"), ("x2", 8, "a b c d e f g h i j"), people="abcdefghij"
    )
    found = cut_sets(network, Run.POSSIBLE, State.STOPS)
    assert [found.of(node).smallest for node in ("x", "x2", "y")] == [6, 3, 3]
    assert len(found.of("y").sets) == 120


def crowd(people: int, things: int, need: int, of: int, held: int = 1) -> Network:
    """Things that each need so many of some flows; whoever holds a flow holds as many as `held`."""
    dice = Random("crowd")
    persons = [f"p{number:03}" for number in range(people)]
    flows = [Gate(f"f{one}{part}", (sure(one),)) for one in persons for part in range(held)]
    names = [flow.node for flow in flows]
    gates = [Gate(f"t{number}", tuple(map(sure, dice.sample(names, of))), need) for number in range(things)]
    return Network((*flows, *gates), {person: dict.fromkeys(Reading, (person,)) for person in persons})


def sure(node: str) -> Member:
    return Member(node, State.STOPS, Certainty.CERTAIN)


def test_of_hundreds_of_which_half_must_work_the_number_is_exact_for_few_steps() -> None:
    network = crowd(people=300, things=6, need=150, of=270)
    budget = Steps(60_000)
    found = CutSets(Solver(network), mark_of(Run.POSSIBLE, State.STOPS), network.names, budget, only_numbers=True)
    assert [found.of(f"t{number}").smallest for number in range(6)] == [121] * 6
    assert all(found.of(f"t{number}").proven for number in range(6))
    assert budget.left > 0


def test_who_holds_several_counts_for_so_many_at_most() -> None:
    """Of forty flows sixteen must be lost, and nobody holds more than four: it takes four people at least."""
    network = crowd(people=10, things=1, need=25, of=40, held=4)
    cuts = cut_sets(network, Run.POSSIBLE, State.STOPS, largest=1).of("t0")
    assert (cuts.smallest, cuts.proven) == (4, True)
    unsearched = cut_sets(network, Run.POSSIBLE, State.STOPS, 40, largest=1).of("t0")
    assert unsearched.smallest == 4


def test_two_people_who_lose_most_of_a_group_only_together_are_found() -> None:
    flows = [f"n{number}" for number in range(7)]
    either = [Gate(flow, (sure("a"), sure("b"))) for flow in flows]
    own = [Gate(flow, (sure(f"p{flow}"),)) for flow in flows]
    people = ["a", "b", *(f"p{flow}" for flow in flows)]
    group = Gate("x", tuple(map(sure, flows)), 2)
    network = Network((*either, *own, group), {one: dict.fromkeys(Reading, (one,)) for one in people})
    assert cut_sets(network, Run.POSSIBLE, State.STOPS).of("x").sets == (("a", "b"),)


def test_large_groups_over_few_people_have_the_sets_that_trying_them_all_finds() -> None:
    dice = Random("large groups")
    for _ in range(25):
        people = [f"p{number}" for number in range(6)]
        pairs = [Gate(f"n{number}", tuple(map(sure, dice.sample(people, dice.randint(1, 3))))) for number in range(8)]
        pool = [*people, *(gate.node for gate in pairs)]
        gates: list[Gate] = []
        for number in range(3):
            of = dice.sample([*pool, *(gate.node for gate in gates)], dice.randint(7, 12))
            gates.append(Gate(f"g{number}", tuple(map(sure, of)), dice.randint(2, 5)))
        gates.append(Gate("n0", (sure("g2"), sure("p0"), sure("p1")), 2))
        network = Network((*pairs, *gates), {one: dict.fromkeys(Reading, (one,)) for one in people})
        found = cut_sets(network, Run.POSSIBLE, State.STOPS)
        for node, sets in tried(network, Run.POSSIBLE, State.STOPS).items():
            small = [one for one in sets if len(one) <= 3]
            assert found.of(node).sets == tuple(small or sets[:1])


def test_a_smallest_set_is_never_smaller_than_as_many_groups_as_each_keep_the_node() -> None:
    """Who leaves must be in every group that would keep the node alone; of groups apart from each other, one each."""
    for network, run, state, expected in networks()[:60]:
        people = sorted(network.seeds)
        for node, sets in expected.items():
            if sets and sets[0]:
                apart = _keeping_apart(network, run, state, node, people)
                smallest = cut_sets(network, run, state).of(node).smallest
                assert smallest is not None
                assert smallest >= apart


def _keeping_apart(network: Network, run: Run, state: State, node: str, people: list[str]) -> int:
    taken: set[str] = set()
    count = 0
    for group in _groups(people):
        if taken.isdisjoint(group):
            gone = tuple(person for person in people if person not in group)
            if node not in lost(network, run, state, gone):
                taken.update(group)
                count += 1
    return count


def _groups(people: list[str]) -> Iterator[tuple[str, ...]]:
    for size in range(1, len(people) + 1):
        yield from combinations(people, size)


def hard_network(layers: int = 3, wide: int = 20, of: int = 10, need: int = 5) -> Network:
    """Things of which each needs five of ten, over forty people and over each other: no set is small."""
    dice = Random("hard")
    below = people = [f"p{number:02}" for number in range(40)]
    gates = []
    for layer in range(layers):
        row = [f"n{layer}-{number:02}" for number in range(wide)]
        for node in row:
            members = (Member(one, State.STOPS, Certainty.CERTAIN) for one in dice.sample(below, of))
            gates.append(Gate(node, tuple(members), need))
        below = [*row, *people]
    return Network(tuple(gates), {person: dict.fromkeys(Reading, (person,)) for person in people})


class Counting(Steps):
    """Steps that know what was spent after there were none."""

    overdrawn = 0

    def spend(self, steps: int) -> bool:
        self.overdrawn += min(steps, max(0, steps - self.left)) if self.left < steps else 0
        return super().spend(steps)


def test_a_stack_built_to_be_hard_ends_with_its_budget_and_says_what_is_not_proven() -> None:
    network = hard_network()
    budget = Counting(150_000)
    solver = Solver(network)
    names = [name for name in network.names if name.startswith("n")]
    found = CutSets(solver, mark_of(Run.POSSIBLE, State.STOPS), names, budget)
    assert budget.overdrawn < 150_000
    open_ = [name for name in names if not found.of(name).proven]
    assert open_
    for name in names:
        cuts = found.of(name)
        assert cuts.smallest is not None
        assert cuts.smallest >= 4
        [people] = cuts.sets
        assert len(people) == cuts.at_most
        assert solver.leaving(people)[network.index[name]] & mark_of(Run.POSSIBLE, State.STOPS)
    assert {found.of(name).smallest for name in names if name.startswith("n0")} == {6}
