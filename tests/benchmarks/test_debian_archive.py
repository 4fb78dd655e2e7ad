"""The machine's own suite is asked of its own apt, which is made up here; what cannot be had is told."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.debian_archive import fetch_archive, with_sources


def test_an_entry_of_apts_newer_notation_is_narrowed_and_keeps_its_key(tmp_path: Path) -> None:
    file = tmp_path / "own.sources"
    file.write_text(
        "# first\nTypes: deb\nURIs: http://a.example\nSuites: one\nComponents: main\n\n"
        "Types: deb\n# between\nURIs: http://b.example\nSuites: two\n three\nComponents: main contrib\n"
        "Signed-By:\n -----BEGIN\n .\n key\n",
        encoding="utf-8",
    )
    assert with_sources(f"{file}:2", "three") == (
        "Types: deb deb-src\nSuites: three\nComponents: main\n"
        "URIs: http://b.example\nSigned-By:\n -----BEGIN\n .\n key\n"
    )


def test_a_line_of_apts_older_notation_is_narrowed_and_keeps_its_options(tmp_path: Path) -> None:
    file = tmp_path / "own.list"
    file.write_text("# first\n\ndeb [ trusted=yes ] http://a.example three main contrib # x\n", encoding="utf-8")
    assert with_sources(f"{file}:3", "three").splitlines() == [
        "deb [ trusted=yes ] http://a.example three main",
        "deb-src [ trusted=yes ] http://a.example three main",
    ]


_APT = """\
#!{python}
import pathlib, sys
command, *options = sys.argv[1:]
if command == "update" and {fails}:
    sys.exit("E: nobody answers")
if command == "update":
    pathlib.Path("{folder}/Packages").touch()
elif options[0] == "--format":
    print("Packages|main|three|three|{folder}/own.list:1|/machine/Packages")
else:
    print("Packages|main|three|three|x:1|{folder}/Packages")
    print("Packages|main|three|three|x:1|{folder}/another-architecture")
    print("Translations|main|three|three|x:1|{folder}/Translation-en")
    print("Sources|main|three|three|x:1|{folder}/{sources}")
"""


def _fetched_by(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    suite: str = "three",
    fails: bool = False,
    sources: str = "own.list",
) -> tuple[Path, Path] | str:
    """What is fetched on a machine with this suite and this apt, which is made up."""
    (folder / "own.list").write_text("deb http://a.example three main\n", encoding="utf-8")
    apt = folder / "apt-get"
    apt.write_text(_APT.format(python=sys.executable, folder=folder, fails=fails, sources=sources), encoding="utf-8")
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr("platform.freedesktop_os_release", lambda: {"VERSION_CODENAME": suite})  # not this machine's
    return fetch_archive(folder / "private")


def test_the_indices_are_those_that_apt_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _fetched_by(tmp_path, monkeypatch) == (tmp_path / "Packages", tmp_path / "own.list")
    private = tmp_path / "private"
    assert (private / "own.list").read_text(encoding="utf-8").startswith("deb http://a.example three main\ndeb-src ")
    assert f'sourcelist "{private}/own.list"' in (private / "apt.conf").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("machine", "reason"),
    [
        ({"suite": "four"}, "apt on this machine knows no index of four, main"),
        ({"fails": True}, "apt-get update failed: E: nobody answers"),
        ({"sources": "nowhere"}, "apt brought no Sources of three"),
    ],
)
def test_what_cannot_be_fetched_is_told_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, machine: dict[str, Any], reason: str
) -> None:
    assert _fetched_by(tmp_path, monkeypatch, **machine) == reason


def test_a_machine_without_apt_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert fetch_archive(tmp_path) == "there is no apt-get on this machine"
