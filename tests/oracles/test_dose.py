"""Departures from a Debian archive, held against dose-debcheck."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Collection
from pathlib import Path

import pytest

from stackmap.analysis.gates.solve import Solver
from tests.benchmarks.debian import Archive, read_archive
from tests.benchmarks.debian_archive import fetch_archive
from tests.oracles.dose import Dose, broken_in, compare, maintained_alone

_LARGEST = 4
_RANDOM = 4
_SEED = 20261122

ADA = "ada@example.org"
_DEPENDS = {"base": "odd | rest", "tool": "base,\n rest", "rest": "rest", "odd": "absent"}
_STANZA = (
    "Package: {0}\nVersion: 1\nArchitecture: amd64\nSource: {0}\nDepends: {1}\nDescription: made up\n at length\n\n"
)


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """`base` is Ada's, and `tool` needs it; `odd` needs what nothing provides."""
    path = tmp_path / "all"
    path.write_text("".join(_STANZA.format(name, depends) for name, depends in _DEPENDS.items()), encoding="utf-8")
    return path


@pytest.fixture
def archive(packages: Path, tmp_path: Path) -> Archive:
    sources = tmp_path / "Sources"
    sources.write_text(
        f"Package: base\nVersion: 1\nMaintainer: Ada <{ADA}>\n\n"
        f"Package: rest\nVersion: 1\nMaintainer: Ada <{ADA}>, Bo <bo@example.org>\n",
        encoding="utf-8",
    )
    return read_archive(packages, sources)


def test_the_packages_of_one_maintainer_are_those_that_nobody_else_maintains(archive: Archive) -> None:
    assert maintained_alone(archive) == {ADA: {"base"}}


@pytest.mark.parametrize(
    ("before", "after", "both", "only_ours", "only_theirs"),
    [
        (set(), {"tool"}, 2, (), ()),
        ({"odd"}, {"tool", "odd"}, 2, (), ()),
        ({"odd", "tool"}, {"odd"}, 1, (), ()),
        (set(), set(), 1, ("tool",), ()),
        ({"odd"}, {"tool", "odd", "rest"}, 2, (), ("rest",)),
    ],
)
def test_a_difference_is_told_unless_it_was_there_before_anybody_left(
    archive: Archive,
    before: set[str],
    after: set[str],
    both: int,
    only_ours: tuple[str, ...],
    only_theirs: tuple[str, ...],
) -> None:
    def check(deleted: Collection[str]) -> frozenset[str]:
        assert set(deleted) == {"base"}
        return frozenset(after)

    found = compare(archive, Solver(archive.network), ADA, check, before)
    assert (found.alone, found.both, found.only_ours, found.only_theirs) == (1, both, only_ours, only_theirs)


def test_a_report_names_what_is_broken() -> None:
    report = "report:\n -\n  package: tool\n  version: 1\n  status: broken\n -\n  package: g++-12\n  version: 2\n"
    assert broken_in(report) == {"tool", "g++-12"}
    assert broken_in("report:\n") == frozenset()


_DOSE = """\
#!{python}
import pathlib, sys
text = pathlib.Path(sys.argv[-1]).read_text(encoding="utf-8")
lines = [part.replace("\\n ", " ").split("\\n") for part in text.strip().split("\\n\\n")]
stanzas = [dict(line.split(": ") for line in part) for part in lines]
there = {{stanza["Package"] for stanza in stanzas}}
assert sys.argv[-2] == "--deb-native-arch=amd64" and "base" not in there and not "Description" in text, sys.argv
for stanza in stanzas:
    if not there.issuperset(stanza["Depends"].split(", ")):
        print("  package: " + stanza["Package"])
sys.exit({code})
"""


def _dose(folder: Path, packages: Path, code: int) -> Dose:
    program = folder / "dose-debcheck"
    program.write_text(_DOSE.format(python=sys.executable, code=code), encoding="utf-8")
    program.chmod(0o755)
    return Dose(str(program), packages, folder)


def test_dose_is_given_the_archive_without_what_is_deleted(tmp_path: Path, packages: Path) -> None:
    assert _dose(tmp_path, packages, code=1)({"base"}) == {"tool", "odd"}


def test_a_dose_that_fails_is_no_answer(tmp_path: Path, packages: Path) -> None:
    with pytest.raises(RuntimeError, match="dose ended with 64"):
        _dose(tmp_path, packages, code=64)({"base"})


@pytest.mark.live
def test_dose_calls_the_same_packages_lost_as_we_do(tmp_path: Path) -> None:
    """Some ten minutes. `$DOSE_DEBCHECK` names the program, `$DEBIAN_ARCHIVE` a folder that may keep the indices."""
    command = os.environ.get("DOSE_DEBCHECK") or shutil.which("dose-debcheck")
    if command is None:
        pytest.skip("no dose-debcheck found: install dose-distcheck, or name it with DOSE_DEBCHECK=/path/to/it")
    fetched = fetch_archive(Path(os.environ.get("DEBIAN_ARCHIVE") or tmp_path / "archive"))
    if isinstance(fetched, str):
        pytest.skip(f"no archive to compare on: {fetched}")
    archive = read_archive(*fetched)
    solver, check = Solver(archive.network), Dose(command, fetched[0], tmp_path)
    before = check(())
    for person in _chosen(archive, solver):
        found = compare(archive, solver, person, check, before)
        print(f"{person}: {found.alone} alone, {found.both} lost")  # noqa: T201 - shown with -s, or when it fails
        assert not found.only_ours, person
        assert not found.only_theirs, person


def _chosen(archive: Archive, solver: Solver) -> list[str]:
    """Those whose leaving loses most, then some of the others who maintain anything alone."""
    lost = {person: len(solver.leaving([person])) for person in maintained_alone(archive)}
    ranked = sorted(lost, key=lambda person: (-lost[person], person))
    return ranked[:_LARGEST] + random.Random(_SEED).sample(ranked[_LARGEST:], _RANDOM)
