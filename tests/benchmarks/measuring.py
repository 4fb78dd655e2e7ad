"""How often something is measured, and how: in a process of its own, or here with the garbage collector held back."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Effort", "Run", "copy_bandwidth", "in_turn", "process", "repeated", "seconds_of", "side_by_side"]

_COPIED = 1 << 28
_ALONE = Path(__file__).with_name("alone.py")


@dataclass(frozen=True, slots=True)
class Effort:
    """One unmeasured run to warm up, then up to `most` runs as long as `seconds` last; one in any case."""

    most: int
    seconds: float
    warms_up: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: wall-clock seconds, and the most memory it held, in bytes."""

    seconds: float
    peak: int


def process(folder: Path, *command: str, at: Path | None = None) -> Run:
    """Run a Python command line in a folder, or `at` another one. Raises RuntimeError with what it said when it fails.

    What it said is left in the folder, in said.txt.
    """
    answer, said = folder / "alone.json", folder / "said.txt"
    with said.open("wb") as out:
        arguments = [sys.executable, "-S", "-E", str(_ALONE), str(answer), sys.executable, *command]
        subprocess.run(arguments, cwd=at or folder, stdout=out, stderr=subprocess.STDOUT, check=True)
    told = json.loads(answer.read_text(encoding="utf-8"))
    if told["code"]:
        raise RuntimeError(f"{' '.join(command)} ended with {told['code']}: {said.read_text(errors='replace')[-500:]}")
    return Run(told["seconds"], told["peak"])


def repeated(effort: Effort, run: Callable[[], Run]) -> list[Run]:
    """The measured runs, in order."""
    (runs,) = in_turn(effort, [run])
    return runs


def side_by_side(effort: Effort, ours: Callable[[], Run], theirs: Callable[[], Run]) -> tuple[list[Run], list[Run]]:
    """The measured runs of two things taken in turn, so that a busy machine slows both down."""
    first, second = in_turn(effort, [ours, theirs])
    return first, second


def in_turn(effort: Effort, things: Sequence[Callable[[], Run]]) -> list[list[Run]]:
    """The measured runs of several things, each in every round."""
    for thing in things if effort.warms_up else ():
        thing()
    found: list[list[Run]] = [[] for _ in things]
    spent = 0.0
    while len(found[0]) < effort.most and (spent < effort.seconds or not found[0]):
        for runs, thing in zip(found, things, strict=True):
            runs.append(thing())
            spent += runs[-1].seconds
    return found


def seconds_of(work: Callable[[], object]) -> Run:
    """Time something in this process. Its memory is not told: much else lies here."""
    gc.collect()
    gc.disable()
    try:
        began = time.perf_counter()
        made = work()
        took = time.perf_counter() - began
        del made  # freeing it is not part of the work
    finally:
        gc.enable()
    return Run(took, 0)


def copy_bandwidth() -> float:
    """How many bytes a second this machine copies in memory, best of a few; each is read once and written once."""
    there, here = memoryview(bytearray(_COPIED)), memoryview(bytearray(_COPIED))

    def copy() -> None:
        here[:] = there

    return _COPIED / min(seconds_of(copy).seconds for _ in range(5))
