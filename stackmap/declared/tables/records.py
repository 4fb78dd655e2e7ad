"""Lines into rows of cells. What cannot be split is a row with a trouble, never a guess."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stackmap.errors import ConfigError

__all__ = ["DELIMITERS", "Record", "records"]

DELIMITERS = (",", ";", "\t", "|")

_LONGEST_CELL = csv.field_size_limit()
_QUOTE = '"'


@dataclass(frozen=True, slots=True)
class Record:
    """One row: the line on which it starts, its cells, and why it could not be split ("" where it could)."""

    line: int
    cells: tuple[str, ...]
    trouble: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.trouble and not any(cell.strip() for cell in self.cells)


class _Feed:
    """Hands lines to the reader, and remembers those of the row that is being read."""

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        self._lines = iter(lines)
        self.row: list[tuple[int, str]] = []

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        self.row.append(next(self._lines))
        return self.row[-1][1]


def records(name: str, lines: Iterable[tuple[int, str]], delimiter: str) -> Iterator[Record]:
    """The rows of a table, blank ones too.

    Raises ConfigError naming the line where a quote is opened that nothing closes: everything after it is in doubt.
    """
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=delimiter, strict=True, skipinitialspace=True)
    while True:
        feed.row.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield _broken(name, feed.row, delimiter)
        else:
            yield Record(feed.row[0][0], tuple(cells))


def _broken(name: str, row: list[tuple[int, str]], delimiter: str) -> Record:
    if len(row) == 1 and len(row[0][1]) <= _LONGEST_CELL and not _open_since(row, delimiter):
        return Record(row[0][0], (), "text goes on after a closing quote: double the quotes inside a cell")
    if len(row) == 1 and not _open_since(row, delimiter):
        return Record(row[0][0], (), f"a cell is longer than {_LONGEST_CELL:,} characters")
    line = _open_since(row, delimiter) or row[0][0]
    raise ConfigError(f'{name}, line {line}: a quote (") is opened here and never closed, so nothing after it is sure')


def _open_since(row: list[tuple[int, str]], delimiter: str) -> int:
    """The line of the quote that is still open at the end of these lines, 0 where none is."""
    since, starts = 0, True
    for number, line in row:
        for char in line.replace(_QUOTE * 2, "") if since else line:
            if char == _QUOTE and (since or starts):
                since = 0 if since else number
            starts = not since and (char == delimiter or (starts and char == " "))
    return since
