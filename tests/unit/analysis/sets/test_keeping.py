"""Who must stay for a node though all others leave: held against leaving them one by one."""

from __future__ import annotations

from functools import partial
from random import Random

import pytest

from stackmap.analysis.gates.marks import Run, mark_of
from stackmap.analysis.gates.solve import Solver
from stackmap.analysis.sets.budget import Meter, SpentError, Steps
from stackmap.analysis.sets.keeping import Keeping, Question
from stackmap.analysis.sets.wiring import Wiring, places, wiring_at
from stackmap.model import State
from tests.support.networks import dense_network

_PEOPLE = 6
_MARK = mark_of(Run.POSSIBLE, State.STOPS)


def _asked(dice: Random) -> tuple[Solver, Wiring, list[Question]]:
    """A network, boiled down, and questions about all that is left of it: some with nobody gone, some with a few."""
    solver = Solver(dense_network(dice, _PEOPLE, 12, plain=True))
    wiring = wiring_at(solver, _MARK, range(len(solver.network.names)))
    every = (1 << len(wiring.people)) - 1
    questions = [Question(node, every, dice.choice((0, dice.randint(0, every)))) for node in wiring.nodes]
    return solver, wiring, questions


def _stands(solver: Solver, wiring: Wiring, node: int, leaving: int) -> bool:
    return not solver.leaving(wiring.names(leaving)).get(node, 0) & _MARK


def test_groups_are_minimal_and_what_is_lost_and_kept_beside_them_is_true() -> None:
    dice, answered = Random("keeping"), {"lost": 0, "kept": 0}
    for _ in range(60):
        solver, wiring, questions = _asked(dice)
        answer = Keeping(wiring, Meter(Steps(1_000_000))).ask(questions)
        stands = partial(_stands, solver, wiring)
        for one, group, lost, kept in zip(questions, answer.groups, answer.lost, answer.kept, strict=True):
            gone = [stands(one.node, other.gone) for other in questions]
            assert [not lost >> column & 1 for column in range(len(questions))] == gone
            assert bool(group) is stands(one.node, one.gone)
            assert not group & one.gone
            for person in places(group):
                assert not stands(one.node, one.people & ~group | 1 << person)
            for column, (other, beside) in enumerate(zip(questions, answer.groups, strict=True)):
                assert bool(kept >> column & 1) is (beside != 0 and stands(one.node, other.people & ~beside))
            answered["lost"] += not group
            answered["kept"] += bool(group)
    assert min(answered.values()) > 50, answered


def test_what_is_not_paid_for_is_not_begun() -> None:
    _, wiring, questions = _asked(Random("keeping"))
    with pytest.raises(SpentError):
        Keeping(wiring, Meter(Steps(0))).ask(questions)
