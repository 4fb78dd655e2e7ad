"""The bus factor of the stack against every set of people tried; a bound is never more than the truth."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import combinations, count
from random import Random
from typing import Any

import pytest

from stackmap.analysis import Analysis, Leaving, Stack
from stackmap.analysis.bus_factor import every_set
from stackmap.analysis.bus_factor.charges import fewest_by_charges
from stackmap.analysis.bus_factor.every_set import EverySet
from stackmap.analysis.bus_factor.losses import Losses
from stackmap.analysis.bus_factor.of_stack import StackBusFactor, smallest_set, stack_bus_factor
from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import Reading
from stackmap.analysis.gates.network import Network
from stackmap.analysis.gates.solve import Solver
from stackmap.analysis.sets.budget import Seconds, Steps
from stackmap.analysis.sets.scenarios import scenarios
from stackmap.model import Act, Certainty, Policy, State
from tests.oracle import brute
from tests.support.laws import assert_on_random_stacks
from tests.support.loading import AS_OF, stack_of
from tests.support.networks import dense_network
from tests.support.stacks import case_of

Lines = list[dict[str, Any]]

_PLENTY = 1 << 40


def _fewest(lines: Lines, act: Act, weights: dict[str, float]) -> tuple[int | None, Fraction]:
    """The size of the smallest set that breaks half, and the weight of what is not broken already, by brute force."""
    sets = {thing: row["minimal_sets"] for thing, row in brute.bus_factor(lines, act.value, AS_OF).items()}
    weight = {thing: Fraction(str(weights.get(thing, 1))) for thing, minimal in sets.items() if minimal != [[]]}
    people = sorted({person for thing in weight for one in sets[thing] for person in one})
    total = sum(weight.values(), Fraction())
    for size in range(1, len(people) + 1):
        for some in combinations(people, size):
            lost = [thing for thing in weight if any(set(one) <= set(some) for one in sets[thing])]
            if total and 2 * sum(weight[thing] for thing in lost) >= total:
                return size, total
    return None, total


def _agrees(lines: Lines) -> None:
    dice = Random(len(repr(lines)))
    act = dice.choice(tuple(Act))
    stack = stack_of(lines)
    weights = {vertex.id: dice.choice((0.1, 1, 2.5, 7)) for vertex in stack.graph.things() if dice.random() < 0.5}
    weighted = Stack(stack.graph, stack.coverage, stack.as_of, Policy(weights=weights))
    found = stack_bus_factor(Analysis(weighted, Leaving(act)))
    size, total = _fewest(lines, act, weights)
    assert (found.bus_factor, found.lower_bound, found.optimal) == (size, size, True)
    assert found.weight_total == total
    assert len(found.people) == (size or 0)
    assert (2 * found.weight_broken >= total) == (size is not None or not total)


def test_it_is_the_smallest_of_all_sets_that_break_half_of_the_weight() -> None:
    assert_on_random_stacks(_agrees, 25, "stack")


def _losses(dice: Random, people: int, nodes: int) -> Losses:
    """Half of a dense network where everything has a weight and everybody's leaving loses it."""
    solver = Solver(dense_network(dice, people, nodes, plain=True))
    ready = scenarios(solver, 1, solver.network.seeds, range(len(solver.network.names)))
    weights: dict[int, int] = {}
    for node, bundle in ready.bundle_of.items():
        if solver.network.names[node].startswith("n"):
            weights[bundle] = weights.get(bundle, 0) + dice.randint(1, 5)
    return Losses(ready, weights, sum(weights.values()), Fraction(1))


def _best(losses: Losses) -> int:
    every = range(1, losses.people + 1)
    return next(size for size in every if losses.reaching(list(combinations(range(losses.people), size))) is not None)


@pytest.mark.parametrize("effort", [0, 10**5, _PLENTY])
def test_a_bound_is_never_more_than_the_truth_and_a_set_found_always_does_it(effort: int) -> None:
    optimal = 0
    for seed in range(60):
        losses = _losses(Random(seed), 7, 14)
        fewest, found = smallest_set(losses, Steps(effort))
        assert 1 <= fewest <= _best(losses) <= len(found)
        assert losses.of(found) >= losses.half
        optimal += fewest == len(found)
    assert optimal == 60 if effort == _PLENTY else optimal < 60


