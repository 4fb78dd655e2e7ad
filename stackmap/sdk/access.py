"""What a connector asks an administrator for: tiers of access, what it takes of people, and how to take it back."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Access", "PersonalData", "Tier"]


@dataclass(frozen=True, slots=True)
class Tier:
    """One step of access. Tiers build on each other; the first is the least that makes sense.

    `inventories` are those that this step adds, `answers` the questions that can be answered from it on, one sentence
    each. `grant` are the steps by which an administrator gives it, `source` the vendor's page that says so.
    """

    name: str
    inventories: tuple[str, ...]
    answers: tuple[str, ...]
    grant: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What some inventories take of people: which fields, of whom, and what for, each in words for everybody."""

    inventories: tuple[str, ...]
    fields: str
    of: str
    why: str


@dataclass(frozen=True, slots=True)
class Access:
    """Everything that has to be allowed. Every inventory is in one tier.

    `never_read` are things that people fear, one sentence each. `revoke` are the steps that end the access: each names
    its source, and says how soon it counts where the vendor tells that. `verify` says where the vendor's own screens
    show what was called.
    """

    tiers: tuple[Tier, ...]
    personal: tuple[PersonalData, ...]
    never_read: tuple[str, ...]
    revoke: tuple[str, ...]
    verify: tuple[str, ...] = ()
