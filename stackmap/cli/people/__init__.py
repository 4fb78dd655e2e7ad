"""`stackmap people`: who is who, and putting it right."""

from __future__ import annotations

import typer

from stackmap.cli.people import changing, erasing, listing, showing, suggesting

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the group: alone it lists."""
    group = typer.Typer(rich_markup_mode=None, invoke_without_command=True, no_args_is_help=False)
    listing.register(group)
    for module in (showing, suggesting, changing, erasing):
        module.register(group)
    app.add_typer(group, name="people")
