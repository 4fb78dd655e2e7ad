"""The answers themselves, after loading: one person's departure, everybody's, the exact bus factor of everything."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tests.benchmarks.asking import COMPILE, OPEN
from tests.benchmarks.figures import Figure, Missing, Target, timed
from tests.benchmarks.measuring import Effort, Run, process, repeated
from tests.benchmarks.stacks import write_stack

__all__ = ["answers"]

_ROOT = Path(__file__).resolve().parents[2]
_MEGABYTE = 1_000_000
_SECONDS = 30
"""How long one process may take, and twice what the effort is for one thing."""
_LARGE, _SMALL = 100_000, 10_000
_LEAVING: Mapping[str, Target] = {"leave": Target(1, f"{_LARGE:,}"), "bus-factor --everyone": Target(3, f"{_LARGE:,}")}
_SETS: Mapping[str, Target] = {"bus-factor": Target(3, f"{_SMALL:,}")}


@dataclass(frozen=True, slots=True)
class _Asked:
    run: Run
    steps: Mapping[str, float]


def answers(folder: Path, most: int, effort: Effort) -> Iterator[Figure | Missing]:
    """Departures asked of a stack of a hundred thousand nodes, bus factors of ten thousand, or fewer if `most` says."""
    nodes: dict[Path, int] = {}
    for size, questions in ((min(_LARGE, most), _LEAVING), (min(_SMALL, most), _SETS)):
        workspace = folder / str(size)
        if workspace not in nodes:
            workspace.mkdir(parents=True)
            nodes[workspace] = write_stack(workspace / "facts.jsonl", size)
            process(workspace, "-m", "stackmap", "import", "facts.jsonl", "--quiet")
        yield from _answers(workspace, nodes[workspace], questions, effort)


def _answers(
    workspace: Path, nodes: int, questions: Mapping[str, Target], effort: Effort
) -> Iterator[Figure | Missing]:
    asked: list[_Asked] = []
    seconds = round(_SECONDS + 2 * effort.seconds)

    def ask() -> Run:
        command = ("-m", "tests.benchmarks.asking", str(workspace), str(seconds), *questions)
        run = process(workspace, *command, at=_ROOT)
        asked.append(_Asked(run, json.loads((workspace / "said.txt").read_text(encoding="utf-8"))))
        return run

    repeated(replace(effort, warms_up=False), ask)
    for step, target in ((OPEN, None), (COMPILE, None), *questions.items()):
        what = f"{step}{', after loading' if target else ''}, {nodes:,} nodes"
        aimed = target and Target(target.bound, "" if f"{nodes:,}" == target.at else target.at)
        took = [one.steps[step] for one in asked if step in one.steps]
        yield timed(what, took, "s", aimed) if took else Missing(what, f"not done within {seconds} seconds")
    peaks = [one.run.peak / _MEGABYTE for one in asked]
    yield timed(f"{' and '.join(questions)}: peak memory, {nodes:,} nodes", peaks, "MB")
