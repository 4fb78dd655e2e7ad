"""`stackmap bus-factor`: how few people stand between each thing and its failure."""

from __future__ import annotations

import time
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
from stackmap.cli.output import answer, note, require
from stackmap.cli.searching import said_while_searching
from stackmap.cli.second_holders import AtMost, Leaving, SecondHolders, Things, check_asked, told
from stackmap.cli.stand_ins import note_stand_ins
from stackmap.cli.supposing import Scenario, With, as_supposed, note_supposed

if TYPE_CHECKING:
    from stackmap.app.opening import Reading

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
    SCENARIO = "scenario"  # a plan of second holders, to be supposed with --scenario


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
    from stackmap.app.opening import open_reading
    from stackmap.app.workspace import Workspace
    from stackmap.errors import UsageError

    if within is not None and (per_person or second_holders):
        raise UsageError("--within goes with neither --everyone nor --second-holders: leave it out")
    only = (things, leaving, at_most)
    check_asked(form, second_holders=second_holders, per_person=per_person, only_with_it=only, stand_ins=pseudonymise)
    reading = open_reading(Workspace(workspace), question(snapshot, as_of, manifest, pseudonymise=pseudonymise))
    reading = as_supposed(reading, supposed, scenario)
    note_stand_ins(reading)
    if form in {Format.CSV, Format.SCENARIO}:
        note_supposed(reading)
    if second_holders:
        answer(told(reading, form, things, leaving, at_most, everything=everything), output)
    elif per_person:
        answer(_of_each_person(reading, form, everything=everything), output)
    else:
        answer(_of_each_thing(reading, form, within, everything=everything), output)
    require(reading.coverage, wanted=require_complete)


def _of_each_person(reading: Reading, form: Format, *, everything: bool) -> str:
    from stackmap.app.asking import every_departure
    from stackmap.render.bus_factor_everyone import everyone_csv, everyone_json, everyone_text

    people = every_departure(reading)
    if form is Format.CSV and people.anybodys:
        note(
            f"not in the table: {len(people.anybodys)} logins whose holder could not be read (--format text names them)"
        )
    if form is Format.TEXT:
        return everyone_text(people, everything=everything)
    return everyone_json(people) if form is Format.JSON else everyone_csv(people)


def _of_each_thing(reading: Reading, form: Format, within: float | None, *, everything: bool) -> str:
    from stackmap.analysis.sets.budget import Seconds
    from stackmap.app.asking import how_few
    from stackmap.render.bus_factor import bus_factor_csv, bus_factor_json, bus_factor_text

    budget = None if within is None else Seconds(time.monotonic, time.monotonic() + within)
    with said_while_searching(_waiting(within)):
        factors = how_few(reading, budget)
    if form is Format.TEXT:
        return bus_factor_text(factors, everything=everything)
    return bus_factor_json(factors) if form is Format.JSON else bus_factor_csv(factors)


def _waiting(within: float | None) -> str:
    """What is said to whoever waits for the search."""
    if within is None:
        return "Searching for the fewest people ... (--within SECONDS ends it sooner)"
    return f"Searching for the fewest people, for about {within:g} s ..."
