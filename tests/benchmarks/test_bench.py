"""The benchmark runs and tells what it is meant to. How fast anything is, no test judges."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks.figures import Missing, Target, as_json, as_table, growth, ratio, timed, times_as_fast

ROOT = Path(__file__).resolve().parents[2]


def test_a_run_prints_the_table_and_writes_the_same_figures(tmp_path: Path) -> None:
    file, picture = tmp_path / "figures.json", tmp_path / "departures.svg"
    parts = "commands,answers,store,departures"  # all that need nothing but this machine, and no minute
    options = ["--once", "--sizes", "300", "--only", parts, "--json", str(file), "--picture", str(picture)]
    command = [sys.executable, "-m", "tests.benchmarks", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told = json.loads(file.read_text(encoding="utf-8"))
    assert told["schema"] == "stackmap.bench/1"
    whats = {figure["what"] for figure in told["figures"]}
    assert {"import, 494 nodes", "leave, 494 nodes, peak memory", "bus-factor, after loading, 494 nodes"} <= whats
    assert {"everybody's departure, 300: the gates as arrays alone", "save, 494 nodes"} <= whats
    assert all(f"\n{what}  " in done.stdout for what in whats)
    assert all(figure["runs"] and 0 < figure["best"] <= figure["worst"] for figure in told["figures"])
    ours = {row["method"]: row for row in told["departures"]}["ours, plain Python"]
    assert (ours["network"], ours["people"], ours["pairs_found"]) == ("300", 6, ours["pairs"])
    assert "\nours, plain Python  " in done.stdout
    assert "ours, plain Python</text>" in picture.read_text(encoding="utf-8")


def test_what_could_not_be_measured_is_told_with_its_reason() -> None:
    missing = [Missing("everybody's departure, Debian", "there is no apt-get on this machine")]
    told = json.loads(as_json([], [], missing=missing))
    assert told["not_measured"] == [{"what": missing[0].what, "why": missing[0].why}]
    said = "Not measured: everybody's departure, Debian: there is no apt-get on this machine.\nA note.\n"
    assert as_table([], ["A note."], missing=missing).endswith(said)


def test_how_many_times_as_fast_is_held_against_the_least_it_has_to_be() -> None:
    figure = times_as_fast("ours, as fast as theirs", [2.0, 1.0], [9.0, 4.0, 8.0], Target(5, least=True))
    assert (figure.best, figure.worst, figure.met) == (4.0, 4.0, False)
    assert figure.cells[1:] == ("4.0 times", "to 4.0 times", "2", "at least 5.0 times", "missed")
    assert replace(figure, target=Target(4, least=True)).met


def test_a_time_that_grows_as_the_square_has_the_exponent_two() -> None:
    assert growth((10, 0.5), (1_000, 5_000.0)) == pytest.approx(2)


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
