"""`stackmap leave`: the question."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackmap.cli.odds import OddsFile, odds_answer, odds_said
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
    day_said,
    question,
)
from stackmap.cli.output import answer, check_place, require
from stackmap.cli.stand_ins import note_stand_ins, with_stand_ins
from stackmap.cli.supposing import WHAT_CAN_BE_SUPPOSED, Scenario, With, as_supposed, warn_of_sharing

if TYPE_CHECKING:
    from stackmap.app.lists import Said
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


_HELP = f"""What happens to each thing when these people leave together.

A person is a name, an e-mail or an id; of a login that nobody is known to hold, name the login.

Nothing is stored about who was asked for. But names on the command line stay in your shell's history: a list from the
standard input (--file -) does not.

Examples:

  stackmap leave "Dana Okafor"

  stackmap leave dana@larkfield.test ravi@larkfield.test --how removed

  stackmap leave --file list.txt --format json     (- reads standard input)

  stackmap leave --file - --pseudonymise -o answer.txt

  stackmap leave "Dana Okafor" --with "Ravi Menon administers HubSpot"

  stackmap leave "Dana Okafor" --on 2026-12-31      (as of that day)

{WHAT_CAN_BE_SUPPOSED}"""


def leave(
    people: Annotated[list[str] | None, typer.Argument(metavar="[PERSON]...", help="Who leaves.")] = None,
    *,
    team: Annotated[str | None, typer.Option("--team", help="All members of a team.")] = None,
    files: Annotated[
        list[Path] | None, typer.Option("--file", help="A list, one a line (repeat for several); - for standard input.")
    ] = None,
    how: Annotated[How, typer.Option("--how", help="What is done to their logins.")] = How.USUAL,
    on: Annotated[
        datetime | None,
        typer.Option("--on", parser=day_said, metavar="DAY", help="As of a day to come, by dates that were read."),
    ] = None,
    odds: OddsFile = None,
    supposed: With = None,
    scenario: Scenario = None,
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
    from stackmap.app.what_if.unheld import leavers_asked
    from stackmap.app.workspace import Workspace

    check_place(output)
    likely = odds_said(odds, scenario, beside=bool(people or files or team)) if odds is not None else []
    wanted = _named(people or (), files or (), team, scenario) if odds is None else []
    reading = open_reading(Workspace(workspace), question(snapshot, as_of, manifest, pseudonymise=pseudonymise))
    reading = as_supposed(_on(reading, on), supposed, scenario)
    if odds is not None:
        text = odds_answer(reading, likely, how.value, as_json=form is Format.JSON, everything=everything)
    else:
        reading, leavers = leavers_asked(reading, wanted, team, then="stackmap leave")
        report = judge(reading, leavers, how.value)
        text = _json(report, reading) if form is Format.JSON else _text(report, reading, how, everything=everything)
    warn_of_sharing(output, "this answer")
    answer(text, output)
    require(reading.coverage, wanted=require_complete)


def _on(reading: Reading, day: datetime | None) -> Reading:
    """The reading as of a day, where one was named."""
    from stackmap.app.what_if.supposing import on_day

    return reading if day is None else on_day(reading, day.date())


def _named(people: Sequence[str], files: Sequence[Path], team: str | None, scenario: Path | None) -> list[Said]:
    """Everybody who was named, on the command line and in lists."""
    from stackmap.app.lists import STANDARD_INPUT, Said, called, lines_in, text_of
    from stackmap.errors import UsageError

    if scenario == STANDARD_INPUT and STANDARD_INPUT in files:
        raise UsageError("the standard input can be the list of names or the scenario, not both")
    for file in files:
        warn_of_sharing(file, "the list of names")
    wanted = [Said(name) for name in people]
    for file in files:
        wanted += lines_in(text_of(file, "the list", sys.stdin.read), called(file))
    if not wanted and team is None:
        raise UsageError('say who leaves: stackmap leave "NAME" (see: stackmap people)')
    return wanted


def _with_never_done(report: DepartureReport) -> DepartureReport:
    """The answer with where nobody can do to a login what was asked for."""
    from stackmap.app.explaining import never_done
    from stackmap.model import Act

    return replace(report, never_done=never_done(Act(report.how))) if report.how in set(Act) else report


def _json(report: DepartureReport, reading: Reading) -> str:
    from stackmap.render.departure import departure_json

    text = departure_json(_with_never_done(report))
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
    said = replace(_with_never_done(report), platforms_say=platforms_say(act))
    told = departure_text(said, everything=everything)
    told += unmet_near(notes_near(reading, report.departure.leavers))
    return with_stand_ins(told, reading)
