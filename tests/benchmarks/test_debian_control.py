"""Debian's notation: what is read as what, in which order versions stand, and what is refused."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.benchmarks.debian_control import Relation, alternatives, read_stanzas, version_key


def test_versions_sort_as_debian_sorts_them() -> None:
    rising = "1.0~~ 1.0~~a 1.0~ 1.0 1.0-1 1.0-1+b1 1.0-1.1 1.0-2 1.0a-1 1.0+0 1.0-0-9 1.0.1 1.2 1.10 0:2 2a 1:0~ 1:0"
    keys = [version_key(version) for version in rising.split()]
    assert all(lower < higher for lower, higher in pairwise(keys))
    assert version_key("1.0") == version_key("0:1.0-0") == version_key("01.00")


def test_a_relation_is_read_with_all_its_parts() -> None:
    assert alternatives("tool:any (>= 1:2~) | b") == (Relation("tool", "any", ">=", "1:2~"), Relation("b"))


@pytest.mark.parametrize("clause", ["tool (> 1)", "tool [amd64]", "tool <!nocheck>", "tool (>= )", "a |", "tool ("])
def test_what_is_no_relation_of_an_archive_is_refused(clause: str) -> None:
    with pytest.raises(ValueError, match="not a relation between packages"):
        alternatives(clause)


@pytest.mark.parametrize(
    ("text", "line"),
    [("Package: a\nno field\n", 2), (" goes on\n", 1), ("Package: a\nVersion: 1\nPackage: b\n", 3), (": x\n", 1)],
)
def test_a_line_that_is_no_field_is_refused_by_its_number(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "Packages").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=f"Packages, line {line}: "):
        list(read_stanzas(tmp_path / "Packages", {"package"}))
