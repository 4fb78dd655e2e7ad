"""`stackmap connectors`: what can be read, and exactly how."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from stackmap.cli.options import Output
from stackmap.cli.output import answer, note

__all__ = ["register"]


class Format(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    MD = "md"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("connectors", help=_HELP)(connectors)


_HELP = """What can be read. With `show NAME`: every call, with the permission it needs and what it is for.

Examples:

  stackmap connectors

  stackmap connectors show n8n
"""


def connectors(
    action: Annotated[str | None, typer.Argument(metavar="[show]", help="Only `show`.")] = None,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A connector.")] = None,
    *,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to write the answer.")] = Format.TEXT,
    output: Output = None,
) -> None:
    from stackmap.collect import find_connectors
    from stackmap.errors import UsageError
    from stackmap.render import connectors as render

    found = find_connectors()
    for broken in found.broken:
        note(f"{broken.name} of {broken.distribution} cannot be used: {broken.reason}")
    if action is None:
        write = {Format.JSON: render.list_json, Format.MD: render.list_markdown, Format.TEXT: render.list_text}
        answer(write[form](list(found.connectors.values())), output)
        return
    if action != "show" or name is None:
        raise UsageError("use: stackmap connectors, or: stackmap connectors show NAME")
    shown = {Format.JSON: render.show_json, Format.MD: render.show_markdown, Format.TEXT: render.show_text}
    answer(shown[form](found.get(name)), output)
