"""Pairs of people who together stop what neither stops alone, whatever else is said of the thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations
from typing import Any

import pytest

from stackmap.analysis import Analysis, BusFactor, bus_factors
from stackmap.analysis.bus_factor.things import Unproven
from stackmap.model import Outcome
from stackmap.render.bus_factor import BusFactorReport, bus_factor_text
from stackmap.render.bus_factor_gone import Gone
from stackmap.render.bus_factor_pairs import NO_KNOWN_PAIR, NO_PAIRS, pairs_seen
from tests.support.laws import on_random_stacks
from tests.support.loading import stack_of
from tests.support.stacks import case_of

NAMES = {"ann": "Ann Lee", "bea": "Bea Roux", "cem": "Cem Oz"}
HEADING = "Pairs who together stop what neither stops alone"
_FAILS = {Outcome.STOPS, Outcome.STARVES}
EARLY = "not all pairs were looked for: others may do as much; to look on: --within 120"


def factor(
    thing: str, *sets: tuple[str, ...], at_worst: int | None = None, complete_to: int = 3, care: int = 3
) -> BusFactor:
    running = min(map(len, sets), default=None)
    worst = running if at_worst is None else at_worst
    return BusFactor(thing, running, care, worst, care, sets, (), care, complete_to)


def report_of(*factors: BusFactor, weights: Mapping[str, float] | None = None) -> BusFactorReport:
    things = "\n".join(f"{one.thing}:Automation" for one in factors)
    people = "\n".join(f"{person}:Person" for person in NAMES)
    case = case_of(f"{people}\n{things}", names=NAMES)
    return BusFactorReport(datetime(2026, 11, 22, tzinfo=UTC), case.graph, (), factors, weights=weights or {})


def told(report: BusFactorReport, *, everything: bool = False) -> str:
    """What is said of pairs."""
    paragraphs = bus_factor_text(report, everything=everything).split("\n\n")
    flat = [" ".join(paragraph.split()) for paragraph in paragraphs]
    (one,) = (paragraph for paragraph in flat if paragraph.startswith((HEADING, NO_PAIRS, NO_KNOWN_PAIR)))
    return one


def pairs_told(report: BusFactorReport) -> str:
    return told(report).partition("too: ")[2]


def test_a_pair_is_told_though_the_thing_stands_in_a_weaker_group() -> None:
    shown = told(report_of(factor("rule", ("cem",), ("ann", "bea")), factor("scan", ("ann", "cem"), care=1)))
    assert shown == (
        f"{HEADING} (2) both leaving stops each of these, or leaves it on old data; neither's leaving alone is known "
        "to. A thing may stand in a weaker group above, too: Ann Lee and Bea Roux · rule Ann Lee and Cem Oz · scan"
    )


def test_the_pair_that_stops_most_weight_comes_first_and_of_equals_the_first_by_id() -> None:
    factors = [factor("a", ("ann", "bea")), factor("b", ("ann", "bea")), factor("c", ("ann", "cem"), ("bea", "cem"))]
    in_order = "Ann Lee and Bea Roux · a and b Ann Lee and Cem Oz · c Bea Roux and Cem Oz · c"
    assert pairs_told(report_of(*factors)) == in_order
    assert pairs_told(report_of(*reversed(factors))) == in_order
    heavy = pairs_told(report_of(*factors, weights={"c": 2.5, "b": 1.2}))
    assert heavy == "Ann Lee and Cem Oz · c Bea Roux and Cem Oz · c Ann Lee and Bea Roux · b and a"


def test_somebody_of_a_pair_who_has_left_is_called_so() -> None:
    report = replace(report_of(factor("a", ("ann", "bea"))), gone={"bea": Gone.LEFT})
    assert pairs_told(report) == "Ann Lee and Bea Roux (has left) · a"


@pytest.mark.parametrize("sets", [(("ann",),), (("ann", "bea", "cem"),), (), ((),)])
def test_without_a_pair_one_line_says_so(sets: tuple[tuple[str, ...], ...]) -> None:
    assert told(report_of(factor("a", *sets))) == NO_PAIRS


def test_a_pair_that_is_not_proven_to_be_needed_is_not_told() -> None:
    found = replace(
        factor("a", ("ann", "bea"), at_worst=1, complete_to=0), running=1, unproven=(Unproven(False, False, 1, 2),)
    )
    assert told(report_of(found)) == f"{NO_KNOWN_PAIR} {EARLY}"


def test_where_the_search_ended_early_others_may_do_as_much() -> None:
    early = factor("b", ("cem",), complete_to=1)
    assert told(report_of(factor("a", ("ann", "bea")), early)).endswith(EARLY)
    assert EARLY not in told(report_of(factor("a", ("ann", "bea"), complete_to=2)))
    assert told(report_of(factor("a", complete_to=1), factor("b", (), complete_to=1))) == NO_PAIRS


def test_what_only_may_have_a_pair_is_counted_and_not_named() -> None:
    may = [replace(factor(thing), running_at_worst=2) for thing in "xy"]
    more = "2 more things may have such a pair, not known for sure (at worst 2)"
    assert told(report_of(factor("a", ("ann", "bea")), *may)).endswith(f"Ann Lee and Bea Roux · a {more}")
    one = "1 thing may have such a pair, not known for sure (at worst 2)"
    assert told(report_of(may[0])) == f"{NO_PAIRS} {one}"
    unproven = replace(may[0], unproven=(Unproven(False, True, 2, 4),))
    assert told(report_of(unproven)) == NO_PAIRS


def test_a_dozen_pairs_and_six_things_of_each_are_told_the_others_with_all() -> None:
    people = [f"p{number:02}" for number in range(6)]
    pairs = list(combinations(people, 2))[:14]
    names = "\n".join(f"{person}:Person" for person in people)
    factors = tuple(factor(f"t{number}", *pairs) for number in range(8))
    report = replace(
        report_of(*factors), graph=case_of("\n".join([names, *(f"{one.thing}:Automation" for one in factors)])).graph
    )
    short, whole = told(report), told(report, everything=True)
    assert "t0, t1, t2, t3, t4, t5 and 2 more" in short
    assert (short.count("·"), whole.count("·")) == (12, 14)
    assert short.endswith("and 2 more: --all")
    assert "more" not in whole


def test_where_nothing_is_counted_nothing_is_said_of_pairs() -> None:
    shown = " ".join(bus_factor_text(report_of()).split())
    assert all(words not in shown for words in (HEADING, NO_PAIRS, NO_KNOWN_PAIR))


@on_random_stacks(60)
def test_the_pairs_are_those_of_whom_trying_everybody_shows_it(lines: list[dict[str, Any]]) -> None:
    analysis = Analysis(stack_of(lines))
    people = sorted(analysis.network.seeds)
    broken = {loss.thing for loss in analysis.leave(()).already_broken if loss.outcome in _FAILS}
    alone = {person: _stopped(analysis, person) for person in people}
    wanted = {
        (pair, thing)
        for pair in combinations(people, 2)
        for thing in _stopped(analysis, *pair) - alone[pair[0]] - alone[pair[1]] - broken
    }
    seen = pairs_seen(tuple(bus_factors(analysis)), {})
    assert {(pair, thing) for pair, things in seen.pairs for thing in things} == wanted
    assert seen.complete


def _stopped(analysis: Analysis, *people: str) -> set[str]:
    return {row.thing for row in analysis.leave(people).rows if row.outcome in _FAILS}
