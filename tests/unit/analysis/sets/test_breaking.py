"""What is told where the search ends before a smallest set is proven."""

from __future__ import annotations

from random import Random

from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import Reading, Run, mark_of
from stackmap.analysis.gates.network import Network
from stackmap.analysis.gates.solve import Solver
from stackmap.analysis.sets.budget import Steps
from stackmap.analysis.sets.cut_sets import CutSets
from stackmap.model import Certainty, State

STOPS = mark_of(Run.POSSIBLE, State.STOPS)
TOPS = [f"top {number}" for number in range(8)]


def groups_of_groups(people: int = 30, members: int = 4, needed: int = 2) -> Network:
    """Eight things, each on 4 of 14 out of sixty groups of few people: their smallest sets are large."""
    dice = Random("groups of groups")
    everybody = [f"person {number:02}" for number in range(people)]
    groups = [f"group {number:02}" for number in range(60)]
    gates = [Gate(group, _members(dice.sample(everybody, members)), needed) for group in groups]
    gates += [Gate(top, _members(dice.sample(groups, 14)), 4) for top in TOPS]
    return Network(tuple(gates), {person: dict.fromkeys(Reading, (person,)) for person in everybody})


def _members(nodes: list[str]) -> tuple[Member, ...]:
    return tuple(Member(node, State.STOPS, Certainty.CERTAIN) for node in nodes)


def test_of_a_set_that_may_not_be_the_smallest_nobody_can_be_spared() -> None:
    network = groups_of_groups()
    solver = Solver(network)
    cuts = CutSets(solver, STOPS, TOPS, Steps(200_000))
    unproven = [top for top in TOPS if not cuts.of(top).proven]
    assert unproven
    for top in unproven:
        (found,) = cuts.of(top).sets
        number = network.index[top]
        assert solver.leaving(found).get(number, 0) & STOPS
        for person in found:
            assert not solver.leaving([one for one in found if one != person]).get(number, 0) & STOPS, (top, person)


def test_more_effort_never_proves_less_where_the_structure_alone_tells() -> None:
    """What is proven is paid for before the sets that are only found."""
    network = groups_of_groups(people=40, members=3, needed=1)
    efforts = (1_000, 3_000, 10_000, 50_000, 100_000)
    cuts = [CutSets(Solver(network), STOPS, TOPS, Steps(steps), only_numbers=True) for steps in efforts]
    least = [sum(one.of(top).smallest or 0 for top in TOPS) for one in cuts]
    assert least == sorted(least)
    assert least[0] > 4 * len(TOPS)
