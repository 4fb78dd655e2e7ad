"""The command line: one module per command, and the only place that prints or exits."""

from __future__ import annotations

import sys
import traceback

import typer

from stackmap import __version__
from stackmap.cli import (
    bus_factor,
    check,
    collect,
    connectors,
    demo,
    doctor,
    explain,
    export,
    import_,
    init,
    leave,
    map_,
    people,
    rules,
)
from stackmap.errors import StackmapError, StoreError

__all__ = ["app", "main"]

USAGE = 2
INTERNAL = 4

app = typer.Typer(
    name="stackmap",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help=(
        "What breaks if these people leave, and how do we know?\n\n"
        "First:  stackmap demo                     a made-up company, end to end\n\n"
        "Yours:  stackmap init, doctor, collect    then: stackmap leave NAME\n\n"
        "Exit codes: 0 fine; 1 findings at or above --fail-on; 2 wrong usage, settings or files; "
        "3 something could not be read and --require-complete was given; 4 a fault of stackmap."
    ),
)
for module in (
    demo,
    init,
    connectors,
    doctor,
    collect,
    import_,
    export,
    people,
    leave,
    bus_factor,
    check,
    rules,
    explain,
    map_,
):
    module.register(app)


@app.callback()
def _options(
    *,
    debug: bool = typer.Option(False, "--debug", help="Show the traceback of an error."),
    version: bool = typer.Option(False, "--version", help="Print the version and end."),
) -> None:
    if version:
        print(f"stackmap {__version__}")
        raise typer.Exit
    _debug[0] = debug


_debug = [False]


def main() -> None:
    """Run a command and exit with its code."""
    try:
        app(standalone_mode=True)
    except StackmapError as error:
        _tell(str(error), error)
        sys.exit(INTERNAL if isinstance(error, StoreError) and error.__cause__ is not None else USAGE)
    except KeyboardInterrupt:
        print("stopped; nothing half-done was stored", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:
        text = f"{type(error).__name__}: this is a fault of stackmap; run again with --debug and report what it says"
        _tell(text, error)
        sys.exit(INTERNAL)


def _tell(text: str, error: BaseException) -> None:
    if _debug[0]:
        traceback.print_exception(error)
    print(f"stackmap: {text}", file=sys.stderr)
