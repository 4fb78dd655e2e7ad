"""Who may stay for a node though all others leave: held against leaving them."""

from __future__ import annotations

from random import Random

import pytest

from stackmap.analysis.gates.marks import Run, mark_of
from stackmap.analysis.gates.solve import Solver
from stackmap.analysis.sets.budget import Meter, SpentError, Steps
from stackmap.analysis.sets.supports import Supports
from stackmap.analysis.sets.wiring import Wiring, wiring_at
from stackmap.model import State
from tests.support.networks import dense_network

_PEOPLE = 6
_MARK = mark_of(Run.POSSIBLE, State.STOPS)


def _network(dice: Random) -> tuple[Solver, Wiring]:
    """A network, and the same boiled down."""
    solver = Solver(dense_network(dice, _PEOPLE, 12, plain=True))
    return solver, wiring_at(solver, _MARK, range(len(solver.network.names)))


def _stands(solver: Solver, wiring: Wiring, node: int, leaving: int) -> bool:
    return not solver.leaving(wiring.names(leaving)).get(node, 0) & _MARK


def test_a_group_keeps_its_node_without_any_of_those_gone_and_there_is_one_unless_they_lose_it() -> None:
    dice, answered = Random("supports"), {True: 0, False: 0}
    for _ in range(150):
        solver, wiring = _network(dice)
        every = (1 << len(wiring.people)) - 1
        meter = Meter(Steps(1_000_000))
        supports = Supports(wiring, wiring.nodes, meter)
        for node in wiring.nodes:
            for gone in (0, 1 << dice.randrange(_PEOPLE) & every, dice.randint(0, every)):
                group = supports.group(node, gone, meter)
                assert bool(group) is _stands(solver, wiring, node, gone)
                assert not group & gone
                assert not group or _stands(solver, wiring, node, every & ~group)
                answered[bool(group)] += 1
    assert min(answered.values()) > 100, answered


def test_only_what_some_nodes_hang_on_is_looked_at() -> None:
    _, wiring = _network(Random("supports"))
    first = wiring.components[0]
    supports = Supports(wiring, first, Meter(Steps(len(first) * 8)))
    assert supports.group(first[0], 0, Meter(Steps(0)))


def test_what_is_not_paid_for_is_not_begun() -> None:
    _, wiring = _network(Random("supports"))
    with pytest.raises(SpentError):
        Supports(wiring, wiring.nodes, Meter(Steps(0)))
