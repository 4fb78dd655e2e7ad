"""What people declared about people: read by identity, written in the manifest or in fact files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from stackmap.model.kinds import AccountType

__all__ = ["DeclaredPerson", "IdentityHints"]


@dataclass(frozen=True, slots=True)
class DeclaredPerson:
    """One person of the manifest. `id` is the key there; `logins` are account ids."""

    id: str
    name: str
    emails: tuple[str, ...] = ()
    logins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IdentityHints:
    """Everything identity takes from people: who there is, which login is whose, which type it has.

    `account_types` maps an account id to the declared type and the reason given ("" for none). Each of `domains` lists
    e-mail domains that lead to the same mailboxes.
    """

    people: tuple[DeclaredPerson, ...] = ()
    account_types: Mapping[str, tuple[AccountType, str]] = field(default_factory=dict)
    domains: tuple[tuple[str, ...], ...] = ()
