"""`stackmap init`: a new workspace."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from stackmap.cli.options import WorkspaceFolder
from stackmap.cli.output import note

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("init", help=_HELP)(init)


_HELP = """Write a commented stackmap.yaml (what to read) and stack.yaml (your notes). Existing files stay as they are.

Examples:

  stackmap init

  stackmap init --yes -w ~/larkfield
"""


def init(
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    workspace: WorkspaceFolder = Path(),
) -> None:
    from stackmap.app.workspace import init_workspace
    from stackmap.collect import find_connectors
    from stackmap.errors import UsageError

    where = workspace.resolve()
    if not yes and not sys.stdin.isatty():
        raise UsageError("there is nobody to ask here: run `stackmap init --yes`")
    if not yes and not typer.confirm(f"Make {where} a stackmap workspace?", default=True, err=True):
        raise typer.Exit
    written = init_workspace(workspace, list(find_connectors().connectors.values()))
    for path in written:
        note(f"written: {path}")
    if not written:
        note("stackmap.yaml and stack.yaml are there already; nothing was changed")
    note("Next: open stackmap.yaml, take the # away before a connector, then run: stackmap doctor")
