"""A plan of second holders, supposed: its scenario is understood and brings about what the plan promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from stackmap.analysis import bus_factors
from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.departures.answer import Analysis
from stackmap.analysis.succession.agreed import agreed
from stackmap.analysis.succession.candidates import Candidates
from stackmap.app.opening import Reading
from stackmap.app.succession import plan_second_holders
from stackmap.app.what_if.supposing import suppose
from stackmap.declared import Manifest
from stackmap.identity import Identity
from stackmap.model import Snapshot
from stackmap.render.succession import SecondHoldersReport, second_holders_json, second_holders_scenario
from stackmap.render.succession_sentences import scenario_sentence
from tests.support.laws import on_random_stacks
from tests.support.loading import stack_of
from tests.support.notation import notation
from tests.support.supposed import facts_of

Lines = Sequence[Mapping[str, Any]]

_TAKEN = datetime(2026, 11, 22, 9, tzinfo=UTC)


def _reading(lines: Lines) -> Reading:
    """Of nothing but these lines, with nobody's notes."""
    stack = stack_of(lines)
    facts = tuple(facts_of(stack))
    return Reading(Snapshot(1, _TAKEN, facts, stack.coverage), (), Manifest(), Identity(facts), stack)


def _sentences(report: SecondHoldersReport) -> list[str]:
    return [line for line in second_holders_scenario(report).splitlines() if not line.startswith("#")]


def _alone(compiled: CompiledStack) -> dict[str, set[str]]:
    """What is one person away, from failing and from nobody knowing it."""
    found: dict[str, set[str]] = {"running": set(), "care": set()}
    for one in bus_factors(Analysis(compiled.stack, compiled.how)):
        found["running"] |= {one.thing} if one.running == 1 else set()
        found["care"] |= {one.thing} if one.care == 1 else set()
    return found


@on_random_stacks(60)
def test_the_scenario_of_a_plan_brings_about_what_it_promises(lines: Lines) -> None:
    reading = _reading(lines)
    report = plan_second_holders(reading)
    said = [one for one in report.hand_overs if scenario_sentence(report.graph, one)]
    assert len(_sentences(report)) == len(said)
    alone = _alone(suppose(reading, _sentences(report)).analysis())
    seconds = {one.hold: one.second for one in said if one.second}
    assert alone == _alone(agreed(Candidates(reading.analysis()), seconds))
    if len(said) == sum(one.second is not None for one in report.hand_overs):
        for purpose, part in report.parts:
            assert alone[purpose].isdisjoint(part.lifted)


def test_everything_that_can_be_handed_over_has_a_sentence_or_a_comment() -> None:
    lines = notation("""
        crm/x/account/dana:Account -PART_OF-> crm/x/system/x:System
        crm/x/account/ravi:Account -PART_OF-> crm/x/system/x
        dana:Person -HAS_ACCOUNT-> crm/x/account/dana
        ravi:Person -HAS_ACCOUNT-> crm/x/account/ravi
        sync:Integration -RUNS_AS-> crm/x/account/dana {outcome=stops certainty=certain}
        upload:Automation -RUNS_AS-> dana {outcome=stops certainty=certain}
        queue:Automation -ROUTES_TO-> dana {outcome=stops certainty=certain}
        crm/x/account/dana-admin:Account -ADMINISTERS-> crm/x/system/x
        dana -HAS_ACCOUNT-> crm/x/account/dana-admin
        crm/x/account/dana-admin -PART_OF-> crm/x/system/x
        sheet:Automation -OWNED_BY-> dana {how=declared}
        dana -MEMBER_OF-> ops:Team
        ravi -MEMBER_OF-> ops
    """)
    scenario = second_holders_scenario(plan_second_holders(_reading(lines)))
    assert scenario.splitlines() == [
        "# Second holders, planned from the reading of 22 Nov 2026.",
        "# What they change: stackmap bus-factor --scenario FILE, FILE being this one.",
        "# That two hold a login is supposed, to see what a second holder changes.",
        "# What to do: move what runs on it to a login that is nobody's own and that",
        "# both can open. Never share a password.",
        "#",
        "# No sentence can say this, so it is left out: queue, which hands work to dana; second holder: ravi",
        "#",
        "# upload also runs as ravi",
        '"upload" also runs as "ravi"',
        "#",
        "# ravi holds crm/x/account/dana in crm/x/system/x",
        '"ravi" holds "crm/x/account/dana"',
        "#",
        "# ravi administers crm/x/system/x",
        '"ravi" administers "crm/x/system/x"',
        "#",
        "# ravi owns sheet",
        '"ravi" owns "sheet"',
    ]


