"""What several lists tell together, what a paginator wants to know first, and what a whole reading did without."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import pytest

from stackmap.model import Coverage, Edge, EdgeKind, Fact, FixBy, How, Node, NodeKind, Reach, SourceReading
from stackmap.sdk import Ask, Get, Joins, Pages, Probe, Reply, Request, Scope, faulty
from stackmap.sdk.sandbox import status
from tests.unit.collect.vendor import CONNECTOR, ROW, USERS_INVENTORY, read, standin

_RUNS: frozenset[NodeKind | EdgeKind] = frozenset({NodeKind.AUTOMATION, EdgeKind.RUNS_AS})
_JOBS = tuple(
    replace(item, emits=_RUNS) if item.name == "jobs" else item
    for item in CONNECTOR.inventories
    if item.name != "job-details"
)


def covered(reading: SourceReading) -> dict[str, Coverage]:
    return {item.inventory: item for item in reading.coverage}


def by_number(facts: Sequence[Fact], coverage: Mapping[str, Coverage], scope: Scope) -> Iterator[Fact]:
    """Job j1 runs as user u1: nothing but the numbers says so."""
    logins = {fact.id.rpartition("/u")[2]: fact.id for fact in facts if fact.kind is NodeKind.ACCOUNT}
    for fact in facts:
        if isinstance(fact, Node) and fact.kind is NodeKind.AUTOMATION:
            number = fact.id.rpartition("/j")[2]
            at = scope.at("jobs")
            yield at.node(NodeKind.AUTOMATION, f"j{number}", "", {"numbered": True})
            if number in logins:
                yield at.edge(EdgeKind.RUNS_AS, fact.id, logins[number], f"j{number}", row=ROW, how=How.INFERRED_KEY)


def test_conclusions_become_facts_of_the_list_they_rest_on() -> None:
    reading = read(connector=replace(CONNECTOR, inventories=_JOBS, joins=by_number))
    edges = [fact for fact in reading.facts if isinstance(fact, Edge)]
    assert [(edge.source[-2:], edge.target[-2:]) for edge in edges] == [("j1", "u1"), ("j2", "u2"), ("j3", "u3")]
    assert {(item.inventory, item.how) for edge in edges for item in edge.evidence} == {("jobs", How.INFERRED_KEY)}
    assert all(item.state is Reach.COMPLETE for item in reading.coverage)


def test_what_is_concluded_about_a_thing_is_added_to_what_was_read_of_it() -> None:
    reading = read(connector=replace(CONNECTOR, inventories=_JOBS, joins=by_number))
    jobs = [fact for fact in reading.facts if isinstance(fact, Node) and fact.kind is NodeKind.AUTOMATION]
    assert [(job.name, job.properties["numbered"]) for job in jobs] == [
        ("Job 1", True),
        ("Job 2", True),
        ("Job 3", True),
    ]


def test_a_list_that_was_not_read_leaves_the_others_as_they_are() -> None:
    broken = faulty(standin, "/api/users", status(500))
    reading = read(broken, replace(CONNECTOR, inventories=_JOBS, joins=by_number))
    assert not [fact for fact in reading.facts if isinstance(fact, Edge)]
    assert covered(reading)["jobs"].state is Reach.COMPLETE


def _from_nowhere(facts: Sequence[Fact], coverage: Mapping[str, Coverage], scope: Scope) -> Iterable[Fact]:
    return [scope.at("nowhere").node(NodeKind.ACCOUNT, "u9", "Nobody")]


def _undeclared(facts: Sequence[Fact], coverage: Mapping[str, Coverage], scope: Scope) -> Iterable[Fact]:
    return [scope.at("jobs").node(NodeKind.ACCOUNT, "u9", "Nobody")]


def _raises(facts: Sequence[Fact], coverage: Mapping[str, Coverage], scope: Scope) -> Iterable[Fact]:
    raise KeyError("made-up secret")


@pytest.mark.parametrize("joins", [_from_nowhere, _undeclared, _raises])
def test_conclusions_that_fail_cost_no_fact_but_leave_no_list_clear(joins: Joins) -> None:
    plain = read(connector=replace(CONNECTOR, inventories=_JOBS))
    reading = read(connector=replace(CONNECTOR, inventories=_JOBS, joins=joins))
    assert reading.facts == plain.facts
    assert {(item.state, item.fix_by) for item in reading.coverage} == {(Reach.PARTIAL, FixBy.US)}
    assert "secret" not in "".join(item.reason for item in reading.coverage)


def test_nothing_is_concluded_from_a_list_that_was_not_read() -> None:
    broken = faulty(standin, "/api/jobs", status(403))
    reading = read(
        broken,
        replace(
            CONNECTOR,
            inventories=_JOBS,
            joins=lambda facts, _, at: [at.at("jobs").node(NodeKind.AUTOMATION, "j9", "Ghost")],
        ),
    )
    assert "Ghost" not in {fact.name for fact in reading.facts if isinstance(fact, Node)}
    assert covered(reading)["jobs"].state is Reach.DENIED


def _counted(first: Ask) -> Pages:
    answer = yield Probe(Get("/users", {"size": 1}))
    yield Get("/users", {"size": len(answer.body["data"])})
    return "read without shoe size, which this tenant has not"


def test_a_probe_gives_no_records_and_its_answer_goes_to_the_paginator() -> None:
    asked: list[str] = []

    def watch(request: Request) -> Reply:
        asked.append(request.query.get("size", ""))
        return standin(request)

    inventory = replace(USERS_INVENTORY, pages=_counted)
    reading = read(watch, replace(CONNECTOR, inventories=(inventory,)))
    assert asked == ["1", "2"]
    assert reading.coverage[0].records == 2
    assert (reading.coverage[0].state, reading.coverage[0].reason) == (
        Reach.COMPLETE,
        "read without shoe size, which this tenant has not",
    )


def test_a_refused_probe_is_the_verdict_on_its_list() -> None:
    inventory = replace(USERS_INVENTORY, pages=_counted)
    reading = read(faulty(standin, "/api/users", status(403)), replace(CONNECTOR, inventories=(inventory,)))
    assert reading.coverage[0].state is Reach.DENIED


def test_what_was_done_without_is_not_said_of_a_list_that_broke_off() -> None:
    broken = faulty(standin, lambda request: request.query.get("size") == "2", status(500))
    inventory = replace(USERS_INVENTORY, pages=_counted)
    found = read(broken, replace(CONNECTOR, inventories=(inventory,))).coverage[0]
    assert (found.state, "shoe size" in found.reason) == (Reach.FAILED, False)
