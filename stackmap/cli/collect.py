"""`stackmap collect`: read all configured sources and store one reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackmap.cli.options import Quiet, RequireComplete, WorkspaceFolder
from stackmap.cli.output import answer, note, require

if TYPE_CHECKING:
    from stackmap.app.reading import Stored

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
    from stackmap.render.words import counted

    means, chosen, place = readings(quiet=quiet), only or (), Workspace(workspace)
    calls = {} if quiet else reading.expected_calls(place, means, chosen)
    if calls:
        note("At least " + ", ".join(f"{counted(number, 'call')} to {name}" for name, number in calls.items()))
    stored = reading.collect(place, means, chosen)
    answer("\n".join(_told(stored)) + "\n", None)
    require(stored.coverage, wanted=require_complete)


def _told(stored: Stored) -> Iterator[str]:
    """What was stored, what could not be read or met nothing, and the next commands."""
    from stackmap.render.coverage import gaps, not_whole
    from stackmap.render.guards import plain
    from stackmap.render.notes import unmet
    from stackmap.render.words import counted

    yield f"Stored as reading {stored.snapshot}."
    if stored.remark:
        yield f"{plain(stored.remark)}."
    if missed := not_whole(stored.coverage):
        yield f"{counted(len(missed), 'list')} not wholly read."
        yield "Of those that broke off, or could not be read at all, what was known before is kept."
        yield from (line for line in gaps(stored.coverage) if line)
    yield from unmet(stored.unmet)
    yield 'Next: stackmap leave "NAME", stackmap check, stackmap map --open'
