"""The commands as people run them: each run a process, its time and its peak memory."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import log
from pathlib import Path

from tests.benchmarks.figures import Figure, Target, ratio, timed
from tests.benchmarks.measuring import Effort, Run, process, repeated, side_by_side
from tests.benchmarks.stacks import write_stack
from tests.functional.large import LEAVER

__all__ = ["demo", "growing", "start_up"]

_SMALLEST = 1
_MEGABYTE = 1_000_000
_STACKMAP = ("-m", "stackmap")
_START_UP_RUNS = 10


def demo(folder: Path, effort: Effort) -> Iterator[Figure]:
    """The made-up company, end to end."""

    def run() -> Run:
        shutil.rmtree(folder / "demo", ignore_errors=True)
        return process(folder, *_STACKMAP, "demo", "--out", "demo")

    yield timed("demo, whole", [run.seconds for run in repeated(effort, run)], "s", Target(30))


def start_up(folder: Path, effort: Effort) -> Iterator[Figure]:
    """Help against the least that a program made with the same library does."""
    often = replace(effort, most=max(effort.most, _START_UP_RUNS))
    helped, bare = side_by_side(
        often,
        lambda: process(folder, *_STACKMAP, "--help"),
        lambda: process(folder, "-c", "import typer"),
    )
    ours, theirs = [run.seconds for run in helped], [run.seconds for run in bare]
    yield timed("stackmap --help", ours, "s")
    yield ratio("stackmap --help / python -c 'import typer'", ours, theirs, Target(3))


@dataclass(frozen=True, slots=True)
class _Measured:
    """One command on one size of stack."""

    nodes: int
    runs: Sequence[Run]

    @property
    def seconds(self) -> float:
        """The best time."""
        return min(run.seconds for run in self.runs)


def growing(folder: Path, sizes: Sequence[int], effort: Effort) -> Iterator[Figure]:
    """`import` and `leave` on stacks of growing size, and how their time grows with it."""
    smallest = _imported_and_left(folder / "smallest", _SMALLEST, replace(effort, most=min(effort.most, 3)))
    found: dict[str, list[_Measured]] = {command: [] for command in smallest}
    for size in sizes:
        for command, measured in _imported_and_left(folder / str(size), size, effort).items():
            found[command].append(measured)
            what = f"{command}, {measured.nodes:,} nodes"
            yield timed(what, [run.seconds for run in measured.runs], "s")
            yield timed(f"{what}, peak memory", [run.peak / _MEGABYTE for run in measured.runs], "MB", _peak(size))
    for command, (first, *_, last) in ((each, runs) for each, runs in found.items() if len(runs) > 1):
        if first.seconds >= 2 * smallest[command].seconds:
            yield _growth(command, smallest[command], first, last)


def _peak(size: int) -> Target | None:
    """The target for memory is meant for a million nodes; a tenth of them in all of it would say nothing."""
    return Target(1_000) if size >= 1_000_000 else None


def _imported_and_left(folder: Path, size: int, effort: Effort) -> dict[str, _Measured]:
    folder.mkdir()
    nodes = write_stack(folder / "facts.jsonl", size)

    def taken_in() -> Run:
        (folder / "stackmap.db").unlink(missing_ok=True)
        return process(folder, *_STACKMAP, "import", "facts.jsonl", "--quiet")

    imported = repeated(effort, taken_in)
    left = repeated(effort, lambda: process(folder, *_STACKMAP, "leave", LEAVER, "--format", "json"))
    return {"import": _Measured(nodes, imported), "leave": _Measured(nodes, left)}


def _growth(command: str, smallest: _Measured, first: _Measured, last: _Measured) -> Figure:
    """The exponent of the time beyond start-up: what the same command takes on next to nothing is taken off."""
    more = (last.seconds - smallest.seconds) / max(first.seconds - smallest.seconds, 1e-9)
    larger = (last.nodes - smallest.nodes) / (first.nodes - smallest.nodes)
    exponent = log(max(more, 1e-9)) / log(larger)
    what = f"{command}, growth exponent, {first.nodes:,} to {last.nodes:,}"
    return Figure(what, exponent, exponent, min(len(first.runs), len(last.runs)), "", Target(1.1, "1,000,000"))
