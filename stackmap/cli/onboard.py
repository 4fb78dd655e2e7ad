"""`stackmap onboard`: the newcomer's guide."""

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
    app.command("onboard", help=_HELP)(onboard)


_HELP = """Write the newcomer's guide: what there is, whom to ask, which logins to leave alone, what is still unknown.

It names colleagues only as people to ask. HTML goes to onboarding.html in the workspace, Markdown to the standard
output, unless --output names a file.

Examples:

  stackmap onboard

  stackmap onboard --format md -o onboarding.md
"""


def onboard(
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
    from stackmap.app.guide.guiding import newcomers_guide
    from stackmap.app.opening import open_reading
    from stackmap.app.workspace import Workspace
    from stackmap.render.guide import guide_document

    reading = open_reading(Workspace(workspace), question(snapshot, as_of, manifest, pseudonymise=pseudonymise))
    document = with_stand_ins_section(guide_document(newcomers_guide(reading)), reading)
    answer_document(document, form, output, workspace / "onboarding.html")
    require(reading.coverage, wanted=require_complete)
