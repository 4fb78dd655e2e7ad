"""The first cells below a heading, and whether they are what a column is said to hold."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from stackmap.declared.tables.cells import bare, value_of
from stackmap.declared.tables.days import UndecidedDayError
from stackmap.declared.tables.headers import Header
from stackmap.declared.tables.records import records
from stackmap.declared.tables.text import opened
from stackmap.sdk.exports import Cell, Column

__all__ = ["can_be_asked_about", "cells_below", "misfits"]

_SAMPLE = 500
_MOST_WORDS = 12
_LONGEST = 30
_ANY = Column("any", "anything")


def cells_below(path: Path, header: Header, heading: str) -> tuple[str, ...]:
    """The first cells below a heading that hold anything."""
    place = header.headings.index(heading)
    with opened(path) as text:
        rows = records(path.name, (line for line in text.lines if line[0] > header.line), header.delimiter)
        cells = (bare(row.cells[place]) for row in islice(rows, _SAMPLE) if place < len(row.cells))
        return tuple(cell for cell in cells if cell)


def misfits(column: Column, cells: Sequence[str]) -> tuple[str, ...]:
    """The different cells that a column cannot hold. Of a list of words (a status) one that is known suffices."""
    if column.cell is Cell.TEXT and column.words:
        known = any(cell.casefold() in column.words for cell in cells)
        return () if known else tuple(dict.fromkeys(cells))
    return tuple(dict.fromkeys(cell for cell in cells if not _holds(column, cell)))


def can_be_asked_about(words: Sequence[str]) -> bool:
    """Whether these may be a yes and a no by other names (roles, say), and may be shown: few, short, and no secrets."""
    return len(words) <= _MOST_WORDS and all(len(word) <= _LONGEST and _holds(_ANY, word) for word in words)


def _holds(column: Column, cell: str) -> bool:
    try:
        value_of(cell, column, None)
    except UndecidedDayError:
        return True  # a day in some order: which, --dates says
    except ValueError:
        return False
    return True
