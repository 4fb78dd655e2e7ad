"""Logins as they are called in marketing and sales systems, and which type they are."""

import pytest

from stackmap.identity.account_types import Traits, judge_type
from stackmap.model import AccountType, normalise_email
from tests.unit.identity.realistic_logins import HUMAN, NOT_TOLD, PROGRAM, SEVERAL


def rows(text: str) -> list[tuple[str, str]]:
    """Name and address of each line."""
    found = (line.rpartition("|") for line in text.strip("\n").splitlines())
    return [(name.strip(), address.strip()) for name, _, address in found]


TABLE = [
    *((*row, AccountType.HUMAN) for row in rows(HUMAN)),
    *((*row, AccountType.INTEGRATION) for row in rows(PROGRAM)),
    *((*row, AccountType.SHARED) for row in rows(SEVERAL)),
    *((*row, AccountType.UNKNOWN) for row in rows(NOT_TOLD)),
]


def judged(name: str, address: str, **more: set[str]) -> AccountType:
    """The type of a login of this name and address, by nothing else."""
    tag = address.partition("@")[0].partition("+")[2]
    return judge_type(
        Traits({name} - {""}, {normalise_email(address)} - {""}, tags={tag} - {""}, **more)  # type: ignore[arg-type]  # options of several types
    ).type


@pytest.mark.parametrize(("name", "address", "expected"), TABLE, ids=[f"{name} {mail}" for name, mail, _ in TABLE])
def test_a_realistic_login_is_what_it_is(name: str, address: str, expected: AccountType) -> None:
    assert judged(name, address) is expected


def test_the_user_name_tells_what_name_and_address_hide() -> None:
    assert judged("Dana Kim", "dana.kim@acme.test", logins={"api.dana.kim@acme.test"}) is AccountType.INTEGRATION
    assert judged("Dana Kim", "dana.kim@acme.test", logins={"svc-marketo@acme.test"}) is AccountType.INTEGRATION
    assert judged("Dana Kim", "dana.kim@acme.test", logins={"dana.kim@acme.test.crm"}) is AccountType.HUMAN
    assert judged("Dana Kim", "dana.kim@acme.test", logins={"sync@acme.test"}) is AccountType.UNKNOWN


def test_a_job_title_speaks_for_a_person_only_where_nothing_speaks_against() -> None:
    title = {"it has a job title"}
    assert judged("Xylo Qubit", "xq7@acme.test") is AccountType.UNKNOWN
    assert judged("Xylo Qubit", "xq7@acme.test", details=title) is AccountType.HUMAN
    assert judged("Xylo Sync", "xq7@acme.test", details=title) is not AccountType.HUMAN
