"""Repeats within one inventory become one fact."""

from typing import Any

import pytest

from stackmap.collect.merge import MOST_EVIDENCE, Merged
from stackmap.model import (
    Act,
    Certainty,
    Edge,
    EdgeKind,
    Evidence,
    Fact,
    Judgement,
    Node,
    NodeKind,
    Outcome,
    Outcomes,
)


def login(record: str, name: str = "", **properties: Any) -> Node:
    return Node(NodeKind.ACCOUNT, "a/b/account/1", name, (Evidence("s", "log-ins", record),), properties)


def merged(*facts: Fact) -> Fact:
    found = Merged()
    found.add(facts)
    assert len(found) == 1
    return found.facts()[0]


def test_evidence_is_united_and_sorted() -> None:
    assert [item.record for item in merged(login("2"), login("1"), login("2")).evidence] == ["1", "2"]


def test_evidence_is_kept_to_a_number_one_can_look_at() -> None:
    many = merged(*(login(f"{number:04}") for number in range(1000)))
    assert len(many.evidence) == MOST_EVIDENCE


def test_the_first_name_and_the_first_value_stand_and_new_values_are_added() -> None:
    found = merged(login("1", "", active=True), login("2", "Ana", active=False, frozen=False))
    assert isinstance(found, Node)
    assert found.name == "Ana"
    assert found.properties == {"active": True, "frozen": False}


def test_lists_are_united_in_order() -> None:
    found = merged(login("1", starts=["manual"]), login("2", starts=["schedule", "manual"]))
    assert found.properties == {"starts": ["manual", "schedule"]}


def test_the_latest_use_stands_and_a_window_with_use_wins() -> None:
    found = merged(
        login("1", last_used="2026-01-01", used_within={"30": "no", "90": "yes"}),
        login("2", last_used="2026-03-01", used_within={"30": "unknown", "90": "no", "180": "yes"}),
    )
    assert found.properties["last_used"] == "2026-03-01"
    assert found.properties["used_within"] == {"30": "no", "90": "yes", "180": "yes"}


def edge(record: str, outcomes: Outcomes | None) -> Edge:
    evidence = (Evidence("s", "jobs", record),)
    return Edge(EdgeKind.RUNS_AS, "a/b/automation/1", "a/b/account/1", evidence, outcomes)


STOPS = Outcomes({Act.REMOVED: Judgement(Outcome.STOPS, Certainty.CERTAIN)}, "row")
SURVIVES = Outcomes({Act.REMOVED: Judgement(Outcome.SURVIVES, Certainty.CERTAIN)}, "row")


@pytest.mark.parametrize("pair", [(STOPS, SURVIVES), (SURVIVES, STOPS)])
def test_of_two_outcomes_the_worse_stands(pair: tuple[Outcomes, Outcomes]) -> None:
    found = merged(edge("1", pair[0]), edge("2", pair[1]))
    assert isinstance(found, Edge)
    assert found.outcomes == STOPS


def test_an_outcome_stands_against_none() -> None:
    found = merged(edge("1", None), edge("2", STOPS))
    assert isinstance(found, Edge)
    assert found.outcomes == STOPS


def test_edges_of_different_slots_stay_apart() -> None:
    found = Merged()
    evidence = (Evidence("s", "jobs", "1"),)
    ends = ("a/b/automation/1", "a/b/credential/1")
    found.add(Edge(EdgeKind.AUTHENTICATES_WITH, *ends, evidence, slot=slot) for slot in ("x", "y"))
    assert len(found.facts()) == 2
