"""`stackmap export`: hand over what was read."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from stackmap.cli.options import Output, Pseudonymise, SnapshotNumber, WorkspaceFolder
from stackmap.cli.output import answer

__all__ = ["register"]


class Kind(StrEnum):
    """What may be exported."""

    FACTS = "facts"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export", help=_HELP)(export)


_HELP = """Write everything the sources said as a fact file, blind spots included, for `stackmap import` elsewhere.

Your notes (stack.yaml) are not part of it.

Example:

  stackmap export facts -o larkfield.jsonl
"""


def export(
    kind: Annotated[Kind, typer.Argument(help="What to export.")],
    *,
    output: Output = None,
    pseudonymise: Pseudonymise = False,
    workspace: WorkspaceFolder = Path(),
    snapshot: SnapshotNumber = None,
) -> None:
    from stackmap.app.reading import export_facts
    from stackmap.app.workspace import Workspace

    assert kind is Kind.FACTS
    answer("".join(export_facts(Workspace(workspace), snapshot, pseudonymise=pseudonymise)), output)
