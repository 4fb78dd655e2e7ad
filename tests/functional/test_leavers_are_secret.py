"""Who was asked about is written down nowhere."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from stackmap.app.shared_places import shared_place
from tests.functional.cli import contents, inside, stackmap

EXAMPLES = Path(__file__).parents[2] / "examples"
LEAVERS = ("Dana Okafor", "Ravi Menon")
PLACES = ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    folder.mkdir()
    shutil.copy(EXAMPLES / "stack.yaml", folder)
    assert inside("import", EXAMPLES / "facts.jsonl", cwd=folder).code == 0
    return folder


@pytest.mark.parametrize("way", ["named", "listed", "standard input"])
def test_a_departure_leaves_the_workspace_and_the_machine_as_they_were(folder: Path, way: str) -> None:
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    before = contents(folder), folder.stat().st_mtime_ns
    names = "\n".join(LEAVERS)
    (folder.parent / "list.txt").write_text(names, encoding="utf-8")
    options: dict[str, tuple[str, ...]] = {
        "named": LEAVERS,
        "listed": ("--file", str(folder.parent / "list.txt")),
        "standard input": ("--file", "-"),
    }
    places = {name: str(elsewhere) for name in PLACES} | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = stackmap("leave", *options[way], cwd=folder, env=places, stdin=names)
    assert done.code == 0, done.notes
    assert "Dana Okafor" in done.out
    assert (contents(folder), folder.stat().st_mtime_ns) == before
    assert os.listdir(elsewhere) == []


@pytest.mark.parametrize("command", [("leave", "Dana Okafor", "Nobody At All"), ("leave", *LEAVERS, "--how", "x")])
def test_a_departure_that_is_refused_leaves_nothing_either(folder: Path, command: tuple[str, ...]) -> None:
    before = contents(folder)
    assert inside(*command, cwd=folder).code == 2
    assert contents(folder) == before


def test_later_answers_do_not_know_who_was_asked_about(folder: Path) -> None:
    others = (("export", "facts"), ("check", "--fail-on", "never"), ("bus-factor",), ("people",))
    before = [inside(*command, cwd=folder).out for command in others]
    assert inside("leave", *LEAVERS, "-o", folder.parent / "answer.json", cwd=folder).code == 0
    assert [inside(*command, cwd=folder).out for command in others] == before


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("where", ["printed", "outside"])
@pytest.mark.parametrize("hidden", [(), ("--pseudonymise",)])
def test_the_workspace_is_the_same_bytes_whatever_the_answer(
    folder: Path, form: str, where: str, hidden: tuple[str, ...]
) -> None:
    output = () if where == "printed" else ("-o", str(folder.parent / "answer"))
    before = contents(folder), folder.stat().st_mtime_ns
    done = inside("leave", "--file", "-", "-f", form, *output, *hidden, cwd=folder, stdin="\n".join(LEAVERS))
    assert done.code == 0, done.notes
    assert (contents(folder), folder.stat().st_mtime_ns) == before


def test_a_list_is_read_from_a_file_and_left_as_it_is(folder: Path) -> None:
    listed = folder.parent / "list.txt"
    listed.write_text("\n".join(LEAVERS), encoding="utf-8")
    before = contents(folder.parent)
    done = inside("leave", "--file", listed, cwd=folder)
    assert (done.code, done.notes) == (0, "")
    assert contents(folder.parent) == before


MARKED = {
    "git": (".git/HEAD", "a git work tree"),
    "linked git work tree": (".git", "a git work tree"),
    "Dropbox": (".dropbox.cache/x", "a Dropbox folder"),
    "Syncthing": (".stfolder/x", "a Syncthing folder"),
    "Nextcloud": (".sync_0123abcd.db", "a Nextcloud folder"),
}


@pytest.mark.parametrize("name", MARKED)
@pytest.mark.parametrize("below", ["", "deep/down"])
def test_a_place_that_is_shared_is_known_by_what_lies_in_it(tmp_path: Path, name: str, below: str) -> None:
    mark, says = MARKED[name]
    (tmp_path / "top" / mark).parent.mkdir(parents=True)
    (tmp_path / "top" / mark).touch()
    place = tmp_path / "top" / below
    place.mkdir(parents=True, exist_ok=True)
    assert shared_place(place / "answer.txt") == says
    assert shared_place(tmp_path / "answer.txt") == ""


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("OneDrive", "a OneDrive folder"),
        ("OneDrive - Larkfield", "a OneDrive folder"),
        ("Dropbox", "a Dropbox folder"),
        ("Dropbox (Larkfield)", "a Dropbox folder"),
        ("Google Drive", "a Google Drive folder"),
        ("iCloud Drive", "an iCloud folder"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "an iCloud folder"),
        ("Library/CloudStorage/OneDrive-Larkfield", "a folder that a cloud service keeps in step"),
        ("Box", "a Box folder"),
        ("Nextcloud", "a Nextcloud folder"),
        ("Boxes", ""),
        ("my-dropbox-notes", ""),
        ("digit", ""),
    ],
)
def test_a_place_that_is_shared_is_known_by_its_usual_name(tmp_path: Path, name: str, says: str) -> None:
    assert shared_place(tmp_path / name / "answer.txt") == says


def test_writing_into_a_shared_place_warns_and_still_writes(folder: Path) -> None:
    place = folder.parent / "Dropbox"
    place.mkdir()
    done = inside("leave", *LEAVERS, "-o", place / "answer.txt", cwd=folder)
    assert done.code == 0
    assert "careful: this answer lies in what looks like a Dropbox folder" in done.notes
    assert "Dana Okafor" in (place / "answer.txt").read_text(encoding="utf-8")
    assert not set(LEAVERS) & set(done.notes.splitlines())


@pytest.mark.parametrize("name", ["nowhere/answer.txt", "stack.yaml", "."])
def test_what_cannot_be_written_is_refused_and_warned_of_by_nobody(folder: Path, name: str) -> None:
    place = folder.parent / "Dropbox"
    place.mkdir()
    done = inside("leave", *LEAVERS, "-o", place / name, cwd=folder)
    assert done.code == 2
    assert "careful" not in done.notes


def test_all_lists_of_leavers_count(folder: Path) -> None:
    one, *others = LEAVERS
    listed = folder.parent / "list.txt"
    listed.write_text(one, encoding="utf-8")
    lists = ("--file", listed, "--file", "-", "-f", "json")
    both = inside("leave", *lists, cwd=folder, stdin="\n".join(others)).json()
    assert both["leavers"] == inside("leave", *LEAVERS, "-f", "json", cwd=folder).json()["leavers"]


def test_a_list_that_lies_in_a_shared_place_is_warned_of(folder: Path) -> None:
    (folder.parent / ".git").mkdir()
    listed = folder.parent / "list.txt"
    listed.write_text("\n".join(LEAVERS), encoding="utf-8")
    done = inside("leave", "--file", listed, cwd=folder)
    assert done.code == 0
    assert "careful: the list of names lies in what looks like a git work tree" in done.notes


def test_answers_to_the_standard_output_warn_of_nothing(folder: Path) -> None:
    (folder.parent / ".git").mkdir()
    assert inside("leave", *LEAVERS, "-o", "-", cwd=folder).notes == ""


def test_the_help_says_that_the_shell_remembers_names(folder: Path) -> None:
    told = " ".join(inside("leave", "--help", cwd=folder).out.split())
    assert "names on the command line stay in your shell's history" in told
