"""`stackmap bus-factor`: how few people stand between each thing and its failure."""

from __future__ import annotations

import time
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
from stackmap.cli.second_holders import AtMost, Leaving, SecondHolders, Things, check_asked, told
from stackmap.cli.stand_ins import note_stand_ins
from stackmap.cli.supposing import Scenario, With, as_supposed, note_supposed

__all__ = ["register"]


Within = Annotated[
    float | None,
    typer.Option(
        "--within",
        min=0.0,
        metavar="SECONDS",
        help="Search about that long, once all is loaded, for smaller sets; numbers not proven by then say so.",
    ),
]


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

  stackmap bus-factor --within 120      search longer, where some numbers were not proven

  stackmap bus-factor --second-holders      who could take over what, so that nothing stops with one person

  stackmap bus-factor --with "Ravi Menon administers HubSpot"      what can be supposed: stackmap leave --help
"""


def bus_factor(
    *,
    per_person: Annotated[bool, typer.Option("--everyone", help="What each person alone would break.")] = False,
    second_holders: SecondHolders = False,
    things: Things = None,
    leaving: Leaving = None,
    at_most: AtMost = None,
    within: Within = None,
    form: Form[Format] = Format.TEXT,
    supposed: With = None,
    scenario: Scenario = None,
    everything: Everything = False,
    output: Output = None,
    pseudonymise: Pseudonymise = False,
    workspace: WorkspaceFolder = Path(),
    snapshot: SnapshotNumber = None,
    as_of: AsOf = None,
    manifest: ManifestFile = None,
    require_complete: RequireComplete = False,
) -> None:
    from stackmap.analysis.sets.budget import Seconds
    from stackmap.app import asking
    from stackmap.app.opening import open_reading
    from stackmap.app.workspace import Workspace
    from stackmap.errors import UsageError
    from stackmap.render import bus_factor as render

    if within is not None and (per_person or second_holders):
        raise UsageError("--within goes with neither --everyone nor --second-holders: leave it out")
    check_asked(second_holders=second_holders, per_person=per_person, only_with_it=(things, leaving, at_most))
    reading = open_reading(Workspace(workspace), question(snapshot, as_of, manifest, pseudonymise=pseudonymise))
    reading = as_supposed(reading, supposed, scenario)
    note_stand_ins(reading)
    if form is Format.CSV:
        note_supposed(reading)
    if second_holders:
        answer(told(reading, form, things, leaving, at_most, everything=everything), output)
    elif per_person:
        people = asking.every_departure(reading)
        write = {Format.JSON: render.everyone_json, Format.CSV: render.everyone_csv, Format.TEXT: render.everyone_text}
        answer(write[form](people), output)
    else:
        budget = None if within is None else Seconds(time.monotonic, time.monotonic() + within)
        factors = asking.how_few(reading, budget)
        if form is Format.TEXT:
            answer(render.bus_factor_text(factors, everything=everything), output)
        else:
            answer((render.bus_factor_json if form is Format.JSON else render.bus_factor_csv)(factors), output)
    require(reading.coverage, wanted=require_complete)
