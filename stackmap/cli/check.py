"""`stackmap check`: what is held together with tape."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from stackmap.app.opening import Reading
    from stackmap.rules import Verdicts

__all__ = ["register"]

FOUND = 1


class Format(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"
    MD = "md"
    CSV = "csv"


class FailOn(StrEnum):
    """From which severity on the exit code is 1."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"
    NEVER = "never"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check", help=_HELP)(check)


_HELP = """What is held together with tape, why, and how to fix it. Exits with 1 on findings from --fail-on up.

Examples:

  stackmap check

  stackmap check --all

  stackmap check --format json --fail-on never
"""


def check(
    *,
    form: Form[Format] = Format.TEXT,
    fail_on: Annotated[FailOn, typer.Option("--fail-on", help="Exit with 1 from this severity on.")] = FailOn.HIGH,
    everything: Everything = False,
    output: Output = None,
    pseudonymise: Pseudonymise = False,
    workspace: WorkspaceFolder = Path(),
    snapshot: SnapshotNumber = None,
    as_of: AsOf = None,
    manifest: ManifestFile = None,
    require_complete: RequireComplete = False,
) -> None:
    from stackmap.app.asking import check as judge
    from stackmap.app.opening import open_reading
    from stackmap.app.workspace import Workspace
    from stackmap.model import Severity

    reading = open_reading(Workspace(workspace), question(snapshot, as_of, manifest, pseudonymise=pseudonymise))
    note_stand_ins(reading)
    verdicts = judge(reading)
    answer(_written(reading, verdicts, form, everything=everything), output)
    require(reading.coverage, wanted=require_complete)
    least = None if fail_on is FailOn.NEVER else Severity[fail_on.name]
    if least is not None and any(found.severity >= least and not found.accepted for found in verdicts.findings):
        raise typer.Exit(FOUND)


def _written(reading: Reading, verdicts: Verdicts, form: Format, *, everything: bool) -> str:
    from stackmap.app.notes import unmet_notes
    from stackmap.render import findings as render
    from stackmap.render.coverage import coverage_dicts, coverage_lines

    graph, header = reading.stack.graph, coverage_lines(reading.coverage, reading.stack.as_of)
    unmet = unmet_notes(reading.identity) if form in {Format.MD, Format.TEXT} else ()
    match form:
        case Format.JSON:
            return render.check_json(verdicts, coverage_dicts(reading.coverage))
        case Format.MD:
            return render.check_markdown(verdicts, graph, header=header, unmet=unmet)
        case Format.CSV:
            return render.check_csv(verdicts, graph)
        case _:
            return render.check_text(verdicts, graph, header=header, unmet=unmet, everything=everything)
