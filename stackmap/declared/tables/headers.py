"""Where a table's heading row is, and which kind of file it announces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from stackmap.declared.tables.cells import bare, fold_heading
from stackmap.declared.tables.kinds import Kind, Some
from stackmap.declared.tables.records import DELIMITERS, Record, records
from stackmap.errors import ConfigError
from stackmap.sdk.exports import Column

__all__ = ["COMMENT", "MOST_TITLES", "Header", "UnknownTableError", "columns_of", "find_header", "guess_header"]

MOST_TITLES = 20
"""Rows above the headings: some reports carry a title, a date and who asked for it."""

COMMENT = "# "
_NEAREST = 3


class UnknownTableError(ConfigError):
    """A table of no known kind, or of several. `header` is its likeliest heading row."""

    def __init__(self, text: str, header: Header) -> None:
        super().__init__(text)
        self.header = header


@dataclass(frozen=True, slots=True)
class Header:
    """A heading row: where it stands, what parts its cells, and how they read."""

    line: int
    delimiter: str
    headings: tuple[str, ...]

    @property
    def folded(self) -> frozenset[str]:
        """The headings as they are compared."""
        return frozenset(map(fold_heading, self.headings)) - {""}


def columns_of(kind: Kind, headings: Sequence[str]) -> Mapping[str, int]:
    """The place of each of the kind's columns that the headings name; of several names the kind's first counts."""
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        places.setdefault(fold_heading(heading), place)
    places.pop("", None)
    found: dict[str, int] = {}
    for column in kind.export.columns:
        there = next((places[word] for word in _words(kind, column) if word in places), None)
        if there is not None:
            found[column.name] = there
    return found


def find_header(
    name: str, head: Sequence[tuple[int, str]], kinds: Sequence[Kind], *, named: bool
) -> tuple[Header, Kind]:
    """The heading row within the first lines of a table, and its kind.

    `named`: the kind was given, so only its heading row is looked for. Raises UnknownTableError telling the nearest
    kinds and the headings that they miss, ConfigError where no row can be one.
    """
    rows = [(row, row.folded) for row in _candidates(name, head)]
    known = [_Known.of(kind, named=named) for kind in kinds]
    fits = [(row, one) for row, folded in rows for one in known if one.fits(folded)]
    if not fits:
        raise UnknownTableError(_nearest(name, rows, known, named=named), guess_header(name, head))
    row = min((row for row, _ in fits), key=lambda row: (row.line, -len(row.headings)))
    found = [one for there, one in fits if there == row]
    found = [one for one in found if one.kind.headings] or found
    found = [one for one in found if row.folded <= one.own_words] or found
    found = [one for one in found if not one.kind.shape] or found  # what is of everyday shape may be something else
    if len(found) > 1:
        names = " or ".join(one.kind.name for one in found)
        raise UnknownTableError(f"{name}, line {row.line}: this may be {names}; say which with --kind", row)
    _refuse_twice(name, row, found[0].kind)
    return row, found[0].kind


def _words(kind: Kind, column: Column) -> Iterator[str]:
    """What may head a column, as it is compared. In a table of somebody's own only the heading that was explained."""
    return map(fold_heading, column.headings if kind.headings else (*column.headings, column.name))


