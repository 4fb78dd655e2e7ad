"""Further reasons of a row: what would still bring it about once the first was mended."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from typing import Any

import pytest

from stackmap.analysis import Analysis, Cause, Departure, Row
from stackmap.analysis.departures import reasons
from stackmap.analysis.gates.gate import Gate
from stackmap.analysis.gates.marks import Run, state_of
from stackmap.analysis.gates.network import Network, word_of
from stackmap.analysis.gates.solve import Solver
from stackmap.model import STATE_OF_OUTCOME, EdgeKey, Outcome
from tests.support.laws import on_random_stacks
from tests.support.loading import stack_of
from tests.support.notation import notation


def _left(picture: str, *leavers: str) -> Departure:
    return Analysis(stack_of(notation(picture))).leave(leavers)


def _row(picture: str, *leavers: str) -> Row:
    return next(row for row in _left(picture, *leavers).rows if row.thing == "X")


def _nodes(row: Row) -> list[list[str]]:
    return [[cause.node for cause in reason] for reason in (row.because, *row.also)]


def _edges(causes: tuple[Cause, ...]) -> set[EdgeKey]:
    return {cause.link.key for cause in causes if cause.link is not None}


_OWNED = """
    P:Person -HAS_ACCOUNT-> a:Account
    X:Automation -OWNED_BY-> a {outcome=stops}
"""
_KEYED = f"{_OWNED}\nX -AUTHENTICATES_WITH-> key:Credential\nkey -AUTHORIZED_BY-> a {{outcome=stops}}"


def test_a_second_gate_that_is_lost_too_is_told() -> None:
    departure = _left(_KEYED, "P")
    [row] = [row for row in departure.rows if row.thing == "X"]
    assert _nodes(row) == [["a"], ["key"]]
    assert [cause.node for cause in departure.via["key"].because] == ["a"]


def test_where_the_first_reason_is_the_only_one_nothing_more_is_told() -> None:
    assert _row(_OWNED, "P").also == ()


def test_a_less_sure_reason_is_a_further_one() -> None:
    row = _row(f"{_OWNED}\nX -RUNS_AS-> a {{outcome=stops certainty=possible}}", "P")
    assert _nodes(row) == [["a"], ["a"]]


def test_a_reason_that_hangs_on_the_thing_itself_is_no_further_one() -> None:
    assert _row(f"{_OWNED}\nX -CALLS-> Y:Automation\nY -CALLS-> X", "P").also == ()


def test_of_a_group_those_lost_later_are_a_further_reason_where_they_suffice() -> None:
    picture = """
        P:Person -HAS_ACCOUNT-> a:Account
        A:Automation -RUNS_AS-> a {outcome=stops}
        B:Automation -RUNS_AS-> a {outcome=stops}
        Y:Automation -CALLS-> A
        Z:Automation -CALLS-> B
        X:Automation -CALLS-> A {group=g need=3}
        X -CALLS-> B {group=g need=3}
        X -CALLS-> Y {group=g need=3}
        X -CALLS-> Z {group=g need=3}
    """
    assert _nodes(_row(picture, "P")) == [["A", "B"], ["Y", "Z"]]


def test_a_milder_reason_is_not_told() -> None:
    assert _row(f"{_OWNED}\nX -RUNS_AS-> a {{outcome=later}}", "P").also == ()


def test_what_several_acts_or_readings_say_of_one_edge_is_one_reason() -> None:
    row = _row("P:Person -HAS_ACCOUNT-> a:Account\nX:Automation -RUNS_AS-> a {outcome=unknown}", "P")
    assert (row.outcome, row.also) == (Outcome.UNKNOWN, ())


def test_one_with_many_reasons_uses_up_no_others_effort(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = "\n".join(
        f"A:Automation -AUTHENTICATES_WITH-> key{n}:Credential {{slot=s{n}}}\n"
        f"key{n} -AUTHORIZED_BY-> a {{outcome=stops}}"
        for n in range(12)
    )
    monkeypatch.setattr(reasons, "_EFFORT", 100)
    heavy, small = _left(f"{_OWNED}\n{keys}\nX -RUNS_AS-> a {{outcome=stops}}", "P").rows
    assert (_nodes(small), small.all_told) == ([["a"], ["a"]], True)
    assert 0 < len(heavy.also) < 11
    assert not heavy.all_told


def test_a_second_edge_of_another_kind_to_the_same_member_of_a_group_is_a_further_reason() -> None:
    picture = f"""{_OWNED}
        Y:Automation -RUNS_AS-> a {{outcome=stops}}
        Z:Automation -CALLS-> Y {{group=g need=1}}
        Z -DEPENDS_ON-> Y {{group=g need=1}}
    """
    [row] = [row for row in _left(picture, "P").rows if row.thing == "Z"]
    kinds = [[cause.link.kind.value for cause in reason if cause.link] for reason in (row.because, *row.also)]
    assert (kinds, row.all_told) == ([["CALLS"], ["DEPENDS_ON"]], True)


_OF_SEVERAL = {"way", "unknown", "alarm"}
"""What stands for a member to which several edges may lead: each of them is mended for itself."""


def _without(gate: Gate, mended: Set[EdgeKey]) -> Gate:
    """The gate as it is when nothing is ever lost over these edges."""
    whole = [
        replace(member, node="~whole\x1e")
        if member.link is not None and member.link.key in mended and word_of(member.node)[0] not in _OF_SEVERAL
        else member
        for member in gate.members
    ]
    return replace(gate, members=tuple(whole))


def _persists(analysis: Analysis, row: Row, leavers: list[str], mended: Set[EdgeKey]) -> bool:
    gates = tuple(_without(gate, mended) for gate in analysis.network.gates)
    solver = Solver(Network(gates, analysis.network.seeds))
    number = solver.network.index[row.thing]
    marks = solver.baseline[number] | solver.leaving(leavers).get(number, 0)
    if row.outcome is Outcome.UNKNOWN:
        assert row.at_worst is not None
        return state_of(marks, Run.WORST) >= row.at_worst
    return state_of(marks, Run.POSSIBLE) >= STATE_OF_OUTCOME[row.outcome]


@on_random_stacks(120, large=True)
def test_a_row_stays_when_its_reason_is_mended_exactly_where_there_is_a_further_one(
    lines: list[dict[str, Any]],
) -> None:
    analysis = Analysis(stack_of(lines))
    people = sorted(analysis.stack.people)
    for leavers in [people, *([person] for person in people)]:
        for row in analysis.leave(leavers).rows:
            if row.outcome not in STATE_OF_OUTCOME and row.outcome is not Outcome.UNKNOWN:
                assert not row.also
                continue
            mended: set[EdgeKey] = set()
            for reason in (row.because, *row.also):
                assert _persists(analysis, row, leavers, mended)
                mended |= _edges(reason)
            assert row.all_told
            assert not _persists(analysis, row, leavers, mended)
