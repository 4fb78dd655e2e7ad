"""Changes of facts: what is not spoken of stays, and what is spoken of is as it was said."""

from __future__ import annotations

import pytest

from stackmap.analysis import Analysis, Stack
from stackmap.analysis.what_if.applying import apply_changes
from stackmap.analysis.what_if.changes import (
    SUPPOSED_SOURCE,
    Added,
    Doubled,
    Removed,
    Repointed,
    Switch,
    Switched,
    supposed_edge,
)
from stackmap.model import Act, Certainty, Edge, EdgeKind, How, Outcome
from tests.support.loading import stack_of
from tests.support.notation import notation
from tests.support.supposed import facts_of, supposed

PICTURE = """
    job:Automation -RUNS_AS-> dana_crm:Account {deactivated=stops/likely removed=refused/certain}
    job -PART_OF-> crm:System
    app:Integration -AUTHENTICATES_WITH-> key:Credential {slot=crm}
    key -AUTHORIZED_BY-> dana_crm {outcome=stops certainty=certain}
    job -OWNED_BY-> dana:Person
    job -OWNED_BY-> dana_crm {deactivated=stops/certain}
    dana -HAS_ACCOUNT-> dana_crm
    priya:Person -HAS_ACCOUNT-> priya_crm:Account
    sync:Account {account_type=integration}
"""


@pytest.fixture(name="stack")
def _stack() -> Stack:
    return stack_of(notation(PICTURE))


def _out(stack: Stack, source: str, kind: EdgeKind) -> dict[str, list[Edge]]:
    return {link.target: list(link.facts) for link in stack.graph.out(source, kind)}


def _stops(stack: Stack, *leavers: str) -> set[str]:
    return {row.thing for row in Analysis(stack).leave(leavers).rows if row.outcome is Outcome.STOPS}


def test_without_changes_the_facts_are_those_that_were_read(stack: Stack) -> None:
    facts = facts_of(stack)
    assert apply_changes(facts, ()) == tuple(facts)


def test_repointing_keeps_what_the_platform_does_and_says_that_it_is_supposed(stack: Stack) -> None:
    (before,) = _out(stack, "job", EdgeKind.RUNS_AS)["dana_crm"]
    after = _out(supposed(stack, Repointed(EdgeKind.RUNS_AS, "job", "sync")), "job", EdgeKind.RUNS_AS)
    assert list(after) == ["sync"]
    (edge,) = after["sync"]
    assert edge.outcomes == before.outcomes
    assert edge.outcomes is not None
    assert edge.outcomes.of(Act.REMOVED).outcome is Outcome.REFUSED
    assert [item.source for item in edge.evidence] == [SUPPOSED_SOURCE]


def test_repointed_there_and_back_it_is_the_edge_that_was_read(stack: Stack) -> None:
    there = Repointed(EdgeKind.RUNS_AS, "job", "sync")
    back = Repointed(EdgeKind.RUNS_AS, "job", "dana_crm")
    facts = facts_of(stack)
    assert set(map(repr, apply_changes(facts, (there, back)))) == set(map(repr, facts))


def test_a_thing_handed_over_keeps_those_who_answer_for_it(stack: Stack) -> None:
    after = _out(supposed(stack, Repointed(EdgeKind.OWNED_BY, "job", "priya_crm")), "job", EdgeKind.OWNED_BY)
    assert set(after) == {"dana", "priya_crm"}


def test_what_was_never_read_cannot_be_repointed_or_switched(stack: Stack) -> None:
    with pytest.raises(ValueError, match="nothing was read"):
        supposed(stack, Repointed(EdgeKind.RUNS_AS, "app", "sync"))
    with pytest.raises(ValueError, match="nobody read"):
        supposed(stack, Switched("nothing", Switch.OFF))


def test_repointed_tokens_are_no_more_declared_than_they_were(stack: Stack) -> None:
    after = _out(supposed(stack, Repointed(EdgeKind.AUTHORIZED_BY, "key", "sync")), "key", EdgeKind.AUTHORIZED_BY)
    assert {item.how for item in after["sync"][0].evidence} == {How.OBSERVED}


