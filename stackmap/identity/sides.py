"""Logins with one address whose names are clearly those of several people: it passed on, or they share it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from stackmap.identity.accounts import Account, Human
from stackmap.identity.given_names import GIVEN_NAMES
from stackmap.identity.login_names import read_name
from stackmap.identity.name_likeness import are_one_name
from stackmap.identity.name_words import spellings
from stackmap.identity.units import turned
from stackmap.model import local_part

__all__ = ["Sides", "are_two", "side_of", "sides_of"]

Name = tuple[str, ...]
_INITIAL = 1


@dataclass(frozen=True, slots=True)
class Sides:
    """Groups of logins, each called after one person; `current`: which of them has the address now, None if unclear."""

    groups: tuple[frozenset[str], ...]
    current: int | None = None


def sides_of(accounts: Collection[Account], directories: Collection[str]) -> Sides | None:
    """The people after whom these logins are called, None where they may all be one.

    A login that may be of two of them, or has no first and last name, is in no group. `directories`: logins of one.
    """
    if len({name for account in accounts for name in account.traits.names}) < 2:
        return None
    called = {account.id: found for account in accounts if (found := _names(account))}
    spelt = frozenset(local_part(address) for account in accounts for address in account.emails)
    against = [pair for pair in combinations(sorted(called), 2) if _differ(called[pair[0]], called[pair[1]], spelt)]
    if not against:
        return None
    opposed = {frozenset(pair) for pair in against}
    groups = _groups(sorted(called), opposed)
    return Sides(groups, _current(groups, {account.id: account for account in accounts}, directories))


def _groups(logins: Sequence[str], opposed: Collection[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Those who may be one person with each other. Who may be one with two who are not is left out."""
    friends = {one: {other for other in logins if frozenset((one, other)) not in opposed} for one in logins}
    torn = {one for one in logins if any(frozenset(pair) in opposed for pair in combinations(friends[one], 2))}
    groups = {frozenset(friends[one] - torn) for one in logins if one not in torn}
    return tuple(sorted(groups, key=sorted))


def _current(
    groups: Sequence[Collection[str]], accounts: dict[str, Account], directories: Collection[str]
) -> int | None:
    """The group whose login a directory has, or the one that is not switched off, where that is one only."""
    on = [n for n, group in enumerate(groups) if any(accounts[one].active is not False for one in group)]
    listed = [n for n, group in enumerate(groups) if any(one in directories for one in group)]
    for found in (listed, on):
        if len(found) == 1:
            return found[0]
    return None


def side_of(human: Human, groups: Sequence[Collection[str]], jobs: dict[str, frozenset[str]]) -> int | None:
    """The one group with a login that has the same job as this person."""
    found = [n for n, group in enumerate(groups) if any(len(jobs[one] & human.job) > 1 for one in group)]
    return found[0] if len(found) == 1 else None


def _differ(mine: Collection[Name], yours: Collection[Name], locals_: Collection[str]) -> bool:
    if not set(mine).isdisjoint(yours):
        return False
    return all(are_two(one, other) and not _is_short(one, other, locals_) for one in mine for other in yours)


def _is_short(one: Name, other: Name, locals_: Collection[str]) -> bool:
    """Whether one given name is an unknown form of the other: the address spells one of them, with the family name that
    both have, and the other is no given name that is known.
    """
    if one[-1] != other[-1] or {one[0], other[0]} <= GIVEN_NAMES:
        return False
    spelt = {"".join(filter(str.isalpha, local)) for local in locals_}
    return any(both in spelt for given, *_, last in (one, other) for both in (given + last, last + given))


@lru_cache(maxsize=50_000)
def are_two(one: Name, other: Name) -> bool:
    """Whether two full names are clearly not one person's: no word in common, or a family name with two given names.

    Who has the same given name may have married.
    """
    shared = set(one) & set(other)
    own, further = set(one) - shared, set(other) - shared
    if any(_may_be_one(word, word_) for word in own for word_ in further):
        return False
    if not shared:
        return not any(_may_be_one(word, word_) for word in one for word_ in other)
    if not own or not further or one[0] == other[0]:
        return False
    return shared.isdisjoint(GIVEN_NAMES) or one[-1] == other[-1]


def _may_be_one(word: str, other: str) -> bool:
    if _INITIAL in {len(word), len(other)}:
        return word[0] == other[0]
    return are_one_name(word, other)


def _names(account: Account) -> frozenset[Name]:
    return frozenset(name for text in account.traits.names for name in _full_names(text))


@lru_cache(maxsize=50_000)
def _full_names(text: str) -> tuple[Name, ...]:
    return tuple(_spelt(text))


def _spelt(text: str) -> Iterator[Name]:
    """A first and a last name in every spelling, without initials between them."""
    signs = read_name(text, ())
    words = tuple(word for n, word in enumerate(turned(text.casefold(), signs.parts)) if len(word) > _INITIAL or n == 0)
    if signs.full and len(words) > 1:
        yield from (name for name in spellings(words) if all(map(str.isascii, name)))
