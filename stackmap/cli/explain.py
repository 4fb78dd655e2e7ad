"""`stackmap explain`: one rule in full."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from stackmap.cli.options import Output
from stackmap.cli.output import answer

__all__ = ["register"]


class Format(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    MD = "md"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("explain", help="One rule in full: what it finds, why it matters, how to fix it, when it is wrong.")(
        explain
    )


def explain(
    code: Annotated[str, typer.Argument(help="A rule's code, PA02 say.")],
    *,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to write the answer.")] = Format.TEXT,
    output: Output = None,
) -> None:
    from stackmap.errors import UsageError
    from stackmap.render import rules as render
    from stackmap.rules import by_code

    rule = by_code.get(code.upper())
    if rule is None:
        raise UsageError(f"there is no rule {code}; there are {', '.join(sorted(by_code))}. See: stackmap rules")
    answer((render.explain_markdown if form is Format.MD else render.explain_text)(rule), output)
