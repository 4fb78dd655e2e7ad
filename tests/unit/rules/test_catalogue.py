"""Every rule is whole, codes are unique, and the mechanism around the rules keeps its word."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from stackmap.model import Acceptance, EdgeKind, NodeKind, Policy, Severity
from stackmap.rules import CRITICAL_WEIGHT, HEADINGS, NONE_LISTED, RULES, Blind, Case, Hit, Rule, by_code, evaluate
from stackmap.rules.base import needs_of, rule
from tests.support.stacks import AS_OF, case_of, clear, found, subjects, unjudged, verdicts_of

ORG = "org:System"
SYNC = """
    sync:Integration -RUNS_AS-> kim_sf:Account {outcome=stops certainty=certain}
    kim:Person -HAS_ACCOUNT-> kim_sf
    sync -PART_OF-> org:System
"""
WHOLE = "coverage org {inventory=apps kinds=RUNS_AS,Integration}"


def accepted(until: date, code: str = "PA02", subject: str = "sync") -> Acceptance:
    return Acceptance(code, subject, "moves in spring", "Ops", until)


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.code)
def test_every_rule_says_what_why_how_when_wrong_and_from_what(one: Rule) -> None:
    assert tuple(one.text) == HEADINGS
    assert all(one.text.values())


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.code)
def test_titles_fit_on_a_line_and_name_the_problem(one: Rule) -> None:
    assert len(one.title) <= 80
    assert "ensure" not in one.title.lower()
    assert not one.title.endswith(".")


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.code)
def test_fixes_are_steps_and_say_what_to_verify(one: Rule) -> None:
    steps = one.steps
    assert [step.partition(". ")[0] for step in steps] == [str(number) for number in range(1, len(steps) + 1)]
    assert one.code == "CV02" or any("erify" in step for step in steps)


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.code)
def test_only_rules_about_our_sight_need_nothing(one: Rule) -> None:
    assert bool(one.needs) is not one.about_sight
    assert not any(EdgeKind.HAS_ACCOUNT in kinds for kinds in one.needs)


def test_codes_are_unique_and_find_their_rule() -> None:
    assert len(by_code) == len(RULES)
    assert all(by_code[one.code] is one for one in RULES)


def test_a_rule_is_clear_only_where_all_it_needs_was_read() -> None:
    verdicts = verdicts_of(f"{ORG}\n{WHOLE}\ncoverage other {{inventory=more kinds=RUNS_AS state=partial reason=cap}}")
    assert clear(verdicts, "PA02") == ["org"]
    assert unjudged(verdicts, "PA02") == {"other": ("more",)}


def test_a_list_that_nobody_offers_is_named_as_such() -> None:
    assert unjudged(verdicts_of(ORG), "SA01") == {"org": (NONE_LISTED,)}


def test_one_of_two_lists_read_is_not_enough() -> None:
    picture = f"{ORG}\n{WHOLE}\ncoverage org {{inventory=jobs kinds=RUNS_AS state=denied reason=forbidden}}"
    assert unjudged(verdicts_of(picture), "PA02") == {"org": ("jobs",)}


def test_a_list_refused_to_one_source_and_read_by_another_was_read() -> None:
    picture = f"{ORG}\n{WHOLE}\nsource cautious\ncoverage org {{inventory=apps kinds=RUNS_AS state=denied reason=no}}"
    assert unjudged(verdicts_of(picture), "PA02") == {}


def test_a_list_of_events_proves_nothing() -> None:
    picture = f"{ORG}\ncoverage org {{inventory=log kinds=RUNS_AS sort=event}}"
    assert unjudged(verdicts_of(picture), "PA02") == {"org": (NONE_LISTED,)}


def test_a_partial_read_still_yields_findings() -> None:
    verdicts = verdicts_of(f"{SYNC}\ncoverage org {{inventory=apps kinds=RUNS_AS state=partial reason=cap}}")
    assert subjects(verdicts, "PA02") == ["sync"]
    assert unjudged(verdicts, "PA02") == {"org": ("apps",)}


def test_a_system_that_only_an_id_names_is_judged_too() -> None:
    verdicts = verdicts_of("acme/prod/automation/1:Automation")
    assert "acme/prod" in unjudged(verdicts, "PA02")


def test_a_critical_thing_raises_its_findings_one_step() -> None:
    policy = Policy(weights={"feed": CRITICAL_WEIGHT, "other": CRITICAL_WEIGHT - 1})
    verdicts = evaluate(case_of("feed:Automation\nother:Automation", policy=policy))
    assert {one.subject: one.severity for one in found(verdicts, "OO07")} == {
        "feed": Severity.HIGH,
        "other": Severity.MEDIUM,
    }
    assert [one.graded for one in found(verdicts, "OO07")] == ["higher: your notes call it critical", ""]


def test_what_is_as_bad_as_can_be_is_not_called_worse_for_being_critical() -> None:
    policy = Policy(weights={"sync": CRITICAL_WEIGHT})
    (finding,) = found(evaluate(case_of(SYNC, policy=policy)), "PA02")
    assert (finding.severity, finding.graded) == (Severity.CRITICAL, "")


def test_what_is_broken_already_is_told_with_a_fix_and_judged_by_no_rule() -> None:
    verdicts = verdicts_of(f"{SYNC}\nkim_sf:Account {{active=false}}")
    assert [loss.thing for loss in verdicts.broken.departure.already_broken] == ["sync"]
    assert verdicts.broken.fixes == {"sync": "let it run as an integration login, then run it once"}
    assert subjects(verdicts, "PA02") == []


def test_what_waits_for_something_that_is_not_there_is_told_to_be_re_pointed() -> None:
    picture = """
        flow:Automation -CALLS-> acme/prod/endpoint/7
        coverage acme/prod {inventory=endpoints kinds=Endpoint}
    """
    assert "something that is there" in verdicts_of(picture).broken.fixes["flow"]


def test_an_accepted_finding_carries_its_acceptance() -> None:
    one = accepted(AS_OF)
    verdicts = verdicts_of(f"{SYNC}\n{WHOLE}", accepted=[one])
    assert found(verdicts, "PA02")[0].accepted == one
    assert verdicts.stale_acceptances == ()


def test_an_acceptance_that_ran_out_shows_the_finding_again_and_says_so() -> None:
    (finding,) = found(verdicts_of(SYNC, accepted=[accepted(date(2026, 11, 21))]), "PA02")
    assert finding.accepted is None
    assert "was accepted until 2026-11-21: moves in spring" in finding.because


@pytest.mark.parametrize(("code", "subject"), [("PA02", "syn"), ("PA02", "SYNC"), ("ZZ99", "sync")])
def test_an_acceptance_matches_exactly_or_is_reported(code: str, subject: str) -> None:
    one = accepted(date(2027, 1, 31), code, subject)
    verdicts = verdicts_of(f"{SYNC}\n{WHOLE}", accepted=[one])
    assert found(verdicts, "PA02")[0].accepted is None
    assert verdicts.stale_acceptances == (one,)


def test_an_acceptance_out_of_sight_is_not_called_stale() -> None:
    one = accepted(date(2027, 1, 31), "PA02", "quiet")
    picture = "quiet:Automation -PART_OF-> org:System"
    assert verdicts_of(picture, accepted=[one]).stale_acceptances == ()
    assert verdicts_of(f"{picture}\n{WHOLE}", accepted=[one]).stale_acceptances == (one,)


def test_persons_are_no_part_of_a_fingerprint() -> None:
    def marks(picture: str) -> list[str]:
        return [one.fingerprint for one in found(verdicts_of(picture), "PA02")]

    assert marks(SYNC) == marks(SYNC.replace("kim:", "lee:")) != marks(SYNC.replace("kim_sf", "lee_sf"))
    assert marks(SYNC) == ["1d37bc4521eaf160"]


def test_a_person_in_a_hits_path_is_dropped() -> None:
    def body(case: Case) -> Iterator[Hit | Blind]:
        yield Hit("sync", ("kim", "kim_sf", "anonymous/x"), "because")

    one = rule("ZZ01", "A test", Severity.LOW, needs=needs_of(NodeKind.INTEGRATION))(body)
    (finding,) = evaluate(case_of(SYNC), [one]).findings
    assert finding.path == ("kim_sf",)


def test_wording_and_severity_do_not_change_a_fingerprint() -> None:
    def of(**said: Any) -> str:
        one = rule("ZZ01", "A test", Severity.LOW)(lambda case: iter([Hit("sync", ("kim_sf",), **said)]))
        return evaluate(case_of(SYNC), [one]).findings[0].fingerprint

    assert of(because="one") == of(because="two", steps=2, why="reasons")


def test_the_order_of_facts_changes_no_verdict() -> None:
    lines = [line for line in f"{SYNC}\n{WHOLE}\nfeed:Automation\n{ORG}".splitlines() if line.strip()]
    forward, backward = verdicts_of("\n".join(lines)), verdicts_of("\n".join(reversed(lines)))
    assert forward == backward
