"""The counts of everybody's departure are those of the answers, by either method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

import pytest

from stackmap.analysis import (
    Analysis,
    Departure,
    Fate,
    Leaving,
    admin_changes,
    everyone,
    login_fates,
    rotations,
)
from stackmap.analysis.departures import everyone as module
from stackmap.analysis.departures.besides import Besides, besides
from stackmap.analysis.departures.counts_in_columns import counts_in_columns
from stackmap.analysis.departures.counts_in_turn import counts_in_turn
from stackmap.analysis.departures.meanings import Counts, Meanings
from stackmap.analysis.departures.named_owners import forsaken
from stackmap.analysis.gates.extra import is_installed
from stackmap.analysis.mailboxes import mail_to
from stackmap.model import Act, Outcome
from tests.support.laws import assert_on_random_stacks
from tests.support.loading import stack_of
from tests.support.notation import notation

_WAYS = [Leaving(), *map(Leaving, Act), Leaving(moving=True)]


def _in_turn(analysis: Analysis) -> list[Counts]:
    gained = (analysis.solver.leaving((person,)) for person in analysis.stack.people)
    return [*counts_in_turn(analysis, Meanings(analysis), gained)]


def _counted(rows: Iterable[Outcome]) -> dict[Outcome, int]:
    told = list(rows)
    return {outcome: told.count(outcome) for outcome in Outcome}


def _shown(departure: Departure) -> Counts:
    """What an answer about one person shows, row by row."""
    tokens = [*(row.outcome for row in departure.tokens), *(row.outcome for row in departure.handed_tokens)]
    return Counts(_counted(row.outcome for row in departure.rows), _counted(tokens))


def test_both_methods_count_what_each_answer_shows() -> None:
    seen: Counter[tuple[str, Outcome]] = Counter()

    def law(lines: list[dict[str, Any]]) -> None:
        from stackmap.analysis.gates.fast import FastSolver

        analysis = Analysis(stack_of(lines), _WAYS[len(lines) % len(_WAYS)])
        people = analysis.stack.people
        expected = [_shown(analysis.leave((person,))) for person in people]
        assert _in_turn(analysis) == expected
        assert [*counts_in_columns(analysis, Meanings(analysis), people)] == expected
        assert [Counts(one.counts, one.tokens) for one in everyone(analysis)] == expected
        if is_installed() and len(lines) % 4 == 0:  # making its arrays takes longer than all the rest
            compiled = FastSolver(analysis.network).leaving([(person,) for person in people])
            assert [*counts_in_turn(analysis, Meanings(analysis), compiled)] == expected
        for counts in expected:
            seen.update({("thing", outcome): number for outcome, number in counts.things.items()})
            seen.update({("token", outcome): number for outcome, number in counts.tokens.items()})

    assert_on_random_stacks(law, 240, "everyone")
    never = {outcome for outcome in Outcome if not seen["thing", outcome]}
    assert never == {Outcome.CASCADE}, "an outcome that never came up was not tested"
    told = {outcome for outcome in Outcome if seen["token", outcome]}
    assert told >= {Outcome.STOPS, Outcome.LATER, Outcome.UNKNOWN}, "tokens were hardly tested"


def test_what_is_counted_beside_the_rows_is_what_each_answer_tells() -> None:
    seen: Counter[str] = Counter()

    def law(lines: list[dict[str, Any]]) -> None:
        analysis = Analysis(stack_of(lines), _WAYS[len(lines) % len(_WAYS)])
        stack = analysis.stack
        answers = {person: analysis.leave((person,)) for person in stack.people}
        told = besides(analysis, [person for person, answer in answers.items() if not answer.rows])
        assert list(told) == list(stack.people)
        for person, answer in answers.items():
            few = not answer.rows
            expected = Besides(
                len(stack.accounts_of.get(person, ())),
                len(admin_changes(stack, (person,))),
                len(rotations(stack, (person,))),
                len([*mail_to(stack, (person,))]),
                len(answer.partial) if few else None,
                len([*forsaken(analysis, answer)]) if few else None,
            )
            assert told[person] == expected
            seen.update({field.name: getattr(expected, field.name) or 0 for field in fields(expected)})
            could_be = [fate for fate in login_fates(analysis, (person,)) if fate.what is Fate.COULD_BE_THEIRS]
            assert could_be == [*login_fates(analysis, ())]
            seen["could be theirs"] += len(could_be)

    assert_on_random_stacks(law, 160, "besides")
    hardly = {what for what, count in seen.items() if not count}
    assert hardly <= {"mail", "partial", "forsaken"}, "what never came up was not tested"


BESIDES = """
    P:Person -HAS_ACCOUNT-> p:Account
    P {email=p@acme.test}
    bot:Account {email=p@acme.test account_type=integration}
    box:Endpoint {mailbox=true}
    box -MAILBOX_OF-> P
    box -TRIGGERS-> intake:Automation
    form:Endpoint -TRIGGERS-> intake
    sheet:Dataset -OWNED_BY-> P {how=declared}
    q -ADMINISTERS-> sheet
    key:Grant -AUTHORIZED_BY-> p {outcome=moved certainty=certain moved_to=q}
    Q:Person -HAS_ACCOUNT-> q:Account
    R:Person -HAS_ACCOUNT-> r:Account
    S:Person
"""


def test_what_goes_on_with_less_and_who_was_named_last_count_for_whoever_has_no_rows() -> None:
    analysis = Analysis(stack_of(notation(BESIDES)))
    answer = analysis.leave(("P",))
    assert not answer.rows
    expected = Besides(1, 0, 0, 1, len(answer.partial), len([*forsaken(analysis, answer)]))
    assert (expected.partial, expected.forsaken) == (1, 1)
    told = besides(analysis, analysis.stack.people)
    assert told["P"] == expected
    assert told["R"] == Besides(1, 0, 0, 0, 0, 0)
    assert told["S"] == Besides(0, 0, 0, 0, 0, 0)
    assert besides(analysis, ["Q"])["P"] == Besides(1, 0, 0, 1)


ENDS_TOO = """
    P -HAS_ACCOUNT-> p2:Account
    key -AUTHORIZED_BY-> p2 {outcome=unknown}
"""


@pytest.mark.parametrize(("more", "told"), [("", Outcome.MOVED), (ENDS_TOO, Outcome.UNKNOWN)])
def test_a_token_that_only_changes_hands_is_counted_apart_by_either_method(more: str, told: Outcome) -> None:
    analysis = Analysis(stack_of(notation(BESIDES + more)))
    expected = [_shown(analysis.leave((person,))) for person in analysis.stack.people]
    assert {outcome for outcome, number in expected[0].tokens.items() if number} == {told}
    assert _in_turn(analysis) == [*counts_in_columns(analysis, Meanings(analysis), analysis.stack.people)] == expected


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
            one: {outcome: n for outcome, n in counts.things.items() if n}
            for one, counts in zip(people, counted, strict=True)
        }
        assert told == expected


def test_columns_are_the_same_in_batches() -> None:
    lines = [line for number in range(70) for line in _of_one(number)]
    analysis = Analysis(stack_of(lines))
    people = analysis.stack.people
    in_batches = [*counts_in_columns(analysis, Meanings(analysis), people, bits=1)]
    assert in_batches == _in_turn(analysis)
    assert [counts.things[Outcome.STOPS] for counts in in_batches] == [2] * 70


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
