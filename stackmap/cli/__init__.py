"""The command line: one module per command, and the only place that prints or exits."""

from __future__ import annotations

import io
import os
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
    onboard,
    people,
    privacy,
    report,
    rules,
    sandbox,
    sources,
)
from stackmap.cli.output import quietly
from stackmap.errors import StackmapError, StoreError

__all__ = ["app", "main"]

USAGE = 2
INTERNAL = 4
INTERRUPTED = 130

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
    sandbox,
    init,
    connectors,
    doctor,
    collect,
    import_,
    sources,
    export,
    people,
    leave,
    bus_factor,
    check,
    rules,
    explain,
    map_,
    report,
    onboard,
    privacy,
):
    module.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"stackmap {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    debug: bool = typer.Option(False, "--debug", help="Show the traceback of an error."),
    version: bool = typer.Option(  # noqa: ARG001 - typer wants it named; `_version` acts on it
        False, "--version", help="Print the version and end.", is_eager=True, callback=_version
    ),
) -> None:
    _debug[0] = debug


_debug = [False]


def main() -> None:
    """Run a command and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace" if stream is sys.stderr else "backslashreplace")
    try:
        app(prog_name="stackmap", standalone_mode=True)
        sys.stdout.flush()
    except StackmapError as error:
        _end(str(error), error, INTERNAL if isinstance(error, StoreError) and error.__cause__ is not None else USAGE)
    except SystemExit as ended:
        if ended.code == INTERRUPTED:  # what the command-line library makes of Ctrl-C
            _end("stopped; nothing half-done was stored", ended, INTERRUPTED)
        raise
    except BrokenPipeError:
        quietly()
    except OSError as error:
        _end(f"the answer could not be written: {error.strerror or error}", error, USAGE)
    except Exception as error:
        text = f"{type(error).__name__}: this is a fault of stackmap; run again with --debug and report what it says"
        _end(text, error, INTERNAL)


def _end(text: str, error: BaseException, code: int) -> None:
    """Say what went wrong, if anybody listens, and end with a code."""
    try:
        if _debug[0]:
            traceback.print_exception(error)
        shown = "\n".join("".join(char if char.isprintable() else " " for char in line) for line in text.split("\n"))
        print(f"stackmap: {shown}", file=sys.stderr, flush=True)
    except (OSError, AttributeError, ValueError):
        os._exit(code)
    sys.exit(code)
