"""What comes nearest to a word that nobody and nothing is called."""

import pytest

from stackmap.app.people.words import likeness, name_key, nearest

CALLED = {
    "dana": ("Dana Okafor", "d.okafor@larkfield.test"),
    "jose": ("Jos\u00e9 N\u00fa\u00f1ez", "j.nunez@larkfield.test"),
    "mia": ("Mia Sorensen", "mia@larkfield.test"),
    "sync": ("svc-sync",),
}


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("Dana Okafro", "dana"),
        ("Okafro", "dana"),
        ("d.okafro@larkfield.test", "dana"),
        ("d.okafor@elsewhere.test", "dana"),
        ("nunes", "jose"),
        ("M Sorenson", "mia"),
        ("crm:svc-snyc", "sync"),
    ],
)
def test_a_slip_of_the_fingers_comes_nearest_to_whoever_is_meant(word: str, first: str) -> None:
    assert nearest(word, CALLED)[:1] == [first]


@pytest.mark.parametrize("word", ["", "@larkfield.test", "Xqz", "\U0001f469", "q" * 5000])
def test_what_is_like_nobody_is_near_to_nobody_whatever_the_company(word: str) -> None:
    assert nearest(word, CALLED) == []


def test_a_few_are_offered_and_no_more() -> None:
    assert len(nearest("kim", {str(number): (f"Kim {number}",) for number in range(9)})) == 3


def test_names_are_compared_as_they_are_shown() -> None:
    assert name_key("Jos\u00e9\u200f  N\u00da\u00d1EZ") == name_key("jose nunez")


@pytest.mark.parametrize(
    ("word", "name", "mistyped"),
    [
        ("Dana Okafro", "Dana Okafor", True),
        ("flwo", "flow", True),
        ("d.okafro@larkfield.test", "d.okafor@larkfield.test", True),
        ("Nightly sink", "Nightly sync", True),
        ("Larkfield Marketing", "Larkfield Automation", False),
        ("Slack bot", "u-bot", False),
        ("m.sorensen@larkfield.test", "d.okafor@larkfield.test", False),
        ("svc-n8n-1", "svc-n8n-2", False),
        ("Okafor", "Dana Okafor", False),
        ("", "Dana", False),
    ],
)
def test_only_a_slip_is_like_enough_to_be_tried(word: str, name: str, mistyped: bool) -> None:
    assert bool(likeness(word, [name, "zzz"])) is mistyped
    assert likeness(word, []) == 0
