"""Where answers go: to the standard output or a file; notes and progress to the standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from stackmap.model import Coverage

__all__ = ["INCOMPLETE", "answer", "note", "quietly", "require"]

INCOMPLETE = 3
_OURS = frozenset({"stackmap.yaml", "stack.yaml", "stackmap.db", "stackmap.db.lock"})
_STANDARD_OUTPUT = Path("-")


def answer(text: str, output: Path | None) -> None:
    """Print an answer, or write it to a file and say so. "-" is the standard output.

    Raises UsageError for the files that a workspace is made of: no answer may take their place.
    """
    if output is None or output == _STANDARD_OUTPUT:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:
            quietly()
        return
    from stackmap.app.workspace import write_private
    from stackmap.errors import UsageError

    if {output.name, output.resolve().name} & _OURS:
        raise UsageError(f"{output} would take the place of settings, notes or readings: name another file")
    write_private(output, text)
    note(f"written: {output}")


def note(text: str) -> None:
    """A line for the person, not part of the answer."""
    print(text, file=sys.stderr)


def require(coverage: Sequence[Coverage], *, wanted: bool) -> None:
    """End with 3 where completeness was asked for and something was not read."""
    from stackmap.model import Reach

    if wanted and any(item.state is not Reach.COMPLETE for item in coverage):
        note("not everything could be read")
        raise typer.Exit(INCOMPLETE)


def quietly() -> NoReturn:
    """Whoever read along has stopped: no complaint, not even when Python closes its streams."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)
