"""From the stand-in through the runner to the verdict, compared with what n8n 1.123.50 was seen to do."""

import pytest

from stackmap.analysis import Analysis, Leaving, Stack
from stackmap.model import Act, Edge, EdgeKind, Evidence, Node, NodeKind, Outcome, Reach, build_graph
from tests.connectors.n8n.reading import read, server
from tests.support.readings import TAKEN_AT

_BY_HAND = (Evidence("by-hand", "people"),)


def analysis(act: Act | None = None, **options: object) -> Analysis:
    """The company as read, every user with an address tied to a person of the same name as the user's id."""
    reading = read(server(**options))
    ties: list[Node | Edge] = []
    for fact in reading.facts:
        if isinstance(fact, Node) and fact.kind is NodeKind.ACCOUNT and "email" in fact.properties:
            person = fact.id.rpartition("/")[2]
            ties.append(Node(NodeKind.ACCOUNT, fact.id, fact.name, _BY_HAND, {"account_type": "human"}))
            ties.append(Node(NodeKind.PERSON, person, fact.name, _BY_HAND))
            ties.append(Edge(EdgeKind.HAS_ACCOUNT, person, fact.id, _BY_HAND))
    stack = Stack(build_graph([*reading.facts, *ties], reading.coverage), reading.coverage, TAKEN_AT.date())
    return Analysis(stack, Leaving(act) if act else Leaving())


def verdicts(of: Analysis, *leavers: str) -> dict[str, set[Outcome]]:
    """Outcomes by the workflow's id, of workflows and the System only."""
    found: dict[str, set[Outcome]] = {}
    for row in of.leave(leavers).rows:
        kind, vendor_id = row.thing.split("/")[2:]
        if kind in {"automation", "system"}:
            found.setdefault(vendor_id, set()).add(row.outcome)
    return found


def broken(of: Analysis) -> dict[str, Outcome]:
    return {loss.thing.rpartition("/")[2]: loss.outcome for loss in of.leave(()).already_broken}


def test_a_member_who_is_deleted_takes_the_workflows_and_those_that_call_them() -> None:
    found = verdicts(analysis(), "u-dana")
    for workflow in ("w-intake", "w-enrich", "w-score", "w-alarm", "w-router", "w-digest", "w-health"):
        assert Outcome.STOPS in found[workflow], workflow


def test_a_caller_that_tolerates_the_failed_call_goes_on() -> None:
    assert not verdicts(analysis(), "u-dana").get("w-try", set()) & {Outcome.STOPS, Outcome.UNKNOWN}


def test_nothing_stops_when_everything_is_handed_over() -> None:
    found = verdicts(analysis(Act.TRANSFERRED), "u-dana")
    assert not {outcome for outcomes in found.values() for outcome in outcomes} & {Outcome.STOPS, Outcome.UNKNOWN}
    assert Outcome.SURVIVES in found["w-intake"]


def test_the_instance_owner_cannot_be_removed() -> None:
    assert Outcome.REFUSED in verdicts(analysis(), "u-olga")["n8n.example.test"]


def test_somebody_who_owns_nothing_takes_nothing() -> None:
    assert not {outcome for outcomes in verdicts(analysis(), "u-pia").values() for outcome in outcomes} & {
        Outcome.STOPS,
        Outcome.UNKNOWN,
    }


def test_a_call_that_the_callee_refuses_is_broken_already() -> None:
    assert broken(analysis())["w-scoring"] is Outcome.STOPS


def test_what_works_is_not_called_broken() -> None:
    assert not {"w-intake", "w-router", "w-enrich", "w-try", "w-digest", "w-health"} & set(broken(analysis()))


def test_a_login_that_a_directory_disables_takes_nothing_with_it() -> None:
    found = verdicts(analysis(Act.DEACTIVATED), "u-dana")
    assert not {outcome for outcomes in found.values() for outcome in outcomes} & {Outcome.STOPS, Outcome.UNKNOWN}
    assert Outcome.SURVIVES in found["w-intake"]


def test_what_n8n_does_not_know_may_stop() -> None:
    assert verdicts(analysis(Act.FROZEN), "u-dana")["w-intake"] == {Outcome.UNKNOWN}


def test_the_alarm_of_a_workflow_goes_with_the_owner_of_the_error_workflow() -> None:
    assert Outcome.MUTED in verdicts(analysis(), "u-dana")["w-try"]
    assert Outcome.MUTED not in verdicts(analysis(), "u-olga").get("w-try", set())


@pytest.mark.parametrize(
    ("version", "states"),
    [
        ("1", {"credentials": Reach.ABSENT, "projects": Reach.ABSENT}),
        ("2", {"credentials": Reach.COMPLETE, "projects": Reach.COMPLETE}),
    ],
)
def test_what_an_edition_lacks_is_absent_and_says_why(version: str, states: dict[str, Reach]) -> None:
    coverage = {item.inventory: item for item in read(server(version=version)).coverage}
    for name, item in coverage.items():
        assert item.state is states.get(name, Reach.COMPLETE), item.reason
    if version == "1":
        assert "2.8 and newer" in coverage["credentials"].reason
        assert "licence" in coverage["projects"].reason


def test_a_scope_that_is_missing_is_denied_by_name_and_the_rest_goes_on() -> None:
    coverage = {item.inventory: item for item in read(server(deny={"user:list"})).coverage}
    assert coverage["users"].state is Reach.DENIED
    assert "user:list" in coverage["users"].reason
    assert coverage["workflows"].state is Reach.COMPLETE


def test_facts_hold_neither_parameters_nor_pinned_data() -> None:
    shown = repr(read(server()).facts)
    assert "not-for-the-map" not in shown
    assert "somebody@example.test" not in shown