@dataclass(frozen=True, slots=True)
class _Known:
    """A kind with its words folded once. `marks` are the columns that must be there for it to be recognised, `some`
    those of which some must be, `least` is how many there have to be in all.
    """

    kind: Kind
    columns: Mapping[str, frozenset[str]]
    marks: tuple[Column, ...]
    some: tuple[Some, ...]
    never: Mapping[str, str]
    least: int

    @classmethod
    def of(cls, kind: Kind, *, named: bool) -> _Known:
        """Marks and shape are for recognising a kind: one that is named needs what is required, and two of its own."""
        columns = {column.name: frozenset(_words(kind, column)) for column in kind.export.columns}
        if named:
            required = tuple(column for column in kind.export.columns if column.required)
            return cls(kind, columns, required, kind.needs, {}, min(2, len(columns)))
        never = {fold_heading(heading): heading for heading in kind.never}
        return cls(kind, columns, kind.marks, (*kind.needs, *kind.shape), never, 1)

    @property
    def own_words(self) -> frozenset[str]:
        """The headings of the file that `init --templates` writes."""
        return frozenset(map(fold_heading, self.columns))

    def fits(self, folded: frozenset[str]) -> bool:
        if self.kind.headings:
            return self.kind.headings == folded
        tells = bool(self.marks or self.some or self.least > 1)
        return tells and not any(self.missing(folded)) and self.count(folded) >= self.least

    def count(self, folded: frozenset[str]) -> int:
        """How many of its columns the headings name."""
        return sum(not words.isdisjoint(folded) for words in self.columns.values())

    def missing(self, folded: frozenset[str]) -> list[str]:
        """What the headings lack to be of this kind, or have too much, a sentence each."""
        marks = [column for column in self.marks if self.columns[column.name].isdisjoint(folded)]
        words = ", ".join(column.headings[0] if column.headings else column.name for column in marks)
        lacks = [f"no column {words}"] if marks else []
        unmet = dict.fromkeys(some.called for some in self.some if not self._has(some, folded))
        lacks += [f"no heading for {called} was recognised" for called in unmet]
        return lacks + [
            f"it has a column {self.never[word]}, as other lists have" for word in self.never if word in folded
        ]

    def _has(self, some: Some, folded: frozenset[str]) -> bool:
        there = [any(not self.columns[name].isdisjoint(folded) for name in choice) for choice in some.choices]
        return sum(there) >= some.least


def guess_header(name: str, head: Sequence[tuple[int, str]]) -> Header:
    """The likeliest heading row: the first of as many cells as any of the first rows has."""
    rows = [row for row in _candidates(name, head) if len(set(map(fold_heading, row.headings)) - {""}) > 1]
    if not rows:
        raise ConfigError(f"{name}: this is no table: no row has two headings or more")
    widest = max(len(row.headings) for row in rows)
    return next(row for row in rows if len(row.headings) == widest)


def _candidates(name: str, head: Sequence[tuple[int, str]]) -> Iterator[Header]:
    for delimiter in DELIMITERS:
        for row in _first_rows(name, head, delimiter):
            headings = tuple(map(bare, row.cells))
            while headings and not headings[-1]:
                headings = headings[:-1]
            yield Header(row.line, delimiter, headings)


def _first_rows(name: str, head: Sequence[tuple[int, str]], delimiter: str) -> Iterator[Record]:
    count = 0
    try:
        for row in records(name, head, delimiter):
            if row.trouble or row.blank or row.cells[0].startswith(COMMENT):
                continue
            yield row
            count += 1
            if count > MOST_TITLES:
                return
    except ConfigError:
        # What is no quote under this delimiter may be one under another; the table itself is read strictly.
        return


def _refuse_twice(name: str, row: Header, kind: Kind) -> None:
    counts = Counter(map(fold_heading, row.headings))
    for place in columns_of(kind, row.headings).values():
        heading = row.headings[place]
        if counts[fold_heading(heading)] > 1:
            raise ConfigError(
                f"{name}, line {row.line}: two columns are headed {heading[:40]!r}: delete or rename one of them"
            )


def _nearest(name: str, rows: Sequence[tuple[Header, frozenset[str]]], known: Iterable[_Known], *, named: bool) -> str:
    near: list[tuple[int, int, str, str]] = []
    for one in known:
        best = max((folded for _, folded in rows), key=one.count, default=frozenset[str]())
        missing = one.missing(best)
        if one.count(best) or named:
            lacks = "; ".join(missing) or "too few of its columns"
            near.append((len(missing), -one.count(best), one.kind.name, f"  {one.kind.name}: {lacks}{_way(one, best)}"))
    lines = [f"{name}: this is {'not that kind' if named else 'no known kind'} of file; the nearest:"]
    if not near:
        lines = [f"{name}: this is no known kind of file"]
    lines.extend(text for *_, text in sorted(near)[:_NEAREST])
    lines.append("All kinds, and where to get them: stackmap import --kinds. To say what its columns are: --map")
    return "\n".join(lines)


def _way(one: _Known, folded: frozenset[str]) -> str:
    """How a file is imported that is of a kind all the same, where its headings suffice for that."""
    would = not one.kind.headings and _Known.of(one.kind, named=True).fits(folded)
    return f"; if it is one all the same: --kind {one.kind.name}" if would else ""
