"""Sentences and --thing take names as answers print them; the name that is somebody's or something's own goes first."""

from __future__ import annotations

import pytest

from stackmap.app.opening import Reading
from stackmap.app.succession import plan_second_holders
from stackmap.app.what_if.no_person import thing_told
from stackmap.app.what_if.supposing import suppose
from stackmap.errors import UsageError
from tests.support.notation import notation
from tests.support.supposed import reading_of_lines

PICTURE = """
    dana:Person -HAS_ACCOUNT-> hub/1/account/1:Account {account_type=human}
    dana -HAS_ACCOUNT-> n8n/1/account/1:Account {account_type=human}
    lena:Person -HAS_ACCOUNT-> n8n/1/account/2:Account {account_type=human}
    n8n/1/account/9:Account {account_type=human}
    sf/1/account/svc:Account {account_type=integration}
    hub/1/account/1 -PART_OF-> hub/1/system/1:System
    n8n/1/account/1 -PART_OF-> n8n/1/system/1:System
    n8n/1/account/2 -PART_OF-> n8n/1/system/1
    n8n/1/account/9 -PART_OF-> n8n/1/system/1
    sf/1/account/svc -PART_OF-> sf/1/system/1:System
    n8n/1/credential/c:Credential -AUTHORIZED_BY-> sf/1/account/svc {outcome=stops certainty=certain}
    n8n/1/credential/c -PART_OF-> n8n/1/system/1
    n8n/1/credential/k:Credential -AUTHORIZED_BY-> slack/1/account/unread%3Ak {outcome=stops certainty=certain}
    n8n/1/credential/k -PART_OF-> n8n/1/system/1
    n8n/1/automation/a:Automation -RUNS_AS-> n8n/1/account/1 {outcome=stops certainty=certain}
    n8n/1/automation/a -PART_OF-> n8n/1/system/1
    hub/1/integration/s:Integration -RUNS_AS-> hub/1/account/1 {outcome=stops certainty=certain}
    hub/1/integration/s -PART_OF-> hub/1/system/1
    sf/1/automation/e:Automation -PART_OF-> sf/1/system/1
"""
NAMES = {
    "dana": "Dana Okafor",
    "lena": "Lena Vogt",
    "hub/1/account/1": "Dana Okafor",
    "n8n/1/account/1": "Dana Okafor",
    "n8n/1/account/2": "Lena Vogt",
    "n8n/1/account/9": "zaps2021",
    "sf/1/account/svc": "svc-n8n",
    "n8n/1/credential/c": "Salesforce svc-n8n",
    "n8n/1/credential/k": "Slack bot",
    "n8n/1/automation/a": "Lead router",
    "hub/1/integration/s": "HubSpot\u2013Salesforce sync",
    "sf/1/automation/e": "Weekly data export",
    "hub/1/system/1": "HubSpot",
    "n8n/1/system/1": "n8n",
    "sf/1/system/1": "Salesforce",
}


@pytest.fixture(name="reading", scope="module")
def _reading() -> Reading:
    named = (line | {"name": NAMES.get(str(line.get("id")), "")} for line in notation(PICTURE))
    return reading_of_lines(list(named))


def _refused(reading: Reading, sentence: str) -> str:
    with pytest.raises(UsageError) as refused:
        suppose(reading, [sentence])
    return str(refused.value)


@pytest.mark.parametrize(
    ("sentence", "subject", "target"),
    [
        ("svc-n8n is off", "sf/1/account/svc", ""),  # not the key with that in its name
        ("Salesforce svc-n8n is off", "n8n/1/credential/c", ""),
        ("login Dana Okafor in n8n is off", "n8n/1/account/1", ""),
        ("n8n \u00b7 Dana Okafor is off", "n8n/1/account/1", ""),
        ("Dana Okafor's login in n8n is off", "n8n/1/account/1", ""),
        ("n8n \u00b7 Dana Okafor is back", "n8n/1/account/1", ""),
        ("whoever holds zaps2021 in n8n is off", "n8n/1/account/9", ""),
        ("Lena Vogt holds login Dana Okafor in n8n", "lena", "n8n/1/account/1"),
        ("Lena Vogt holds whoever holds zaps2021 in n8n", "lena", "n8n/1/account/9"),
        ("Lead router runs as Lena Vogt's login", "n8n/1/automation/a", "n8n/1/account/2"),
        ("Lead router alarms n8n \u00b7 Lena Vogt", "n8n/1/automation/a", "n8n/1/account/2"),
        ("HubSpot (the system) is off", "hub/1/system/1", ""),
        ("HubSpot-Salesforce sync is off", "hub/1/integration/s", ""),
        ("Lead router \u00b7 n8n is off", "n8n/1/automation/a", ""),
    ],
)
def test_a_sentence_takes_names_as_answers_print_them(
    reading: Reading, sentence: str, subject: str, target: str
) -> None:
    [told] = suppose(reading, [sentence]).supposed.suppositions
    assert (told.subject, told.object or "") == (subject, target)


def test_all_logins_of_somebody_are_asked_about_and_nothing_else(reading: Reading) -> None:
    told = _refused(reading, "Dana Okafor's login is off")
    assert "2 logins match" in told
    assert "Weekly data export" not in told


@pytest.mark.parametrize(
    "sentence",
    [
        "Lena Vogt holds whoever stands behind Slack bot",
        "whoever stands behind Slack bot is off",
        "Weekly data export in n8n is off",
        "login Marta Data in n8n is off",
        "Larkfield data export is off",
    ],
)
def test_nothing_is_to_be_tried_that_was_not_named(reading: Reading, sentence: str) -> None:
    assert "Try" not in _refused(reading, sentence)


def test_a_login_that_was_not_read_is_said_to_be_that(reading: Reading) -> None:
    told = _refused(reading, "whoever stands behind Slack bot is off")
    assert "that login was not read. What hangs on it: stackmap leave 'whoever stands behind Slack bot'" in told


@pytest.mark.parametrize(
    ("sentence", "tried"),
    [
        ("Led router is off", "n8n/1/automation/a is off"),
        ("Led router in n8n is off", "n8n/1/automation/a is off"),
        ("svc-n8m is off", "sf/1/account/svc is off"),
        ("Dana Okafro in n8n is off", "n8n/1/account/1 is off"),
    ],
)
def test_what_was_mistyped_is_to_be_tried(reading: Reading, sentence: str, tried: str) -> None:
    assert f"\nTry: --with '{tried}'" in _refused(reading, sentence)


def test_whose_login_it_is_is_said_where_a_person_is_wanted(reading: Reading) -> None:
    told = _refused(reading, "Lena Vogt in n8n owns Lead router")
    assert "is a login of Lena Vogt, not a person" in told
    assert "--with 'lena owns Lead router'" in told


@pytest.mark.parametrize(
    ("word", "thing"),
    [
        ("HubSpot (the system)", "hub/1/system/1"),
        ("HubSpot-Salesforce sync", "hub/1/integration/s"),
        ("lead router in n8n", "n8n/1/automation/a"),
        ("n8n: Lead router", "n8n/1/automation/a"),
    ],
)
def test_a_plan_for_one_thing_takes_its_name_as_sentences_do(reading: Reading, word: str, thing: str) -> None:
    assert plan_second_holders(reading, [word]).wanted == (thing,)
    assert "is a thing" in thing_told(reading, word)


def test_a_plan_is_for_no_thing_that_has_only_these_words_in_its_name(reading: Reading) -> None:
    with pytest.raises(UsageError, match="none of the things that were read is called"):
        plan_second_holders(reading, ["router"])
