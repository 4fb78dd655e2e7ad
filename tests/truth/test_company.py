"""The made-up company is what its description says: the same each time, everything in it, and little beyond judging."""

from __future__ import annotations

from collections import Counter

import pytest

from stackmap.model import AccountType, Node
from tests.truth.company import Company, company
from tests.truth.counting import counts
from tests.truth.logins import DIRECTORY, SYSTEMS
from tests.truth.mix import Mix
from tests.truth.people import local_parts
from tests.truth.traces import plain_address


@pytest.fixture(scope="module")
def made() -> Company:
    return company(5000, 20261122)


def test_the_same_arguments_make_the_same_company_and_another_seed_another_one() -> None:
    assert company(60, 1) == company(60, 1)
    assert company(60, 1).logins != company(60, 2).logins


def test_it_has_five_thousand_people_and_fourteen_thousand_logins_in_six_systems(made: Company) -> None:
    assert len(made.people) == 5000
    assert 13_500 <= len(made.logins) <= 15_500
    assert {login.place for login in made.logins} == set(SYSTEMS)


@pytest.mark.parametrize(
    ("sort", "least"),
    [
        ("people: goes by a short name", 500),
        ("people: married", 100),
        ("people: 2 of one name", 300),
        ("people: 3 of one name", 60),
        ("people: recycled, same name", 10),
        ("people: recycled, similar name", 10),
        ("people: contractor", 200),
        ("people: name not in plain letters", 500),
        ("people: one name only", 15),
        ("people: word name", 30),
        ("people: robotic title", 50),
        ("people: on the staff list without an address", 300),
        ("logins: plus", 100),
        ("logins: declared domain", 200),
        ("logins: undeclared domain", 100),
        ("logins: initials only", 20),
        ("logins: swapped", 150),
        ("logins: mailbox of a team", 200),
        ("logins: login of a role", 30),
        ("logins: program: service", 20),
        ("logins: program: interface", 30),
        ("logins: program: somebodys", 20),
        ("logins: program: robot", 20),
        ("logins: program named after somebody who left", 10),
        ("logins: program with a person's mailbox", 100),
        ("logins: vendor's own", 7),
        ("logins: no address", 100),
        ("logins: case", 150),
        ("logins: address of a domain in other letters", 30),
        ("logins: shown in letters other than plain ones", 400),
    ],
)
def test_every_sort_is_there_in_a_realistic_share(made: Company, sort: str, least: int) -> None:
    assert counts(made)[sort] >= least


def test_little_is_beyond_judging(made: Company) -> None:
    assert sum(bool(login.undecidable) for login in made.logins) < 0.03 * len(made.logins)
    assert sum(bool(login.aside) for login in made.logins) < 0.005 * len(made.logins)


def test_a_decidable_login_never_hides_that_it_is_a_program(made: Company) -> None:
    """A name and an address that a person could have, and no word of the vendor's: that is not to be decided."""
    names = {person.name.latin(): person.name for person in made.people.values()}
    for login in made.logins:
        silent = login.type is AccountType.INTEGRATION and "account_type" not in login.properties
        if silent and not login.undecidable and (name := names.get(login.name)):
            local = plain_address(login.properties.get("email", "")).partition("@")[0]
            assert local.rstrip("0123456789") not in local_parts(name), login


def test_no_system_has_one_address_twice_where_the_vendor_allows_it_once(made: Company) -> None:
    for place in SYSTEMS:
        emails = [login.properties.get("email") for login in made.logins if login.place is place]
        again = [email for email, count in Counter(emails).items() if email and count > 1]
        assert not place.unique or not again


def test_only_the_directory_tells_who_is_here_and_who_manages_whom(made: Company) -> None:
    directories = [fact.id for fact in made.facts if isinstance(fact, Node) and fact.properties.get("directory")]
    assert directories == [DIRECTORY.system]
    enrolled = {login.id for login in made.logins if login.place is DIRECTORY}
    managed = [login for login in made.logins if "manager" in login.properties]
    assert len(managed) > 3000
    assert all(login.id in enrolled and login.properties["manager"] in enrolled for login in managed)


def test_another_mix_brings_twice_of_what_is_nasty() -> None:
    mild, hard = counts(company(1500, 5)), counts(company(1500, 5, mix=Mix().hard()))
    for sort in ("people: married", "logins: undeclared domain", "logins: mailbox of a team"):
        assert 1.4 * mild[sort] < hard[sort] < 2.8 * mild[sort]
    assert hard["people: forwarded"] > 0
    assert mild.get("people: forwarded", 0) == 0
