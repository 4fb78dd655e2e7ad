"""Addresses have one spelling, and logins with one are tied whatever the spelling."""

import pytest

from stackmap.model import (
    normalise_email,
)
from tests.unit.identity.people import account, who

ADDRESSES = {
    " D.Okafor@Larkfield.TEST ": "d.okafor@larkfield.test",
    "d.okafor+ads@larkfield.test": "d.okafor@larkfield.test",
    "d.okafor@larkfield.co.test": "d.okafor@larkfield.test",
    "\uff44@larkfield.test": "d@larkfield.test",
    "+tag@larkfield.test": "+tag@larkfield.test",
    "dana": "",
    "@larkfield.test": "",
    "dana@": "",
    "dana@larkfield": "",
}


@pytest.mark.parametrize(("written", "expected"), ADDRESSES.items(), ids=ADDRESSES)
def test_addresses_have_one_spelling(written: str, expected: str) -> None:
    assert normalise_email(written, {"larkfield.co.test": "larkfield.test"}) == expected


def test_what_is_no_text_is_no_address() -> None:
    assert normalise_email(None) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("d@münchen.test", "d@xn--mnchen-3ya.test"),
        ("d@MÜNCHEN.test", "d@xn--mnchen-3ya.TEST"),
        ("\uff44@x.test", "d@x.test"),
        ("d@x.test.", "D@x.test"),
    ],
)
def test_an_address_is_the_same_in_every_spelling(one: str, other: str) -> None:
    assert len(who([account("a", email=one), account("b", email=other)])) == 1


def test_dots_before_the_at_are_part_of_an_address() -> None:
    assert len(who([account("a", email="d.okafor@gmail.test"), account("b", email="dokafor@gmail.test")])) == 2
