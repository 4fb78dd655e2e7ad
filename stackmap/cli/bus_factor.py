"""`stackmap bus-factor`: how few people stand between each thing and its failure."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from stackmap.cli.options import (
    AsOf,
    Everything,
    Form,
    ManifestFile,
    Output,
    Pseudonymise,
    RequireComplete,
    SnapshotNumber,
    WorkspaceFolder,
    question,
)
from stackmap.cli.output import answer, require
from stackmap.cli.stand_ins import note_stand_ins

__all__ = ["register"]


class Format(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("bus-factor", help=_HELP)(bus_factor)


_HELP = """How few people stand between each thing and its failure, and who exactly.

Examples:

  stackmap bus-factor

  stackmap bus-factor --format csv -o bus-factor.csv

  stackmap bus-factor --everyone      what each person alone would break
"""


def bus_factor(
    *,
    per_person: Annotated[bool, typer.Option("--everyone", help="What each person alone would break.")] = False,
    form: Form[Format] = Format.TEXT,
    everything: Everything = False,
    output: Output = None,
    pseudonymise: Pseudonymise = False,
    workspace: WorkspaceFolder = Path(),
    snapshot: SnapshotNumber = None,
    as_of: AsOf = None,
    manifest: ManifestFile = None,
    require_complete: RequireComplete = False,
) -> None:
    from stackmap.app import asking
    from stackmap.app.opening import open_reading
    from stackmap.app.workspace import Workspace
    from stackmap.render import bus_factor as render

    reading = open_reading(Workspace(workspace), question(snapshot, as_of, manifest, pseudonymise=pseudonymise))
    note_stand_ins(reading)
    if per_person:
        people = asking.every_departure(reading)
        write = {Format.JSON: render.everyone_json, Format.CSV: render.everyone_csv, Format.TEXT: render.everyone_text}
        answer(write[form](people), output)
    else:
        factors = asking.how_few(reading)
        if form is Format.TEXT:
            answer(render.bus_factor_text(factors, everything=everything), output)
        else:
            answer((render.bus_factor_json if form is Format.JSON else render.bus_factor_csv)(factors), output)
    require(reading.coverage, wanted=require_complete)