def test_a_whole_plan_with_a_queue_in_it_can_be_supposed_in_its_own_order() -> None:
    """Of the second member's login more hangs, so that it is shared, and no longer theirs alone, before."""
    lines = notation("""
        crm/x/account/dana:Account -PART_OF-> crm/x/system/x:System
        crm/x/account/ravi:Account -PART_OF-> crm/x/system/x
        dana:Person -HAS_ACCOUNT-> crm/x/account/dana
        ravi:Person -HAS_ACCOUNT-> crm/x/account/ravi
        sync:Integration -RUNS_AS-> crm/x/account/ravi {outcome=stops certainty=certain}
        digest:Automation -RUNS_AS-> crm/x/account/ravi {outcome=stops certainty=certain}
        rule:Automation -ROUTES_TO-> crm/x/group/queue:Group {outcome=stops certainty=certain}
        crm/x/group/queue -PART_OF-> crm/x/system/x
        crm/x/account/dana -MEMBER_OF-> crm/x/group/queue
    """)
    reading = _reading(lines)
    report = plan_second_holders(reading)
    assert _sentences(report)[:2] == [
        '"dana" holds "crm/x/account/ravi"',
        '"crm/x/account/ravi" is a member of "crm/x/group/queue"',
    ]
    assert _alone(reading.analysis())["running"] == {"sync", "digest", "rule"}
    assert _alone(suppose(reading, _sentences(report)).analysis())["running"] == set()


def test_no_sentence_is_offered_for_one_way_of_several() -> None:
    """That it also runs as somebody would change another way than the one that is shared, or nobody knows which."""
    lines = notation("""
        crm/x/account/svc:Account {account_type=integration}
        upload:Automation -RUNS_AS-> dana:Person {outcome=stops certainty=certain}
        upload -RUNS_AS-> ravi:Person {outcome=stops certainty=certain}
        queue:Automation -RUNS_AS-> crm/x/account/svc {outcome=stops certainty=certain}
        queue -ROUTES_TO-> dana {outcome=stops certainty=certain}
        dana -MEMBER_OF-> ops:Team
        ravi -MEMBER_OF-> ops
    """)
    report = plan_second_holders(_reading(lines))
    assert len([one for one in report.plan.running.hand_overs if one.second]) == 3
    assert _sentences(report) == []


def test_a_scenario_says_what_it_was_planned_beside() -> None:
    lines = notation("""
        dana:Person -HAS_ACCOUNT-> crm/x/account/dana:Account
        ravi:Person -HAS_ACCOUNT-> crm/x/account/ravi:Account
        sync:Integration -RUNS_AS-> crm/x/account/dana {outcome=stops certainty=certain}
        digest:Integration -RUNS_AS-> crm/x/account/ravi {outcome=stops certainty=certain}
    """)
    reading = suppose(_reading(lines), ["digest is off"])
    scenario = second_holders_scenario(plan_second_holders(reading))
    assert "# Planned beside this, which is not part of it. Supposing: digest is off\n" in scenario
    assert '"ravi" holds "crm/x/account/dana"\n' in scenario


def test_under_stand_ins_no_sentence_is_offered() -> None:
    lines = notation("""
        dana:Person -HAS_ACCOUNT-> crm/x/account/dana:Account
        ravi:Person -HAS_ACCOUNT-> crm/x/account/ravi:Account
        sync:Integration -RUNS_AS-> crm/x/account/dana {outcome=stops certainty=certain}
    """)
    report = plan_second_holders(_reading(lines))
    assert '"sentence": "\\"ravi\\" holds' in second_holders_json(report)
    assert '"sentence": null' in second_holders_json(replace(report, stand_ins=True))


def test_a_second_holder_who_was_not_seen_there_and_what_was_asked_are_part_of_the_answer() -> None:
    lines = notation("""
        crm/x/account/dana:Account -PART_OF-> crm/x/system/x:System
        crm/x/account/ravi:Account {last_used=2020-01-01}
        crm/x/account/ravi -PART_OF-> crm/x/system/x
        dana:Person -HAS_ACCOUNT-> crm/x/account/dana
        ravi:Person -HAS_ACCOUNT-> crm/x/account/ravi
        sync:Integration -RUNS_AS-> crm/x/account/dana {outcome=stops certainty=certain}
    """)
    report = plan_second_holders(_reading(lines), ["sync"], at_most=3)
    assert report.unseen == {one.hold for one in report.hand_overs}
    assert report.asked_with == ("--thing", "sync", "--at-most", "3")
    assert plan_second_holders(_reading(lines)).asked_with == ()
