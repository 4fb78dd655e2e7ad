"""Interrupts end the run in order: what was started is stopped and removed, and a second one cannot prevent that."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ASKED_TO_END = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_SHELL_ADDS = 128


def end_in_order() -> None:
    """From now on the first interrupt ends the program with the shell's usual code, and more of them do nothing."""
    for number in _ASKED_TO_END:
        signal.signal(number, _end)


def _end(number: int, frame: FrameType | None) -> None:
    for other in _ASKED_TO_END:
        signal.signal(other, signal.SIG_IGN)
    sys.exit(_SHELL_ADDS + number)


@contextmanager
def held() -> Iterator[None]:
    """Keep interrupts waiting while the block lasts: one in the middle of starting or stopping would leave a process.

    Only in the main thread. Blocking the signals instead would be inherited by the programs that are started.
    """
    waiting: list[int] = []
    before = {number: signal.getsignal(number) for number in _ASKED_TO_END}
    for number in _ASKED_TO_END:
        signal.signal(number, lambda came, frame: waiting.append(came))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if waiting:
            signal.raise_signal(waiting[0])
