"""Whose mailbox a login has: where what the platform writes to it goes, password resets for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stackmap.analysis.accounts import Account
from stackmap.analysis.stack import Stack
from stackmap.model import AccountType, all_addresses, equal_domains

__all__ = ["mail_to", "mailbox_of"]

_SEVERAL = 2
"""So many holders make a login one that stays on (semantics, rule 16)."""


def mailbox_of(stack: Stack, account: Account) -> str | None:
    """The person whose address a login has, whosever login it is; None where that is nobody's, or several people's."""
    address = stack.email_of(account.id)
    people = stack.mailboxes.get(address, frozenset())
    if len(people) > 1:  # whoever only shares a login with another does not get the other's mail
        people = frozenset(person for person in people if _is_their_own(stack, person, address))
    return next(iter(people)) if len(people) == 1 else None


def _is_their_own(stack: Stack, person: str, address: str) -> bool:
    """Whether somebody has an address otherwise than by a login that others hold, too."""
    own = (one.id for one in stack.accounts_of.get(person, ()) if one.sole_holder)
    domains = equal_domains(stack.policy.domains)
    found = filter(None, map(stack.graph.get, (person, *own)))
    return any(
        address in {stack.email_of(one.id), *all_addresses(one.properties.get("aliases"), domains)} for one in found
    )


def mail_to(stack: Stack, people: Iterable[str]) -> Iterator[tuple[Account, str]]:
    """The logins whose mail goes to one of these people, and to whom. Not what is off, nor one person's own login.

    A human login that several hold is among them: it stays on while one of them is here, and its address stays one's.
    """
    wanted = frozenset(people)
    for _, account in sorted(stack.accounts.items()):
        if account.off or (account.type is AccountType.HUMAN and len(account.holders) < _SEVERAL):
            continue
        person = mailbox_of(stack, account)
        if person is not None and person in wanted:
            yield account, person
