"""Every rule is whole, codes are unique, and the mechanism around the rules keeps its word."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from stackmap.model import Acceptance, EdgeKind, NodeKind, Policy, Severity
from stackmap.rules import (
    CRITICAL_WEIGHT,
    HEADINGS,
    NONE_LISTED,
    RULES,
    TAPE,
    Blind,
    Case,
    Hit,
    Rule,
    Verdicts,
    by_code,
    evaluate,
)
from stackmap.rules.base import needs_of, rule
from tests.support.stacks import AS_OF, case_of, clear, found, subjects, unjudged, verdicts_of

ORG = "org:System"
SYNC = """
    sync:Integration -RUNS_AS-> kim_sf:Account {outcome=stops certainty=certain}
    kim:Person -HAS_ACCOUNT-> kim_sf
    sync -PART_OF-> org:System
"""
WHOLE = "coverage org {inventory=apps kinds=RUNS_AS,Integration}"


STOPS = "{outcome=stops certainty=certain}"
EVERYTHING = f"""
    kim:Person -HAS_ACCOUNT-> kim_sf:Account
    old:Account {{active=false}}
    svc:Account {{account_type=integration}}
    app:Integration {{token_limit=2 installed=false}}
    app -AUTHENTICATES_WITH-> t1:Grant {{slot=app}}
    app -AUTHENTICATES_WITH-> t2:Grant {{slot=app}}
    app -AUTHENTICATES_WITH-> t3:Grant {{slot=app}}
    t1:Grant {{token=true}}
    t1 -AUTHORIZED_BY-> kim_sf {STOPS}
    t2 -AUTHORIZED_BY-> old {STOPS}
    t3 -AUTHORIZED_BY-> svc {STOPS}
    other:Integration -RUNS_AS-> svc {STOPS}
    sync:Integration {{link=a-b}}
    sync -RUNS_AS-> kim_sf {STOPS}
    bot:Integration {{ai=true}}
    bot -RUNS_AS-> kim_sf {STOPS}
    agent:Integration {{app_kind=agent}}
    agent -RUNS_AS-> kim_sf {STOPS}
    job:Automation -RUNS_AS-> kim_sf {STOPS}
    board:Automation {{automation_type=dashboard}}
    board -RUNS_AS-> kim_sf {STOPS}
    plain:Automation -RUNS_AS-> kim_sf {STOPS}
    plain -NOTIFIES-> old
    coverage org {{inventory=users kinds=Account}}
    routing:Automation -ROUTES_TO-> kim_sf {{outcome=refused certainty=certain}}
    kim_sf -PART_OF-> org:System
    coverage org {{inventory=alarms kinds=Automation,NOTIFIES}}
"""
JOB = {"job": {"automation_type": "scheduled job"}}
NEW = {"AI01", "AI03", "OO01", "OO02", "OO04", "PA01", "PA03", "PA07", "PA08", "SH01", "ST03", "ST08"}


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


ABOUT_LOGINS = needs_of(NodeKind.ACCOUNT)


@pytest.mark.parametrize(
    "one", [one for one in RULES if not one.about_sight and one.needs != ABOUT_LOGINS], ids=lambda one: one.code
)
def test_no_rule_about_more_than_logins_is_clear_where_only_they_were_read(one: Rule) -> None:
    verdicts = verdicts_of("org:System\ncoverage org {inventory=users kinds=Account}")
    assert unjudged(verdicts, one.code) == {"org": (NONE_LISTED,)}
    assert clear(verdicts, one.code) == []


@pytest.mark.parametrize("code", ["PA07", "PA08", "OO02", "AI03"])
def test_what_apps_run_as_says_nothing_of_jobs_dashboards_or_alarms(code: str) -> None:
    picture = "org:System\ncoverage org {inventory=apps kinds=RUNS_AS,OWNED_BY}"
    assert clear(verdicts_of(picture), code) == []


def test_tape_is_what_hangs_on_one_persons_login() -> None:
    assert {"AI01", "AI03", "PA01", "PA02", "PA03", "PA07", "PA08"} == TAPE


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


@pytest.mark.parametrize("odd", [None, 7, "x", [], ["x"], {}, {"30": "yes", "x": "yes"}], ids=repr)
def test_properties_of_no_known_form_stop_no_rule(odd: object) -> None:
    names = ("ai", "app_kind", "automation_type", "installed", "job", "last_used", "link", "serves", "token")
    said = dict.fromkeys((*names, "token_limit", "used_within"), odd)
    picture = """
        sync:Integration -AUTHENTICATES_WITH-> t:Grant
        t -AUTHORIZED_BY-> kim_sf:Account
        job:Automation -RUNS_AS-> kim_sf
        job -NOTIFIES-> kim_sf
    """
    verdicts = evaluate(case_of(picture, properties=dict.fromkeys(("sync", "t", "job"), said)))
    assert any(finding.subject == "job" for finding in verdicts.findings)


def _everything(names: Mapping[str, str] | None = None, picture: str = EVERYTHING) -> Verdicts:
    lines = f"{picture}\nplain -PART_OF-> org"
    return evaluate(case_of(lines, names=names, properties=JOB))


def test_one_stack_makes_all_rules_about_logins_and_tokens_speak() -> None:
    assert {one.code for one in _everything().findings} >= NEW


def test_no_order_of_lines_and_no_name_changes_what_is_found() -> None:
    plain = _everything()
    lines = [line for line in EVERYTHING.splitlines() if line.strip()]
    assert _everything(picture="\n".join(reversed(lines))).findings == plain.findings
    renamed = _everything({"kim": "Kim Larsen", "kim_sf": "k.larsen", "app": "Webinars", "org": "CRM"})
    assert [(one.fingerprint, one.severity) for one in renamed.findings] == [
        (one.fingerprint, one.severity) for one in plain.findings
    ]


def test_no_finding_has_a_person_on_its_path_and_every_one_has_evidence() -> None:
    for one in _everything().findings:
        assert "kim" not in one.path
        assert one.evidence or by_code[one.code].about_sight


def test_nothing_that_was_not_seen_is_called_unused() -> None:
    told = [one.because + one.graded for one in _everything().findings]
    assert not any("unused" in text for text in [*told, *(part for one in RULES for part in one.text.values())])
