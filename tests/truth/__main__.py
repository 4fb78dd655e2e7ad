"""`python -m tests.truth [--people N --seed S --hard --no-staff-list --examples N]`: the verdict as a table."""

from __future__ import annotations

import argparse
import sys

from tests.truth.company import company
from tests.truth.mix import Mix
from tests.truth.telling import failures, table
from tests.truth.verdict import verdict_on


def main() -> None:
    """Make the company, let identity judge it, judge identity."""
    wanted = _arguments()
    mix = Mix().hard() if wanted.hard else Mix()
    made = company(wanted.people, wanted.seed, mix=mix, staff_list=not wanted.no_staff_list)
    verdict = verdict_on(made)
    lines = [*table(made, verdict)]
    if wanted.examples:
        lines += failures(made, verdict, wanted.examples)
    sys.stdout.write("\n".join(lines) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.truth", description=__doc__)
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--hard", action="store_true", help="twice as much of everything nasty")
    parser.add_argument("--no-staff-list", action="store_true")
    parser.add_argument("--examples", type=int, default=0, help="so many of each class of failure")
    return parser.parse_args()


if __name__ == "__main__":
    main()
