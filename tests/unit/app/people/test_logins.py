"""A login is found by every word that notes, exports and our own lists have for it."""

import re

import pytest

from stackmap.app.opening import Reading
from stackmap.app.people.entries import people_report
from stackmap.app.people.logins import find_login, logins_called
from stackmap.app.people.unclear import again
from stackmap.errors import UsageError
from stackmap.render.guards import plain
from stackmap.render.people import LoginEntry, people_text
from tests.support.workspaces import reading_of

PICTURE = """
    hubspot/1/account/60:Account {email=zoe@brightreach.test}
    hubspot/1/account/61:Account {email=t.lind@fernhill.test}
    salesforce/2/account/005F:Account {email=revops@fernhill.test login=robot@fernhill.test account_type=integration}
    salesforce/2/account/005T:Account {email=t.lind@fernhill.test}
    salesforce/2/account/a%2Fb:Account
    salesforce/2/account/1:Account
    salesforce/2/account/2:Account
    salesforce/2/account/3:Account
    salesforce/2/account/4:Account
    salesforce/2/account/5:Account
    salesforce/2/account/6:Account
    without-slash:Account
    hubspot/1/system/1:System
    salesforce/2/system/2:System
"""
NAMES = {
    "hubspot/1/account/60": "Zo\u00eb Marchetti",
    "hubspot/1/account/61": "t.lind@fernhill.test",
    "salesforce/2/account/005F": "HubSpot Integration",
    "salesforce/2/account/005T": "Tomas Lind",
    "salesforce/2/account/a%2Fb": "svc:sync",
    "salesforce/2/account/1": 'Dana "Dee" O\'Kafor',
    "salesforce/2/account/2": "\u202eevil\u202c \U0001f469\u200d\U0001f4bb",
    "salesforce/2/account/3": "L" * 300,
    "salesforce/2/account/4": "A \u00b7 B",
    "salesforce/2/account/5": "\u05e9\u05dc\u05d5\u05dd",
    "salesforce/2/account/6": "-$(x) `y`",
    "hubspot/1/system/1": "HubSpot",
    "salesforce/2/system/2": "Salesforce: EU",
}
NOTES = """
systems:
  crm: {name: 'Salesforce: EU', product: salesforce, tenant: '2'}
  marketing: {product: hubspot, tenant: '1'}
"""
ROBOT = "Salesforce: EU \u00b7 HubSpot Integration \u00b7 integration \u00b7 revops@fernhill.test"
ASK = again("stackmap", "people", "classify", "WORD", "shared", at=3)


@pytest.fixture(name="reading", scope="module")
def _reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    folder = tmp_path_factory.mktemp("logins")
    placed = "".join(f"{key} -PART_OF-> {system}\n" for key, system in map(_place, NAMES) if "/account/" in key)
    return reading_of(folder, PICTURE + placed, names=NAMES, notes=NOTES)


def _place(node_id: str) -> tuple[str, str]:
    return node_id, "hubspot/1/system/1" if node_id.startswith("hubspot") else "salesforce/2/system/2"


@pytest.mark.parametrize(
    ("word", "account"),
    [
        ("hubspot/1/account/60", "hubspot/1/account/60"),
        ("marketing:zoe@brightreach.test", "hubspot/1/account/60"),
        ("HubSpot: Zoe@Brightreach.test", "hubspot/1/account/60"),
        ("zoe+news@brightreach.test", "hubspot/1/account/60"),
        ("zoe marchetti", "hubspot/1/account/60"),
        ("HubSpot \u00b7 Zo\u00eb Marchetti", "hubspot/1/account/60"),
        ("HubSpot \u00b7 Zo\u00eb   Marchetti \u00b7 human \u00b7 e-mail zoe@brightreach.test", "hubspot/1/account/60"),
        ("marketing \u00b7 Zo\u00eb Marchetti", "hubspot/1/account/60"),
        ("60", "hubspot/1/account/60"),
        ("hubspot:t.lind@fernhill.test", "hubspot/1/account/61"),
        ("crm:t.lind@fernhill.test", "salesforce/2/account/005T"),
        ("crm:robot@fernhill.test", "salesforce/2/account/005F"),
        ("revops@fernhill.test", "salesforce/2/account/005F"),
        ("Salesforce: EU:robot@fernhill.test", "salesforce/2/account/005F"),
        ("svc:sync", "salesforce/2/account/a%2Fb"),
        ("a/b", "salesforce/2/account/a%2Fb"),
        ("without-slash", "without-slash"),
    ],
)
def test_a_login_is_found_as_notes_and_exports_name_it(reading: Reading, word: str, account: str) -> None:
    assert find_login(reading, word, ASK) == account


def test_whatever_the_list_shows_of_a_login_finds_it(reading: Reading) -> None:
    report = people_report(reading)
    shown = people_text(report, everything=True)
    logins = [*report.loose, *(login for person in report.people for login in person.logins)]
    assert len(logins) == 12
    for login in logins:
        (line,) = (line for line in _entries(shown) if line.startswith(_start(login)))
        assert logins_called(reading, line) == [login.id]
        assert logins_called(reading, _start(login)) == [login.id]


def _entries(shown: str) -> list[str]:
    """Each entry of the list in one line: what goes on is indented further."""
    return [" ".join(entry.split()) for entry in re.sub(r"\n {4,}", " ", shown).splitlines()]


def _start(login: LoginEntry) -> str:
    return " \u00b7 ".join(plain(part) for part in (login.system, login.name) if part)


def test_a_login_that_is_elsewhere_is_shown_and_no_command_is_to_be_tried_with_it(reading: Reading) -> None:
    with pytest.raises(UsageError) as told:
        find_login(reading, "marketing:revops@fernhill.test", ASK)
    assert str(told.value).splitlines() == [
        'no login in "marketing" is called "revops@fernhill.test"; nearest:',
        f"  salesforce/2/account/005F   {ROBOT}",
        "See all: stackmap people --all",
    ]


def test_of_several_logins_each_is_shown_with_the_command_to_type(reading: Reading) -> None:
    with pytest.raises(
        UsageError, match=r"2 logins match(.|\n)*Say which: stackmap people classify hubspot/1/account/61"
    ):
        find_login(reading, "t.lind@fernhill.test", ASK)


@pytest.mark.parametrize("word", [":", "crm:", " \u00b7 ", "nothing at all alike", "\u00b7 human"])
def test_what_names_nothing_finds_nothing(reading: Reading, word: str) -> None:
    with pytest.raises(UsageError, match=r"^no login here is called [^;]*\. See: stackmap people$"):
        find_login(reading, word, ASK)


def test_a_word_that_somebody_typed_is_shown_without_escapes_and_not_at_any_length(reading: Reading) -> None:
    with pytest.raises(UsageError) as told:
        find_login(reading, "\x1b[31m" + "x" * 5000, ASK)
    assert "\x1b" not in str(told.value)
    assert len(str(told.value)) < 200
