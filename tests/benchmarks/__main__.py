"""`python -m tests.benchmarks`: measure the commands and the store, and hold them against the targets."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.commands import demo, growing, start_up
from tests.benchmarks.figures import Figure, as_json, as_table
from tests.benchmarks.measuring import Effort
from tests.benchmarks.storing import store

_SIZES = (10_000, 100_000)
_FULL = Effort(most=5, seconds=25)
_QUICK = Effort(most=2, seconds=3)
_ONCE = Effort(most=1, seconds=0, warms_up=False)

_NOTES = (
    "Best of the measured runs, after one that is not counted; wall clock; ratios taken in turn in this run.",
    "Growth leaves start-up out: what the same command takes on a stack of next to nothing is taken off;",
    "where that is more than half of the time on the smaller stack, no growth is told.",
    "Not measured yet: everybody's departure at once, bus factors, a million nodes, collecting, the map.",
)


def main() -> int:
    """Always 0: a figure that misses its target is told, not judged."""
    options = _options()
    figures: list[Figure] = []
    with TemporaryDirectory(prefix="stackmap-bench-") as scratch:
        for figure in _measured(Path(scratch), options.sizes, options.effort):
            figures.append(figure)
            sys.stderr.write(f"{'  '.join(cell for cell in figure.cells[:2])}\n")
    sys.stdout.write(as_table(figures, _NOTES))
    if options.json is not None:
        options.json.write_text(as_json(figures, _NOTES), encoding="utf-8")
    return 0


def _measured(folder: Path, sizes: Sequence[int], effort: Effort) -> Iterator[Figure]:
    yield from start_up(folder, effort)
    yield from demo(folder, effort)
    yield from growing(folder, sizes, effort)
    yield from store(folder / "store", sizes[-1], effort)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs, and 10,000 nodes only")
    parser.add_argument("--once", action="store_true", help="one measured run each, to see that it works")
    parser.add_argument("--sizes", type=_sizes, help="nodes of the made-up stacks, such as 10000,100000")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args()
    options.sizes = options.sizes or (_SIZES[:1] if options.quick else _SIZES)
    options.effort = _ONCE if options.once else _QUICK if options.quick else _FULL
    return options


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(size) for size in text.split(",")))


if __name__ == "__main__":
    sys.exit(main())
