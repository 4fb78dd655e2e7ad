"""Logins and people as all facts together describe them, before anybody is tied to anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from stackmap.identity.account_types import Traits
from stackmap.model import AccountType

__all__ = ["Account", "Cast", "Human"]


@dataclass(slots=True)
class Account:
    """One login. `created` and `ended` are known only where a source gives them; `ended` of a switched-off one only.

    `doubted`: of unknown type, and something beside its address says that a program uses it. `job`: title and
    department, folded.
    """

    id: str
    traits: Traits = field(default_factory=Traits)
    aliases: Set[str] = frozenset()
    directory_ids: Set[str] = frozenset()
    active: bool | None = None
    created: str = ""
    ended: str = ""
    type: AccountType = AccountType.UNKNOWN
    reasons: tuple[str, ...] = ()
    doubted: bool = False
    job: frozenset[str] = frozenset()

    @property
    def emails(self) -> Set[str]:
        """Its normalised addresses."""
        return self.traits.emails


@dataclass(slots=True)
class Human:
    """One person as some source or the manifest names them. `sources` tell apart people of one source.

    `since` and `until`: the days between which they are said to be here, "" where nobody says. `off`: said to have
    left.
    """

    id: str
    sources: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)
    directory_ids: set[str] = field(default_factory=set)
    since: str = ""
    until: str = ""
    off: bool = False
    job: frozenset[str] = frozenset()


@dataclass(slots=True)
class Cast:
    """Everybody and every login. `holders` are explicit ties that count; `listed` people have a node.

    `places` are words that name the products there are, `directories` the systems whose users say who is here.
    """

    domains: Mapping[str, str]
    accounts: dict[str, Account] = field(default_factory=dict)
    people: dict[str, Human] = field(default_factory=dict)
    holders: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    weakly_held: set[str] = field(default_factory=set)
    manifest_ties: list[tuple[str, str]] = field(default_factory=list)
    listed: set[str] = field(default_factory=set)
    mailboxes: set[tuple[str, str]] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    directories: set[str] = field(default_factory=set)
