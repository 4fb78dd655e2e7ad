"""The counts of everybody's departure are those of the answers, by either method."""

from __future__ import annotations

from typing import Any

import pytest

from stackmap.analysis import Analysis, Leaving, everyone
from stackmap.analysis.departures import everyone as module
from stackmap.analysis.departures.counts_in_columns import counts_in_columns
from stackmap.analysis.departures.counts_in_turn import counts_in_turn
from stackmap.analysis.departures.meanings import Meanings
from stackmap.analysis.gates.extra import is_installed
from stackmap.model import Act, Outcome
from tests.support.laws import assert_on_random_stacks
from tests.support.loading import stack_of
from tests.support.notation import notation

_WAYS = [Leaving(), *map(Leaving, Act), Leaving(moving=True)]


def _in_turn(analysis: Analysis) -> list[dict[Outcome, int]]:
    gained = (analysis.solver.leaving((person,)) for person in analysis.stack.people)
    return [*counts_in_turn(analysis, Meanings(analysis), gained)]


def test_both_methods_count_what_each_answer_shows() -> None:
    seen: dict[Outcome, int] = dict.fromkeys(Outcome, 0)

    def law(lines: list[dict[str, Any]]) -> None:
        from stackmap.analysis.gates.fast import FastSolver

        analysis = Analysis(stack_of(lines), _WAYS[len(lines) % len(_WAYS)])
        people = analysis.stack.people
        answers = [[outcome for _, outcome in analysis.outcomes((person,))] for person in people]
        expected = [{outcome: answer.count(outcome) for outcome in Outcome} for answer in answers]
        assert _in_turn(analysis) == expected
        assert [*counts_in_columns(analysis, Meanings(analysis), people)] == expected
        assert [one.counts for one in everyone(analysis)] == expected
        if is_installed() and len(lines) % 4 == 0:  # making its arrays takes longer than all the rest
            compiled = FastSolver(analysis.network).leaving([(person,) for person in people])
            assert [*counts_in_turn(analysis, Meanings(analysis), compiled)] == expected
        for answer in answers:
            for outcome in answer:
                seen[outcome] += 1

    assert_on_random_stacks(law, 240, "everyone")
    never = {outcome for outcome, count in seen.items() if not count}
    assert never == {Outcome.CASCADE}, "an outcome that never came up was not tested"


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        pytest.param(
            """
            x:Automation -RUNS_AS-> a:Account {outcome=moved certainty=certain moved_to=b}
            P:Person -HAS_ACCOUNT-> a
            R:Person -HAS_ACCOUNT-> b:Account
            R -HAS_ACCOUNT-> c:Account
            a -PROVISIONED_BY-> c
            """,
            {"P": {Outcome.MOVED: 1}, "R": {Outcome.UNKNOWN: 1}},
            id="one login goes off with two people, and only one of them takes its heir along",
        ),
        pytest.param(
            """
            x:Automation -DEPENDS_ON-> y:Automation
            a:Account {account_type=unknown}
            P:Person -HAS_ACCOUNT-> a
            a -ADMINISTERS-> x
            Q:Person -HAS_ACCOUNT-> b:Account
            b -ADMINISTERS-> y
            """,
            {"P": {}, "Q": {Outcome.UNOWNED: 1}},
            id="who only may have cared leaves nothing without a carer",
        ),
    ],
)
def test_pictures_that_hardly_come_up_by_chance(picture: str, expected: dict[str, dict[Outcome, int]]) -> None:
    analysis = Analysis(stack_of(notation(picture)))
    people = analysis.stack.people
    for counted in (_in_turn(analysis), [*counts_in_columns(analysis, Meanings(analysis), people)]):
        told = {
            one: {outcome: n for outcome, n in counts.items() if n} for one, counts in zip(people, counted, strict=True)
        }
        assert told == expected


def test_columns_are_the_same_in_batches() -> None:
    lines = [line for number in range(70) for line in _of_one(number)]
    analysis = Analysis(stack_of(lines))
    people = analysis.stack.people
    in_batches = [*counts_in_columns(analysis, Meanings(analysis), people, bits=1)]
    assert in_batches == _in_turn(analysis)
    assert [counts[Outcome.STOPS] for counts in in_batches] == [2] * 70


def _of_one(number: int) -> list[dict[str, Any]]:
    return notation(f"""
        x{number}:Automation -RUNS_AS-> a{number}:Account {{outcome=stops certainty=certain}}
        P{number:02}:Person -HAS_ACCOUNT-> a{number}
        y{number}:Automation -CALLS-> x{number}
    """)


@pytest.mark.parametrize("often", [0, 10**9])
def test_the_choice_of_method_changes_no_answer(often: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_OFTEN", often)  # forces one method or the other
    analysis = Analysis(stack_of([line for number in range(3) for line in _of_one(number)]))
    assert [(one.person, one.counts[Outcome.STOPS]) for one in everyone(analysis)] == [
        ("P00", 2),
        ("P01", 2),
        ("P02", 2),
    ]
