"""The benchmark runs and tells what it is meant to. How fast anything is, no test judges."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.figures import Target, as_table, ratio, timed

ROOT = Path(__file__).resolve().parents[2]


def test_a_run_prints_the_table_and_writes_the_same_figures(tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    command = [sys.executable, "-m", "tests.benchmarks", "--once", "--sizes", "300", "--json", str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told = json.loads(file.read_text(encoding="utf-8"))
    assert told["schema"] == "stackmap.bench/1"
    whats = {figure["what"] for figure in told["figures"]}
    assert {"demo, whole", "import, 494 nodes", "leave, 494 nodes, peak memory"} <= whats
    assert all(f"\n{what}  " in done.stdout for what in whats)
    assert all(figure["runs"] and 0 < figure["best"] <= figure["worst"] for figure in told["figures"])


def test_the_best_run_is_held_against_the_target_and_the_worst_is_shown() -> None:
    figures = [
        timed("within", [2.0, 1.0, 4.0], "s", Target(1)),
        timed("beyond", [2.0, 1.5], "s", Target(1)),
        timed("told only", [2.0], "s"),
    ]
    assert [figure.met for figure in figures] == [True, False, None]
    assert [figure.cells[1:] for figure in figures] == [
        ("1.00 s", "to 4.00 s", "3", "at most 1.00 s", "met"),
        ("1.50 s", "to 2.00 s", "2", "at most 1.00 s", "missed"),
        ("2.00 s", "-", "1", "-", ""),
    ]
    assert as_table(figures, ["A note."]).endswith("\n\nA note.\n")


def test_a_ratio_is_that_of_the_best_runs_with_the_worst_round_beside_it() -> None:
    figure = ratio("ours / theirs", [4.0, 3.0], [1.0, 2.0], Target(3, "1,000,000"))
    assert (figure.best, figure.worst) == (3.0, 4.0)
    assert figure.cells[-2:] == ("at most 3.00 x at 1,000,000", "met")
