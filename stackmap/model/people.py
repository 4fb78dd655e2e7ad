"""What people declared about people: read by identity, written in the manifest or in fact files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from stackmap.model.facts import Edge, Properties
from stackmap.model.kinds import AccountType, NodeKind

__all__ = ["DeclaredNote", "DeclaredPerson", "IdentityHints"]


@dataclass(frozen=True, slots=True)
class DeclaredPerson:
    """One person of the manifest. `id` is the key there; `logins` are account ids."""

    id: str
    name: str
    emails: tuple[str, ...] = ()
    logins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclaredNote:
    """Something that people write about by its id or its name, before it is known what that meets.

    `written` is how they call it. `subject` stands for it until then: the id of a declared system or link where
    `written` is the key of one, else `written`. `within`: the System and the name there, where `written` may be read as
    `system-key:Name`. `section` and `record` say where it stands (`things`, `stack.yaml:31`). `kind`: it is a thing of
    its own where nothing is called so. `properties` and `care` (its `OWNED_BY`) are what is said of it. `address`: the
    e-mail address, as addresses are compared, by which it speaks of a person; such a note says nothing of a thing.
    """

    written: str
    subject: str
    section: str
    record: str
    within: tuple[str, str] | None = None
    kind: NodeKind | None = None
    properties: Properties = field(default_factory=dict)
    care: tuple[Edge, ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class IdentityHints:
    """Everything identity takes from people: who there is, which login is whose, which type it has.

    `account_types` maps an account id to the declared type and the reason given ("" for none). Each of `domains` lists
    e-mail domains that lead to the same mailboxes. `notes`: what is written about things and logins that others list.
    Each of `apart` lists ids of logins and people, and addresses, that are never one person's.
    """

    people: tuple[DeclaredPerson, ...] = ()
    account_types: Mapping[str, tuple[AccountType, str]] = field(default_factory=dict)
    domains: tuple[tuple[str, ...], ...] = ()
    notes: tuple[DeclaredNote, ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
