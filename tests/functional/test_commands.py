"""The commands from the outside: answers, exit codes, and what they leave in the workspace."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.functional.cli import contents, inside, stackmap

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workspace")
    shutil.copy(EXAMPLES / "stack.yaml", folder)
    done = inside("import", EXAMPLES / "facts.jsonl", cwd=folder)
    assert done.code == 0, done.notes
    return folder


READING = (
    ("leave", "Dana Okafor"),
    ("leave", "Dana Okafor", "--how", "changes-role"),
    ("bus-factor",),
    ("bus-factor", "--format", "json"),
    ("bus-factor", "--everyone"),
    ("bus-factor", "--everyone", "--format", "json"),
    ("bus-factor", "--second-holders"),
    ("check", "--fail-on", "never"),
    ("check", "--fail-on", "never", "--format", "md"),
    ("people",),
    ("people", "--format", "json"),
    ("people", "--format", "csv"),
)
ANYWHERE = (
    ("leave", "Dana Okafor", "--format", "json"),
    ("bus-factor", "--format", "csv"),
    ("bus-factor", "--second-holders", "--format", "json"),
    ("check", "--fail-on", "never", "--format", "json"),
    ("export", "facts"),
)


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_reading_commands_leave_the_workspace_byte_for_byte(workspace: Path, command: tuple[str, ...]) -> None:
    before = contents(workspace)
    one, two = (inside(*command, cwd=workspace) for _ in range(2))
    assert one.code == 0, one.notes
    assert one == two
    assert contents(workspace) == before


@pytest.mark.parametrize("command", ANYWHERE, ids=" ".join)
def test_answers_depend_on_no_time_zone_locale_or_order_of_hashing(workspace: Path, command: tuple[str, ...]) -> None:
    before = contents(workspace)
    one = stackmap(*command, cwd=workspace, env={"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "3"})
    two = stackmap(*command, cwd=workspace, env={"TZ": "America/Adak", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "7"})
    assert one.code == 0, one.notes
    assert one.out == two.out
    assert contents(workspace) == before


def test_the_map_is_the_same_twice_and_touches_nothing_but_its_file(workspace: Path, tmp_path: Path) -> None:
    before = contents(workspace)
    pages = []
    for name, zone, seed in (("a.html", "Pacific/Kiritimati", "3"), ("b.html", "America/Adak", "7")):
        env = {"TZ": zone, "PYTHONHASHSEED": seed}
        done = stackmap("map", "-o", tmp_path / name, cwd=workspace, env=env)
        assert done.code == 0, done.notes
        pages.append((tmp_path / name).read_bytes())
    assert pages[0] == pages[1]
    assert (tmp_path / "a.html").stat().st_mode & 0o077 == 0
    assert contents(workspace) == before


def test_every_answer_opens_with_what_was_read_and_ends_with_what_was_not(workspace: Path) -> None:
    for command in (("leave", "Dana Okafor"), ("bus-factor",), ("check", "--fail-on", "never"), ("people",)):
        answer = inside(*command, cwd=workspace).out
        assert answer.startswith("Read: webinars-by-hand 1 of 2 lists")
    assert "tokens: denied" in inside("leave", "Dana Okafor", cwd=workspace).out


def test_an_ambiguous_or_unknown_person_is_refused_with_candidates(workspace: Path) -> None:
    nobody = inside("leave", "Nobody At All", cwd=workspace)
    assert nobody.code == 2
    assert "nobody here is called" in nobody.notes
    assert inside("leave", cwd=workspace).code == 2


def test_leavers_may_come_from_standard_input(workspace: Path) -> None:
    listed = inside("leave", "--file", "-", cwd=workspace, stdin="# the list\nDana Okafor\nr.menon@larkfield.test\n")
    named = inside("leave", "Dana Okafor", "Ravi Menon", cwd=workspace)
    assert listed.code == 0
    assert listed.out == named.out


def test_findings_end_with_one_and_missing_lists_with_three_where_asked(workspace: Path) -> None:
    assert inside("check", "--fail-on", "low", cwd=workspace).code == 1
    assert inside("leave", "Dana Okafor", "--require-complete", cwd=workspace).code == 3


def test_a_workspace_without_readings_says_what_to_do(tmp_path: Path) -> None:
    done = inside("leave", "Dana", cwd=tmp_path)
    assert done.code == 2
    assert "stackmap collect" in done.notes
    assert "Traceback" not in done.notes
    assert list(tmp_path.iterdir()) == []


def test_init_writes_commented_files_and_keeps_existing_ones(tmp_path: Path) -> None:
    (tmp_path / "stack.yaml").write_text("people: {}\n")
    assert inside("init", "--yes", cwd=tmp_path).code == 0
    assert (tmp_path / "stack.yaml").read_text() == "people: {}\n"
    assert "n8n" in (tmp_path / "stackmap.yaml").read_text()
    assert inside("collect", cwd=tmp_path).code == 2


def test_a_bad_line_is_named_and_nothing_is_stored(tmp_path: Path) -> None:
    lines = (EXAMPLES / "facts.jsonl").read_text().splitlines()
    lines[5] = lines[5].replace('"Account"', '"Acount"')
    (tmp_path / "facts.jsonl").write_text("\n".join(lines))
    done = inside("import", "facts.jsonl", cwd=tmp_path)
    assert done.code == 2
    assert "line 6" in done.notes
    assert not (tmp_path / "stackmap.db").exists()
    skipped = inside("import", "facts.jsonl", "--skip-bad", cwd=tmp_path)
    assert skipped.code == 0
    assert "line 6" in skipped.out


NAMED = """
people:
  dana: {name: Dana Okafor}
things:
  HubSpot sync: {owner: dana, means: leads}
  %s: {owner: dana, means: leads}
"""


def test_a_note_that_met_nothing_is_told_by_what_reads_and_by_check(tmp_path: Path) -> None:
    (tmp_path / "stack.yaml").write_text(NAMED % "Webinar Registrants")
    done = inside("import", EXAMPLES / "facts.jsonl", cwd=tmp_path)
    assert "1 of your notes has met nothing yet." in done.out, done
    for form in ("text", "md"):
        checked = inside("check", "--fail-on", "never", "--format", form, cwd=tmp_path).out
        assert "Your notes that met nothing" in checked
        assert "stack.yaml:5" in checked
        assert "stack.yaml:6" not in checked


def test_where_every_note_meets_something_nothing_is_told(workspace: Path) -> None:
    assert "met nothing" not in inside("check", "--fail-on", "never", cwd=workspace).out


def test_help_shows_examples_for_every_command() -> None:
    here = Path.cwd()
    for command in (
        "leave",
        "bus-factor",
        "check",
        "collect",
        "import",
        "export",
        "map",
        "demo",
        "doctor",
        "people",
        "sandbox",
        "explain",
    ):
        assert f"stackmap {command}" in inside(command, "--help", cwd=here).out
