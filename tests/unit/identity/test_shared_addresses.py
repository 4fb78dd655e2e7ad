"""One address in several logins that are called differently."""

from typing import Any

import pytest

from stackmap.identity import resolve
from stackmap.model import (
    IdentityHints,
)
from tests.unit.identity.people import account, person, ties, who

DANA = "d.okafor@x.test"


@pytest.mark.parametrize(
    ("one", "other", "address"),
    [
        ("Monica Vega", "Martin Vega", "mvega@x.test"),
        ("Vega, Monica", "Martin Vega", "mvega@x.test"),
        ("Monica Vega", "Martin P. Vega", "martin.vega@x.test"),
        ("Zhao Xiaoming", "Xiuying Zhao", "xzhao@x.test"),
        ("Monica Vega", "Peter Quist", "mvega@x.test"),
        ("Hoa Phan", "Ha Phan", "hphan@x.test"),
    ],
)
def test_one_address_with_two_given_names_is_of_two_people(one: str, other: str, address: str) -> None:
    facts = [account("a", one, email=address), account("b", other, email=address), account("c", other, email=address)]
    identity = resolve(facts, IdentityHints(), {})
    assert sorted(map(sorted, ties(identity).values())) == [["a"], ["b", "c"]]
    assert [one.subjects for one in identity.suggestions] == [("a", "b", "c")]
    assert not identity.unresolved


@pytest.mark.parametrize(
    ("one", "other", "address"),
    [
        ("Monica Vega", "Nika Vega", "mvega@x.test"),
        ("Monica Vega", "M. Vega", "mvega@x.test"),
        ("Monica Vega", "Monica Okafor", "mvega@x.test"),
        ("Tomasz Wrona", "Tomek Wrona", "twrona@x.test"),
        ("Grzegorz Wrona", "Grzesio Wrona", "grzegorz.wrona@x.test"),
        ("Hana Oka", "岡 花", "hoka@x.test"),
        ("Ursula Groß", "Uschi Gross", "u.gross@x.test"),
        ("Monica Vega", "MV", "mvega@x.test"),
    ],
)
def test_one_address_with_forms_of_one_name_is_one_persons(one: str, other: str, address: str) -> None:
    facts = [account("a", one, email=address), account("b", other, email=address)]
    assert len(who(facts)) == 1


def test_a_login_that_may_be_of_two_people_with_one_address_is_neithers() -> None:
    facts = [account("a", "Monica Vega", email=DANA), account("b", "Martin Vega", email=DANA)]
    assert sorted(map(sorted, who([*facts, account("c", "M. Vega", email=DANA)]).values())) == [["a"], ["b"]]


def test_the_list_of_people_goes_with_who_has_the_same_job() -> None:
    job: dict[str, Any] = {"department": "Ops", "title": "Analyst"}
    facts = [
        account("a", "Monica Vega", email=DANA, **job),
        account("b", "Martin Vega", email=DANA, department="Sales", title="Analyst"),
    ]
    assert who([*facts, person("p", email=DANA, **job)])["p"] == {"a"}
    assert "p" not in who([*facts, person("p", email=DANA)])


def test_a_mailbox_for_a_function_ties_nobody_who_is_called_otherwise() -> None:
    facts = [account("a", email="sales@x.test"), account("b", "Ravi Menon", email="sales@x.test")]
    identity = resolve(facts, IdentityHints(), {})
    assert ties(identity) == {}
    assert "a mailbox of several people" in identity.conflicts[0].reason
    assert len(who([facts[0], account("c", email="sales@x.test")])) == 1


def test_a_login_called_like_a_program_is_not_tied_by_a_persons_mailbox() -> None:
    for name in ("API Dana", "Dana Okafor (API)", "Integration User", "Marketo Sync Dana"):
        facts = [account("a", email=DANA), account("b", name, account_type=None, email=DANA), person("p", email=DANA)]
        assert who(facts) == {"p": {"a"}}, name
