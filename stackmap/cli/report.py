"""`stackmap report`: the bus-factor report."""

from __future__ import annotations

from pathlib import Path

import typer

from stackmap.cli.documents import DocumentFormat, Format, answer_document
from stackmap.cli.options import (
    AsOf,
    ManifestFile,
    Output,
    Pseudonymise,
    RequireComplete,
    SnapshotNumber,
    WorkspaceFolder,
    question,
)
from stackmap.cli.output import require
from stackmap.cli.stand_ins import with_stand_ins_section

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report", help=_HELP)(report)


_HELP = """Write the bus-factor report: what hangs on how few, why, and what to do. Things are ranked, never people.

HTML goes to report.html in the workspace, Markdown to the standard output, unless --output names a file.

Examples:

  stackmap report

  stackmap report --format md -o report.md
"""


def report(
    *,
    form: DocumentFormat = Format.HTML,
    output: Output = None,
    pseudonymise: Pseudonymise = False,
    workspace: WorkspaceFolder = Path(),
    snapshot: SnapshotNumber = None,
    as_of: AsOf = None,
    manifest: ManifestFile = None,
    require_complete: RequireComplete = False,
) -> None:
    from stackmap.app.opening import open_reading
    from stackmap.app.report.reporting import bus_factor_report
    from stackmap.app.workspace import Workspace
    from stackmap.render.report import report_document

    reading = open_reading(Workspace(workspace), question(snapshot, as_of, manifest, pseudonymise=pseudonymise))
    document = with_stand_ins_section(report_document(bus_factor_report(reading)), reading)
    answer_document(document, form, output, workspace / "report.html")
    require(reading.coverage, wanted=require_complete)
