"""`stackmap sandbox`: the made-up company's systems, served until somebody ends it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from stackmap.cli.output import answer, note

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("sandbox", help=_HELP)(sandbox)


_HELP = """Serve a made-up company's systems on this machine, and say how to read them.

Each connector has a stand-in of its vendor's API, filled with its share of the company. Only this machine can reach
them; the secrets are made up and open nothing else. Ctrl-C ends it.

Examples:

  stackmap sandbox

  stackmap sandbox --only n8n --port 9000

  stackmap sandbox --tls      (over https, with a certificate made on the spot)
"""


def sandbox(
    *,
    only: Annotated[list[str] | None, typer.Option("--only", help="Only this connector; may be repeated.")] = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", min=0, max=65535, show_default="8701", help="The first port; the others follow. 0: any free ones."
        ),
    ] = None,
    tls: Annotated[bool, typer.Option("--tls", help="Serve over https.")] = False,
    ca_file: Annotated[
        Path | None,
        typer.Option("--ca-file", help="Where to keep the certificate's authority.", show_default="a temporary folder"),
    ] = None,
) -> None:
    from stackmap.app.serving import made_certificate, serve_company
    from stackmap.cli.running import called_as
    from stackmap.collect import find_connectors
    from stackmap.demo import LEAVER
    from stackmap.errors import UsageError
    from stackmap.render.serving import serving_text

    if ca_file is not None and not tls:
        raise UsageError("--ca-file says where the certificate's authority is kept: add --tls")
    with _stopping() as stopped, ExitStack() as running:
        certificate = running.enter_context(made_certificate(ca_file)) if tls else None
        served = running.enter_context(serve_company(find_connectors().connectors, only or (), port, certificate))
        answer(serving_text(served, LEAVER, certificate.ca_file if certificate else None, called_as()), None)
        stopped.wait()  # the servers have threads of their own
    note("stopped serving")


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """Is set by Ctrl-C, or when the system asks the program to end: with everything put away, whenever it comes.

    No exception is raised where the signal happens to arrive: one in a callback of Python's own would be lost.
    """
    stopped = threading.Event()
    before = {number: signal.signal(number, lambda *_: stopped.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
