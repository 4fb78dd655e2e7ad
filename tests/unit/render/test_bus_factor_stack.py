"""The bus factor of the whole stack, as a paragraph and as JSON: what is proven, and what is not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from stackmap.analysis import bus_factors
from stackmap.analysis.bus_factor.of_stack import StackBusFactor, stack_bus_factor
from stackmap.analysis.what_if.supposed import Supposed, Supposition
from stackmap.model import Policy
from stackmap.render.bus_factor import BusFactorReport, bus_factor_json, bus_factor_text
from stackmap.render.bus_factor_gone import Gone
from tests.support.stacks import case_of

PICTURE = """
    ann:Person -HAS_ACCOUNT-> a:Account
    bea:Person -HAS_ACCOUNT-> b:Account
    one:Automation -RUNS_AS-> a {outcome=stops certainty=certain}
    two:Automation -RUNS_AS-> b {outcome=stops certainty=certain}
    three:Automation -RUNS_AS-> b {outcome=later certainty=certain}
"""
TWO = StackBusFactor(2, 2, True, ("ann", "bea"), Fraction(2), Fraction(3))


def report_of(*, weights: dict[str, float] | None = None) -> BusFactorReport:
    policy = Policy(weights=weights or {})
    case = case_of(PICTURE, policy=policy, names={"ann": "Ann Lee", "bea": "Bea Roux"})
    taken = datetime(2026, 11, 22, tzinfo=UTC)
    factors = tuple(bus_factors(case.analysis))
    return BusFactorReport(taken, case.graph, case.coverage, factors, stack=stack_bus_factor(case.analysis))


def paragraph(shown: BusFactorReport) -> str:
    text = bus_factor_text(shown)
    return " ".join(text[text.index("The whole stack") :].partition("\n\n")[0].split())


def told(stack: StackBusFactor) -> str:
    return paragraph(replace(report_of(), stack=stack))


def test_the_paragraph_says_how_few_who_and_that_it_is_proven() -> None:
    assert paragraph(report_of()) == (
        "The whole stack: 2 people's leaving would stop half of what works, or leave it on old data (2 of 3 things): "
        "Ann Lee and Bea Roux. Proven: nobody alone can. Other 2 may do as much."
    )


def test_weights_are_said_to_be_those_of_the_notes() -> None:
    assert paragraph(report_of(weights={"two": 2.5})) == (
        "The whole stack: one person's leaving would stop half of what works, or leave it on old data (2.5 of 4.5 as "
        "your notes weigh things): Bea Roux. Others may do as much."
    )


def test_somebody_who_has_left_is_said_to_have() -> None:
    assert "Ann Lee (has left) and Bea Roux" in paragraph(replace(report_of(), gone={"ann": Gone.LEFT}))


@pytest.mark.parametrize(
    ("stack", "words"),
    [
        (replace(TWO, bus_factor=4, lower_bound=4), "Proven: no 3 people can. Other 4 may do as much."),
        (
            replace(TWO, bus_factor=9, lower_bound=3, optimal=False),
            "Fewer may do, not proven either way: it takes 3 people at least (to search longer: --within 120).",
        ),
        (
            replace(TWO, bus_factor=2, lower_bound=1, optimal=False),
            "Fewer may do, not proven either way: it takes 1 person at least (to search longer",
        ),
        (
            StackBusFactor(None, None, True, (), Fraction(2), Fraction(6)),
            "2 of 6 things would stop or run on old data: less than half, as far as is proven. “Everybody”",
        ),
        (
            StackBusFactor(None, None, True, (), Fraction(2), Fraction(6)),
            "“Everybody” includes whoever holds a login that could be tied to nobody.",
        ),
        (
            StackBusFactor(None, None, True, (), Fraction(2), Fraction(6), weighted=True),
            "if everybody left, 2 of 6 (as your notes weigh things) would stop",
        ),
        (
            StackBusFactor(None, None, True, (), Fraction(2), Fraction(7), at_worst=Fraction(3)),
            "as far as is proven. Counting what could not be read, 3 may. “Everybody”",
        ),
        (
            StackBusFactor(None, None, True, (), Fraction(2), Fraction(6), at_worst=Fraction(4)),
            "as far as is proven. Counting what could not be read, 4 may: half or more. “Everybody”",
        ),
        (replace(TWO, at_worst=Fraction(3)), "Other 2 may do as much. Counting what could not be read, 3 may."),
        (StackBusFactor(None, None, True, (), Fraction(0), Fraction(0)), "nothing that works is counted."),
    ],
)
def test_what_is_not_proven_is_not_said_to_be(stack: StackBusFactor, words: str) -> None:
    assert words in told(stack)


def test_of_many_people_the_first_are_named() -> None:
    people = tuple(f"p{number:02}" for number in range(9))
    many = replace(TWO, bus_factor=9, lower_bound=9, people=people)
    assert ": p00, p01, p02, p03, p04, p05 and 3 more (--format json names them)." in told(many)


def test_the_json_has_the_agreed_keys() -> None:
    assert json.loads(bus_factor_json(report_of()))["stack"] == {
        "bus_factor": 2,
        "lower_bound": 2,
        "optimal": True,
        "set": ["ann", "bea"],
        "weight_broken": 2,
        "weight_total": 3,
        "at_worst": {"weight_broken": 2},
    }
    weighed = json.loads(bus_factor_json(report_of(weights={"two": 2.5})))["stack"]
    assert (weighed["weight_broken"], weighed["weight_total"]) == (2.5, 4.5)
    assert json.loads(bus_factor_json(replace(report_of(), stack=None)))["stack"] is None


def test_of_supposed_shared_logins_the_caveat_stands_before_the_number_in_the_same_sentence() -> None:
    stack = StackBusFactor(None, None, True, (), Fraction(2), Fraction(6), at_worst=Fraction(5))
    shared = Supposed((Supposition("ann", "holds", "crm/x/account/1", beside=("bea",)),))
    assert paragraph(replace(report_of(), stack=stack, supposed=shared)) == (
        "The whole stack: what happens to a login that is supposed to be shared, once both holders leave, is not "
        "known; not counting that, 2 of 6 things would stop or run on old data if everybody left: less than half, as "
        "far as is proven. Counting that and what could not be read, 5 may: half or more. “Everybody” includes whoever "
        "holds a login that could be tied to nobody."
    )


def test_a_login_that_one_person_is_supposed_to_hold_needs_no_caveat() -> None:
    stack = StackBusFactor(None, None, True, (), Fraction(2), Fraction(6))
    alone = Supposed((Supposition("ann", "holds", "crm/x/account/1"),))
    assert "The whole stack: if everybody left, 2 of 6" in paragraph(replace(report_of(), stack=stack, supposed=alone))
