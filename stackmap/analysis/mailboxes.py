"""Whose mailbox a login has: where what the platform writes to it goes, password resets for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stackmap.analysis.stack import Account, Stack
from stackmap.model import AccountType

__all__ = ["mail_to", "mailbox_of"]


def mailbox_of(stack: Stack, account: Account) -> str | None:
    """The person whose address a login has, whosever login it is; None where that is nobody's, or several people's."""
    people = stack.mailboxes.get(stack.email_of(account.id), frozenset())
    return next(iter(people)) if len(people) == 1 else None


def mail_to(stack: Stack, people: Iterable[str]) -> Iterator[tuple[Account, str]]:
    """The logins whose mail goes to one of these people, and to whom. Not anybody's own logins, nor what is off."""
    wanted = frozenset(people)
    for _, account in sorted(stack.accounts.items()):
        if account.type is AccountType.HUMAN or account.off:
            continue
        person = mailbox_of(stack, account)
        if person is not None and person in wanted:
            yield account, person
