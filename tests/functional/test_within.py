"""`stackmap bus-factor --within`: what is proven when the time is over, and what to do about the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.cli import inside
from tests.functional.many_stacks import write_lines
from tests.support.rings import crowded


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ring")
    source = {"type": "source", "name": "ring", "taken_at": "2026-11-22T09:00:00Z"}
    write_lines(folder / "facts.jsonl", [source, *crowded()])
    assert inside("import", "facts.jsonl", "-q", cwd=folder).code == 0
    return folder


def test_no_time_leaves_numbers_open_and_says_so_in_every_form(ring: Path) -> None:
    text = inside("bus-factor", "--within", "0", cwd=ring)
    assert text.code == 0
    assert "wide0 · running at least 4, at most 7, not proven" in " ".join(text.out.split())
    assert "run again with --within 120" in " ".join(text.out.split())
    [wide] = [
        one
        for one in inside("bus-factor", "--within", "0", "--format", "json", cwd=ring).json()["things"]
        if one["id"] == "wide0"
    ]
    assert (wide["proven"], wide["minimal_sets"], wide["bus_factor_at_most"]) == (False, [], 7)
    proven = next(one for one in wide["unproven"] if (one["number"], one["at_worst"]) == ("running", False))
    assert (proven["at_least"], proven["at_most"], len(proven["found"])) == (4, 7, 7)
    assert "4 to 7" in inside("bus-factor", "--within", "0", "--format", "csv", cwd=ring).out


def test_with_time_enough_the_answer_is_the_one_without_a_limit(ring: Path) -> None:
    asked = [inside("bus-factor", *limit, "--format", "json", cwd=ring).out for limit in ((), ("--within", "600"))]
    assert asked[0] == asked[1]
    assert "unproven" not in asked[0]


@pytest.mark.parametrize("question", ["--everyone", "--second-holders"])
def test_a_limit_for_a_question_that_does_not_search_is_refused(ring: Path, question: str) -> None:
    done = inside("bus-factor", question, "--within", "5", cwd=ring)
    assert done.code == 2
    assert "--within" in done.notes
