"""Columns that hold e-mail addresses by their cells, where no heading says so: told, never guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from stackmap.declared.tables.cells import is_secret_heading
from stackmap.declared.tables.kinds import Kind
from stackmap.sdk.exports import Column

__all__ = ["AddressCount", "address_column", "its_heading"]

_EMAIL = "email"


class AddressCount:
    """How many cells of each place hold anything, and how many an address."""

    def __init__(self) -> None:
        self._filled: Counter[int] = Counter()
        self._addresses: Counter[int] = Counter()

    def add(self, cells: Iterable[str]) -> None:
        """Count one row."""
        for place, cell in enumerate(cells):
            if cell and not cell.isspace():
                self._filled[place] += 1
                self._addresses[place] += "@" in cell

    def headings(self, headings: Sequence[str], used: Iterable[int]) -> tuple[str, ...]:
        """The headings of the unused columns of which more than half of the cells hold an address."""
        unused = [place for place in range(len(headings)) if place not in set(used)]
        most = [place for place in unused if 2 * self._addresses[place] > self._filled[place]]
        return tuple(headings[place] for place in most if headings[place] and not is_secret_heading(headings[place]))


def address_column(kind: Kind) -> Column | None:
    """The column of a kind that holds the address of whom a row is about."""
    return next((column for column in kind.export.columns if column.name == _EMAIL), None)


def its_heading(kind: Kind, column: Column, candidates: Sequence[str]) -> str:
    """How to say which of these headings (one at least) is the column of addresses."""
    shown = ", ".join(repr(heading[:40]) for heading in candidates)
    wanted = column.headings[0] if column.headings else column.name
    ask = ", or import it with --map, which asks what each column is" if kind.shape else ""
    if len(candidates) > 1:
        return f"the columns {shown} hold addresses; head the one with the work addresses {wanted!r}{ask}"
    return f"the column {shown} holds addresses; if they are the work addresses, head it {wanted!r}{ask}"
