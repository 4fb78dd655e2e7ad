"""A call that finds no way in says whom it was meant for, in the words of the workflow list."""

from typing import Any

from connectors.n8n.joins import calls_in_words
from stackmap.model import EdgeKind, Fact
from tests.connectors.n8n.reading import facts, scope
from tests.connectors.n8n.test_workflows import CALLED, call, row
from tests.support.readings import edges


def concluded(*workflows: dict[str, Any]) -> list[Fact]:
    return list(calls_in_words(facts("workflows", workflows), {}, scope("")))


def names(found: list[Fact]) -> set[str]:
    assert found == list(edges(found, EdgeKind.CALLS)), "nothing but calls is concluded"
    return {edge.properties["target_name"] for edge in found}


def test_a_call_that_is_let_in_by_one_way_names_only_those_that_are_shut() -> None:
    caller, callee = row("w1", call("w2")), {**row("w2", CALLED, callerPolicy="any"), "name": "Lead scoring"}
    found = concluded(caller, callee)
    assert names(found) == {"a way into Lead scoring"}
    assert all(not edge.target.endswith("any") for edge in edges(found, EdgeKind.CALLS)), "that one is open"


def test_a_call_of_a_workflow_that_is_gone_names_its_id() -> None:
    assert names(concluded(row("w1", call("w9")))) == {"a way into workflow w9"}


def test_a_call_that_does_not_wait_names_the_workflow_itself() -> None:
    caller = row("w1", call("w9", options={"waitForSubWorkflow": False}))
    assert names(concluded(caller)) == {"workflow w9"}


def test_calls_of_addresses_elsewhere_are_left_alone() -> None:
    assert concluded(row("w1")) == []
