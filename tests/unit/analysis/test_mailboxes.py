"""Whose mailbox a login has."""

import pytest

from stackmap.analysis.mailboxes import mail_to, mailbox_of
from stackmap.analysis.stack import Stack
from tests.support.loading import stack_of
from tests.support.notation import notation

PICTURE = "P:Person {email=p@acme.test}\nx:Account {email=P@acme.test account_type=KIND}"


def stack(kind: str, more: str = "") -> Stack:
    return stack_of(notation(f"{PICTURE.replace('KIND', kind)}\n{more}"))


@pytest.mark.parametrize("kind", ["integration", "shared", "vendor_managed", "unknown"])
def test_mail_of_a_login_that_is_no_persons_own_goes_to_whoever_has_its_address(kind: str) -> None:
    told = [(account.id, person) for account, person in mail_to(stack(kind), ["P"])]
    assert told == [("x", "P")]
    assert list(mail_to(stack(kind), ["Q"])) == []


@pytest.mark.parametrize(("kind", "more"), [("human", ""), ("shared", "x {active=false}"), ("shared", "x {email=q@x}")])
def test_ones_own_login_and_one_that_is_off_and_another_address_are_not_meant(kind: str, more: str) -> None:
    assert list(mail_to(stack(kind, more), ["P"])) == []


def test_a_login_without_an_address_has_nobodys_mailbox() -> None:
    bare = stack_of(notation("P:Person\nx:Account {account_type=shared}"))
    assert mailbox_of(bare, bare.accounts["x"]) is None


SHARED = "R:Person {email=r@acme.test}\nP -HAS_ACCOUNT-> x\nR -HAS_ACCOUNT-> x"


def test_the_mail_of_a_login_that_two_hold_goes_to_the_one_whose_address_it_has() -> None:
    told = [(account.id, person) for account, person in mail_to(stack("human", SHARED), ["P", "R"])]
    assert told == [("x", "P")]


def test_whoever_shares_a_login_does_not_get_the_mail_of_another_one_with_its_address() -> None:
    more = f"{SHARED}\ny:Account {{email=p@acme.test account_type=integration}}"
    assert ("y", "P") in {(account.id, person) for account, person in mail_to(stack("human", more), ["P", "R"])}
