"""`stackmap import`: take in what others exported or wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stackmap.cli.options import Quiet, WorkspaceFolder
from stackmap.cli.output import answer

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import", help=_HELP)(import_)


_HELP = """Import fact files. A source that is imported again is replaced whole.

Examples:

  stackmap import salesforce-by-admin.jsonl

  stackmap import facts.jsonl --as crm --skip-bad
"""


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Fact files.")],
    *,
    source: Annotated[str | None, typer.Option("--as", help="The source's name, where the file gives none.")] = None,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Take the good lines, list the bad ones.")] = False,
    workspace: WorkspaceFolder = Path(),
    quiet: Quiet = False,
) -> None:
    from stackmap.app.reading import import_files
    from stackmap.app.workspace import Workspace
    from stackmap.cli.running import readings
    from stackmap.render.guards import plain
    from stackmap.render.notes import unmet
    from stackmap.render.words import counted

    done = import_files(Workspace(workspace), readings(quiet=quiet), files, name=source, skip_bad=skip_bad)
    lines = [f"{plain(one.source)}: {counted(len(one.facts), 'fact')}" for one in done.readings]
    if done.bad_lines:
        lines.append(f"Left out {counted(len(done.bad_lines), 'line')}:")
        lines.extend(f"  {plain(name)}, line {bad.number}: {plain(bad.reason)}" for name, bad in done.bad_lines)
    lines.extend(f"Note: {plain(text)}" for text in done.notes)
    lines.append(f"Stored as reading {done.snapshot}.")
    lines.extend(unmet(done.unmet))
    answer("\n".join(lines) + "\n", None)
