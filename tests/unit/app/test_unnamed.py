"""People's names are taken out of what is said about things."""

import pytest

from stackmap.app.unnamed import Unnamed
from tests.support.stacks import case_of

NAMES = {"dana": "Dana Okafor", "mark": "Mark Stone", "bo": "Bo"}
PICTURE = """
    dana:Person {email=dana.okafor@larkfield.test}
    mark:Person
    bo:Person
    dana_sf:Account {email=dokafor@larkfield.test}
    dana -HAS_ACCOUNT-> dana_sf
"""


@pytest.fixture(name="say")
def _say() -> Unnamed:
    return Unnamed(case_of(PICTURE, names=NAMES).stack)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Phone of Dana Okafor", "Phone of a colleague"),
        ("DANA  OKAFOR (copy)", "a colleague (copy)"),
        ("Okafor, Dana: list", "a colleague: list"),
        ("Goldcast key of Dana", "Goldcast key of a colleague"),
        ("Dana's sheet", "a colleague's sheet"),
        ("Leads (Dana)", "Leads (a colleague)"),
        ("dana.okafor sync", "a colleague sync"),
        ("mail to dokafor@larkfield.test", "mail to a colleague"),
        ("Dana\u200b Okafor", "a colleague"),
        ("Bo test", "a colleague test"),
    ],
)
def test_a_name_is_taken_out(say: Unnamed, text: str, said: str) -> None:
    assert say(text) == said


@pytest.mark.parametrize("text", ["Mark as MQL", "Milestone", "Bookings", "Danavox", "Stone sizes"])
def test_words_that_only_look_like_half_a_name_stay(say: Unnamed, text: str) -> None:
    assert say(text) == text


def test_without_people_every_text_stays() -> None:
    assert Unnamed(case_of("x:Automation").stack)("Phone of Dana Okafor") == "Phone of Dana Okafor"
