"""`stackmap rules`: the catalogue."""

from __future__ import annotations

from enum import StrEnum

import typer

from stackmap.cli.options import Form, Output
from stackmap.cli.output import answer

__all__ = ["register"]


class Format(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    MD = "md"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("rules", help="All rules, with code, severity and what they need to be judged.")(rules)


def rules(
    *,
    form: Form[Format] = Format.TEXT,
    output: Output = None,
) -> None:
    from stackmap.render import rules as render

    write = {Format.TEXT: render.rules_text, Format.MD: render.rules_markdown, Format.JSON: render.rules_json}
    answer(write[form](), output)
