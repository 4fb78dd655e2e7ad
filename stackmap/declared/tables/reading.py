"""A table, read: rows with their line numbers, and every row that was left out with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from stackmap.declared.factfile import BadLine
from stackmap.declared.tables.cells import bare, is_secret_heading, value_of
from stackmap.declared.tables.days import DayOrder, UndecidedDayError
from stackmap.declared.tables.headers import MOST_TITLES, Header, columns_of, find_header, guess_header
from stackmap.declared.tables.kinds import Kind
from stackmap.declared.tables.records import Record, records
from stackmap.declared.tables.text import Lines, TableText, opened
from stackmap.declared.written import MAX_PROBLEMS
from stackmap.errors import ConfigError
from stackmap.sdk.exports import Column, NumberedRow

__all__ = ["EXAMPLE", "Table", "headings_of", "is_fact_file", "read_table", "refused"]

EXAMPLE = "#example"
"""How the first cell of a template's example row starts: such a row is never taken."""

MOST_ROWS = 300_000
"""Rows of one file: as many as fit into the memory of a small machine, and more people than work anywhere."""

_MOST_BAD = 10_000
_HEAD = 400
"""Lines in which the heading row is looked for: rows above it, comments and blank lines."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file of one kind. `notes` say how it was read, and what of it nobody looked at."""

    kind: Kind
    rows: tuple[NumberedRow, ...]
    bad: tuple[BadLine, ...] = ()
    notes: tuple[str, ...] = ()


def is_fact_file(path: Path) -> bool:
    """Whether a file looks like facts, one JSON object a line, and not like a table."""
    if path.suffix.lower() in {".jsonl", ".ndjson", ".json"}:
        return True
    try:
        with path.open("rb") as file:
            return file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    except OSError:
        return False


def headings_of(path: Path) -> Header:
    """The likeliest heading row of a table of no known kind. Raises ConfigError where there is none."""
    with opened(path) as text:
        return guess_header(path.name, _head(text.lines))


def read_table(path: Path, kinds: Sequence[Kind], *, kind: Kind | None = None, order: DayOrder | None = None) -> Table:
    """Read a file of one of these kinds (or of `kind`).

    Rows that cannot be understood are in `bad`, by number and reason; the caller decides whether the others count.
    Raises ConfigError where the file as a whole cannot be trusted: no table, no known kind, an open quote, days whose
    order nobody told.
    """
    with opened(path) as text:
        head = _head(text.lines)
        header, found = find_header(path.name, head, [kind] if kind else kinds, named=kind is not None)
        lines = chain((line for line in head if line[0] >= header.line), text.lines)
        reader = _Reader(text, header, found, order)
        reader.take(records(path.name, lines, header.delimiter))
        return reader.table()


def refused(name: str, bad: Sequence[BadLine]) -> ConfigError:
    """The error of a file with rows that cannot be understood: which, and why."""
    lines = [f"{name}, line {line.number}: {line.reason}" for line in bad[:MAX_PROBLEMS]]
    if len(bad) > MAX_PROBLEMS:
        lines.append(f"{name}: and {len(bad) - MAX_PROBLEMS} more bad rows")
    lines.append("Nothing was taken. To take the other rows: --skip-bad")
    return ConfigError("\n".join(lines))


def _head(lines: Lines) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    filled = 0
    for line in lines:
        found.append(line)
        filled += bool(line[1].strip())
        if len(found) == _HEAD or filled > 2 * MOST_TITLES:
            break
    return found


