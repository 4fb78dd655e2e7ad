"""`stackmap leave`: the question."""

from __future__ import annotations

import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from stackmap.cli.options import (
    AsOf,
    Everything,
    ManifestFile,
    Output,
    RequireComplete,
    SnapshotNumber,
    WorkspaceFolder,
    question,
)
from stackmap.cli.output import answer, require

__all__ = ["register"]


class How(StrEnum):
    """What is done to the leavers' logins."""

    USUAL = "usual"
    DEACTIVATED = "deactivated"
    FROZEN = "frozen"
    REMOVED = "removed"
    TRANSFERRED = "transferred"
    CHANGES_ROLE = "changes-role"


class Format(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("leave", help=_HELP)(leave)


_HELP = """What happens to each thing when these people leave together.

A person is a name, an e-mail or an id. Nothing is stored about who was asked for.

Examples:

  stackmap leave "Dana Okafor"

  stackmap leave dana@larkfield.test ravi@larkfield.test --how removed

  stackmap leave --file list.txt --format json     (- reads standard input)
"""


def leave(
    people: Annotated[list[str] | None, typer.Argument(metavar="[PERSON]...", help="Who leaves.")] = None,
    *,
    team: Annotated[str | None, typer.Option("--team", help="All members of a team.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="A list, one a line; - for standard input.")] = None,
    how: Annotated[How, typer.Option("--how", help="What is done to their logins.")] = How.USUAL,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to write the answer.")] = Format.TEXT,
    everything: Everything = False,
    output: Output = None,
    workspace: WorkspaceFolder = Path(),
    snapshot: SnapshotNumber = None,
    as_of: AsOf = None,
    manifest: ManifestFile = None,
    require_complete: RequireComplete = False,
) -> None:
    from stackmap.app.explaining import platforms_say
    from stackmap.app.leaving import leave as judge
    from stackmap.app.opening import open_reading
    from stackmap.app.people import find_people, team_members
    from stackmap.app.workspace import Workspace
    from stackmap.errors import UsageError
    from stackmap.model import Act
    from stackmap.render.departure import departure_json
    from stackmap.render.departure_text import departure_text

    wanted = [*(people or ()), *_listed(file)]
    if not wanted and team is None:
        raise UsageError('say who leaves: stackmap leave "NAME" (see: stackmap people)')
    reading = open_reading(Workspace(workspace), question(snapshot, as_of, manifest))
    ids = [*find_people(reading, wanted), *(team_members(reading, team) if team else ())]
    report = judge(reading, ids, how.value)
    if form is Format.JSON:
        text = departure_json(report)
    else:
        act = Act(how.value) if how.value in set(Act) else None
        text = departure_text(replace(report, platforms_say=platforms_say(act)), everything=everything)
    answer(text, output)
    require(report.coverage, wanted=require_complete)


def _listed(file: Path | None) -> list[str]:
    if file is None:
        return []
    from stackmap.errors import UsageError

    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the list cannot be read: {error}") from error
    lines = (line.strip() for line in text.removeprefix("\ufeff").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
