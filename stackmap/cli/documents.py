"""Documents as commands write them: HTML to a file of the workspace, Markdown to the standard output."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackmap.cli.output import answer

if TYPE_CHECKING:
    from stackmap.render.document import Document

__all__ = ["DocumentFormat", "Format", "answer_document"]


class Format(StrEnum):
    """How a document is written."""

    HTML = "html"
    MD = "md"


DocumentFormat = Annotated[
    Format, typer.Option("--format", "-f", help="html: a file for a browser and for paper. md: for wikis and tickets.")
]


def answer_document(document: Document, form: Format, output: Path | None, file: Path) -> None:
    """Write a document. `file`: where the HTML goes when no output is named."""
    from stackmap.render.document_html import document_html
    from stackmap.render.document_markdown import document_markdown

    if form is Format.MD:
        answer(document_markdown(document), output)
    else:
        answer(document_html(document), output or file)
