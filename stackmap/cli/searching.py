"""A line for whoever waits: a search that takes long says so on the terminal, and how to end it sooner."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["said_while_searching"]

_PATIENCE = 2.0
"""Seconds until the line is shown: most answers are there by then."""

_ERASE = "\r\x1b[K"


@contextmanager
def said_while_searching(text: str, patience: float = _PATIENCE) -> Iterator[None]:
    """Show a line on the standard error once a search takes longer than so many seconds, until it is over.

    Only on a terminal: nothing of it gets into files and logs.
    """
    shown = threading.Event()

    def say() -> None:
        shown.set()
        sys.stderr.write(f"{_ERASE}{text}")
        sys.stderr.flush()

    waiting = threading.Timer(patience, say)
    waiting.daemon = True
    if sys.stderr.isatty():
        waiting.start()
    try:
        yield
    finally:
        waiting.cancel()
        if waiting.is_alive():
            waiting.join()
        if shown.is_set():
            sys.stderr.write(_ERASE)
            sys.stderr.flush()
