"""Logins and the persons behind them, as the analysis sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stackmap.model import AccountType, Act, Certainty, Link

__all__ = ["Account", "Tie", "become_of"]


@dataclass(frozen=True, slots=True)
class Tie:
    """A person behind a login, and how sure that is."""

    person: str
    certainty: Certainty
    link: Link


@dataclass(frozen=True, slots=True)
class Account:
    """A login with its type and its holders: the ties of the strongest grade only (semantics, rule 16)."""

    id: str
    type: AccountType
    holders: tuple[Tie, ...]
    past_acts: frozenset[Act]
    """Acts it counts as having undergone before anybody leaves: read inactive, frozen, or missing."""

    @property
    def off(self) -> bool:
        """Off already, whoever leaves."""
        return bool(self.past_acts)

    @property
    def sole_holder(self) -> Tie | None:
        """The only holder of a human login: the one with whom it goes off."""
        human = self.type is AccountType.HUMAN and len(self.holders) == 1
        return self.holders[0] if human else None

    @property
    def anonymous(self) -> bool:
        """Somebody's own login, and nobody knows whose."""
        return self.type is AccountType.HUMAN and not self.holders


def become_of(accounts: Iterable[Account]) -> str:
    """What became of somebody's logins, "" where one is in use or there is none. Frozen is not switched off."""
    acts = [account.past_acts for account in accounts]
    if not acts or not all(acts):
        return ""
    frozen = [act == {Act.FROZEN} for act in acts]
    if all(frozen):
        return "login frozen" if len(acts) == 1 else "all logins are frozen"
    return "all logins are off or frozen" if any(frozen) else "all logins are off"
