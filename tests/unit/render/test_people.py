"""The list of people stays readable, however many there are."""

import json

import pytest

from stackmap.model import AccountType
from stackmap.render.people import LoginEntry, PeopleReport, PersonEntry, people_csv, people_json, people_text
from stackmap.render.people_changed import Changed, Counts, changed_text, counts_text, diff_text
from stackmap.render.people_suggested import Pair, Side, likeness, suggested_csv, suggested_text


def login(number: int, name: str = "") -> LoginEntry:
    kind = AccountType.HUMAN
    return LoginEntry(f"crm/p/account/{number}", name or f"login {number}", "CRM", kind, ("a reason",), "", True)


def crowd(number: int) -> PeopleReport:
    people = [PersonEntry(f"person-{n}", f"Somebody {n}", (), (), True, (login(n),)) for n in range(number)]
    return PeopleReport((), people, [login(n) for n in range(number)])


def test_of_five_thousand_the_first_forty_are_shown_with_the_ways_to_narrow() -> None:
    text = people_text(crowd(5000))
    assert text.startswith("Read:")
    assert "5000 people" in text
    assert text.count("id person-") == 40
    assert text.count("and 4960 more: add --all, or narrow with --search TEXT, --team TEAM") == 2
    assert len(text.splitlines()) < 180


def test_everything_is_shown_when_asked_for_and_to_programs() -> None:
    assert people_text(crowd(60), everything=True).count("id person-") == 60
    assert len(json.loads(people_json(crowd(60)))["people"]) == 60
    assert people_csv(crowd(60)).count("\r\n") == 121


def test_forty_are_no_more_than_forty() -> None:
    assert "more:" not in people_text(crowd(40))


CHANGED = Changed(
    "", ("--- s", "+++ s", "@@ -3,2 +3,3 @@", " a:", "+  b: \x1b[31mred"), Counts(5, 9, 2), Counts(4, 10, 1)
)


def test_a_change_is_shown_with_its_line_and_without_escapes() -> None:
    assert "from line 3:\n   a:\n  +  b: [31mred" in changed_text(CHANGED)
    assert "\x1b" not in diff_text(CHANGED)


def test_only_numbers_that_changed_are_told() -> None:
    assert counts_text(Counts(5, 9, 2), Counts(4, 9, 2)) == "Who is who: people 5 before, 4 now."
    assert counts_text(Counts(1, 1, 0), Counts(1, 1, 0)).endswith("1 person, 1 login tied to somebody, as before.")


@pytest.mark.parametrize(("score", "words"), [(0.9, "very alike"), (0.6, "alike"), (0.1, "somewhat alike")])
def test_likeness_is_told_in_words(score: float, words: str) -> None:
    pair = Pair((Side("a", "=cmd()"), Side("b", "Bea")), score, "same name")
    assert likeness(score) == words
    assert f"  {words}: same name" in suggested_text([pair])
    assert f",{words},same name,a,'=cmd(),b,Bea" in suggested_csv([pair])


def test_nothing_to_ask_is_said() -> None:
    assert suggested_text([]).startswith("Nothing to ask")
