"""`stackmap people`: who is who."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from stackmap.cli.options import ManifestFile, Output, RequireComplete, SnapshotNumber, WorkspaceFolder, question
from stackmap.cli.output import answer, require

__all__ = ["register"]


class Format(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("people", help=_HELP)(people)


_HELP = """People with their logins and why each is theirs, and the logins that are nobody's.

Examples:

  stackmap people

  stackmap people --format csv -o people.csv
"""


def people(
    *,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to write the answer.")] = Format.TEXT,
    output: Output = None,
    workspace: WorkspaceFolder = Path(),
    snapshot: SnapshotNumber = None,
    manifest: ManifestFile = None,
    require_complete: RequireComplete = False,
) -> None:
    from stackmap.app.opening import open_reading
    from stackmap.app.people import people_report
    from stackmap.app.workspace import Workspace
    from stackmap.render import people as render

    reading = open_reading(Workspace(workspace), question(snapshot, None, manifest))
    write = {Format.TEXT: render.people_text, Format.JSON: render.people_json, Format.CSV: render.people_csv}
    answer(write[form](people_report(reading)), output)
    require(reading.coverage, wanted=require_complete)
