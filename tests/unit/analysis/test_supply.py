"""What only feeds itself is no redundancy: circles of edges declared supply, in the engine and in the oracle."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from stackmap.analysis import Analysis, bus_factors
from stackmap.analysis.gates.marks import Run, state_of
from stackmap.model import Act, State
from tests.oracle import brute
from tests.oracle.supplied import with_circles
from tests.support.agreement import bus_factors_differ, departures_differ, some_questions
from tests.support.laws import assert_on_random_stacks
from tests.support.loading import AS_OF, stack_of

Line = dict[str, Any]

SUPPLY: Line = {"properties": {"supply": True}}
_RANDOM = 8


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
MIXED = [*FED, edge("CALLS", "u", "v")]


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


def test_a_circle_with_one_edge_that_is_no_supply_stands_and_is_told() -> None:
    assert stops(MIXED, "ana") == {"source"}
    assert Analysis(stack_of(MIXED)).circular == (("u", "v"),)
    assert Analysis(stack_of(FED)).circular == ()


def test_one_source_that_says_supply_is_enough_whatever_group_others_gave_the_edge() -> None:
    notes = {"type": "source", "name": "notes", "taken_at": "2026-11-22T10:00:00Z"}
    said = [line | {"group": "again"} for line in FED if "group" in line]
    both = [*plain(FED), notes, *said]
    assert Analysis(stack_of(both)).circular == ()
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


def test_a_circle_of_more_than_twelve_stands_and_is_told() -> None:
    names = [f"flow-{number:02}" for number in range(13)]
    ring = [line for start, end in zip(names, [*names[1:], names[0]], strict=True) for line in feeds(start, end)]
    lines = [*run_by("ana", "source"), *flows(*names), *ring, *feeds(names[0], "source")]
    assert stops(lines, "ana") == {"source"}
    assert Analysis(stack_of(lines)).circular == (tuple(names),)


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
