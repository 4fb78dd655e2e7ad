"""What is open because somebody has left already."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

import pytest

from stackmap.model import Acceptance, Policy
from stackmap.rules import evaluate
from stackmap.rules import left_behind as module
from stackmap.rules.left_behind import left_behind
from tests.support.stacks import case_of

OWEN = """
    owen:Person {active=false left_on=2026-09-30 email=owen@acme.test}
    tomas:Person {active=true email=tomas@acme.test}
    sf/acme/account/1:Account {active=true}
    owen -HAS_ACCOUNT-> sf/acme/account/1
    sf/acme/account/2:Account {account_type=integration email=owen@acme.test}
    load:Automation -OWNED_BY-> owen {how=declared}
    sheet:System -OWNED_BY-> tomas {how=declared}
"""


def told(picture: str, *people: str, policy: Policy | None = None) -> dict[str, list[tuple[str, str]]]:
    found = left_behind(case_of(picture, policy=policy), people)
    return {person: [(one.code, one.subject) for one in behind.findings] for person, behind in found.items()}


def test_things_owned_logins_on_and_mailboxes_of_somebody_who_has_left_are_open_worst_first() -> None:
    assert told(OWEN, "owen") == {
        "owen": [("OO08", "load"), ("OO11", "sf/acme/account/1"), ("PA09", "sf/acme/account/2")]
    }
    weighed = told(OWEN, "owen", policy=Policy(weights={"sf/acme/account/2": 5.0}))
    assert weighed["owen"][0] == ("PA09", "sf/acme/account/2")


def test_whoever_is_here_has_left_nothing_behind_and_nothing_is_judged_for_them() -> None:
    with patch.object(module, "evaluate", side_effect=AssertionError("judged")):  # the claim is that it is not called
        assert told(OWEN, "tomas", "nobody-at-all") == {}


def test_verdicts_of_all_rules_that_are_there_already_are_taken_and_say_the_same() -> None:
    case = case_of(f"{OWEN}\nx:Automation -PART_OF-> crm:System")
    [fresh] = left_behind(case, ["owen"]).values()
    verdicts = evaluate(case)
    with patch.object(module, "evaluate", side_effect=AssertionError("judged")):  # the claim is that it is not called
        [taken] = left_behind(case, ["owen"], verdicts).values()
    assert len(verdicts.findings) > len(taken.findings)
    assert len(verdicts.not_evaluated) > len(taken.not_evaluated) > 0
    assert taken.findings == fresh.findings
    assert set(taken.not_evaluated) == set(fresh.not_evaluated)


def test_each_who_has_left_has_their_own_only() -> None:
    picture = f"{OWEN}\nkim:Person {{active=false}}\nflow:Automation -OWNED_BY-> kim {{how=declared}}"
    assert told(picture, "kim") == {"kim": [("OO08", "flow")]}
    assert set(told(picture, "kim", "owen", "tomas")) == {"kim", "owen"}


@pytest.mark.parametrize(
    "picture",
    [
        "flow:Automation -OWNED_BY-> ops:Team {how=declared}\nkim:Person -MEMBER_OF-> ops\nkim {active=false}",
        "flow:Automation -OWNED_BY-> k:Account {how=declared}\nkim:Person -HAS_ACCOUNT-> k\nkim {active=false}",
    ],
    ids=["by their team", "by their login"],
)
def test_what_is_owned_by_a_team_or_a_login_is_theirs_too(picture: str) -> None:
    assert ("OO08", "flow") in told(picture, "kim")["kim"]


def test_what_somebody_decided_to_live_with_is_not_open() -> None:
    until = date(2027, 1, 1)
    accepted = Policy((Acceptance("OO08", "load", "being replaced", "Tomas", until),))
    assert [code for code, _ in told(OWEN, "owen", policy=accepted)["owen"]] == ["OO11", "PA09"]


def test_where_the_rules_could_not_be_judged_is_kept() -> None:
    behind = left_behind(case_of("kim:Person {active=false}\nx:Automation -PART_OF-> crm:System"), ["kim"])["kim"]
    assert behind.findings == ()
    assert ("OO08", "crm") in {(item.code, item.system) for item in behind.not_evaluated}
