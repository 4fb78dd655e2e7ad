"""`stackmap collect`: read all configured sources and store one reading."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stackmap.cli.options import Quiet, RequireComplete, WorkspaceFolder
from stackmap.cli.output import answer, note, require

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("collect", help=_HELP)(collect)


_HELP = """Read what stackmap.yaml names and store one reading. Only reads: no vendor's data is ever changed.

Examples:

  stackmap collect

  stackmap collect --only n8n --require-complete
"""


def collect(
    *,
    only: Annotated[list[str] | None, typer.Option("--only", help="Only these sources (repeat for several).")] = None,
    workspace: WorkspaceFolder = Path(),
    quiet: Quiet = False,
    require_complete: RequireComplete = False,
) -> None:
    from stackmap.app import reading
    from stackmap.app.workspace import Workspace
    from stackmap.cli.running import readings
    from stackmap.model import Reach
    from stackmap.render.coverage import not_read
    from stackmap.render.guards import plain
    from stackmap.render.notes import unmet
    from stackmap.render.words import counted

    means, chosen, place = readings(quiet=quiet), only or (), Workspace(workspace)
    calls = {} if quiet else reading.expected_calls(place, means, chosen)
    if calls:
        note("At least " + ", ".join(f"{counted(number, 'call')} to {name}" for name, number in calls.items()))
    stored = reading.collect(place, means, chosen)
    missed = [item for item in stored.coverage if item.state is not Reach.COMPLETE]
    lines = [f"Stored as reading {stored.snapshot}."]
    if stored.remark:
        lines.append(f"{plain(stored.remark)}.")
    if missed:
        lines.append(f"{counted(len(missed), 'list')} not wholly read; what was known of them before is kept:")
        lines.extend(not_read(missed))
    lines.append('Next: stackmap leave "NAME", stackmap check, stackmap map --open')
    lines[-1:-1] = unmet(stored.unmet)
    answer("\n".join(lines) + "\n", None)
    require(stored.coverage, wanted=require_complete)
