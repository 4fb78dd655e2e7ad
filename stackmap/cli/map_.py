"""`stackmap map`: the interactive map, one offline file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stackmap.cli.options import AsOf, ManifestFile, Output, Pseudonymise, SnapshotNumber, WorkspaceFolder, question
from stackmap.cli.output import answer, check_place, note
from stackmap.cli.searching import said_while_searching
from stackmap.cli.stand_ins import note_stand_ins
from stackmap.cli.supposing import Scenario, With, as_supposed

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("map", help=_HELP)(map_)


_HELP = """Draw the interactive map: one HTML file that works without a network.

Examples:

  stackmap map --open

  stackmap map -o larkfield.html

  stackmap map --with "Ravi Menon administers HubSpot" -o supposed.html      what can be supposed: stackmap leave --help
"""


def map_(
    *,
    output: Output = None,
    open_it: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    supposed: With = None,
    scenario: Scenario = None,
    pseudonymise: Pseudonymise = False,
    workspace: WorkspaceFolder = Path(),
    snapshot: SnapshotNumber = None,
    as_of: AsOf = None,
    manifest: ManifestFile = None,
) -> None:
    from stackmap.app.map.mapping import map_page
    from stackmap.app.opening import open_reading
    from stackmap.app.workspace import Workspace
    from stackmap.collect import find_connectors
    from stackmap.render.map import render_map

    reading = open_reading(Workspace(workspace), question(snapshot, as_of, manifest, pseudonymise=pseudonymise))
    reading = as_supposed(reading, supposed, scenario)
    target = output or workspace / "map.html"
    note_stand_ins(reading)
    check_place(target)
    with said_while_searching("Working out what hangs on whom, to draw it ..."):
        drawn = render_map(map_page(reading, find_connectors().connectors.values()))
    answer(drawn, target)
    if open_it:
        typer.launch(str(target))
    else:
        note('open it in a browser, then try "without these logins"')
