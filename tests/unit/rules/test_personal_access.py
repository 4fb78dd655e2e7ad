"""PA02: what runs as a person."""

import pytest

from stackmap.model import Severity
from stackmap.rules import evaluate
from tests.support.stacks import case_of, clear, found, subjects, unjudged, verdicts_of

WHOLE = "coverage org {inventory=apps kinds=RUNS_AS,Integration}"
STOPS = "{outcome=stops certainty=certain}"
SYNC = f"""
    sync:Integration -RUNS_AS-> kim_sf:Account {STOPS}
    sync -PART_OF-> org:System
    {WHOLE}
"""
KIM = "kim:Person -HAS_ACCOUNT-> kim_sf"


def test_an_app_that_runs_as_one_persons_login_is_critical() -> None:
    (finding,) = found(verdicts_of(f"{SYNC}\n{KIM}"), "PA02")
    assert (finding.subject, finding.path, finding.severity) == ("sync", ("kim_sf",), Severity.CRITICAL)
    assert finding.because == "sync runs as kim_sf, the login of kim"
    assert finding.evidence
    assert "Verify" in finding.fix


def test_an_automation_counts_less_than_a_whole_app() -> None:
    (finding,) = found(verdicts_of(f"{SYNC}\n{KIM}".replace(":Integration", ":Automation")), "PA02")
    assert finding.severity is Severity.HIGH
    assert finding.graded == "lower: one automation, not a whole app"


def test_a_workflow_that_goes_down_with_its_owners_space_runs_as_a_person() -> None:
    picture = f"flow:Automation -OWNED_BY-> kim_n8n:Account {STOPS}\nkim:Person -HAS_ACCOUNT-> kim_n8n"
    (finding,) = found(verdicts_of(picture), "PA02")
    assert finding.because == "flow lies in kim's personal space (login kim_n8n)"


@pytest.mark.parametrize(
    "outcome", ["{}", "{outcome=survives certainty=certain}", "{outcome=unknown certainty=possible}"]
)
def test_an_owner_whose_going_breaks_nothing_known_is_no_run_as(outcome: str) -> None:
    picture = f"flow:Automation -OWNED_BY-> kim_n8n:Account {outcome}\nkim:Person -HAS_ACCOUNT-> kim_n8n"
    assert subjects(verdicts_of(picture.replace(" {}", "")), "PA02") == []


@pytest.mark.parametrize("kind", ["integration", "vendor_managed", "shared"])
def test_a_login_of_no_person_is_fine_and_the_system_clear(kind: str) -> None:
    verdicts = verdicts_of(f"{SYNC}\n{KIM}\nkim_sf:Account {{account_type={kind}}}")
    assert subjects(verdicts, "PA02") == []
    assert clear(verdicts, "PA02") == ["org"]


def test_a_login_that_two_people_hold_is_not_one_persons() -> None:
    assert subjects(verdicts_of(f"{SYNC}\n{KIM}\nlee:Person -HAS_ACCOUNT-> kim_sf"), "PA02") == []


def test_a_personal_login_of_nobody_known_is_personal_still() -> None:
    (finding,) = found(verdicts_of(SYNC), "PA02")
    assert "somebody no source names" in finding.because
    assert finding.path == ("kim_sf",)


def test_a_login_named_like_its_holder_is_named_once() -> None:
    verdicts = evaluate(case_of(f"{SYNC}\n{KIM}", names={"kim_sf": "Kim", "kim": "Kim"}))
    assert found(verdicts, "PA02")[0].because == "sync runs as Kim's login"


def test_a_personal_space_of_nobody_known_is_named_by_its_login() -> None:
    (finding,) = found(verdicts_of(f"flow:Automation -OWNED_BY-> kim_n8n:Account {STOPS}"), "PA02")
    assert finding.because == "flow lies in the personal space of kim_n8n, the login of somebody no source names"


def test_what_runs_as_the_person_in_whose_space_it_lies_is_told_once_with_both() -> None:
    picture = f"flow:Automation -OWNED_BY-> kim_n8n:Account {STOPS}\nflow -RUNS_AS-> kim_n8n {STOPS}"
    (finding,) = found(verdicts_of(f"{picture}\nkim:Person -HAS_ACCOUNT-> kim_n8n"), "PA02")
    assert finding.because == (
        "flow runs as kim_n8n, the login of kim and lies in kim's personal space (login kim_n8n)"
    )


def test_renaming_changes_words_only() -> None:
    names = {"kim": "Kim Larsen", "kim_sf": "k.larsen", "sync": "Webinars"}
    plain, renamed = verdicts_of(f"{SYNC}\n{KIM}"), evaluate(case_of(f"{SYNC}\n{KIM}", names=names))
    assert [one.because for one in found(plain, "PA02")] != [one.because for one in found(renamed, "PA02")]
    assert [one.fingerprint for one in plain.findings] == [one.fingerprint for one in renamed.findings]
    assert [one.severity for one in plain.findings] == [one.severity for one in renamed.findings]
    assert (plain.not_evaluated, plain.clear) == (renamed.not_evaluated, renamed.clear)