def test_a_deadline_ends_the_search_where_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever that is, in the middle of all sets of a size, too."""
    monkeypatch.setattr(every_set, "_AT_ONCE", 4)
    cases = [_losses(Random(seed), 7, 14) for seed in range(60)]
    hard = [(losses, best) for losses in cases if (best := _best(losses)) > 2]
    assert hard
    for losses, best in hard[:5]:
        for asked in range(60):
            fewest, found = smallest_set(losses, Seconds(partial(next, count()), asked))
            assert fewest <= best <= len(found)


def test_without_any_time_there_is_an_answer_and_no_proof() -> None:
    flows = (
        f"p{n}:Person -HAS_ACCOUNT-> a{n}:Account\nx{n}:Automation -RUNS_AS-> a{n} {{outcome=stops}}" for n in "123456"
    )
    analysis = case_of("\n".join(flows)).analysis
    three = StackBusFactor(3, 3, True, ("p1", "p2", "p3"), Fraction(3), Fraction(6), at_worst=Fraction(3))
    assert stack_bus_factor(analysis) == three
    assert stack_bus_factor(analysis, Steps(0)) == replace(three, lower_bound=2, optimal=False)


def test_charging_proves_what_it_says() -> None:
    proven = set()
    for seed in range(100):
        losses = _losses(Random(seed), 8, 14)
        fewest = fewest_by_charges(losses, range(losses.people), Steps(_PLENTY))
        assert fewest <= _best(losses)
        proven.add(fewest)
    assert proven >= {1, 2}


def test_many_people_with_a_thing_each_are_counted_without_trying_their_sets() -> None:
    """Of sixty, thirty: more sets than could ever be tried."""
    people = [f"p{number:02}" for number in range(60)]
    gates = tuple(Gate(f"of {one}", (Member(one, State.STOPS, Certainty.CERTAIN),)) for one in people)
    seeds = {one: dict.fromkeys(Reading, (one,)) for one in people}
    solver = Solver(Network(gates, seeds))
    ready = scenarios(solver, 1, people, [solver.network.index[gate.node] for gate in gates])
    flat = Losses(ready, dict.fromkeys(ready.bundle_of.values(), 1), 60, Fraction(1))
    fewest, found = smallest_set(flat, Steps(1 << 30))
    assert fewest == len(found) == 30


@pytest.mark.parametrize("at_once", [1, 8, 40])
def test_sets_are_all_tried_whatever_many_at_once(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(every_set, "_AT_ONCE", at_once)
    for seed in range(40):
        losses = _losses(Random(seed), 7, 14)
        order = Random(seed).sample(range(losses.people), losses.people)
        best = _best(losses)
        for size in range(1, losses.people + 1):
            found, all_tried = EverySet(losses, order).find(size, Steps(_PLENTY))
            assert all_tried
            assert (found is not None) == (size >= best)
            assert found is None or (len(set(found)) == size and losses.of(found) >= losses.half)


@pytest.mark.parametrize("turns", range(12))
def test_sets_that_were_not_tried_are_not_said_to_be(monkeypatch: pytest.MonkeyPatch, turns: int) -> None:
    monkeypatch.setattr(every_set, "_AT_ONCE", 1)
    for seed in range(8):
        losses = _losses(Random(seed), 7, 14)
        for size in range(_best(losses), 5):
            deadline = Seconds(partial(next, count()), turns)
            found, all_tried = EverySet(losses, range(losses.people)).find(size, deadline)
            assert not (found is None and all_tried)


def test_a_size_that_was_not_tried_to_the_end_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EverySet, "find", lambda *_: (None, False))
    proven = [smallest_set(_losses(Random(seed), 7, 14), Steps(_PLENTY)) for seed in range(80)]
    assert any(fewest < len(found) for fewest, found in proven)


def _of(picture: str, **weights: float) -> StackBusFactor:
    return stack_bus_factor(case_of(picture, policy=Policy(weights=weights)).analysis)


FLOWS = """
    ann:Person -HAS_ACCOUNT-> a:Account
    bea:Person -HAS_ACCOUNT-> b:Account
    one:Automation -RUNS_AS-> a {outcome=stops certainty=certain}
    two:Automation -RUNS_AS-> b {outcome=stops certainty=certain}
    three:Automation -RUNS_AS-> b {outcome=later certainty=certain}
"""


def test_half_is_enough_and_stopping_later_is_not_running_out() -> None:
    assert _of(FLOWS) == StackBusFactor(2, 2, True, ("ann", "bea"), Fraction(2), Fraction(3), at_worst=Fraction(2))
    four = _of(f"{FLOWS}\nfour:Automation -RUNS_AS-> a {{outcome=stops certainty=certain}}")
    assert four == StackBusFactor(1, 1, True, ("ann",), Fraction(2), Fraction(4), at_worst=Fraction(2))


def test_what_runs_on_old_data_counts_as_broken() -> None:
    fed = _of(f"{FLOWS}\none -WRITES_TO-> list:Dataset\nreader:Automation -READS_FROM-> list")
    assert fed == StackBusFactor(1, 1, True, ("ann",), Fraction(3), Fraction(5), at_worst=Fraction(3))


def test_weights_from_the_notes_decide_what_half_is() -> None:
    heavy = _of(FLOWS, two=5)
    assert heavy == StackBusFactor(1, 1, True, ("bea",), Fraction(5), Fraction(7), True, Fraction(5))
    assert _of(FLOWS, two=0.1, three=0.1).people == ("ann",)
    assert _of(FLOWS, two=0.1, three=0.1).weight_total == Fraction("1.2")


def test_where_not_even_everybodys_leaving_breaks_half_there_is_no_number() -> None:
    more = "\n".join(f"free{number}:Automation" for number in range(3))
    none = _of(f"{FLOWS}\n{more}")
    assert none == StackBusFactor(None, None, True, (), Fraction(2), Fraction(6), at_worst=Fraction(2))
    assert _of("ann:Person").bus_factor is None


def test_what_may_stop_when_they_leave_is_told_at_worst() -> None:
    unread = "four:Automation -RUNS_AS-> b {outcome=unknown certainty=possible}"
    found = _of(f"{FLOWS}\n{unread}")
    assert (found.people, found.weight_broken, found.at_worst) == (("ann", "bea"), Fraction(2), Fraction(3))
    loose = _of(f"{FLOWS}\n{unread}\n" + "\n".join(f"free{number}:Automation" for number in range(4)))
    assert (loose.bus_factor, loose.weight_broken, loose.at_worst) == (None, Fraction(2), Fraction(3))


def test_what_is_broken_already_is_not_counted() -> None:
    gone = _of(f"{FLOWS}\nc:Account {{active=false}}\nold:Automation -RUNS_AS-> c {{outcome=stops certainty=certain}}")
    assert gone.weight_total == 3
