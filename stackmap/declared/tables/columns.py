"""Which heading is which of a kind's columns: in its own words, or in those words with a qualifier beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TypeAlias

from stackmap.declared.tables.cells import fold_heading
from stackmap.declared.tables.kinds import Kind
from stackmap.sdk.exports import Cell, Column

__all__ = ["Rating", "Vocabulary"]

Rating: TypeAlias = Callable[[Column, int], float]
"""How well the cells in a place suit a column, from 0 to 1."""

_QUALIFIED = re.compile(r"(.*[^\s([-])\s*(?:\(([^()]+)\)|\[([^\[\]]+)\]|\s[-\u2013\u2014]\s(.+))")
_WORD = re.compile(r"[^\W\d_]+")

_NEUTRAL = frozenset(
    {
        *("work", "business", "official", "current", "primary", "main", "required", "optional", "preferred", "legal"),
        *("dienstlich", "geschäftlich", "beruflich", "aktuell", "pflichtfeld", "optional", "erforderlich"),
        *("professionnel", "professionnelle", "actuel", "actuelle", "obligatoire", "facultatif"),
        *("profesional", "laboral", "actual", "obligatorio", "opcional"),
        *("en", "de", "fr", "es", "utc", "yyyy", "yy", "mm", "dd", "tt", "jjjj", "jj", "aaaa"),
    }
)
"""What may stand in brackets or behind a dash and leaves the heading what it is. All else ("Manager", "old",
"probation") may make another thing of it: such a column is not taken, and that is told."""

_AT_WORK = _NEUTRAL | {
    *("company", "corporate", "office", "professional"),
    *("dienstliche", "geschäftliche", "berufliche", "firma", "firmen", "arbeit"),
    *("travail", "bureau", "entreprise", "pro", "du", "trabajo", "corporativo", "corporativa", "empresa", "oficial"),
}
"""What may stand round the words of an address, brackets or not: whose it is and that it is no private one stays."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A kind's columns with the words that may head each, as headings are compared."""

    columns: tuple[tuple[Column, tuple[str, ...]], ...]
    exact: bool

    @classmethod
    def of(cls, kind: Kind) -> Vocabulary:
        """A table of somebody's own has no words but the headings that were explained."""
        return cls(tuple((column, tuple(_words(kind, column))) for column in kind.export.columns), bool(kind.headings))

    def places(self, headings: Sequence[str], rate: Rating | None = None) -> Mapping[str, int]:
        """The place of each column that the headings name. Of several names of one column that counts whose cells
        suit it best, else the kind's first. A qualified heading counts where no other could be meant.
        """
        named: dict[str, int] = {}
        for place, heading in enumerate(headings):
            named.setdefault(fold_heading(heading), place)
        named.pop("", None)
        found: dict[str, int] = {}
        for column, words in self.columns:
            there = [named[word] for word in words if word in named]
            if there:
                found[column.name] = max(there, key=partial(rate, column)) if rate else there[0]
        return found if self.exact else found | dict(self._qualified(headings, found))

    def _qualified(self, headings: Sequence[str], taken: Mapping[str, int]) -> Iterator[tuple[str, int]]:
        own = {word for _, words in self.columns for word in words}
        free = [(place, one) for place, one in enumerate(headings) if fold_heading(one) not in own]
        for column, words in self.columns:
            if column.name in taken:
                continue
            core = _address if column.cell is Cell.EMAIL else _unqualified
            meant = [place for place, heading in free if core(heading) in words]
            if len(meant) == 1:
                yield column.name, meant[0]


def _words(kind: Kind, column: Column) -> Iterator[str]:
    return map(fold_heading, column.headings if kind.headings else (*column.headings, column.name))


@lru_cache(maxsize=8192)
def _unqualified(heading: str) -> str:
    """A heading without the neutral words in brackets or behind a dash, as it is compared; "" where it has none."""
    found = _QUALIFIED.fullmatch(heading.strip())
    if found is None or not _spoken(found[2] or found[3] or found[4]) <= _NEUTRAL:
        return ""
    return fold_heading(found[1])


@lru_cache(maxsize=8192)
def _address(heading: str) -> str:
    """The heading of an address without what says that it is the one at work; "" where nothing does."""
    words = _WORD.findall(heading.casefold())
    kept = list(words)
    while kept and kept[-1] in _AT_WORK:
        kept.pop()
    while kept and kept[0] in _AT_WORK:
        kept.pop(0)
    return fold_heading("".join(kept)) if len(kept) < len(words) else ""


def _spoken(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
