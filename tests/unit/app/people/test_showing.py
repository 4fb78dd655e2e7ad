"""One person, gathered from everywhere: in words that somebody who never saw a graph understands."""

import json
from pathlib import Path

import pytest

from stackmap.app.people.showing import person_report
from stackmap.render.people_show import person_json, person_text
from tests.support.workspaces import reading_of

COMPANY = """
    crm/prod/system/prod:System
    crm/prod/account/1:Account {account_type=human email=owen.brandt@fernhill.test}
    crm/prod/account/2:Account {account_type=integration email=Owen.Brandt@fernhill.test}
    crm/prod/account/3:Account {account_type=integration email=ops@fernhill.test}
    crm/prod/account/4:Account {account_type=shared email=owen.brandt@fernhill.test}
    crm/prod/account/5:Account {account_type=integration email=owen.brandt@fernhill.test active=false}
    crm/prod/account/6:Account {account_type=shared email=owen.brandt@fernhill.test}
    owen:Person {email=owen.brandt@fernhill.test active=false}
    crm/prod/account/2 -PART_OF-> crm/prod/system/prod
    crm/prod/account/4 -PART_OF-> crm/prod/system/prod
    owen -HAS_ACCOUNT-> crm/prod/account/1
    owen -HAS_ACCOUNT-> crm/prod/account/6
    crm/prod/account/1 -HAS_ROLE-> crm/prod/role/a:Role
    crm/prod/account/1 -HAS_ROLE-> crm/prod/role/b:Role
    crm/prod/account/1 -ADMINISTERS-> crm/prod/system/prod
    load:Automation -RUNS_AS-> crm/prod/account/1 {outcome=stops certainty=certain}
    load -OWNED_BY-> owen
    sheet:Integration -OWNED_BY-> owen
"""
NAMES = {"crm/prod/account/2": "Data Load", "crm/prod/account/4": "Events", "crm/prod/system/prod": "CRM"}
MAIL = (
    "Gets the mail of 2 logins that are not theirs (password resets; on some platforms codes to sign in and notices of "
    "failure, too) Data Load in CRM (integration login) Events in CRM (shared login)"
)


@pytest.fixture(name="shown", scope="module")
def _shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder: Path = tmp_path_factory.mktemp("showing")
    report = person_report(reading_of(folder, COMPANY, names=NAMES), "owen")
    return " ".join(person_text(report).split()), person_json(report)


def test_whose_mail_somebody_gets_is_told_and_not_that_of_their_own_logins_or_of_what_is_off(
    shown: tuple[str, str],
) -> None:
    text, document = shown
    assert MAIL in text
    assert [one["name"] for one in json.loads(document)["mail"]] == ["Data Load", "Events"]


def test_numbers_stand_before_words_that_say_what_is_counted(shown: tuple[str, str]) -> None:
    text, _ = shown
    for words in ("2 roles: ", "administers 1 thing: CRM", "1 thing runs as it: load", "Owns 2 things: load, sheet"):
        assert words in text
    assert ": 1: " not in text
    assert ": 2: " not in text


def test_programs_read_the_same_words_as_before(shown: tuple[str, str]) -> None:
    login, _ = json.loads(shown[1])["accounts"]
    assert {how: len(names) for how, names in login["hangs_on_it"].items()} == {
        "runs as this login": 1,
        "administers": 1,
        "has the role": 2,
    }


OWNERS = """
    owen:Person {email=owen.brandt@fernhill.test}
    n8n/main/automation/w:Automation -OWNED_BY-> owen
    n8n/main/integration/s:Integration -OWNED_BY-> owen {backup=true}
    n8n/main/account/1:Account {account_type=human email=owen.brandt@fernhill.test}
    owen -HAS_ACCOUNT-> n8n/main/account/1
    n8n/main/automation/w -OWNED_BY-> n8n/main/account/1
    n8n/main/endpoint/start:Endpoint {internal=true}
    n8n/main/endpoint/start -OWNED_BY-> n8n/main/account/1
"""
OWNED_NAMES = {
    "n8n/main/automation/w": "Lookup",
    "n8n/main/integration/s": "Sync",
    "n8n/main/endpoint/start": "Lookup is there to be started",
}


def test_what_somebody_owns_and_what_they_are_backup_for_is_counted_apart(tmp_path: Path) -> None:
    report = person_report(reading_of(tmp_path, OWNERS, names=OWNED_NAMES), "owen")
    text, document = " ".join(person_text(report).split()), json.loads(person_json(report))
    assert "Owns 1 thing: Lookup Is backup for 1 thing: Sync" in text
    assert (document["owns"], document["backup_for"]) == (["Lookup"], ["Sync"])


def test_what_stands_for_a_thing_only_inside_is_not_counted_as_owned(tmp_path: Path) -> None:
    report = person_report(reading_of(tmp_path, OWNERS, names=OWNED_NAMES), "owen")
    assert "owns 1 thing: Lookup" in " ".join(person_text(report).split())
    assert "to be started" not in person_text(report) + person_json(report)
