"""People as commands name them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest

from stackmap.app.imports.importing import import_files
from stackmap.app.opening import Reading, open_reading
from stackmap.app.people import finding
from stackmap.app.people.entries import list_people, people_report
from stackmap.app.people.finding import find_people, team_members
from stackmap.app.reading import Readings
from stackmap.app.what_if.supposing import suppose
from stackmap.app.workspace import Workspace
from stackmap.collect import FoundConnectors
from stackmap.declared import SecretResolver
from stackmap.errors import UsageError
from stackmap.model import AccountType

LEAVE = "stackmap leave"
NOTES = """
people:
  dana-okafor: {name: Dana Okafor, emails: [d.okafor@larkfield.test]}
  dana-petrov: {name: Dana Petrov, emails: [d.petrov@larkfield.test]}
  jose: {name: José Núñez, emails: [j.nunez@larkfield.test]}
teams:
  ops: {name: Marketing Ops, members: [dana-okafor, jose]}
"""
LOGINS = [
    ("1", "d.okafor", {"email": "D.Okafor+crm@Larkfield.test", "account_type": "human"}),
    ("2", "svc-sync", {"email": "d.okafor@larkfield.test", "account_type": "integration"}),
    ("3", "Mia Sorensen", {"email": "mia@larkfield.test", "account_type": "human"}),
    ("4", "Pepe N. Soto", {"email": "j.nunez@larkfield.test", "account_type": "human"}),
    ("5", "Dana", {"email": "j.nunez@larkfield.test", "account_type": "human"}),
]


def no_secret(*_: object) -> str:
    raise AssertionError("no secret is needed here")


@pytest.fixture(name="reading")
def _reading(tmp_path: Path) -> Reading:
    (tmp_path / "stack.yaml").write_text(NOTES, encoding="utf-8")
    lines = [
        {"type": "node", "kind": "Account", "id": f"crm/prod/account/{key}", "name": name, "properties": properties}
        for key, name, properties in LOGINS
    ]
    facts = tmp_path / "crm.jsonl"
    facts.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    resolver = SecretResolver({}, no_secret, no_secret, no_secret)
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    readings = Readings(FoundConnectors({}), resolver, lambda: now, lambda *_: None, lambda _: None)
    workspace = Workspace(tmp_path)
    import_files(workspace, readings, [facts])
    return open_reading(workspace)


@pytest.mark.parametrize(
    ("wanted", "person"),
    [
        ("dana-okafor", "dana-okafor"),
        ("Dana Okafor", "dana-okafor"),
        ("okafor", "dana-okafor"),
        ("D.OKAFOR+x@larkfield.test", "dana-okafor"),
        ("jose nunez", "jose"),
        ("crm/prod/account/1", "dana-okafor"),
        ("pepe n. soto", "jose"),
    ],
)
def test_a_person_is_found_by_name_e_mail_login_or_id(reading: Reading, wanted: str, person: str) -> None:
    assert find_people(reading, [wanted], then=LEAVE) == (person,)


def test_a_name_of_two_people_lists_both(reading: Reading) -> None:
    with pytest.raises(UsageError, match=r"3 people match(.|\n)*dana-okafor(.|\n)*dana-petrov(.|\n)*jose"):
        find_people(reading, ["dana"], then=LEAVE)
    with pytest.raises(UsageError, match="nobody here is called"):
        find_people(reading, ["Pepe Soto"], then=LEAVE)  # of a login's name, only the whole of it


def test_an_unknown_name_offers_the_nearest(reading: Reading) -> None:
    with pytest.raises(
        UsageError, match=r"nearest:\n  dana-okafor   Dana Okafor(.|\n)*Try: stackmap leave dana-okafor\n"
    ):
        find_people(reading, ["Dana Okafar"], then=LEAVE)


def test_a_name_that_nobody_has_and_that_is_longer_than_names_are_is_refused_as_that(reading: Reading) -> None:
    with pytest.raises(
        UsageError, match=r'"xx.*\.\.\." has 301 characters, and a name has at most 300: write one name'
    ):
        find_people(reading, ["x" * 301], then=LEAVE)
    with pytest.raises(UsageError, match="nobody here is called"):
        find_people(reading, ["x" * 300], then=LEAVE)


def test_every_word_is_looked_up_once_however_often_it_stands_there(reading: Reading) -> None:
    with patch.object(finding, "people_called", wraps=finding.people_called) as looked_up:
        found = find_people(reading, ["okafor", "jose", "okafor"] * 20, then=LEAVE)
    assert found == ("dana-okafor", "jose", "dana-okafor") * 20
    assert looked_up.call_count == 2


@pytest.mark.parametrize("word", ["d.okafor@larkfield.test", "d.okafor", "crm/prod/account/1"])
def test_a_login_that_is_supposed_to_be_somebody_elses_too_still_means_whose_it_was(
    reading: Reading, word: str
) -> None:
    shared = suppose(reading, ["Dana Petrov holds crm/prod/account/1"])
    assert find_people(shared, [word], then=LEAVE) == ("dana-okafor",)
    [petrov] = [one for one in list_people(shared) if one.id == "dana-petrov"]
    assert petrov.emails == ("d.petrov@larkfield.test",)
    assert [login.id for login in petrov.logins] == ["crm/prod/account/1"]


def test_an_integration_login_with_somebodys_mailbox_is_not_theirs(reading: Reading) -> None:
    report = people_report(reading)
    dana = next(person for person in report.people if person.id == "dana-okafor")
    assert [login.name for login in dana.logins] == ["d.okafor"]
    assert [(login.name, login.type) for login in report.loose] == [("svc-sync", AccountType.INTEGRATION)]


def test_somebody_nobody_wrote_down_is_a_person_too(reading: Reading) -> None:
    assert "Mia Sorensen" in {person.name for person in people_report(reading).people}


def test_a_team_is_its_members(reading: Reading) -> None:
    assert sorted(team_members(reading, "marketing ops")) == ["dana-okafor", "jose"]
    with pytest.raises(UsageError, match="Marketing Ops"):
        team_members(reading, "Sales")


@pytest.mark.parametrize("word", ["svc-sync", "crm/prod/account/2"])
def test_the_login_of_a_program_is_said_to_be_no_persons_and_what_to_ask_instead(reading: Reading, word: str) -> None:
    with pytest.raises(UsageError, match="is an integration login, not a person's: svc-sync") as refused:
        find_people(reading, [word], then=LEAVE)
    told = str(refused.value)
    assert "stackmap map --open" in told
    assert "--search" not in told, "a list says nothing of who could use it"
    assert "stackmap people classify crm/prod/account/2 human" in told
