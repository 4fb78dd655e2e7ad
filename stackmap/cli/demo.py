"""`stackmap demo`: a made-up company, end to end."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stackmap.cli.output import answer, note

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo", help=_HELP)(demo)


_HELP = """Read a made-up company end to end and leave an ordinary workspace: notes, readings, map, report and guide.

The real connectors read stand-ins of the vendors' APIs on this machine; nothing leaves it. Everything in it is made
up: people, systems and secrets. As in a first run of your own, some lists are refused, and the end says which.

Examples:

  stackmap demo

  stackmap demo --out /tmp/larkfield
"""


def demo(
    *,
    out: Annotated[Path, typer.Option("--out", help="The folder to make.")] = Path("demo"),
) -> None:
    from stackmap.app.demonstration import run_demo
    from stackmap.cli.running import called_as, readings
    from stackmap.render.coverage import not_whole
    from stackmap.render.departure_verdict import verdict_lines

    means = readings(quiet=True)
    for broken in means.found.broken:
        note(f"without {broken.name}: its connector cannot be used ({broken.reason})")
    done = run_demo(out, means, lambda number, title, text: note(f"[{number}/4] {title:<18} {text}"))
    closed = not_whole(done.verdict.coverage)
    lines = ["", f"If {done.leaver}'s logins were switched off today", *verdict_lines(done.verdict), ""]
    lines.append(f"Not wholly read: {len(closed)} lists, see the end of: stackmap leave")
    lines.append("")
    drawn, report, guide = done.pages
    lines.append(f'Map     {drawn}     open it, then try "without these logins"')
    lines.append(f"Report  {report}     for those who plan; and {guide.name} for whoever is new")
    together = " ".join(f'"{name}"' for name in done.pair)
    lines.append(f"Next    cd {out} && {called_as(out)} leave {together}")
    lines.append("        together they break something that neither does alone")
    answer("\n".join(lines) + "\n", None)
