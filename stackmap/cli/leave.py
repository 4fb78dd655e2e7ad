"""`stackmap leave`: the question."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
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
from stackmap.cli.output import answer, check_place, note, require
from stackmap.cli.stand_ins import note_stand_ins, with_stand_ins

if TYPE_CHECKING:
    from stackmap.app.opening import Reading
    from stackmap.render.departure import DepartureReport

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

A person is a name, an e-mail or an id. Nothing is stored about who was asked for. But names on the command line stay
in your shell's history: a list from the standard input (--file -) does not.

Examples:

  stackmap leave "Dana Okafor"

  stackmap leave dana@larkfield.test ravi@larkfield.test --how removed

  stackmap leave --file list.txt --format json     (- reads standard input)

  stackmap leave --file - --pseudonymise -o answer.txt
"""


def leave(
    people: Annotated[list[str] | None, typer.Argument(metavar="[PERSON]...", help="Who leaves.")] = None,
    *,
    team: Annotated[str | None, typer.Option("--team", help="All members of a team.")] = None,
    files: Annotated[
        list[Path] | None, typer.Option("--file", help="A list, one a line (repeat for several); - for standard input.")
    ] = None,
    how: Annotated[How, typer.Option("--how", help="What is done to their logins.")] = How.USUAL,
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
    from stackmap.app.leaving import leave as judge
    from stackmap.app.opening import open_reading
    from stackmap.app.people.asked import asked_about
    from stackmap.app.workspace import Workspace

    check_place(output)
    wanted = _named(people or (), files or (), team)
    reading = open_reading(Workspace(workspace), question(snapshot, as_of, manifest, pseudonymise=pseudonymise))
    report = judge(reading, asked_about(reading, wanted, team, then="stackmap leave"), how.value)
    text = _json(report, reading) if form is Format.JSON else _text(report, reading, how, everything=everything)
    _warn(output, "this answer")
    answer(text, output)
    require(report.coverage, wanted=require_complete)


def _named(people: Sequence[str], files: Sequence[Path], team: str | None) -> list[str]:
    """Everybody who was named, on the command line and in lists."""
    from stackmap.errors import UsageError

    for file in files:
        _warn(file, "the list of names")
    wanted = [*people, *(name for file in files for name in _listed(file))]
    if not wanted and team is None:
        raise UsageError('say who leaves: stackmap leave "NAME" (see: stackmap people)')
    return wanted


def _json(report: DepartureReport, reading: Reading) -> str:
    from stackmap.render.departure import departure_json

    text = departure_json(report)
    note_stand_ins(reading)
    return text


def _text(report: DepartureReport, reading: Reading, how: How, *, everything: bool) -> str:
    """The answer with what the platforms say of this act."""
    from stackmap.app.explaining import platforms_say
    from stackmap.app.notes import notes_near
    from stackmap.model import Act
    from stackmap.render.departure_text import departure_text
    from stackmap.render.notes import unmet_near

    act = Act(how.value) if how.value in set(Act) else None
    told = departure_text(replace(report, platforms_say=platforms_say(act)), everything=everything)
    told += unmet_near(notes_near(reading, report.departure.leavers))
    return with_stand_ins(told, reading)


def _warn(file: Path | None, what: str) -> None:
    """Say where a file that tells who is asked about would not stay secret."""
    if file is None or str(file) == "-":
        return
    from stackmap.app.shared_places import shared_place

    if place := shared_place(file):
        note(f"careful: {what} lies in what looks like {place}: others may come to see it, and copies stay")


def _listed(file: Path) -> list[str]:
    from stackmap.errors import UsageError

    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the list cannot be read: {error}") from error
    lines = (line.strip() for line in text.removeprefix("\ufeff").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
