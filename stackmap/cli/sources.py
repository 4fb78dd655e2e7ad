"""`stackmap sources`: what the reading is made of, and ending a source."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackmap.cli.options import Form, Output, Pseudonymise, SnapshotNumber, WorkspaceFolder, question
from stackmap.cli.output import answer, note

if TYPE_CHECKING:
    from stackmap.app.workspace import Workspace

__all__ = ["register"]


class Format(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("sources", help=_HELP)(sources)


_HELP = """The sources that a reading is made of: connectors and imported files, with their days and what they tell of.

`drop NAME` goes on without one: a new reading is stored that does not have it, and earlier readings keep it.

Examples:

  stackmap sources

  stackmap sources drop zapier-zaps/h-0a1b2c
"""


def sources(
    action: Annotated[str | None, typer.Argument(metavar="[drop]", help="Only `drop`.")] = None,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A source, as the list names it.")] = None,
    *,
    pseudonymise: Pseudonymise = False,
    snapshot: SnapshotNumber = None,
    form: Form[Format] = Format.TEXT,
    output: Output = None,
    workspace: WorkspaceFolder = Path(),
) -> None:
    from stackmap.app.sources import list_sources
    from stackmap.app.workspace import Workspace
    from stackmap.errors import UsageError
    from stackmap.render.source_list import sources_json, sources_text

    if action is not None:
        if action != "drop" or name is None:
            raise UsageError("write: stackmap sources, or: stackmap sources drop NAME")
        _drop(Workspace(workspace), name)
        return
    found = list_sources(Workspace(workspace), question(snapshot, None, None, pseudonymise=pseudonymise))
    answer((sources_json if form is Format.JSON else sources_text)(found), output)


def _drop(workspace: Workspace, name: str) -> None:
    from stackmap.app.sources import drop_source
    from stackmap.collect import utc_now

    number = drop_source(workspace, name, utc_now, note)
    note(f"Stored as reading {number}, without {name}. Earlier readings keep it.")
    note("A source that stackmap.yaml names comes back with the next `stackmap collect`.")
