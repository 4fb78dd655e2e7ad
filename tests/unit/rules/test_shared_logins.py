"""SH01: one integration login under several apps."""

import pytest

from stackmap.model import Severity
from tests.support.stacks import clear, found, subjects, unjudged, verdicts_of

STOPS = "{outcome=stops certainty=certain}"
WHOLE = "coverage org {inventory=apps kinds=RUNS_AS,AUTHORIZED_BY,Integration}"
SHARED = f"""
    svc:Account {{account_type=integration}}
    svc -PART_OF-> org:System
    one:Integration -RUNS_AS-> svc {STOPS}
    two:Integration -AUTHENTICATES_WITH-> t:Grant {{slot=two}}
    t -AUTHORIZED_BY-> svc {STOPS}
    {WHOLE}
"""


def test_an_integration_login_under_two_apps_is_high() -> None:
    (finding,) = found(verdicts_of(SHARED), "SH01")
    assert (finding.subject, finding.path, finding.severity) == ("svc", (), Severity.HIGH)
    assert finding.because == "svc is the login of 2 apps: one and two"
    assert finding.evidence


def test_one_app_with_many_tokens_is_one_app() -> None:
    picture = SHARED.replace("one:Integration -RUNS_AS-> svc", "two -RUNS_AS-> svc")
    verdicts = verdicts_of(f"{picture}\ntwo -AUTHENTICATES_WITH-> t2:Grant\nt2 -AUTHORIZED_BY-> svc {STOPS}")
    assert subjects(verdicts, "SH01") == []
    assert clear(verdicts, "SH01") == ["org"]


@pytest.mark.parametrize("kind", ["human", "shared", "vendor_managed"])
def test_only_integration_logins_are_meant(kind: str) -> None:
    assert subjects(verdicts_of(f"{SHARED}\nsvc:Account {{account_type={kind}}}"), "SH01") == []


@pytest.mark.parametrize(
    "off", ["one:Integration {active=false}", "t:Grant {active=false}", "svc:Account {active=false}"]
)
def test_what_is_switched_off_shares_nothing(off: str) -> None:
    assert subjects(verdicts_of(f"{SHARED}\n{off}"), "SH01") == []


def test_automations_of_one_login_are_no_apps() -> None:
    assert subjects(verdicts_of(SHARED.replace("one:Integration", "one:Automation")), "SH01") == []


def test_an_app_whose_token_shows_no_use_counts_less() -> None:
    (finding,) = found(verdicts_of(f"{SHARED}\nt:Grant {{last_used=2022-01-01}}"), "SH01")
    assert finding.severity is Severity.MEDIUM
    assert finding.graded == "lower: of all but one, no use was seen within 90 days"


@pytest.mark.parametrize("login", ["svc:Account {account_type=unknown}", ""], ids=["unknown type", "never read"])
def test_a_login_of_which_nothing_is_known_leaves_the_question_open(login: str) -> None:
    picture = SHARED.replace("svc:Account {account_type=integration}", login)
    verdicts = verdicts_of(picture.replace("svc ", "org/prod/account/svc ").replace("svc:", "org/prod/account/svc:"))
    assert subjects(verdicts, "SH01") == []
    assert {"org", "org/prod"} & unjudged(verdicts, "SH01").keys()


def test_shared_logins_are_not_judged_over_unread_lists() -> None:
    verdicts = verdicts_of(SHARED.replace("Integration}", "Integration state=denied reason=forbidden}"))
    assert unjudged(verdicts, "SH01") == {"org": ("apps",)}
    assert clear(verdicts, "SH01") == []
