"""`python -m tests.benchmarks.asking WORKSPACE SECONDS QUESTION ...`: ask a stored reading, and time each step.

The time from the start of the program is the commands' business (`commands.py`); here loading and answering are told
apart. Each question is asked once, as a command does. Prints JSON; what was not done within the seconds is missing.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from stackmap.analysis import Analysis, bus_factors, everyone
from stackmap.app.garbage import collector_paused
from stackmap.app.leaving import USUAL, departure_report
from stackmap.app.opening import Reading, open_reading
from stackmap.app.workspace import Workspace
from tests.functional.large import LEAVER

__all__ = ["COMPILE", "OPEN", "QUESTIONS"]

OPEN, COMPILE = "open the reading", "compile the gates"


def _leave(reading: Reading, analysis: Analysis) -> object:
    return departure_report(analysis, (LEAVER,), USUAL, reading.snapshot.id, reading.snapshot.taken_at)


QUESTIONS: dict[str, Callable[[Reading, Analysis], object]] = {
    "leave": _leave,
    "bus-factor --everyone": lambda _, analysis: list(everyone(analysis)),
    "bus-factor": lambda _, analysis: list(bus_factors(analysis)),
}
"""By command, what it works out between loading and writing."""


def main() -> None:
    """Everything happens in one process, so that its memory is that of these answers."""
    folder, seconds, *questions = sys.argv[1:]
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(int(seconds))
    steps: dict[str, float] = {}
    with suppress(TimeoutError), collector_paused():
        _ask(Path(folder), questions, steps)
    sys.stdout.write(json.dumps(steps))


def _too_long(*_: object) -> None:
    raise TimeoutError


def _ask(folder: Path, questions: Sequence[str], steps: dict[str, float]) -> None:
    began = time.perf_counter()

    def done(step: str) -> None:
        nonlocal began
        now = time.perf_counter()
        steps[step], began = now - began, now

    reading = open_reading(Workspace(folder))
    done(OPEN)
    analysis = reading.analysis()
    analysis.solver.state(LEAVER)
    done(COMPILE)
    for question in questions:
        QUESTIONS[question](reading, analysis)
        done(question)


if __name__ == "__main__":
    main()
