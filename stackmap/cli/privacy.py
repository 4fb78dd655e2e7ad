"""`stackmap privacy`: what is read of people, for those who have to agree to it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from stackmap.cli.options import Output, WorkspaceFolder
from stackmap.cli.output import answer

__all__ = ["register"]


class Format(StrEnum):
    """How the page is written."""

    TEXT = "text"
    MD = "md"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("privacy", help=_HELP)(privacy)


_HELP = """What is read of people here, why, where it lies, who sees it, and how somebody is taken out again.

For works councils and data protection officers. It needs no reading: the settings are enough.

Examples:

  stackmap privacy

  stackmap privacy --format md -o privacy.md
"""


def privacy(
    *,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to write the page.")] = Format.TEXT,
    output: Output = None,
    workspace: WorkspaceFolder = Path(),
) -> None:
    from stackmap.app.privacy.page import privacy_page
    from stackmap.app.workspace import Workspace
    from stackmap.collect import find_connectors
    from stackmap.render.document_markdown import document_markdown
    from stackmap.render.document_text import document_text
    from stackmap.render.privacy_page import privacy_document

    document = privacy_document(privacy_page(Workspace(workspace), find_connectors()))
    answer((document_markdown if form is Format.MD else document_text)(document), output)