@dataclass(slots=True)
class _Reader:
    text: TableText
    header: Header
    kind: Kind
    order: DayOrder | None
    rows: list[NumberedRow] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)
    footer: list[int] = field(default_factory=list)
    examples: int = 0
    after_blank: bool = False

    def take(self, found: Iterator[Record]) -> None:
        next(found)
        places = columns_of(self.kind, self.header.headings)
        columns = [(column, places[column.name]) for column in self.kind.export.columns if column.name in places]
        for record in found:
            if record.blank:
                self.after_blank = True
            elif not self._set_aside(record):
                self._row(record, columns)
                self.after_blank = False
            if len(self.rows) > MOST_ROWS or len(self.bad) > _MOST_BAD:
                raise self._too_many()

    def _too_many(self) -> ConfigError:
        if len(self.bad) > _MOST_BAD:
            first = self.bad[0]
            return ConfigError(
                f"{self.text.name}: more than {_MOST_BAD:,} rows cannot be understood as {self.kind.name}; "
                f"the first: line {first.number}: {first.reason}"
            )
        return ConfigError(f"{self.text.name}: more than {MOST_ROWS:,} rows; split the file, and import it with --as")

    def _set_aside(self, record: Record) -> bool:
        """Whether it is no row: an example, or what may be a footer (a single cell below a blank line)."""
        if record.trouble:
            return False
        if record.cells[0].strip().lower().startswith(EXAMPLE):
            self.examples += 1
            return True
        lone = len(self.header.headings) > 1 and not any(cell.strip() for cell in record.cells[1:])
        if lone and len(record.cells) == 1 and (self.after_blank or self.footer):
            self.footer.append(record.line)
            return True
        return False

    def _row(self, record: Record, columns: Sequence[tuple[Column, int]]) -> None:
        width = len(self.header.headings)
        while self.footer:  # it was none: rows go on
            self._refuse(self.footer.pop(0), f"1 cell, where the headings are {width}")
        if record.trouble:
            self._refuse(record.line, record.trouble)
            return
        if len(record.cells) < width or any(cell.strip() for cell in record.cells[width:]):
            self._refuse(record.line, _ragged(len(record.cells), width))
            return
        values: dict[str, Any] = {}
        wrong = [reason for column, place in columns if (reason := self._cell(record, column, place, values))]
        wrong += [
            f"the column {_heading(self.header, place)} is empty"
            for column, place in columns
            if column.required and column.name not in values and not wrong
        ]
        if wrong:
            self._refuse(record.line, "; ".join(wrong))
        else:
            self.rows.append((record.line, values))

    def _cell(self, record: Record, column: Column, place: int, values: dict[str, Any]) -> str:
        """Add the cell's value, or say what is wrong with it."""
        try:
            value = value_of(record.cells[place], column, self.order)
        except UndecidedDayError as error:
            raise ConfigError(
                f"{self.text.name}, line {record.line}, column {_heading(self.header, place)}: {error}; say how the "
                "days of this file are written, with --dates DMY (3 October: 03/10/2026), --dates MDY (10/03/2026) "
                "or --dates YMD. Nothing was taken"
            ) from None
        except ValueError as error:
            return f"column {_heading(self.header, place)}: {error}"
        if value is not None:
            values[column.name] = value
        return ""

    def _refuse(self, line: int, reason: str) -> None:
        self.bad.append(BadLine(line, reason))

    def table(self) -> Table:
        """What was read, with what is to be told of it."""
        notes = [self.text.note] if self.text.note else []
        if self.examples:
            notes.append("the template's example row was not taken")
        if self.footer:
            notes.append(f"what stands from line {self.footer[0]} on was taken for a footer and left out")
        used = set(columns_of(self.kind, self.header.headings).values())
        unread = (heading for place, heading in enumerate(self.header.headings) if place not in used)
        secret = filter(is_secret_heading, unread)
        notes.extend(
            f"the column {heading[:40]!r} was not read, for it seems to hold secrets: delete it from the file"
            for heading in secret
        )
        return Table(self.kind, tuple(self.rows), tuple(sorted(self.bad)), tuple(notes))


def _heading(header: Header, place: int) -> str:
    return repr(bare(header.headings[place])[:40])


def _ragged(cells: int, width: int) -> str:
    count = f"{cells} cell{'' if cells == 1 else 's'}, where the headings are {width}"
    return f"{count}: a comma inside a cell needs quotes round the cell" if cells > width else count
