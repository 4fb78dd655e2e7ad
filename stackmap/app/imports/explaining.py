"""Tables that explain nothing themselves: somebody is asked once what their columns mean, and imports.yaml keeps it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from stackmap.app.imports.tables import every_kind
from stackmap.app.workspace import Workspace, write_private
from stackmap.collect import FoundConnectors
from stackmap.declared.tables import (
    TARGETS,
    Header,
    OwnTable,
    UnknownTableError,
    headings_of,
    kind_of,
    own_kind,
    parse_own_tables,
    stub,
    written,
)
from stackmap.declared.tables.cells import is_secret_heading
from stackmap.declared.tables.own import without
from stackmap.declared.tables.sampling import can_be_asked_about, cells_below, misfits
from stackmap.declared.written import read_text
from stackmap.errors import ConfigError, UsageError
from stackmap.sdk import Cell, Column

__all__ = ["Asker", "explain", "nobody_to_ask", "remember", "unexplained"]

_NO_WORD = re.compile(r"[^a-z0-9]+")


class Asker(Protocol):
    """Asks a person. `choose` gives the place of one of the choices, None for none of them."""

    def choose(self, question: str, choices: Sequence[str], *, may_skip: bool) -> int | None: ...

    def text(self, question: str, usual: str) -> str: ...


def unexplained(workspace: Workspace, found: FoundConnectors, file: Path, *, again: bool = False) -> Header | None:
    """The heading row of a table that nobody explained yet; None where its kind is known for certain.

    What was only recognised by its everyday shape may be explained all the same; `again`: what was explained, too.
    """
    try:
        header, kind = kind_of(file, every_kind(workspace, found))
    except UnknownTableError as error:
        return error.header
    except ConfigError:
        return None
    return header if kind.shape or (again and kind.headings) else None


def explain(file: Path, header: Header, ask: Asker) -> OwnTable:
    """Ask what the rows are and which column is what. Columns that seem to hold secrets are not offered."""
    kinds = list(TARGETS)
    says = [f"{name}: one {target.one} a row" for name, target in TARGETS.items()]
    picked = ask.choose("What is a row?", says, may_skip=False)
    target = TARGETS[kinds[picked or 0]]
    system = "" if target.like else ask.text("Of which system?", "")
    offered = [heading for heading in header.headings if heading and not is_secret_heading(heading)]
    table = OwnTable(file.stem, tuple(filter(None, header.headings)), target.name, system, {})
    for column in target.columns:
        table = _with_column(table, column, offered, lambda heading: cells_below(file, header, heading), ask)
    for some in target.needs:
        if not some.is_met(table.columns):
            raise UsageError(
                f"{file.name}: a list of {target.name} needs {some.called}, and no column of it was chosen"
            )
    name = ask.text("What shall this list be called?", _slug(f"{system} {target.name}"))
    return replace(table, name=_slug(name) or file.stem)


def _with_column(
    table: OwnTable, column: Column, offered: Sequence[str], cells: Callable[[str], Sequence[str]], ask: Asker
) -> OwnTable:
    """The table with what was said of one column; asked again while its cells are something else."""
    wrong = ""
    while True:
        place = ask.choose(f"{wrong}Which column is {column.says}?", offered, may_skip=not column.required)
        if place is None:
            return table
        heading = offered[place]
        columns = {**table.columns, column.name: heading}
        found = misfits(column, cells(heading))
        if not found:
            return replace(table, columns=columns)
        if column.cell is not Cell.YES_NO or not can_be_asked_about(found):
            wrong = f"{heading} holds something else. "
            continue
        yes = _meaning_yes(ask.text(f"{heading} holds {', '.join(found)}. Which mean yes? (with commas)", ""), found)
        no = tuple(word for word in found if word not in yes)
        return replace(
            table,
            columns=columns,
            means_yes={**table.means_yes, column.name: yes},
            means_no={**table.means_no, column.name: no},
        )


def _meaning_yes(answer: str, words: Sequence[str]) -> tuple[str, ...]:
    meant = {word.strip().casefold() for word in answer.split(",")}
    return tuple(word for word in words if word.casefold() in meant)


def remember(workspace: Workspace, table: OwnTable) -> None:
    """Add a table to imports.yaml, in the place of one with the same headings.

    Raises ConfigError with the lines to write where the file cannot take them.
    """
    path = workspace.imports_file
    before = read_text(path) if path.exists() else ""
    for one in parse_own_tables(before, path.name) if before.strip() else ():
        if own_kind(one).headings == own_kind(table).headings:
            before = without(before, one.name)
    after = written(before, table)
    parse_own_tables(after, path.name)
    write_private(path, after)


def nobody_to_ask(file: Path, workspace: Workspace) -> ConfigError:
    """The error where the columns are unknown and nobody can be asked: what to write instead."""
    header = headings_of(file)
    text = stub(_slug(file.stem) or "table", [heading for heading in header.headings if heading])
    return ConfigError(
        f"what the columns of {file.name} are is asked at a terminal, and there is none here. If it lists who works "
        "here, and its headings say so: --kind staff-list instead of --map. Else write this into "
        f"{workspace.imports_file.name}, fill in the dots, and run it again:\n\n{text}"
    )


def _slug(text: str) -> str:
    return _NO_WORD.sub("-", text.casefold()).strip("-")
