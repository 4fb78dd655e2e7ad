"""`python -m tests.benchmarks`: commands, answers, store and the gates beside graph libraries, against the targets."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from tests.benchmarks.answers import answers
from tests.benchmarks.commands import demo, growing, start_up
from tests.benchmarks.contests import debian, harder, made_up, memory
from tests.benchmarks.figures import Doing, Figure, Missing, as_json, as_table
from tests.benchmarks.measuring import Effort, copy_bandwidth
from tests.benchmarks.picture import as_svg
from tests.benchmarks.racing import Race
from tests.benchmarks.standings import DEBIAN, as_grid, as_rows, distances, growths, speed_ups, unmeasured
from tests.benchmarks.storing import store

_SIZES = (10_000, 100_000)
_NETWORKS = (1_000, 10_000, 100_000, 1_000_000)
_PARTS = ("demo", "commands", "answers", "store", "departures", "debian")

_NOTES = (
    "Best of the measured runs, after one that is not counted; wall clock; ratios taken in turn in this run.",
    "Growth of commands leaves start-up out: what the same command takes on a stack of next to nothing is taken off;",
    "where that is more than half of the time on the smaller stack, no growth is told.",
    "Everybody's departure: making graphs and gates ready is not part of it, it stands in --json. All are asked the",
    "quickest way we know of (tests/benchmarks/peers.py), and held against the losses that a plain worklist finds.",
    "Not measured yet: collecting, the map.",
)

_Told: TypeAlias = Figure | Missing | Race | Doing


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is measured, and how often: `effort` of what takes a process each, `races` of what happens in this one."""

    sizes: Sequence[int]
    networks: Sequence[int]
    parts: Sequence[str]
    effort: Effort
    races: Effort


@dataclass(slots=True)
class _Report:
    """What was measured so far."""

    began: float = field(default_factory=time.monotonic)
    figures: list[Figure] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    races: list[Race] = field(default_factory=list)

    def add(self, one: _Told) -> None:
        """Take one more in, and say so to whoever waits, with the minutes that have gone by."""
        if isinstance(one, Doing):
            said = f"{one.what} ..."
        elif isinstance(one, Figure):
            self.figures.append(one)
            said = f"{one.what}  {one.cells[1]}"
        elif isinstance(one, Missing):
            self.missing.append(one)
            said = f"not measured: {one.what}: {one.why}"
        else:
            self.races.append(one)
            said = f"everybody's departure, {one.shape.name}"
        minutes, seconds = divmod(int(time.monotonic() - self.began), 60)
        sys.stderr.write(f"{minutes:2}:{seconds:02}  {said}\n")

    def conclude(self) -> None:
        """What follows from the races together."""
        self.missing.extend(unmeasured(self.races))
        self.figures.extend(speed_ups(self.races))
        self.figures.extend(growths(self.races))
        bandwidth = copy_bandwidth() if self.races else 0.0
        for race in self.races[-2:]:
            self.figures.extend(distances(race, bandwidth))


def main() -> int:
    """Always 0: a figure that misses its target is told, not judged."""
    options = _options()
    report = _Report()
    with TemporaryDirectory(prefix="stackmap-bench-") as scratch:
        for one in _measured(Path(scratch), _plan(options)):
            report.add(one)
    report.conclude()
    rows = as_rows(report.races)
    grids = [as_grid(report.races)] if report.races else []
    sys.stdout.write(as_table(report.figures, _NOTES, missing=report.missing, grids=grids))
    if options.json is not None:
        told = as_json(report.figures, _NOTES, missing=report.missing, departures=rows)
        options.json.write_text(told, encoding="utf-8")
    if options.picture is not None:
        options.picture.write_text(as_svg(rows), encoding="utf-8")
    return 0


def _measured(folder: Path, plan: _Plan) -> Iterator[_Told]:
    if "demo" in plan.parts:
        yield from demo(folder, plan.effort)
    if "commands" in plan.parts:
        yield from start_up(folder, plan.effort)
        yield from growing(folder, plan.sizes, plan.effort)
    if "answers" in plan.parts:
        yield from answers(folder / "answers", plan.sizes[-1], plan.effort)
    if "store" in plan.parts:
        yield from store(folder / "store", plan.sizes[-1], plan.effort)
    if "departures" in plan.parts:
        yield from harder(plan.networks, plan.races)
        yield from made_up(plan.networks, plan.races)
        yield from memory(folder / "memory", plan.networks[-1])
    if "debian" in plan.parts:
        yield from debian(folder / "debian", plan.races)


def _plan(options: argparse.Namespace) -> _Plan:
    short = options.quick or options.once
    if options.once:
        effort = races = Effort(most=1, seconds=0, warms_up=False)
    elif options.quick:
        effort, races = Effort(most=2, seconds=3), Effort(most=5, seconds=3)
    else:
        effort, races = Effort(most=5, seconds=15), Effort(most=9, seconds=40)
    sizes = options.sizes or (_SIZES[:1] if short else _SIZES)
    networks = options.networks or options.sizes or (_NETWORKS[:2] if short else _NETWORKS)
    parts = options.only or (_PARTS[:-1] if short else _PARTS)
    return _Plan(sizes, networks, parts, effort, races)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"fewer runs, small stacks only, no {DEBIAN}")
    parser.add_argument("--once", action="store_true", help="one measured run each, to see that it works")
    parser.add_argument("--sizes", type=_sizes, help="nodes of the made-up stacks, such as 10000,100000")
    parser.add_argument("--networks", type=_sizes, help="nodes of the made-up gate networks; as --sizes unless given")
    parser.add_argument("--only", type=_parts, metavar="PARTS", help=f"some of {','.join(_PARTS)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="draw everybody's departure there, as SVG")
    return parser.parse_args()


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(size) for size in text.split(",")))


def _parts(text: str) -> tuple[str, ...]:
    parts = tuple(text.split(","))
    if unknown := [part for part in parts if part not in _PARTS]:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: only {', '.join(_PARTS)}")
    return parts


if __name__ == "__main__":
    sys.exit(main())
