"""`stackmap people`: everybody, or some, with their logins."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from stackmap.cli.options import (
    Everything,
    ManifestFile,
    Output,
    Pseudonymise,
    RequireComplete,
    SnapshotNumber,
    WorkspaceFolder,
    question,
)
from stackmap.cli.output import answer, require
from stackmap.cli.stand_ins import note_stand_ins, with_stand_ins

__all__ = ["LoginType", "register"]


class Format(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


class LoginType(StrEnum):
    """What sort of login it is."""

    HUMAN = "human"
    INTEGRATION = "integration"
    VENDOR_MANAGED = "vendor_managed"
    SHARED = "shared"
    UNKNOWN = "unknown"


def register(group: typer.Typer) -> None:
    """Make it what the group does by itself."""
    group.callback(help=_HELP)(people)


_HELP = """People with their logins and why each is theirs, and the logins that are nobody's.

The list can be narrowed; everything asked for must hold. Options of the list stand before a command.

Examples:

  stackmap people

  stackmap people --search okafor

  stackmap people --type integration --system salesforce

  stackmap people --unresolved

  stackmap people --format csv -o people.csv
"""


_GONE = (
    "Only people who have left, says a directory or a staff list; those of whom all logins, or all in a directory, "
    "are off; those about whom sources differ; and those missing from a list that is said to hold everybody."
)

_CONFLICTS = (
    "Only what could not be decided: refused ties, look-alikes, people of whom sources differ about being here."
)


def people(
    context: typer.Context,
    *,
    kind: Annotated[LoginType | None, typer.Option("--type", help="Only logins of this type.")] = None,
    system: Annotated[str | None, typer.Option("--system", help="Only logins in it: name, product or key.")] = None,
    team: Annotated[str | None, typer.Option("--team", help="Only people of this team.")] = None,
    search: Annotated[str | None, typer.Option("--search", help="Only what holds this text.")] = None,
    unresolved: Annotated[bool, typer.Option("--unresolved", help="Only logins that are nobody's.")] = False,
    gone: Annotated[bool, typer.Option("--gone", help=_GONE)] = False,
    conflicts: Annotated[bool, typer.Option("--conflicts", help=_CONFLICTS)] = False,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to write the answer.")] = Format.TEXT,
    everything: Everything = False,
    output: Output = None,
    pseudonymise: Pseudonymise = False,
    workspace: WorkspaceFolder = Path(),
    snapshot: SnapshotNumber = None,
    manifest: ManifestFile = None,
    require_complete: RequireComplete = False,
) -> None:
    if context.invoked_subcommand is not None:
        _refuse_options(context)
        return
    from stackmap.app.opening import open_reading
    from stackmap.app.people.entries import people_report
    from stackmap.app.people.selecting import Selection, selected
    from stackmap.app.workspace import Workspace
    from stackmap.model import AccountType
    from stackmap.render import people as render

    wanted = Selection(
        AccountType(kind.value) if kind else None,
        system,
        team,
        search,
        unresolved=unresolved,
        gone=gone,
        conflicts=conflicts,
    )
    reading = open_reading(Workspace(workspace), question(snapshot, None, manifest, pseudonymise=pseudonymise))
    report = selected(reading, people_report(reading), wanted)
    match form:
        case Format.TEXT:
            answer(with_stand_ins(render.people_text(report, everything=everything), reading), output)
        case Format.JSON:
            answer(render.people_json(report), output)
        case Format.CSV:
            answer(render.people_csv(report), output)
    if form is not Format.TEXT:
        note_stand_ins(reading)
    require(reading.coverage, wanted=require_complete)


def _refuse_options(context: typer.Context) -> None:
    """An option of the list before another command would do nothing, and nobody would notice."""
    from stackmap.errors import UsageError

    for parameter in context.command.params:
        source = context.get_parameter_source(parameter.name) if parameter.name else None
        if source is not None and source.name == "COMMANDLINE":
            raise UsageError(
                f"{parameter.opts[0]} belongs behind the command: "
                f"stackmap people {context.invoked_subcommand} ... {parameter.opts[0]}"
            )
