"""`stackmap connectors`: what can be read, and exactly how."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackmap.cli.options import Form, Output, WorkspaceFolder
from stackmap.cli.output import answer, note

if TYPE_CHECKING:
    from stackmap.sdk import Connector

__all__ = ["register"]


class Format(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    MD = "md"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("connectors", help=_HELP)(connectors)


_HELP = """What can be read. With `show NAME`: every call, with the permission it needs and what it is for. With
`--request` besides: the mail that asks an administrator for access, and the page for security.

Examples:

  stackmap connectors

  stackmap connectors show n8n

  stackmap connectors show salesforce --request --tier 1 -o mail.txt
"""


def connectors(
    action: Annotated[str | None, typer.Argument(metavar="[show]", help="Only `show`.")] = None,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A connector.")] = None,
    *,
    request: Annotated[
        bool, typer.Option("--request", help="The mail to the admin and the page for security.")
    ] = False,
    tier: Annotated[
        int | None, typer.Option("--tier", help="Ask for the tiers up to this one.", show_default="all")
    ] = None,
    form: Form[Format] = Format.TEXT,
    output: Output = None,
    workspace: WorkspaceFolder = Path(),
) -> None:
    from stackmap.collect import find_connectors
    from stackmap.errors import UsageError

    if tier is not None and not request:
        raise UsageError("--tier goes with --request: stackmap connectors show NAME --request --tier 1")
    found = find_connectors()
    for broken in found.broken:
        note(f"{broken.name} of {broken.distribution} cannot be used: {broken.reason}")
    if action is None and not request:
        answer(_list(list(found.connectors.values()), form), output)
    elif action != "show" or name is None:
        raise UsageError("use: stackmap connectors, or: stackmap connectors show NAME")
    elif request:
        answer(_request(found.get(name), workspace, tier, form), output)
        note("Fill in what stands in [brackets] before you send it.")
    else:
        answer(_show(found.get(name), form), output)


def _list(connectors: Sequence[Connector], form: Format) -> str:
    from stackmap.render import connectors as render

    write = {Format.JSON: render.list_json, Format.MD: render.list_markdown, Format.TEXT: render.list_text}
    return write[form](connectors)


def _show(connector: Connector, form: Format) -> str:
    from stackmap.render import connectors as render

    write = {Format.JSON: render.show_json, Format.MD: render.show_markdown, Format.TEXT: render.show_text}
    return write[form](connector)


def _request(connector: Connector, folder: Path, tier: int | None, form: Format) -> str:
    from stackmap.app.requesting import access_request
    from stackmap.app.workspace import Workspace
    from stackmap.declared import Config
    from stackmap.render import requests as render
    from stackmap.render.request_mail import request_mail
    from stackmap.render.request_page import request_security

    here = Workspace(folder)
    page = access_request(connector, here.config() if here.config_file.exists() else Config(), tier)
    parts = (request_mail(page), request_security(page))
    if form is Format.JSON:
        return render.request_json(page, parts)
    return (render.request_markdown if form is Format.MD else render.request_text)(parts)
