"""What an import took in, and the kinds of files that can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from stackmap.render.departure import write_json
from stackmap.render.guards import markdown, plain
from stackmap.render.lines import wrapped
from stackmap.render.words import counted, full_day
from stackmap.sdk.exports import Column, Export

__all__ = [
    "ImportPage",
    "LeftOut",
    "Source",
    "TableSource",
    "import_text",
    "kinds_json",
    "kinds_markdown",
    "kinds_text",
]

_OURS = "any system"
_HEADINGS = 12


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that was not taken, and why."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class TableSource:
    """What a table was: its kind, its rows, its day, and how that day is known.

    `replaced` is the day of what it replaced, `rows_before` how many rows that had; `unused` are the headings of
    columns that nobody looked at.
    """

    file: str
    kind: str
    rows: int
    day: date
    known_by: str
    notes: tuple[str, ...]
    replaced: date | None = None
    rows_before: int | None = None
    unused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One source that came in. `table` is None for a fact file."""

    name: str
    facts: int
    table: TableSource | None = None


@dataclass(frozen=True, slots=True)
class ImportPage:
    """All that an import has to tell. `unmet`: how many of your notes met nothing so far."""

    snapshot: int
    sources: tuple[Source, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    unmet: int


def import_text(page: ImportPage) -> str:
    """What came in, what did not, and what may be a mistake."""
    lines = [line for source in page.sources for line in _source(source)]
    if page.left_out:
        lines.append(f"Left out {counted(len(page.left_out), 'line')}:")
        lines.extend(f"  {plain(one.file)}, line {one.line}: {plain(one.reason)}" for one in page.left_out)
    lines.extend(f"Note: {plain(text)}" for text in page.notes)
    lines.append(f"Stored as reading {page.snapshot}.")
    lines.extend(_unmet(page.unmet))
    return "\n".join(lines) + "\n"


def _source(source: Source) -> Iterator[str]:
    table = source.table
    if table is None:
        yield f"{plain(source.name)}: {counted(source.facts, 'fact')}"
        return
    rows = f"{counted(table.rows, 'row')} of {plain(table.file)}, read as {table.kind}"
    yield f"{plain(source.name)}: {rows}; as of {full_day(table.day)} ({table.known_by})"
    if table.replaced is not None:
        rows = "" if table.rows_before is None else f": {counted(table.rows_before, 'row')} then, {table.rows} now"
        yield f"  replaces what {plain(source.name)} said on {full_day(table.replaced)}{rows}"
    if table.unused:
        yield from wrapped(f"not used: {_named(table.unused)}", "  ")
    if table.replaced is not None and table.replaced > table.day:
        yield "  Note: what it replaced was newer"
    for note in table.notes:
        yield from wrapped(f"Note: {plain(note)}", "  ")


def _named(headings: Sequence[str]) -> str:
    more = f" and {len(headings) - _HEADINGS} more" if len(headings) > _HEADINGS else ""
    return ", ".join(plain(heading[:40]) for heading in headings[:_HEADINGS]) + more


def _unmet(count: int) -> Iterator[str]:
    """Of notes that met nothing only the number: after the first of several files that says little."""
    if count == 1:
        told = "1 of your notes has met nothing yet. That is normal until the list that holds what it speaks of is"
        yield from wrapped(f"{told} imported. To see it: stackmap check", hanging="")
    elif count:
        told = (
            f"{count} of your notes have met nothing yet. That is normal until the lists that hold what they speak of"
        )
        yield from wrapped(f"{told} are imported. To see them: stackmap check", hanging="")


def kinds_text(kinds: Sequence[tuple[Export, str]]) -> str:
    """Every kind of file, with the title of the product that it comes from ("" for none)."""
    lines: list[str] = []
    for export, product in kinds:
        lines.append(f"{export.name}  {plain(export.title)} ({plain(product or _OURS)})")
        lines.extend(wrapped(f"what: {plain(export.says)}", "  "))
        lines.extend(wrapped(f"where: {plain(export.obtain)}", "  "))
        lines.extend(wrapped(f"columns: {', '.join(map(_column, export.columns))}", "  "))
        for option in export.options:
            lines.extend(wrapped(f"--set {option.name}=...: {plain(option.says)}", "  "))
        if export.source:
            lines.extend(wrapped(f"source: {plain(export.source)}", "  "))
        lines.append("")
    lines.append("A * marks columns that a file must have. Empty files to fill in: stackmap init --templates")
    return "\n".join(lines) + "\n"


def _column(column: Column) -> str:
    return f"{column.name}{'*' if column.required else ''}"


def kinds_markdown(kinds: Sequence[tuple[Export, str]]) -> str:
    """Every kind of file as a section."""
    lines = ["# Files that can be imported"]
    for export, product in kinds:
        lines += ["", f"## {export.name}", "", f"{markdown(export.title)} ({markdown(product or _OURS)})", ""]
        lines += [markdown(export.says), "", f"Where to get it: {markdown(export.obtain)}", ""]
        lines += [f"Option `--set {option.name}=...`: {markdown(option.says)}" for option in export.options]
        lines += [*([""] if export.options else []), "| column | what | read under |", "| --- | --- | --- |"]
        for column in export.columns:
            headings = ", ".join(map(markdown, column.headings))
            lines.append(f"| {markdown(_column(column))} | {markdown(column.says)} | {headings} |")
        lines += ["", f"Source: {markdown(export.source)}"] if export.source else []
    return "\n".join(lines) + "\n"


def kinds_json(kinds: Sequence[tuple[Export, str]]) -> str:
    """`stackmap.import_kinds/1`."""
    return write_json({"schema": "stackmap.import_kinds/1", "kinds": [_kind(*one) for one in kinds]})


def _kind(export: Export, product: str) -> dict[str, Any]:
    return {
        "name": export.name,
        "title": export.title,
        "product": product or None,
        "says": export.says,
        "obtain": export.obtain,
        "source": export.source or None,
        "how": export.how.value,
        "columns": [
            {
                "name": column.name,
                "says": column.says,
                "holds": column.cell.value,
                "required": column.required,
                "headings": list(column.headings),
            }
            for column in export.columns
        ],
        "options": [{"name": one.name, "says": one.says, "required": one.required} for one in export.options],
    }
