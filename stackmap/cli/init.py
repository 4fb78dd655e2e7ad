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

With --templates: one CSV file per list that no system gives out (ads accounts, scripts, spreadsheets, staff ...), to
be filled in and imported.

Examples:

  stackmap init

  stackmap init --templates lists

  stackmap init --yes -w ~/larkfield
"""


def init(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="With --templates: where to.")] = None,
    *,
    templates: Annotated[bool, typer.Option("--templates", help="Write empty lists to fill in, to DIR.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    workspace: WorkspaceFolder = Path(),
) -> None:
    from stackmap.app.workspace import init_workspace
    from stackmap.collect import find_connectors
    from stackmap.errors import UsageError

    if templates:
        _templates(workspace, folder or workspace / "templates")
        return
    if folder is not None:
        raise UsageError("DIR goes with --templates; the workspace is named by --workspace")
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
    note("No access yet? Start from files: stackmap import --kinds")


def _templates(workspace: Path, folder: Path) -> None:
    from stackmap.app.imports.tables import every_kind
    from stackmap.app.workspace import Workspace, init_templates
    from stackmap.collect import find_connectors

    written = init_templates(folder, every_kind(Workspace(workspace), find_connectors()))
    for path in written:
        note(f"written: {path}")
    if not written:
        note(f"all lists are in {folder} already; nothing was changed")
    note("Next: fill one in, then run: stackmap import FILE")
