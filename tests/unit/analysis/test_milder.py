"""What leaving does to a thing short of stopping it at once: exactly what the answers about those people tell."""

from __future__ import annotations

from collections import Counter
from itertools import chain, combinations
from typing import Any

from stackmap.analysis import Analysis
from stackmap.analysis.departures.milder import Later, blocked_last_days, stops_later
from stackmap.analysis.gates.marks import Run, state_of
from stackmap.analysis.sets.budget import Steps
from stackmap.model import Outcome, State
from tests.support.laws import assert_on_random_stacks, on_random_stacks
from tests.support.loading import stack_of
from tests.support.notation import notation

_LARGEST = 3


def _sets_by_trying(analysis: Analysis, thing: str, run: Run) -> tuple[tuple[str, ...], ...]:
    """The minimal sets of up to three people with whom a thing stops later, of those that make it any worse."""
    if analysis.solver.state(thing, run) is not State.WORKS:
        return ()
    people, number = sorted(analysis.network.seeds), analysis.network.index[thing]
    worse: list[tuple[str, ...]] = []
    late = []
    for some in chain.from_iterable(combinations(people, size) for size in range(1, _LARGEST + 1)):
        gained = analysis.solver.leaving(some).get(number, 0) | analysis.solver.baseline[number]
        if (state := state_of(gained, run)) and not any(set(fewer) <= set(some) for fewer in worse):
            worse.append(some)
            if state is State.LATER:
                late.append(some)
    return tuple(late)


def _is_worse_at_worst(analysis: Analysis, thing: str) -> bool:
    gained = analysis.solver.leaving(analysis.network.seeds).get(analysis.network.index[thing], 0)
    return state_of(gained | analysis.solver.baseline[analysis.network.index[thing]], Run.WORST) > State.LATER


def _is_lost(analysis: Analysis, thing: str, people: tuple[str, ...]) -> bool:
    gained = analysis.solver.leaving(people).get(analysis.network.index[thing], 0)
    return state_of(gained | analysis.solver.baseline[analysis.network.index[thing]], Run.POSSIBLE) is not State.WORKS


def _small(sets: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(some for some in sets if len(some) <= _LARGEST)


def _rather_later(line: dict[str, Any]) -> dict[str, Any]:
    """The line, saying `later` for `stops`: by chance alone little stops later."""
    return {key: "later" if (key, said) == ("outcome", "stops") else said for key, said in line.items()}


def test_what_stops_later_is_found_with_every_minimal_set() -> None:
    seen: Counter[str] = Counter()

    def law(lines: list[dict[str, Any]]) -> None:
        analysis = Analysis(stack_of([_rather_later(line) for line in lines]))
        expected = {}
        for thing in sorted(analysis.counted.keys() & analysis.network.index.keys()):
            sets = _sets_by_trying(analysis, thing, Run.POSSIBLE)
            may = () if _is_worse_at_worst(analysis, thing) else _sets_by_trying(analysis, thing, Run.WORST)
            may = tuple(some for some in may if not _is_lost(analysis, thing, some))
            if sets or may:
                expected[thing] = sets, may
        told = stops_later(analysis)
        small = {thing: (_small(one.sets), _small(one.may)) for thing, one in told.items()}
        assert {thing: both for thing, both in small.items() if any(both)} == expected
        seen.update(sets=sum(bool(one.sets) for one in told.values()), may=sum(bool(one.may) for one in told.values()))
        seen["both"] += sum(bool(one.sets and one.may) for one in told.values())
        seen["alternatives"] += sum(len(one.sets) > 1 for one in told.values())

    assert_on_random_stacks(law, 100, "later")
    assert min(seen[what] for what in ("sets", "may", "both", "alternatives")) > 0, seen


@on_random_stacks(150)
def test_a_thing_blocks_the_last_day_of_those_of_whom_the_answer_says_so(lines: list[dict[str, Any]]) -> None:
    analysis = Analysis(stack_of(lines))
    expected: dict[str, list[str]] = {}
    for person in sorted(analysis.network.seeds):
        for thing, outcome in analysis.outcomes((person,)):
            if outcome is Outcome.REFUSED:
                expected.setdefault(thing, []).append(person)
    assert blocked_last_days(analysis) == {thing: tuple(people) for thing, people in expected.items()}


PICTURE = """
    P:Person -HAS_ACCOUNT-> a:Account
    Q:Person -HAS_ACCOUNT-> b:Account
    page:Integration -RUNS_AS-> a {outcome=later certainty=certain}
    page -RUNS_AS-> b {outcome=stops certainty=certain}
    rule:Automation -ROUTES_TO-> a {outcome=refused certainty=certain}
    plain:Automation -RUNS_AS-> b {outcome=stops certainty=certain}
"""


def test_only_who_makes_it_stop_later_is_named_beside_who_stops_it_at_once() -> None:
    analysis = Analysis(stack_of(notation(PICTURE)))
    assert stops_later(analysis) == {"page": Later((("P",),), (), 3)}
    assert blocked_last_days(analysis) == {"rule": ("P",)}


def test_who_only_may_make_it_stop_later_is_told_beside_those_who_will() -> None:
    picture = """
        P:Person -HAS_ACCOUNT-> a:Account
        Q:Person -HAS_ACCOUNT-> b:Account
        one:Grant -AUTHORIZED_BY-> a {outcome=later certainty=certain}
        two:Grant -AUTHORIZED_BY-> b {outcome=later certainty=certain}
        app:Integration -AUTHENTICATES_WITH-> one {slot=crm}
        app -AUTHENTICATES_WITH-> two {slot=crm}
    """
    analysis = Analysis(stack_of(notation(picture)))
    assert stops_later(analysis) == {"app": Later((("P", "Q"),), (("P",), ("Q",)), 3)}


def test_a_search_without_means_names_nobody_wrongly() -> None:
    lines = [f"P{one}:Person -HAS_ACCOUNT-> a{one}:Account" for one in range(5)]
    lines += [f"crowd:Automation -RUNS_AS-> a{one} {{group=g outcome=later certainty=certain}}" for one in range(4)]
    lines += [f"all:Automation -RUNS_AS-> a{one} {{group=g outcome=later certainty=certain}}" for one in range(5)]
    lines += ["all -RUNS_AS-> a4 {outcome=stops certainty=certain}"]
    analysis = Analysis(stack_of(notation("\n".join(lines))))
    assert stops_later(analysis, Steps(0)) == {"crowd": Later((("P0", "P1", "P2", "P3"),), (), 1)}


def test_a_stack_in_which_nothing_stops_later_is_not_searched() -> None:
    analysis = Analysis(stack_of(notation("x:Automation -RUNS_AS-> a:Account {outcome=stops certainty=certain}")))
    assert stops_later(analysis) == {}
    assert blocked_last_days(analysis) == {}
