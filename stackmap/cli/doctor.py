"""`stackmap doctor`: try everything, store nothing."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from stackmap.cli.options import Form, Output, Quiet, RequireComplete, WorkspaceFolder
from stackmap.cli.output import answer, require

__all__ = ["register"]


class Format(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor", help=_HELP)(doctor)


_HELP = """Try the credentials and every list's permission: which tier of access each source reached, and what the next
one lacks. Reads, and stores nothing.

Examples:

  stackmap doctor

  stackmap doctor --only n8n --format json
"""


def doctor(
    *,
    only: Annotated[list[str] | None, typer.Option("--only", help="Only these sources (repeat for several).")] = None,
    form: Form[Format] = Format.TEXT,
    output: Output = None,
    workspace: WorkspaceFolder = Path(),
    quiet: Quiet = False,
    require_complete: RequireComplete = False,
) -> None:
    from stackmap.app.reading import try_out
    from stackmap.app.tiers import tiers_reached
    from stackmap.app.workspace import Workspace
    from stackmap.cli.running import readings
    from stackmap.model import Reach
    from stackmap.render.doctor import doctor_json, doctor_text

    here, means = Workspace(workspace), readings(quiet=quiet)
    coverage = try_out(here, means, only or ())
    tiers = tiers_reached(here.config(), means.found, coverage)
    sources = {item.source for item in coverage}
    readable = {item.source for item in coverage if item.state in {Reach.COMPLETE, Reach.PARTIAL}}
    answer((doctor_json if form is Format.JSON else doctor_text)(coverage, tiers), output)
    require(coverage, wanted=require_complete or readable != sources)
