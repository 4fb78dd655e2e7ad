"""A login as answers print it is understood by every command; what fits nothing is never offered as something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from stackmap.app.opening import Reading
from stackmap.app.people.entries import list_people, people_report
from stackmap.app.people.finding import find_people, find_person
from stackmap.app.people.logins import find_login, logins_called, logins_placed
from stackmap.app.people.selecting import Selection, selected
from stackmap.app.people.showing import person_shown
from stackmap.app.people.subjects import find_subject
from stackmap.app.people.unclear import again
from stackmap.errors import UsageError
from stackmap.model import NodeKind
from stackmap.render.departure_beside import login_name
from stackmap.render.places import name_with_place
from tests.support.workspaces import reading_of

PICTURE = """
    dana:Person {email=d.okafor@larkfield.test}
    lena:Person {email=l.vogt@larkfield.test}
    dana -HAS_ACCOUNT-> hubspot/1/account/71:Account {account_type=human}
    dana -HAS_ACCOUNT-> n8n/1/account/u-dana:Account {account_type=human}
    lena -HAS_ACCOUNT-> n8n/1/account/u-lena:Account {account_type=human}
    hubspot/1/account/72:Account {account_type=shared}
    n8n/1/account/u-bot:Account {account_type=integration}
    zapier/1/account/13:Account {account_type=human}
    hubspot/1/account/73:Account {account_type=human}
    hubspot/1/account/74:Account {account_type=human}
    hubspot/1/account/71 -PART_OF-> hubspot/1/system/1:System
    hubspot/1/account/72 -PART_OF-> hubspot/1/system/1
    hubspot/1/account/73 -PART_OF-> hubspot/1/system/1
    hubspot/1/account/74 -PART_OF-> hubspot/1/system/1
    n8n/1/account/u-dana -PART_OF-> n8n/1/system/1:System
    n8n/1/account/u-lena -PART_OF-> n8n/1/system/1
    n8n/1/account/u-bot -PART_OF-> n8n/1/system/1
    zapier/1/system/1:System
