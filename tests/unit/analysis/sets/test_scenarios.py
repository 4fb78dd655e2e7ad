"""Many departures at once of a few wanted nodes: bit for bit what the solver says of each departure."""

from __future__ import annotations

from functools import reduce
from operator import or_
from random import Random

from stackmap.analysis.gates.marks import ALL
from stackmap.analysis.gates.solve import Solver
from stackmap.analysis.sets.scenarios import scenarios
from stackmap.analysis.sets.wiring import places
from stackmap.model import Certainty, State
from tests.support.networks import dense_network

_PEOPLE = 5


def _departures(people: tuple[str, ...]) -> list[int]:
    """Of each person the departures with them, departure n being that of the people whose bits are set in n."""
    every = range(1 << _PEOPLE)
    return [sum(1 << number for number in every if number >> int(person[1:]) & 1) for person in people]


def test_every_mark_of_every_wanted_node_is_gained_in_the_departures_in_which_the_solver_says_so() -> None:
    for seed in range(120):
        dice = Random(seed)
        solver = Solver(dense_network(dice, _PEOPLE, 9))
        names = [f"p{number}" for number in range(_PEOPLE)]
        gained = [
            solver.leaving(name for place, name in enumerate(names) if number >> place & 1)
            for number in range(1 << _PEOPLE)
        ]
        wanted = dice.sample(range(len(solver.network.names)), 6)
        for mark in (1 << bit for bit in range(ALL.bit_length())):
            ready = scenarios(solver, mark, names, wanted)
            lost = ready.lost(_departures(ready.people))
            for node in wanted:
                expected = sum(1 << number for number, marks in enumerate(gained) if marks.get(node, 0) & mark)
                bundle = ready.bundle_of.get(node)
                assert (0 if bundle is None else lost[bundle]) == expected


def test_what_a_bundle_hangs_on_suffices_to_work_it_out() -> None:
    for seed in range(120):
        solver = Solver(dense_network(Random(seed), _PEOPLE, 9, plain=True))
        ready = scenarios(solver, 1, solver.network.seeds, range(len(solver.network.names)))
        leaving = _departures(ready.people)
        everybody = ready.touched([1 << place for place in range(len(ready.people))])
        for bundle, lost in enumerate(ready.lost(leaving)):
            circles = ready.behind([bundle])
            behind = [*places(everybody[bundle])]
            fewer = [departures if place in behind else 0 for place, departures in enumerate(leaving)]
            assert ready.lost(fewer, circles)[bundle] == lost
            touching = [leaving[place] for place in behind]
            assert ready.touched(leaving)[bundle] == reduce(or_, touching)


def test_nodes_that_fall_together_are_one_bundle() -> None:
    """A chain, and two gates that are alike: what hangs on one person alone needs one number."""
    from stackmap.analysis.gates.gate import Gate, Member
    from stackmap.analysis.gates.marks import Reading
    from stackmap.analysis.gates.network import Network

    def on(*nodes: str) -> tuple[Member, ...]:
        return tuple(Member(node, State.STOPS, Certainty.CERTAIN) for node in nodes)

    gates = [
        Gate("a", on("p")),
        Gate("b", on("a")),
        Gate("c", on("b")),
        Gate("x", on("c", "q")),
        Gate("y", on("q", "a")),
    ]
    seeds = {person: dict.fromkeys(Reading, (person,)) for person in "pq"}
    network = Network(tuple(gates), seeds)
    bundles = scenarios(Solver(network), 1, "pq", range(len(network.names))).bundle_of
    assert len({bundles[network.index[node]] for node in "pabc"}) == 1
    assert bundles[network.index["x"]] == bundles[network.index["y"]] != bundles[network.index["p"]]
