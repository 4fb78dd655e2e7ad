"""Names and addresses as words: which are known, which point at a program, how names are spelt without accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from itertools import groupby

from stackmap.identity.vocabulary import (
    ANY_MACHINE,
    DEPARTMENTS,
    FUNCTIONS,
    MACHINE,
    MARKS,
    PRODUCTS,
    PRODUCTS_OR_NAMES,
    REGIONS,
    ROBOTS,
    SHORT_ROLES,
    STAGES,
    TITLE_WORDS,
    TITLES,
    VOCABULARY,
)

__all__ = [
    "is_known",
    "machine_in_name",
    "machine_of_known_words",
    "mark_after_a_name",
    "mark_of_words",
    "spellings",
    "tokens_of",
    "without_regions",
    "without_titles",
]

_WORD = re.compile(r"[^\s!-/:-@\[-`{-~–—…·]+")  # by what ends it: vowel signs of many scripts are no \w
_APOSTROPHE = re.compile("['’`\u02bc]")
_NUMBERED = re.compile(r"\d+$")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


def tokens_of(folded: str) -> tuple[str, ...]:
    found = (word if word.isalpha() else _NUMBERED.sub("", word) for word in _WORD.findall(_APOSTROPHE.sub("", folded)))
    return tuple(word for word in found if word.isalpha() or any(map(str.isalpha, word)))


def is_known(word: str, places: Collection[str] = ()) -> bool:
    """Whether a word tells no person's name, though it may be somebody's surname: a place's too, or one with digits."""
    return word in VOCABULARY or word in places or not (word.isalpha() or not any(map(str.isdigit, word)))


def without_titles(words: tuple[str, ...]) -> tuple[str, ...]:
    """Without job titles, and the departments that stand in them. A "lead" before another word is one for sales."""
    if TITLES.isdisjoint(words):
        return words
    kept: list[str] = []
    for known, run in groupby(words, key=TITLE_WORDS.__contains__):
        found = list(run)
        titled = known and (found[-1] == "lead" or not (TITLES - {"lead"}).isdisjoint(found))
        kept += [] if titled else found
    return tuple(kept)


def machine_in_name(words: Sequence[str], own: Collection[str], spaced: bool) -> tuple[str, bool]:
    """The word that points at a program, and whether nothing speaks against it."""
    hard = next((word for word in words if word in MACHINE), "")
    if not own:
        return machine_of_known_words(words)
    if words[0] in ANY_MACHINE:
        return words[0], not spaced
    return hard, bool(hard) and _is_called_after_a_product(words, own)


def _is_called_after_a_product(words: Sequence[str], own: Collection[str]) -> bool:
    """Whether a product and what it does come first, then somebody's name: after whom it is called."""
    ahead = words[: next(index for index, word in enumerate(words) if word in own)]
    return not PRODUCTS.isdisjoint(ahead) and not MACHINE.isdisjoint(ahead)


def machine_of_known_words(words: Sequence[str]) -> tuple[str, bool]:
    """As above, where every word is known: a department's name says nothing, unless it speaks of an account."""
    among = [word for word in words if word in ANY_MACHINE]
    only = [word for word in among if word not in DEPARTMENTS]
    if only:
        return only[0], True
    if FUNCTIONS.isdisjoint(word for word in words if word not in DEPARTMENTS):
        products = [word for word in words if word in PRODUCTS or word in PRODUCTS_OR_NAMES]
        return next(iter(among or products), ""), bool(among or products)
    return "", False


def mark_after_a_name(words: Sequence[str], own: Collection[str]) -> str:
    """The word for programs with which it ends, behind somebody's name: "dana kim api", "dana kim integration user"."""
    last = len(words) - 1
    while last > 0 and words[last] in STAGES:
        last -= 1
    if not any(word in own for word in words[:last]):
        return ""
    if words[last] in MARKS or (words[last] in ROBOTS and len(own) > 1):
        return words[last]
    followed = words[last + 1 : last + 2]
    return words[last] if words[last] == "service" and followed and followed[0] in _ACCOUNTS else ""


_ACCOUNTS = frozenset({"account", "user", "login"})


def mark_of_words(words: Sequence[str]) -> str:
    """The word for programs in a remark that tells nothing else: no job, no team."""
    if any(word not in MARKS and word not in STAGES and not _is_product(word) for word in words):
        return "" if len(words) != 1 or words[0] not in ROBOTS else words[0]
    return next((word for word in words if word in MARKS), "")


def _is_product(word: str) -> bool:
    return word in PRODUCTS or word in PRODUCTS_OR_NAMES


def without_regions(words: tuple[str, ...]) -> tuple[str, ...]:
    """Without places in the name of a function: "marketing iberia". A place beside anything else may be a name."""
    if REGIONS.isdisjoint(words):
        return words
    core = tuple(word for word in words if word not in REGIONS)
    return core if core and all(word in TITLE_WORDS or word in SHORT_ROLES for word in core) else words


def spellings(words: Sequence[str]) -> Sequence[tuple[str, ...]]:
    """The words without accents, in the two ways in which umlauts are written around."""
    if all(word.isascii() for word in words):
        return (tuple(words),)
    return tuple(tuple(_plain(word, *maps) for word in words) for maps in ((_LETTERS,), (_UMLAUTS, _LETTERS)))


def _plain(word: str, *maps: dict[int, str]) -> str:
    composed = unicodedata.normalize("NFKC", word)
    for letters in maps:
        composed = composed.translate(letters)
    return "".join(char for char in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(char))
