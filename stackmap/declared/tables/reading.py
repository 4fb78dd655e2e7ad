"""A table, read: rows with their line numbers, and every row that was left out with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

from stackmap.declared.factfile import BadLine
from stackmap.declared.tables.addresses import AddressCount, address_column, its_heading
from stackmap.declared.tables.cells import bare, is_secret_heading, value_of
from stackmap.declared.tables.closed import unknown_words
from stackmap.declared.tables.columns import Vocabulary
from stackmap.declared.tables.days import DayOrder, UndecidedDayError
from stackmap.declared.tables.headers import MOST_TITLES, Header, find_header, guess_header
from stackmap.declared.tables.kinds import Kind
from stackmap.declared.tables.lines import listed_lines
from stackmap.declared.tables.records import Record, records
from stackmap.declared.tables.text import Lines, TableText, opened
from stackmap.declared.written import MAX_PROBLEMS
from stackmap.errors import ConfigError
from stackmap.sdk.exports import Cell, Column, NumberedRow

__all__ = ["EXAMPLE", "Table", "headings_of", "is_fact_file", "kind_of", "read_table", "refused"]

EXAMPLE = "#example"
"""How the first cell of a template's example row starts: such a row is never taken."""

MOST_ROWS = 300_000
"""Rows of one file: as many as fit into the memory of a small machine, and more people than work anywhere."""

_MOST_BAD = 10_000
_SAMPLE = 500
"""Rows by which it is judged which of several columns is meant, and which hold addresses."""
_HEAD = 400
"""Lines in which the heading row is looked for: rows above it, comments and blank lines."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file of one kind. `notes` say how it was read, and what of it nobody looked at.

    `columns` are the headings that were used, by the column's name; `unused` are the others.
    """

    kind: Kind
    rows: tuple[NumberedRow, ...]
    bad: tuple[BadLine, ...] = ()
    notes: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()


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


def kind_of(path: Path, kinds: Sequence[Kind]) -> tuple[Header, Kind]:
    """The heading row of a table and its kind, without a look at its rows. Raises as `read_table` does."""
    with opened(path) as text:
        return find_header(path.name, _head(text.lines), kinds, named=False)


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
        reader.check_days()
        return reader.table()


def refused(name: str, bad: Sequence[BadLine], *, others: bool) -> ConfigError:
    """The error of a file with rows that cannot be understood: which, and why. `others`: there are good ones too."""
    lines = _why(name, bad)
    if others:
        lines.append("Nothing was taken. To take the other rows: --skip-bad")
    else:
        lines.append("Nothing was taken: no row of it could be understood")
    return ConfigError("\n".join(lines))