def test_either_of_two_logins_will_do(stack: Stack) -> None:
    alone = _stops(stack, "dana")
    doubled = supposed(
        stack, Doubled(EdgeKind.RUNS_AS, "job", "priya_crm"), Repointed(EdgeKind.OWNED_BY, "job", "priya_crm")
    )
    handed = supposed(stack, Repointed(EdgeKind.OWNED_BY, "job", "sync"), Doubled(EdgeKind.RUNS_AS, "job", "priya_crm"))
    assert "job" in alone
    assert "job" not in _stops(handed, "dana")
    assert "job" not in _stops(handed, "priya")
    assert "job" in _stops(handed, "dana", "priya")
    assert "job" in _stops(doubled, "priya"), "it still hangs on its owner"


def test_an_alternative_to_several_logins_is_refused(stack: Stack) -> None:
    two = Added(supposed_edge(EdgeKind.RUNS_AS, "job", "priya_crm"))
    with pytest.raises(ValueError, match="an alternative to which"):
        supposed(stack, two, Doubled(EdgeKind.RUNS_AS, "job", "sync"))


def test_an_edge_is_added_once_and_removed_whoever_said_it(stack: Stack) -> None:
    owner = Added(supposed_edge(EdgeKind.OWNED_BY, "app", "priya"))
    twice = apply_changes(facts_of(stack), (owner, owner))
    assert len(twice) == len(facts_of(stack)) + 1
    gone = supposed(stack, owner, Removed(EdgeKind.OWNED_BY, "app", "priya"))
    assert not _out(gone, "app", EdgeKind.OWNED_BY)
    assert "dana" not in _out(supposed(stack, Removed(EdgeKind.OWNED_BY, "job", "dana")), "job", EdgeKind.OWNED_BY)


def test_a_tie_is_as_sure_as_asked_for() -> None:
    grades = {
        grade: max(item.how.certainty for item in edge.evidence)
        for grade in Certainty
        for edge in [supposed_edge(EdgeKind.HAS_ACCOUNT, "p", "a", grade=grade)]
    }
    assert grades == {grade: grade for grade in Certainty}


@pytest.mark.parametrize("node", ["dana_crm", "key", "crm"])
def test_what_is_off_is_off_and_back_as_it_was_read(stack: Stack, node: str) -> None:
    off = supposed(stack, Switched(node, Switch.OFF))
    assert off.is_off(node)
    facts = facts_of(stack)
    there_and_back = apply_changes(facts, (Switched(node, Switch.OFF), Switched(node, Switch.ON)))
    assert set(map(repr, there_and_back)) == set(map(repr, facts))


def test_somebody_who_left_is_here_again_whatever_lists_say() -> None:
    lines = notation("dana:Person {left_on=2026-03-01}\n dana -HAS_ACCOUNT-> a:Account\n a {active=false}")
    before = stack_of(lines)
    after = supposed(before, Switched("dana", Switch.ON), Switched("a", Switch.ON))
    assert not before.is_here("dana")
    assert after.is_here("dana")
    assert after.whereabouts["dana"].here is True
    assert all(word.here is not False for word in after.whereabouts["dana"].words), "no list says otherwise"
    assert not after.accounts["a"].off


def test_a_login_whose_access_ended_counts_as_frozen(stack: Stack) -> None:
    frozen = supposed(stack, Switched("dana_crm", Switch.FROZEN))
    assert frozen.accounts["dana_crm"].past_acts == {Act.FROZEN}
    off = supposed(stack, Switched("dana_crm", Switch.FROZEN), Switched("dana_crm", Switch.OFF))
    assert off.accounts["dana_crm"].past_acts == {Act.DEACTIVATED}


def test_an_app_switched_off_and_on_is_not_taken_for_declared(stack: Stack) -> None:
    off = stack_of(
        [{**line, "properties": {"active": False}} if line.get("id") == "app" else line for line in notation(PICTURE)]
    )
    vertex = supposed(off, Switched("app", Switch.ON)).graph.get("app")
    assert vertex is not None
    assert vertex.active is True
    assert not vertex.declared
