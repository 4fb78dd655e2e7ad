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

__all__ = ["INCOMPLETE", "answer", "check_place", "note", "quietly", "require"]

INCOMPLETE = 3
_OURS = frozenset({"stackmap.yaml", "stack.yaml", "imports.yaml", "stackmap.db", "stackmap.db.lock"})
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

    check_place(output)
    write_private(output, text)
    note(f"written: {output}")


def check_place(output: Path | None) -> None:
    """Whether an answer may be written there, as far as that shows beforehand. Raises UsageError where it may not."""
    from stackmap.errors import UsageError

    if output is None or output == _STANDARD_OUTPUT:
        return
    if {output.name, output.resolve().name} & _OURS:
        raise UsageError(f"{output} would take the place of settings, notes or readings: name another file")
    if output.exists() and not output.is_file():
        raise UsageError(f"{output} is no ordinary file; nothing was written")
    if not output.parent.is_dir():
        raise UsageError(f"{output} cannot be written: there is no such folder")
    if not os.access(output.parent, os.W_OK):
        raise UsageError(f"{output} cannot be written: permission denied")


def note(text: str) -> None:
    """A line for the person, not part of the answer."""
    # At once: where sources are read side by side, another's note may come between a line and its break.
    sys.stderr.write(f"{text}\n")


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