"""
NAMES = {
    "dana": "Dana Okafor",
    "lena": "Lena Vogt",
    "hubspot/1/account/71": "Dana Okafor",
    "n8n/1/account/u-dana": "Dana Okafor",
    "n8n/1/account/u-lena": "Lena Vogt",
    "hubspot/1/account/72": "Larkfield Marketing",
    "n8n/1/account/u-bot": "Larkfield Automation",
    "zapier/1/account/13": "zaps2021",
    "hubspot/1/account/73": "console",
    "hubspot/1/account/74": "console in n8n",
    "hubspot/1/system/1": "HubSpot",
    "n8n/1/system/1": "n8n",
    "zapier/1/system/1": "Zapier",
}
HERS = "n8n/1/account/u-dana"
ASK = again("stackmap", "people", "classify", "WORD", "shared", at=3)


@pytest.fixture(name="reading", scope="module")
def _reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    folder: Path = tmp_path_factory.mktemp("printed")
    return reading_of(folder, PICTURE, names=NAMES)


@pytest.mark.parametrize(
    ("word", "account"),
    [
        ("Dana Okafor in n8n", HERS),
        ("dana okafor in N8N", HERS),
        ("Dana Okafor in n8n/1", HERS),
        ("login Dana Okafor in n8n", HERS),
        ("the login Dana Okafor in n8n", HERS),
        ("Dana Okafor in n8n (deactivated)", HERS),
        ("n8n \u00b7 Dana Okafor", HERS),
        ("n8n: Dana Okafor", HERS),
        ("Dana Okafor's login in n8n", HERS),
        ("Dana Okafor\u2019s login Dana Okafor in n8n", HERS),
        ("dana's login n8n: Dana Okafor", HERS),
        ("Larkfield Marketing (shared login)", "hubspot/1/account/72"),
        ("zaps2021 in zapier/1", "zapier/1/account/13"),
        ("zaps2021 in Zapier", "zapier/1/account/13"),
        ("whoever holds zaps2021 in zapier/1", "zapier/1/account/13"),
        ("whoever holds zaps2021", "zapier/1/account/13"),
        ("console in HubSpot", "hubspot/1/account/73"),
        ("console in n8n", "hubspot/1/account/74"),
        ("console in n8n in HubSpot", "hubspot/1/account/74"),
    ],
)
def test_a_login_is_found_as_answers_write_it(reading: Reading, word: str, account: str) -> None:
    assert find_login(reading, word, ASK) == account


def test_every_login_is_found_by_each_name_that_an_answer_prints(reading: Reading) -> None:
    graph = reading.stack.graph
    for one in (vertex.id for vertex in graph.vertices(NodeKind.ACCOUNT)):
        for printed in (name_with_place(graph, one), login_name(graph, one)):
            for word in (printed, f"login {printed}"):
                assert logins_called(reading, word) == [one], word


def test_all_logins_of_somebody_are_meant_by_their_login_and_nobody_elses(reading: Reading) -> None:
    assert logins_called(reading, "Dana Okafor's login") == ["hubspot/1/account/71", HERS]
    assert logins_called(reading, "Lena Vogt's login in HubSpot") == []
    assert logins_called(reading, "Lena Vogt's login Dana Okafor in n8n") == []


@pytest.mark.parametrize(
    "word", ["Dana Okafor", "zaps2021", "console in n8n", "nothing in n8n", "x" * 5000 + " in n8n"]
)
def test_a_bare_name_is_not_that_of_a_login_alone(reading: Reading, word: str) -> None:
    assert logins_placed(reading, word) == []


def test_a_command_about_people_says_whose_login_is_named(reading: Reading) -> None:
    with pytest.raises(UsageError) as refused:
        find_people(reading, ["Dana Okafor in n8n"], then="stackmap leave")
    assert str(refused.value) == (
        '"Dana Okafor in n8n" is a login of Dana Okafor, not a person. About Dana Okafor, with all they have: '
        "stackmap leave dana"
    )


def test_of_a_login_that_nobody_is_known_to_hold_that_is_said(reading: Reading) -> None:
    with pytest.raises(UsageError) as refused:
        find_people(reading, ["zaps2021"], then="stackmap bus-factor --second-holders --leaving")
    assert str(refused.value).splitlines() == [
        '"zaps2021" is a login that nobody is known to hold.',
        "What hangs on it: stackmap leave zaps2021",
        "If you know whose it is: stackmap people merge PERSON zapier/1/account/13",
    ]


def test_whoever_is_named_by_a_login_is_shown_and_found_by_search(reading: Reading) -> None:
    assert person_shown(reading, "login Dana Okafor in n8n").person.id == "dana"
    with pytest.raises(UsageError, match=r"that login is nobody's \(human\)"):
        person_shown(reading, "zaps2021")
    with pytest.raises(UsageError, match="is an integration login, not a person's"):
        person_shown(reading, "Larkfield Automation in n8n")
    found = selected(reading, people_report(reading), Selection(search="login Dana Okafor in n8n"))
    assert ([one.id for one in found.people], found.loose) == (["dana"], [])
    found = selected(reading, people_report(reading), Selection(search="zaps2021 in zapier/1"))
    assert (found.people, [one.id for one in found.loose]) == ([], ["zapier/1/account/13"])


def test_a_login_with_its_system_is_a_subject_to_merge(reading: Reading) -> None:
    assert find_subject(reading, "zaps2021 in Zapier", ASK).id == "zapier/1/account/13"
    assert find_subject(reading, "Dana Okafor in n8n", ASK).id == "dana"


@pytest.mark.parametrize(
    ("word", "tried"),
    [
        ("Dana Okafro in n8n", "Try: stackmap people classify n8n/1/account/u-dana shared"),
        ("zaps2012 in Zapier", ""),  # another number
        ("Larkfield Marketing in n8n", ""),  # that is one of another system, or another login of this one
        ("Slack bot", ""),
        ("Okafor", ""),  # part of two names
    ],
)
def test_a_command_to_try_has_the_login_that_was_mistyped_or_there_is_none(
    reading: Reading, word: str, tried: str
) -> None:
    with pytest.raises(UsageError, match="nearest") as refused:
        find_login(reading, word, ASK)
    assert [line for line in str(refused.value).splitlines() if line.startswith("Try")] == ([tried] if tried else [])


def test_a_login_of_that_name_in_another_system_is_shown_as_that(reading: Reading) -> None:
    with pytest.raises(UsageError, match="nearest:\n  hubspot/1/account/72 ") as refused:
        find_login(reading, "Larkfield Marketing in n8n", ASK)
    assert str(refused.value).startswith('no login in "n8n" is called "Larkfield Marketing"')


def test_no_other_person_is_offered_for_a_word_that_is_like_a_part_of_a_name(reading: Reading) -> None:
    people = list_people(reading)
    with pytest.raises(UsageError, match="nearest:\n  lena   Lena Vogt") as refused:
        find_person(reading, people, "Vogt's team", ASK)
    assert "Try" not in str(refused.value)
    with pytest.raises(UsageError, match="Try: stackmap people classify lena shared"):
        find_person(reading, people, "Lena Fogt", ASK)
