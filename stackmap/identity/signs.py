"""What speaks for a person, a program or a role behind one login: `login_signs` finds it, `account_types` weighs it."""

from __future__ import annotations

from collections.abc import Collection, Set
from dataclasses import dataclass
from typing import Protocol

from stackmap.identity.name_likeness import is_compatible

__all__ = ["Called", "Signs"]


class Called(Protocol):
    """What a login is called and addressed by."""

    names: Set[str]
    emails: Set[str]
    logins: Set[str]
    tags: Set[str]


@dataclass(slots=True)
class Signs:
    """Reasons, by what they speak for, and what they rest on.

    `made_of`: first and last name, and an address of them; it needs no list. `known`: a name that people have.
    `program`: a login made for a program, whoever it is called after. `half`: a word for programs beside what may be a
    person's name. `doubts`: a word that may be a surname. `foreign`: the address reads like somebody else's name.
    `alone`: name or user name are a program's and name nobody. `beside`: what speaks against a person, other than the
    address. `words`: what may be somebody's name; `candidates`: those by which others may be called too; `named`: there
    is a name of somebody. `impersonal`: the address is no person's mailbox. `serves`: a word for programs stands beside
    words that are no given names, and nothing else says that they are somebody's. `marked`: the name says that a
    program is called after somebody. `robots`: a name that may be a robot's or a person's; `usual`: the address is
    written as people's are. `bare`: it has no name but its address, or initials (`initials`).
    `named_alike`: name and address share a word. `hard`:
    a word for programs that is nobody's surname, beside words that are no given names.
    """

    made_of: frozenset[str] = frozenset()
    person: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    program: frozenset[str] = frozenset()
    machine: frozenset[str] = frozenset()
    half: frozenset[str] = frozenset()
    role: frozenset[str] = frozenset()
    doubts: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    marked: frozenset[str] = frozenset()
    robots: frozenset[str] = frozenset()
    hard: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    candidates: frozenset[str] = frozenset()
    named: bool = False
    impersonal: bool = False
    serves: bool = False
    usual: bool = False
    bare: bool = False
    named_alike: bool = False
    initials: str = ""

    def goes_with(self, others: Collection[str]) -> bool:
        """Whether its names and these may be one person's."""
        return is_compatible(self.words, others)
