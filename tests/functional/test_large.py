"""Large stacks through the commands: right answers, and answers whose size does not explode."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.functional.cli import inside
from tests.functional.large import COLLEAGUE, LEAVER, chain, ladder, write_large
from tests.functional.many_stacks import write_lines

# More edges than SQLite takes variables in one statement (32,766); the benchmarks go to 100,000 nodes.
NODES = 20_000
EDGES = 50_000
SEED = 20261122


def _measured(folder: Path, *command: str) -> str:
    """What a command prints, in a process of its own; seconds and peak memory are told, not judged."""
    began = time.monotonic()
    with (folder / "out").open("w+b") as out:
        process = subprocess.Popen([sys.executable, "-m", "stackmap", *command], cwd=folder, stdout=out)
        _, code, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(code)
        took = time.monotonic() - began
        told = f"{' '.join(command[:2]):<24} {took:6.1f} s, {usage.ru_maxrss / 1024:6.0f} MB at most"
        sys.stdout.write(f"{told}\n")
        assert process.returncode == 0
        out.seek(0)
        return out.read().decode()


def test_a_leaver_among_twenty_thousand_nodes_has_exactly_the_planted_effect(tmp_path: Path) -> None:
    large = write_large(tmp_path / "facts.jsonl", NODES, EDGES, SEED)
    assert (large.counts["node"], large.counts["edge"]) == (NODES, EDGES)
    assert large.counts["grouped"] > EDGES // 10
    assert f"{NODES + EDGES} facts" in _measured(tmp_path, "import", "facts.jsonl", "--quiet")
    answer = json.loads(_measured(tmp_path, "leave", LEAVER, "--format", "json"))
    assert {(row["thing"]["id"], row["outcome"]) for row in answer["outcomes"]} == large.rows
    assert {row["thing"] for row in answer["partial"]} == large.partial
    assert all(row["at_worst"] == "stops" for row in answer["outcomes"] if row["outcome"] == "unknown")


def test_with_the_colleague_gone_too_what_had_a_second_way_has_none_left(tmp_path: Path) -> None:
    large = write_large(tmp_path / "facts.jsonl", NODES // 10, EDGES // 10, SEED)
    assert inside("import", "facts.jsonl", "-q", cwd=tmp_path).code == 0
    alone = inside("leave", LEAVER, "--format", "json", cwd=tmp_path).json()
    assert {(row["thing"]["id"], row["outcome"]) for row in alone["outcomes"]} == large.rows
    together = inside("leave", LEAVER, COLLEAGUE, "--format", "json", cwd=tmp_path).json()
    rows = {row["thing"]["id"]: row["outcome"] for row in together["outcomes"]}
    assert rows["acme/planted/automation/needs-1-0"] == "stops"
    assert rows["acme/planted/integration/two-tokens-0"] == "stops"
    assert rows["acme/planted/dataset/kept-0"] == "starves"


def test_more_edges_than_the_nodes_can_have_are_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="more edges between"):
        write_large(tmp_path / "facts.jsonl", 1_500, 10_000_000, SEED)


def test_a_chain_of_five_thousand_calls_is_answered_in_proportion(tmp_path: Path) -> None:
    length = 5_000  # five times as deep as Python recurses
    write_lines(tmp_path / "facts.jsonl", chain(length))
    assert inside("import", "facts.jsonl", "-q", cwd=tmp_path).code == 0
    done = inside("leave", LEAVER, "--format", "json", cwd=tmp_path)
    answer = done.json()
    assert [row["outcome"] for row in answer["outcomes"]] == ["stops"] * length
    assert all(len(row["because"]) == 1 for row in answer["outcomes"])
    assert len(done.out) < length * 1_500
    told = inside("leave", LEAVER, cwd=tmp_path)
    assert told.code == 0
    assert len(told.out) < 25_000


def test_a_ladder_of_forty_groups_is_answered_in_proportion(tmp_path: Path) -> None:
    rungs = 40
    write_lines(tmp_path / "facts.jsonl", ladder(rungs))
    assert inside("import", "facts.jsonl", "-q", cwd=tmp_path).code == 0
    done = inside("leave", LEAVER, "--format", "json", cwd=tmp_path)
    rows = {row["thing"]["id"]: row for row in done.json()["outcomes"]}
    assert [row["outcome"] for row in rows.values()] == ["stops"] * 2 * rungs
    assert {cause["cause"] for cause in rows["rung-39-a"]["because"]} == {"rung-38-a", "rung-38-b"}
    assert len(done.out) < 2 * rungs * 2_500
    assert len(inside("leave", LEAVER, "--all", cwd=tmp_path).out) < 2 * rungs * 4_000
