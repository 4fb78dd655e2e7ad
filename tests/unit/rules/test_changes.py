"""Which changes come first, and whose login they are about."""

import pytest

from stackmap.model import Properties
from stackmap.rules import biggest_changes, evaluate
from tests.support.stacks import case_of, found

STOPS = "{outcome=stops certainty=certain}"
WORK = f"""
    upload:Integration -RUNS_AS-> mei:Person {STOPS}
    upload -OWNED_BY-> mei {{how=declared}}
"""
LEFT = """
    owen:Person {active=false}
    owen -HAS_ACCOUNT-> owen_crm
    owen_crm:Account {active=true}
    owen_crm -PART_OF-> crm:System
"""
BY_HAND: dict[str, Properties] = {"upload": {"via": "Manual"}}


def says(picture: str, properties: dict[str, Properties] | None = None) -> list[str]:
    case = case_of(picture, properties=properties)
    return [one.says for one in biggest_changes(case.graph, evaluate(case).findings)]


def test_a_login_of_somebody_who_has_left_comes_before_worse_findings_about_people_who_are_here() -> None:
    case = case_of(WORK + LEFT)
    first, second, *_ = biggest_changes(case.graph, evaluate(case).findings)
    assert first.says == "Hand over what owen's login in crm carries, then switch it off"
    assert second.says == "Move upload off mei's login"
    assert first.counts < second.counts
    assert (first.overdue, second.overdue) == (True, False)


def test_a_login_that_may_be_off_does_not_jump_the_queue() -> None:
    case = case_of(WORK + LEFT.replace("{active=true}", ""))
    verdicts = evaluate(case)
    assert [one.graded for one in found(verdicts, "OO11")] == ["lower: whether it is on was not read"]
    first, *others = biggest_changes(case.graph, verdicts.findings)
    assert first.says == "Move upload off mei's login"
    assert "Hand over what owen's login in crm carries, then switch it off" in [one.says for one in others]


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (f"x:Integration -RUNS_AS-> kim:Person {STOPS}", "Move x off kim's login"),
        (f"x:Automation -OWNED_BY-> kim:Person {STOPS}", "Move x off kim's login"),
        (
            f"x:Integration -AUTHENTICATES_WITH-> t:Grant\nt -AUTHORIZED_BY-> kim:Person {STOPS}",
            "Move x off kim's login",
        ),
        (f"x:Integration -RUNS_AS-> k:Account {STOPS}\nkim:Person -HAS_ACCOUNT-> k", "Move x off kim's login"),
        (f"x:Integration -RUNS_AS-> k:Account {STOPS}\nk -PART_OF-> org:System", "Move x off the login k in org"),
    ],
)
def test_a_change_says_whose_login_it_is_about(link: str, said: str) -> None:
    assert said in says(link)


def test_an_owner_without_consequence_is_not_named() -> None:
    assert "Move upload off mei's login" in says(f"{WORK}\nupload -OWNED_BY-> ada:Person {{how=declared}}")


def test_two_logins_of_one_person_are_two_changes_told_apart_by_their_systems() -> None:
    two = "\n".join(
        f"x{org}:Integration -RUNS_AS-> k{org}:Account {STOPS}\nkim:Person -HAS_ACCOUNT-> k{org}\n"
        f"k{org} -PART_OF-> {org}:System"
        for org in ("a", "b")
    )
    assert {"Move xa off kim's login in a", "Move xb off kim's login in b"} <= set(says(two))


def test_work_by_hand_is_not_said_to_run_as_anybody() -> None:
    case = case_of(WORK, properties=BY_HAND)
    (finding,) = found(evaluate(case), "PA02")
    assert finding.because == "upload is done by hand by mei"
    assert "Let a program do upload instead of mei" in says(WORK, BY_HAND)
    with_login = f"upload:Integration -RUNS_AS-> m:Account {STOPS}\nmei:Person -HAS_ACCOUNT-> m"
    (finding,) = found(evaluate(case_of(with_login, properties=BY_HAND)), "PA02")
    assert finding.because == "upload is done by hand with m, the login of mei"
    assert "Let a program do upload instead of mei" in says(with_login, BY_HAND)


def test_work_by_hand_is_judged_as_it_was_when_it_was_said_to_run_as_somebody() -> None:
    plain, by_hand = (evaluate(case_of(WORK, properties=known)) for known in (None, BY_HAND))
    assert [(one.code, one.severity, one.fingerprint) for one in plain.findings] == [
        (one.code, one.severity, one.fingerprint) for one in by_hand.findings
    ]
