"""`stackmap explain`: a rule, or the departures rows behind a verdict."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from stackmap.cli.options import Form, Output
from stackmap.cli.output import answer

__all__ = ["register"]


class Format(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    MD = "md"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("explain", help=_HELP)(explain)


_HELP = """Why stackmap says so: a rule in full, or what a platform does when a login goes off, with the source.

CODE is a rule (PA02), a row that an answer of `leave` names (PRODUCT:ROW), or a product for all of its rows.

Examples:

  stackmap explain PA02

  stackmap explain n8n:workflow-owner

  stackmap explain n8n
"""


def explain(
    codes: Annotated[list[str], typer.Argument(metavar="CODE...", help="What to explain.")],
    *,
    form: Form[Format] = Format.TEXT,
    output: Output = None,
) -> None:
    from stackmap.app.explaining import explained

    wanted = [code for word in codes for code in word.split(",") if code.strip()]
    answer("\n".join(explained(code.strip(), markdown=form is Format.MD) for code in wanted), output)