def test_an_unread_list_of_run_as_leaves_the_question_open() -> None:
    verdicts = verdicts_of("org:System\ncoverage org {inventory=apps kinds=RUNS_AS state=denied reason=forbidden}")
    assert unjudged(verdicts, "PA02") == {"org": ("apps",)}
    assert clear(verdicts, "PA02") == []


def test_a_login_that_was_never_read_leaves_the_question_open() -> None:
    verdicts = verdicts_of(SYNC.replace("kim_sf:Account", "kim_sf"))
    assert subjects(verdicts, "PA02") == []
    assert "org" in unjudged(verdicts, "PA02")


def test_a_login_of_unknown_type_leaves_the_question_open() -> None:
    verdicts = verdicts_of(f"{SYNC}\nkim_sf:Account {{account_type=unknown}}")
    assert subjects(verdicts, "PA02") == []
    assert "org" in unjudged(verdicts, "PA02")


def test_what_goes_on_without_the_login_counts_less() -> None:
    picture = """
        sync:Integration -RUNS_AS-> kim_sf:Account {outcome=stops certainty=certain group=either}
        sync -RUNS_AS-> lee_sf:Account {outcome=stops certainty=certain group=either}
        kim:Person -HAS_ACCOUNT-> kim_sf
        lee:Person -HAS_ACCOUNT-> lee_sf
    """
    findings = found(verdicts_of(picture), "PA02")
    assert [finding.severity for finding in findings] == [Severity.HIGH, Severity.HIGH]
    assert "goes on without this login" in findings[0].graded


def test_what_another_login_of_nobody_known_may_carry_is_not_said_to_go_on() -> None:
    picture = """
        sync:Integration {link=a-b}
        sync -AUTHENTICATES_WITH-> t1:Grant {slot=app}
        sync -AUTHENTICATES_WITH-> t2:Grant {slot=app}
        t1 -AUTHORIZED_BY-> one:Account {outcome=stops certainty=certain}
        t2 -AUTHORIZED_BY-> two:Account {outcome=stops certainty=certain}
    """
    assert [one.graded for one in found(verdicts_of(picture), "PA03")] == [
        "lower: it is not the app's only live token",
        "lower: it is not the app's only live token",
    ]


@pytest.mark.parametrize(
    ("thing", "code"), [("Integration", "PA02"), ("Automation {automation_type=dashboard}", "PA08")]
)
def test_what_has_happened_to_the_login_already_is_no_tape_any_more(thing: str, code: str) -> None:
    kind, _, said = thing.partition(" ")
    picture = f"x:{kind} {said}\nx -RUNS_AS-> kim_sf:Account\n{KIM}"
    assert subjects(verdicts_of(picture), code) == ["x"]
    assert subjects(verdicts_of(f"{picture}\nkim_sf:Account {{frozen=true}}"), code) == ["x"]
    verdicts = verdicts_of(f"{picture}\nkim_sf:Account {{active=false}}")
    assert subjects(verdicts, code) == []
    assert [loss.thing for loss in verdicts.broken.departure.already_broken] == ["x"]


def test_an_unknown_consequence_counts_less_but_is_told() -> None:
    (finding,) = found(verdicts_of(f"{SYNC}\n{KIM}".replace(STOPS, "")), "PA02")
    assert finding.severity is Severity.HIGH
    assert "not known" in finding.graded


def test_what_runs_as_somebody_named_directly_has_no_login_in_its_path() -> None:
    (finding,) = found(verdicts_of(f"zap:Integration -RUNS_AS-> kim:Person {STOPS}"), "PA02")
    assert finding.path == ()
    assert finding.because == "zap runs as kim"


@pytest.mark.parametrize("off", ["sync:Integration {active=false}", "kim_sf:Account {active=false}"])
def test_what_is_off_or_stopped_already_is_no_tape(off: str) -> None:
    assert subjects(verdicts_of(f"{SYNC}\n{KIM}\n{off}"), "PA02") == []


def test_the_platforms_usual_act_decides() -> None:
    picture = f"{SYNC}\n{KIM}\norg:System {{usual_act=transferred}}\nkim_sf -PART_OF-> org"
    picture = picture.replace(STOPS, "{removed=stops/certain transferred=survives/likely}")
    assert subjects(verdicts_of(picture), "PA02") == []
    assert subjects(verdicts_of(picture.replace("=transferred}", "=removed}")), "PA02") == ["sync"]
