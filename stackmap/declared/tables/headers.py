"""Where a table's heading row is, and which kind of file it announces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stackmap.declared.tables.addresses import AddressCount, address_column, its_heading
from stackmap.declared.tables.cells import bare, fold_heading
from stackmap.declared.tables.columns import Vocabulary
from stackmap.declared.tables.kinds import Kind, Some
from stackmap.declared.tables.records import DELIMITERS, Record, records
from stackmap.errors import ConfigError
from stackmap.sdk.exports import Column

__all__ = ["COMMENT", "MOST_TITLES", "Header", "UnknownTableError", "find_header", "guess_header"]

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


def find_header(
    name: str, head: Sequence[tuple[int, str]], kinds: Sequence[Kind], *, named: bool
) -> tuple[Header, Kind]:
    """The heading row within the first lines of a table, and its kind.

    `named`: the kind was given, so only its heading row is looked for. Raises UnknownTableError telling the nearest
    kinds and the headings that they miss, ConfigError where no row can be one.
    """
    rows = list(_candidates(name, head))
    known = [_Known.of(kind, named=named) for kind in kinds]
    fits = [(row, one) for row in rows for one in known if one.fits(row)]
    if not fits:
        raise UnknownTableError(_nearest(name, head, rows, known, named=named), guess_header(name, head))
    row = min((row for row, _ in fits), key=lambda row: (row.line, -len(row.headings)))
    found = [one for there, one in fits if there == row]
    found = [one for one in found if one.kind.headings] or found
    found = [one for one in found if row.folded <= one.own_words] or found
    found = [one for one in found if not one.kind.shape] or found  # what is of everyday shape may be something else
    if len(found) > 1:
        raise UnknownTableError(f"{name}, line {row.line}: {_which(found, row)}", row)
    _refuse_twice(name, row, found[0].kind)
    return row, found[0].kind


@dataclass(frozen=True, slots=True)
class _Known:
    """A kind with its words folded once. `marks` are the columns that must be there for it to be recognised, `some`
    those of which some must be, `least` is how many there have to be in all.
    """

    kind: Kind
    words: Vocabulary
    marks: tuple[Column, ...]
    some: tuple[Some, ...]
    never: Mapping[str, str]
    least: int

    @classmethod
    def of(cls, kind: Kind, *, named: bool) -> _Known:
        """Marks and shape are for recognising a kind: one that is named needs what is required, and two of its own."""
        words = Vocabulary.of(kind)
        if named:
            required = tuple(column for column in kind.export.columns if column.required)
            return cls(kind, words, required, kind.needs, {}, min(2, len(kind.export.columns)))
        never = {fold_heading(heading): heading for heading in kind.never}
        return cls(kind, words, kind.marks, (*kind.needs, *kind.shape), never, 1)

    @property
    def own_words(self) -> frozenset[str]:
        """The headings of the file that `init --templates` writes."""
        return frozenset(fold_heading(column.name) for column in self.kind.export.columns)

    def fits(self, row: Header) -> bool:
        if self.kind.headings:
            return self.kind.headings == row.folded
        tells = bool(self.marks or self.some or self.least > 1)
        return tells and not self.missing(row) and self.count(row) >= self.least

    def count(self, row: Header) -> int:
        """How many of its columns the headings name."""
        return len(self.words.places(row.headings))

    def fitting(self, row: Header) -> str:
        """The first headings that are its columns, and how many more."""
        found = [row.headings[place][:40] for place in sorted(self.words.places(row.headings).values())]
        more = f" and {len(found) - _NEAREST} more" if len(found) > _NEAREST else ""
        return ", ".join(found[:_NEAREST]) + more

    def is_near(self, row: Header) -> bool:
        """Whether half of what it is recognised by is there, two columns at least: less would mislead."""
        there = self.words.places(row.headings)
        met = [column.name in there for column in self.marks] + [some.is_met(there) for some in self.some]
        return len(there) > 1 and 0 < len(met) <= 2 * sum(met)

    def missing(self, row: Header) -> list[str]:
        """What the headings lack to be of this kind, or have too much, a sentence each."""
        there = self.words.places(row.headings)
        marks = [column for column in self.marks if column.name not in there]
        words = ", ".join(column.headings[0] if column.headings else column.name for column in marks)
        lacks = [f"no column {words}"] if marks else []
        unmet = dict.fromkeys(some.called for some in self.some if not some.is_met(there))
        lacks += [f"no heading for {called} was recognised" for called in unmet]
        return lacks + [
            f"it has a column {self.never[word]}, as other lists have" for word in self.never if word in row.folded
        ]


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
    for place in Vocabulary.of(kind).places(row.headings).values():
        heading = row.headings[place]
        if counts[fold_heading(heading)] > 1:
            raise ConfigError(
                f"{name}, line {row.line}: two columns are headed {heading[:40]!r}: delete or rename one of them"
            )


def _which(found: Sequence[_Known], row: Header) -> str:
    """That several kinds fit equally, and by which headings."""
    lines = [f"  --kind {one.kind.name}   {one.kind.export.title}: {one.fitting(row)}" for one in found]
    names = " or ".join(one.kind.name for one in found)
    return "\n".join([f"this may be {names}; the headings fit each, so say which with --kind:", *lines])


def _nearest(
    name: str, head: Sequence[tuple[int, str]], rows: Sequence[Header], known: Sequence[_Known], *, named: bool
) -> str:
    near: list[tuple[int, int, str, str]] = []
    for one in known:
        best = max(rows, key=one.count, default=Header(0, "", ()))
        missing = one.missing(best)
        if named or one.is_near(best):
            lacks = "; ".join(missing) or "too few of its columns"
            way = _addresses(name, head, best, one) or _way(one, best)
            near.append((len(missing), -one.count(best), one.kind.name, f"  {one.kind.name}: {lacks}{way}"))
    lines = [f"{name}: this is {'not that kind' if named else 'no known kind'} of file; the nearest:"]
    if not near:
        lines = [f"{name}: this is no known kind of file"]
    lines.extend(text for *_, text in sorted(near)[:_NEAREST])
    lines.extend(_equally(rows, known))
    lines.append("All kinds, and where to get them: stackmap import --kinds. To say what its columns are: --map")
    return "\n".join(lines)


def _equally(rows: Sequence[Header], known: Sequence[_Known]) -> Iterator[str]:
    """That a file could be of several kinds once one is named: then nothing but whoever has it can tell."""
    would = [one.kind.name for one in known if rows and _would_fit(one, max(rows, key=one.count))]
    if len(would) > 1:
        yield f"It could be read as {' or as '.join(would)}, and no heading tells which it is: name the kind"


def _addresses(name: str, head: Sequence[tuple[int, str]], row: Header, one: _Known) -> str:
    """Which column holds the addresses that the kind wants and no heading announces; "" where none does."""
    column, there = address_column(one.kind), one.words.places(row.headings)
    if column is None or column.name in there or one.kind.headings or not row.headings:
        return ""
    count = AddressCount()
    for record in _first_rows(name, [line for line in head if line[0] > row.line], row.delimiter):
        count.add(record.cells)
    candidates = count.headings(row.headings, there.values())
    return f"; {its_heading(one.kind, column, candidates)}" if candidates else ""


def _way(one: _Known, row: Header) -> str:
    """How a file is imported that is of a kind all the same, where its headings suffice for that."""
    if not _would_fit(one, row):
        return ""
    return f"; if it is one all the same: --kind {one.kind.name} ({one.fitting(row)} fit)"


def _would_fit(one: _Known, row: Header) -> bool:
    return not one.kind.headings and one.is_near(row) and _Known.of(one.kind, named=True).fits(row)
