"""What only feeds itself is no redundancy: circles of edges declared supply, in the engine and in the oracle."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest

from stackmap.analysis import Analysis, bus_factors
from stackmap.analysis.bus_factor.standing import standing
from stackmap.analysis.compiling import supply
from stackmap.analysis.gates.marks import Run, state_of
from stackmap.model import Act, State
from tests.oracle import brute
from tests.oracle.supplied import tangle, with_circles
from tests.support.agreement import bus_factors_differ, departures_differ, some_questions
from tests.support.laws import MANY, assert_on_random_stacks
from tests.support.loading import AS_OF, stack_of

Line = dict[str, Any]

SUPPLY: Line = {"properties": {"supply": True}}
_RANDOM = 8
_TELLING = (1304, 2478, 3104)
"""Seeds of stacks with what is rare: feeds inside of what stands together, and things that stay out of a circle."""


def node(kind: str, node_id: str, **properties: Any) -> Line:
    return {"type": "node", "kind": kind, "id": node_id, "name": node_id, "properties": properties}


def edge(kind: str, start: str, end: str, **fields: Any) -> Line:
    return {"type": "edge", "kind": kind, "from": start, "to": end, **fields}


def feeds(start: str, *ends: str, supply: bool = True, need: int = 1, outcome: str = "stops") -> list[Line]:
    """`start` needs so many of these."""
    said = SUPPLY if supply else {}
    return [edge("DEPENDS_ON", start, end, group="feeds", need=need, outcome=outcome, **said) for end in ends]


def run_by(person: str, *flows: str) -> list[Line]:
    login = f"login-{person}"
    runs = [edge("RUNS_AS", flow, login, outcome="stops", certainty="certain") for flow in flows]
    return [
        node("Person", person),
        node("Account", login, account_type="human"),
        edge("HAS_ACCOUNT", person, login),
        *(node("Automation", flow) for flow in flows),
        *runs,
    ]


def flows(*names: str) -> list[Line]:
    return [node("Automation", name) for name in names]


FED = [*run_by("ana", "source"), *flows("u", "v"), *feeds("v", "source", "u"), *feeds("u", "v")]
UNFED = [*run_by("ana", "source"), *flows("u", "v"), *feeds("v", "u"), *feeds("u", "v")]
MIXED = [*run_by("ana", "source"), *flows("u", "v"), *feeds("v", "source", "u"), edge("CALLS", "u", "v")]


def plain(lines: list[Line]) -> list[Line]:
    """The same stack, of which nobody says that anything is supply."""
    return [{key: value for key, value in line.items() if value != SUPPLY["properties"]} for line in lines]


def stops(lines: list[Line], *leavers: str) -> set[str]:
    """What newly stops, by the engine; the oracle has to say the same."""
    ours = {row.thing for row in Analysis(stack_of(lines)).leave(leavers).rows if row.outcome.value == "stops"}
    theirs = brute.outcomes(lines, frozenset(leavers), "deactivated", AS_OF)
    assert ours == {row["thing"] for row in theirs if row["outcome"] == "stops"}
    return ours


def broken(lines: list[Line]) -> set[str]:
    """What is broken before anybody leaves, by both."""
    ours = {loss.thing for loss in Analysis(stack_of(lines)).leave(()).already_broken}
    assert ours == {row["thing"] for row in brute.already_broken(lines, AS_OF)}
    return ours


def test_two_feeds_that_feed_each_other_stop_with_the_source_of_both() -> None:
    assert stops(FED, "ana") == {"source", "u", "v"}
    assert broken(FED) == set()


def test_things_that_merely_need_each_other_stand() -> None:
    assert stops(plain(FED), "ana") == {"source"}


def test_a_circle_that_nothing_feeds_is_broken_already() -> None:
    assert broken(UNFED) == {"u", "v"}
    assert stops(UNFED, "ana") == {"source"}
    assert broken(plain(UNFED)) == set()


def test_what_only_feeds_itself_is_no_live_member_of_an_assumed_group() -> None:
    assumed = [line | {"proven": False} for line in feeds("x", "u", "source", supply=False)]
    assert broken([*UNFED, *flows("x"), *assumed]) == {"u", "v"}


def at_worst(lines: list[Line], *leavers: str) -> set[str]:
    """What may newly stop and is not known to, by the engine; the oracle has to say the same."""
    ours = {row.thing for row in Analysis(stack_of(lines)).leave(leavers).rows if row.outcome.value == "unknown"}
    theirs = brute.outcomes(lines, frozenset(leavers), "deactivated", AS_OF)
    assert ours == {row["thing"] for row in theirs if row["outcome"] == "unknown"}
    return ours


def told(lines: list[Line]) -> list[tuple[tuple[str, ...], bool]]:
    """The circles that are told as doubtful: their ids, and whether they are mixed."""
    return [(circle.things, circle.mixed) for circle in Analysis(stack_of(lines)).circular]


def test_a_circle_of_nothing_but_supply_is_grounded_whatever_else_its_things_need_of_each_other() -> None:
    both = [*FED, edge("CALLS", "u", "v")]
    assert stops(both, "ana") == {"source", "u", "v"}
    assert told(both) == [(("u", "v"), True)]
    assert told(FED) == []


def test_in_a_mixed_circle_what_may_feed_itself_may_stop_and_is_not_known_to() -> None:
    assert broken(MIXED) == set()
    assert stops(MIXED, "ana") == {"source"}
    assert at_worst(MIXED, "ana") == {"u", "v"}
    assert told(MIXED) == [(("u", "v"), True)]
    by_thing = {factor.thing: factor for factor in bus_factors(Analysis(stack_of(MIXED)))}
    assert [by_thing[one].running for one in ("source", "u", "v")] == [1, None, None]
    assert [standing(by_thing[one]).name for one in "uv"] == ["MAYBE_ONE_PERSON", "MAYBE_ONE_PERSON"]


def test_in_a_mixed_circle_with_a_second_source_one_leaver_endangers_nothing() -> None:
    lines = [*MIXED, *run_by("ben", "second"), *feeds("v", "second")]
    assert at_worst(lines, "ana") == set()
    assert at_worst(lines, "ana", "ben") == {"u", "v"}


def test_what_works_in_a_mixed_circle_without_any_feed_from_outside_goes_on() -> None:
    pushed = [*flows("u", "v"), *feeds("u", "v"), edge("CALLS", "v", "u"), *run_by("ana", "source")]
    assert broken(pushed) == set()
    assert at_worst(pushed, "ana") == set()


@pytest.mark.parametrize(("x", "y"), [("x", "y"), ("y", "x")])
def test_what_stays_out_of_a_mixed_circle_may_stop_with_what_does_not(x: str, y: str) -> None:
    fed_twice = [*feeds(x, "source", "r"), *(line | {"group": "more"} for line in feeds(x, "second", y))]
    stays_out = [*feeds(y, x), edge("CALLS", y, "p"), *feeds("p", y)]
    sources = [*run_by("ana", "source"), *run_by("ben", "second")]
    lines = [*sources, *flows(x, y, "p", "r"), *fed_twice, *stays_out, edge("CALLS", "r", x)]
    assert at_worst(lines, "ana") == {"x", "y", "p", "r"}


def test_things_that_merely_need_each_other_are_no_circle_of_supply_in_a_larger_one_either() -> None:
    needing = [edge("CALLS", "v", "w"), edge("CALLS", "w", "v"), *flows("w")]
    assert at_worst([*MIXED, *needing], "ana") == {"u", "v", "w"}
    lines = [*MIXED, *needing, *run_by("ben", "second"), *feeds("v", "second")]
    assert broken(lines) == at_worst(lines, "ana") == set()


def test_one_source_that_says_supply_is_enough_whatever_group_others_gave_the_edge() -> None:
    notes = {"type": "source", "name": "notes", "taken_at": "2026-11-22T10:00:00Z"}
    said = [line | {"group": "again"} for line in FED if "group" in line]
    both = [*plain(FED), notes, *said]
    assert told(both) == []
    assert stops(both, "ana") == {"source", "u", "v"}


def test_an_edge_of_which_one_source_says_two_things_is_grounded_all_the_same() -> None:
    lines = [*FED, *feeds("v", "u", outcome="later")]
    assert stops(lines, "ana") == {"source", "u", "v"}


def test_with_two_sources_it_takes_both_people() -> None:
    lines = [*FED, *run_by("ben", "second"), *feeds("u", "second")]
    assert stops(lines, "ana") == {"source"}
    assert stops(lines, "ana", "ben") == {"source", "second", "u", "v"}
    sets = {factor.thing: factor.minimal_sets for factor in bus_factors(Analysis(stack_of(lines)))}
    assert sets["u"] == sets["v"] == (("ana", "ben"),)


@pytest.mark.parametrize("names", ["abcde", "edcba"])
def test_a_feed_reaches_all_of_a_long_circle(names: str) -> None:
    ring = [line for start, end in zip(names, names[1:] + names[0], strict=True) for line in feeds(start, end)]
    lines = [*run_by("ana", "source"), *flows(*names), *ring, *feeds(names[0], "source")]
    assert broken(lines) == set()
    assert stops(lines, "ana") == {"source", *names}


def test_of_three_that_feed_one_another_two_are_needed() -> None:
    three = [line for name in "xyz" for line in feeds(name, *(other for other in "xyz" if other != name), "source")]
    two_of = [line | ({"need": 2} if "need" in line else {}) for line in three]
    lines = [*run_by("ana", "source"), *flows(*"xyz"), *two_of]
    assert broken(lines) == {"x", "y", "z"}


def test_a_circle_passes_on_no_more_than_its_edges_do() -> None:
    lines = [*run_by("ana", "source"), *flows("u", "v"), *feeds("v", "source", "u", outcome="later"), *feeds("u", "v")]
    analysis = Analysis(stack_of(lines))
    gained, index = analysis.solver.leaving(["ana"]), analysis.network.index
    assert [state_of(gained[index[node]], Run.POSSIBLE) for node in "uv"] == [State.LATER, State.LATER]
    assert brute.states(lines, frozenset({"ana"}), "deactivated", "proven", "certain", AS_OF)["u"] == "later"


def test_two_syncs_that_copy_two_lists_into_each_other_are_fed_by_the_import() -> None:
    syncs = [
        line
        for sync, start, end in (("there", "one", "two"), ("back", "two", "one"))
        for line in (edge("READS_FROM", sync, start, **SUPPLY), edge("WRITES_TO", sync, end, **SUPPLY))
    ]
    lists = [node("Dataset", "one"), node("Dataset", "two")]
    lines = [*run_by("ana", "import"), *flows("there", "back"), *lists, *syncs, edge("WRITES_TO", "import", "one")]
    starve = {row.thing for row in Analysis(stack_of(lines)).leave(["ana"]).rows if row.outcome.value == "starves"}
    assert starve == {"one", "two", "there", "back"}
    assert {row["thing"] for row in brute.outcomes(lines, frozenset({"ana"}), "deactivated", AS_OF)} == {
        *starve,
        "import",
    }


def test_reasons_name_the_things_and_never_what_only_serves_the_computation() -> None:
    departure = Analysis(stack_of(FED)).leave(["ana"])
    because = {row.thing: [cause.node for cause in row.because] for row in departure.rows}
    assert because == {"source": ["login-ana"], "u": ["v"], "v": ["source", "u"]}


def ring(size: int, *, both_ways: bool = False) -> list[Line]:
    """Flows each of which is fed by the next; `both_ways`: or by the one before it."""
    names = [f"flow-{number:03}" for number in range(size)]
    after = [line for start, end in zip(names, [*names[1:], names[0]], strict=True) for line in feeds(start, end)]
    before = [line for start, end in zip(names[1:], names, strict=False) for line in feeds(start, end)]
    return [*flows(*names), *after, *(before if both_ways else ())]


def test_a_large_ring_is_judged_exactly_whatever_feeds_it() -> None:
    lines = [*run_by("ana", "source"), *run_by("ben", "second"), *ring(300)]
    one, two = (
        [*lines, *feeds("flow-000", "source")],
        [*lines, *feeds("flow-000", "source"), *feeds("flow-100", "second")],
    )
    assert len(Analysis(stack_of(one)).leave(["ana"]).rows) == 301
    assert [row.thing for row in Analysis(stack_of(two)).leave(["ana"]).rows] == ["source"]
    assert len(Analysis(stack_of(two)).leave(["ana", "ben"]).rows) == 302
    assert told(one) == told(two) == []


LARGE = [*run_by("ana", "source"), *run_by("ben", "second"), *ring(320, both_ways=True), *feeds("flow-000", "source")]


def test_a_hub_takes_as_few_rounds_as_a_ring() -> None:
    names = [f"flow-{number}" for number in range(20)]
    lines = [*flows("hub", *names), *feeds("hub", *names), *(line for one in names for line in feeds(one, "hub"))]
    assert [circle.rounds for circle in supply.circles(stack_of(lines)).grounded] == [2]


def test_a_circle_that_is_too_large_may_stop_with_its_only_source() -> None:
    analysis = Analysis(stack_of(LARGE))
    ((things, mixed),) = told(LARGE)
    assert (len(things), mixed) == (320, False)
    assert analysis.leave(()).already_broken == ()
    assert Counter(row.outcome.value for row in analysis.leave(["ana"]).rows) == {"stops": 1, "unknown": 320}
    assert analysis.leave(["ben"]).rows[1:] == ()


def test_a_mixed_circle_that_is_too_large_may_stop_with_anything_that_it_hangs_on() -> None:
    dead = [node("Automation", "dead", active=False), *feeds("flow-200", "dead")]
    lines = [*LARGE, *feeds("flow-100", "second"), edge("CALLS", "flow-000", "flow-001"), *dead]
    analysis = Analysis(stack_of(lines))
    assert [mixed for _, mixed in told(lines)] == [True]
    assert analysis.leave(()).already_broken == ()
    assert Counter(row.outcome.value for row in analysis.leave(["ben"]).rows) == {"stops": 1, "unknown": 320}


def test_of_circles_too_large_nothing_is_claimed_and_nothing_looks_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(30 * MANY):
        rng = Random(seed)
        lines = tangle(rng)
        people = stack_of(lines).people
        gone = rng.sample(people, rng.randint(0, len(people)))
        exact = states_after(lines, gone)
        with monkeypatch.context() as patched:
            patched.setattr(supply, "_MOST", 0)  # really too large ones are too large for the oracle as well
            bounded = states_after(lines, gone)
        assert all(bounded[thing][Run.POSSIBLE] <= exact[thing][Run.POSSIBLE] for thing in exact), seed
        assert all(bounded[thing][Run.WORST] >= exact[thing][Run.WORST] for thing in exact), seed


def test_while_nobody_leaves_a_circle_that_is_too_large_is_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(60 * MANY):
        lines = [{key: value for key, value in line.items() if key != "proven"} for line in tangle(Random(seed))]
        if any(mixed for _, mixed in told(lines)):
            continue
        exact = states_after(lines, [])
        with monkeypatch.context() as patched:
            patched.setattr(supply, "_MOST", 0)  # really too large ones are too large for the oracle as well
            bounded = states_after(lines, [])
        assert {thing: runs[Run.WORST] for thing, runs in bounded.items()} == {
            thing: runs[Run.WORST] for thing, runs in exact.items()
        }, seed


def states_after(lines: list[Line], gone: list[str]) -> dict[str, dict[Run, State]]:
    analysis = Analysis(stack_of(lines))
    gained, baseline, index = analysis.solver.leaving(gone), analysis.solver.baseline, analysis.network.index
    numbers = {thing: index[thing] for thing in analysis.counted if thing in index}
    marks = {thing: baseline[number] | gained.get(number, 0) for thing, number in numbers.items()}
    return {thing: {run: state_of(marks.get(thing, 0), run) for run in Run} for thing in analysis.counted}


def test_the_oracle_says_the_same_of_circles_of_every_sort() -> None:
    for seed in (*range(24 * MANY), *_TELLING):
        rng = Random(seed)
        lines = tangle(rng)
        assert departures_differ(lines, some_questions(stack_of(lines).people, rng, 3)) == [], seed
        assert bus_factors_differ(lines, rng.choice(tuple(Act))) == [], seed


def test_the_oracle_says_the_same_of_random_circles() -> None:
    def agrees(lines: list[Line]) -> None:
        rng = Random(len(repr(lines)))
        fed = with_circles(lines, rng)
        assert departures_differ(fed, some_questions(stack_of(fed).people, rng, 3)) == []
        assert bus_factors_differ(fed, rng.choice(tuple(Act))) == []

    assert_on_random_stacks(agrees, _RANDOM, "supply")


def test_the_order_of_the_facts_makes_no_difference() -> None:
    forth, back = (Analysis(stack_of(lines)).network.gates for lines in (FED, FED[::-1]))
    assert [(gate.node, [one.node for one in gate.members]) for gate in forth] == [
        (gate.node, [one.node for one in gate.members]) for gate in back
    ]
