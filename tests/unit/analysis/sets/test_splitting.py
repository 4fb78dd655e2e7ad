"""How a network is cut into nodes is a matter of taste: a node between two changes nothing that can be asked."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from random import Random

from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import Run, mark_of
from stackmap.analysis.gates.network import Network
from stackmap.analysis.gates.solve import Solver
from stackmap.analysis.sets.budget import Steps
from stackmap.analysis.sets.cut_sets import CutSets
from stackmap.model import Certainty, State
from tests.support.networks import random_network

_NETWORKS = 150
_BETWEEN = "between"
_MARKS = [mark_of(Run.WORST, State.LATER), mark_of(Run.POSSIBLE, State.STARVES), mark_of(Run.CERTAIN, State.STOPS)]


def _split(network: Network, dice: Random) -> Network:
    """One use of a node now leads through another that hangs on it alone."""
    number = dice.randrange(len(network.gates))
    gate = network.gates[number]
    through = dice.choice(gate.members)
    members = tuple(replace(one, node=_BETWEEN) if one is through else one for one in gate.members)
    identity = Gate(_BETWEEN, (Member(through.node, State.STOPS, Certainty.CERTAIN),))
    before, after = network.gates[:number], network.gates[number + 1 :]
    return Network((*before, replace(gate, members=members), *after, identity), network.seeds)


def _marks(network: Network, people: tuple[str, ...]) -> dict[str, int]:
    solver = Solver(network)
    gained = solver.leaving(people)
    places = network.index.items()
    return {name: solver.baseline[place] | gained.get(place, 0) for name, place in places if name != _BETWEEN}


def test_a_node_between_two_changes_no_departure() -> None:
    dice = Random(5)
    for network in (random_network(dice) for _ in range(_NETWORKS)):
        split = _split(network, dice)
        people = sorted(network.seeds)
        for group in (group for size in range(len(people) + 1) for group in combinations(people, size)):
            assert _marks(split, group) == _marks(network, group)


def test_a_node_between_two_changes_no_smallest_set() -> None:
    dice = Random(6)
    for network in (random_network(dice) for _ in range(_NETWORKS)):
        split = _split(network, dice)
        for mark in _MARKS:
            nodes = sorted(network.names)
            asked = [CutSets(Solver(one), mark, nodes, Steps(10**9)) for one in (network, split)]
            expected, found = ({node: cuts.of(node) for node in nodes} for cuts in asked)
            assert {node: cuts.sets for node, cuts in found.items()} == {
                node: cuts.sets for node, cuts in expected.items()
            }
