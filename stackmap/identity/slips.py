"""Words that are almost another: what somebody meant who mistyped it."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

__all__ = ["Comparing", "is_a_slip"]

_COMPARED = 50_000
"""How many pairs are compared at most: every answer waits for it, and a second is enough."""

_LIKENESS = 0.75
_NEAREST = 5
_LETTERS = 2
_LONGEST = 80
"""Letters of a word that are compared: nobody mistypes more, and a long one takes long."""


@dataclass(slots=True)
class Comparing:
    """Finds what comes near, until enough was compared."""

    left: int = _COMPARED

    def nearest(self, word: str, words: Collection[str]) -> list[str]:
        """The few of these words that come nearest to one, the likest first.

        Of an address what stands before the @ counts first: most share what follows.
        """
        self.left -= len(words)
        if self.left < 0:
            return []
        starts: dict[str, list[str]] = defaultdict(list)
        for one in words:
            starts[_start(one)].append(one)
        near = difflib.get_close_matches(_start(word), starts, _NEAREST, _LIKENESS)
        found = [one for start in near for one in starts[start]]
        return sorted(found, key=lambda one: (-_likeness(word, one), one))[:_NEAREST]


def _start(word: str) -> str:
    folded = word.strip().casefold()
    return (folded.rpartition("@")[0] or folded)[:_LONGEST]


def _likeness(word: str, other: str) -> float:
    shown, compared = (" ".join(one.split()).casefold()[:_LONGEST] for one in (word, other))
    return difflib.SequenceMatcher(None, shown, compared).ratio()


def is_a_slip(address: str, other: str) -> bool:
    """Whether two addresses differ by a letter or two, and not by half of a short name."""
    letters = _apart(address.casefold(), other.casefold())
    return letters <= _LETTERS and 2 * letters < len(_start(address))


def _apart(word: str, other: str) -> int:
    """How many letters are to be put in, taken out or replaced to make one of the other."""
    if abs(len(word) - len(other)) > _LETTERS:
        return _LETTERS + 1
    before = list(range(len(other) + 1))
    for row, letter in enumerate(word, 1):
        now = [row]
        for column, there in enumerate(other, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != there)))
        before = now
    return before[-1]
