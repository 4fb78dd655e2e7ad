"""Tables of no known kind: somebody is asked once what their columns mean, and it is remembered in imports.yaml."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
    own_kind,
    parse_own_tables,
    read_table,
    stub,
    written,
)
from stackmap.declared.tables.cells import is_secret_heading
from stackmap.declared.written import read_text
from stackmap.errors import ConfigError

__all__ = ["Asker", "explain", "nobody_to_ask", "remember", "unexplained"]

_NO_WORD = re.compile(r"[^a-z0-9]+")


class Asker(Protocol):
    """Asks a person. `choose` gives the place of one of the choices, None for none of them."""

    def choose(self, question: str, choices: Sequence[str], *, may_skip: bool) -> int | None: ...

    def text(self, question: str, usual: str) -> str: ...


def unexplained(workspace: Workspace, found: FoundConnectors, file: Path) -> Header | None:
    """The heading row of a table that nobody explained yet; None where its kind is known."""
    try:
        read_table(file, every_kind(workspace, found))
    except UnknownTableError as error:
        return error.header
    except ConfigError:
        return None
    return None


def explain(file: Path, header: Header, ask: Asker) -> OwnTable:
    """Ask what the rows are and which column is what. Columns that seem to hold secrets are not offered."""
    kinds = list(TARGETS)
    says = [f"{name}: one {name[:-1]} a row" for name in kinds]
    picked = ask.choose("What is a row?", says, may_skip=False)
    target = TARGETS[kinds[picked or 0]]
    system = ask.text("Of which system?", "")
    offered = [heading for heading in header.headings if heading and not is_secret_heading(heading)]
    columns: dict[str, str] = {}
    for column in target.columns:
        place = ask.choose(f"Which column is {column.says}?", offered, may_skip=not column.required)
        if place is not None:
            columns[column.name] = offered[place]
    name = ask.text("What shall this list be called?", _slug(f"{system} {target.name}"))
    headings = tuple(heading for heading in header.headings if heading)
    return OwnTable(_slug(name) or file.stem, headings, target.name, system, columns)


def remember(workspace: Workspace, table: OwnTable) -> None:
    """Add a table to imports.yaml. Raises ConfigError with the lines to write where the file cannot take them."""
    path = workspace.imports_file
    before = read_text(path) if path.exists() else ""
    after = written(before, table)
    known = parse_own_tables(before, path.name) if before.strip() else ()
    if own_kind(table).headings in {own_kind(one).headings for one in known}:
        raise ConfigError(f"{path.name} explains a table with these headings already")
    parse_own_tables(after, path.name)
    write_private(path, after)


def nobody_to_ask(file: Path, workspace: Workspace) -> ConfigError:
    """The error where the columns are unknown and nobody can be asked: what to write instead."""
    header = headings_of(file)
    text = stub(_slug(file.stem) or "table", [heading for heading in header.headings if heading])
    return ConfigError(
        f"{file.name} is of no known kind, and there is nobody to ask here. If it lists who works here: --kind "
        "staff-list instead of --map. Else write this into "
        f"{workspace.imports_file.name}, fill in the dots, and run it again:\n\n{text}"
    )


def _slug(text: str) -> str:
    return _NO_WORD.sub("-", text.casefold()).strip("-")
