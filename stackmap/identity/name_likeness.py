"""Whether two names may be one person's: short forms, initials, spellings. Never enough to tie anything."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from stackmap.identity.given_names import SAME_NAME
from stackmap.identity.name_words import spellings

__all__ = ["are_one_name", "is_compatible", "plain_words"]

_STEM = 3


def plain_words(words: Iterable[str]) -> frozenset[str]:
    """The words in every spelling without accents."""
    return frozenset().union(*spellings(tuple(words)))


def are_one_name(one: str, other: str) -> bool:
    """Whether two words may be the same name: equal, a short form of it, or its beginning."""
    if one == other or not SAME_NAME.get(one, frozenset()).isdisjoint(SAME_NAME.get(other, ())):
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= _STEM and long.startswith(short)


def is_compatible(words: Collection[str], others: Collection[str]) -> bool:
    """Whether names with these words may be of one person: they have one in common, in whatever form."""
    if not frozenset(words).isdisjoint(others):
        return True
    return any(are_one_name(one, other) for one in words for other in others)