def _why(name: str, bad: Sequence[BadLine]) -> list[str]:
    """Rows that cannot be understood, a line for each reason."""
    why: dict[str, list[int]] = defaultdict(list)
    for line in bad:
        why[line.reason].append(line.number)
    told = list(why.items())[:MAX_PROBLEMS]
    lines = [f"{name}, {listed_lines(numbers)}: {reason}" for reason, numbers in told]
    if len(why) > MAX_PROBLEMS:
        lines.append(f"{name}: and {len(bad) - sum(len(numbers) for _, numbers in told)} more bad rows")
    return lines


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
    places: Mapping[str, int] = field(default_factory=dict)
    addresses: AddressCount = field(default_factory=AddressCount)
    undecided: str = ""

    def take(self, found: Iterator[Record]) -> None:
        next(found)
        sample = list(islice(found, _SAMPLE))
        for record in sample:
            self.addresses.add(record.cells[: len(self.header.headings)])
        self.places = Vocabulary.of(self.kind).places(self.header.headings, _Sample(sample).rate)
        columns = [(one, self.places[one.name]) for one in self.kind.export.columns if one.name in self.places]
        for record in chain(sample, found):
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
            self._refuse(record.line, "; ".join([*wrong, *unknown_words(self.kind, self._columns, values)]))
        else:
            self.rows.append((record.line, values))

    def _cell(self, record: Record, column: Column, place: int, values: dict[str, Any]) -> str:
        """Add the cell's value, or say what is wrong with it."""
        try:
            value = value_of(record.cells[place], column, self.order)
        except UndecidedDayError as error:
            self.undecided = self.undecided or (
                f"{self.text.name}, line {record.line}, column {_heading(self.header, place)}: {error}; say how the "
                "days of this file are written, with --dates DMY (3 October: 03/10/2026), --dates MDY (10/03/2026) "
                "or --dates YMD. Nothing was taken"
            )
            value, values[column.name] = None, None  # no empty cell: the file is refused in the end
        except ValueError as error:
            return f"column {_heading(self.header, place)}: {error}"
        if value is not None:
            values[column.name] = value
        return ""

    @property
    def _columns(self) -> Mapping[str, str]:
        """The headings that are used, by the column's name."""
        return {name: self.header.headings[place] for name, place in self.places.items()}

    def check_days(self) -> None:
        """Raise ConfigError where days can be read in several orders; what else is wrong is told in the same run."""
        if not self.undecided:
            return
        words = [(line, word) for line, row in self.rows for word in unknown_words(self.kind, self._columns, row)]
        bad = sorted([*self.bad, *(BadLine(line, word) for line, word in words)])
        raise ConfigError("\n".join([self.undecided, *_why(self.text.name, bad)]))

    def _refuse(self, line: int, reason: str) -> None:
        self.bad.append(BadLine(line, reason))

    def table(self) -> Table:
        """What was read, with what is to be told of it."""
        notes = [self.text.note] if self.text.note else []
        if self.examples:
            notes.append("the template's example row was not taken")
        if self.footer:
            notes.append(f"what stands from line {self.footer[0]} on was taken for a footer and left out")
        used = set(self.places.values())
        unread = [place for place, heading in enumerate(self.header.headings) if heading and place not in used]
        secret = [place for place in unread if is_secret_heading(self.header.headings[place])]
        notes.extend(
            f"the column {_heading(self.header, place)} was not read, for it seems to hold secrets: delete it from "
            "the file"
            for place in secret
        )
        unused = [place for place in unread if place not in secret]
        headings = tuple(self.header.headings[place] for place in unused)
        notes = [*self._without_addresses(), *notes]
        return Table(self.kind, tuple(self.rows), tuple(sorted(self.bad)), tuple(notes), self._columns, headings)

    def _without_addresses(self) -> Iterator[str]:
        """What to say where nobody's address was read."""
        column = address_column(self.kind)
        if column is None or not self.rows or any(column.name in row for _, row in self.rows):
            return
        candidates = self.addresses.headings(self.header.headings, self.places.values())
        way = its_heading(self.kind, column, candidates) if candidates else "ask for a list with the work addresses"
        yield f"no e-mail address was read, and logins are tied to people by their addresses: {way}"


@dataclass(frozen=True, slots=True)
class _Sample:
    """The first rows of a table."""

    rows: Sequence[Record]

    def rate(self, column: Column, place: int) -> float:
        """How many of the cells in a place hold words that the column knows; of other columns nothing is said."""
        if not column.words or column.cell is not Cell.TEXT:
            return 0.0
        cells = [bare(row.cells[place]).casefold() for row in self.rows if place < len(row.cells)]
        filled = [cell for cell in cells if cell]
        return sum(cell in column.words for cell in filled) / len(filled) if filled else 0.0


def _heading(header: Header, place: int) -> str:
    return repr(bare(header.headings[place])[:40])


def _ragged(cells: int, width: int) -> str:
    count = f"{cells} cell{'' if cells == 1 else 's'}, where the headings are {width}"
    return f"{count}: a comma inside a cell needs quotes round the cell" if cells > width else count
