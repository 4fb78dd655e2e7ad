"""`stackmap people show`: one person."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from stackmap.cli.options import ManifestFile, Output, Pseudonymise, SnapshotNumber, WorkspaceFolder, question
from stackmap.cli.output import answer
from stackmap.cli.stand_ins import note_stand_ins, with_stand_ins

__all__ = ["register"]


class Format(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"


def register(group: typer.Typer) -> None:
    """Add the command to `people`."""
    group.command("show", help=_HELP)(show)


_HELP = """Everything known of one person: names, addresses, logins, why each is theirs, and what hangs on it.

A person is a name, an e-mail, an id, or the id of a login.

Examples:

  stackmap people show "Dana Okafor"

  stackmap people show dana@larkfield.test --format json
"""


def show(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Whom to show.")],
    *,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to write the answer.")] = Format.TEXT,
    output: Output = None,
    pseudonymise: Pseudonymise = False,
    workspace: WorkspaceFolder = Path(),
    snapshot: SnapshotNumber = None,
    manifest: ManifestFile = None,
) -> None:
    from stackmap.app.opening import open_reading
    from stackmap.app.people.showing import person_shown
    from stackmap.app.workspace import Workspace
    from stackmap.render.people_show import person_json, person_text

    reading = open_reading(Workspace(workspace), question(snapshot, None, manifest, pseudonymise=pseudonymise))
    report = person_shown(reading, person)
    if form is Format.JSON:
        answer(person_json(report), output)
        note_stand_ins(reading)
    else:
        answer(with_stand_ins(person_text(report), reading), output)
