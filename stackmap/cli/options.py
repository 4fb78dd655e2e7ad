"""Options that mean the same in every command."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from stackmap.app.opening import Question

__all__ = [
    "AsOf",
    "Everything",
    "Form",
    "ManifestFile",
    "Output",
    "Pseudonymise",
    "Quiet",
    "RequireComplete",
    "SnapshotNumber",
    "WorkspaceFolder",
    "day_said",
    "question",
]


def day_said(text: str) -> datetime:
    """A day as options take it. Raises typer.BadParameter for what is none."""
    try:
        return datetime.strptime(text, "%Y-%m-%d")  # noqa: DTZ007 - a day and no moment: it has no zone
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write it as 2026-12-31") from None


_FormT = TypeVar("_FormT", bound=StrEnum)
Form = Annotated[_FormT, typer.Option("--format", "-f", help="How to write the answer.")]
"""Takes the formats of the command: `Form[Format]`."""

WorkspaceFolder = Annotated[
    Path,
    typer.Option("--workspace", "-w", help="The workspace folder.", envvar="STACKMAP_WORKSPACE", show_default="here"),
]
SnapshotNumber = Annotated[
    int | None, typer.Option("--snapshot", help="An earlier reading, by number.", show_default="latest")
]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of", parser=day_said, metavar="DAY", help="Judge ages on this day.", show_default="the reading's day"
    ),
]
ManifestFile = Annotated[
    Path | None, typer.Option("--manifest", help="Other notes than the workspace's stack.yaml.", exists=True)
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file, for its owner alone.")]
RequireComplete = Annotated[
    bool, typer.Option("--require-complete", help="Exit with 3 when anything could not be read.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes.")]
Pseudonymise = Annotated[
    bool,
    typer.Option(
        "--pseudonymise",
        help="Stand-ins for people's names and addresses, and for initials where they are plainly some. Companies and "
        "systems keep theirs.",
    ),
]
Everything = Annotated[bool, typer.Option("--all", help="Show everything, however long.")]


def question(
    snapshot: int | None, as_of: datetime | None, manifest: Path | None, *, pseudonymise: bool = False
) -> Question:
    """What an answer depends on, from the options."""
    from stackmap.app.opening import Question

    return Question(snapshot, as_of.date() if as_of else None, manifest, pseudonymise)
