"""What every command that changes your notes does with the file, and with everything else."""

import shlex
from pathlib import Path

import pytest

from stackmap.declared import manifest_template
from stackmap.declared.yaml_source import parse_yaml
from tests.functional.cli import inside
from tests.functional.people.larkfield import NOTES, Run, notes, refused


def test_a_dry_run_shows_the_change_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    for words in (
        ["merge", "Dana Okafor", "Dana Kim"],
        ["classify", "crm:svc-sync", "human"],
        ["split", "Mia Sorensen", "mail/eu/account/6"],
    ):
        done = run(*words, "--dry-run")
        assert done.code == 0, done.notes
        assert done.out.startswith("--- stack.yaml\n+++ stack.yaml\n@@")
    assert notes(tmp_path) == NOTES


def test_without_notes_the_template_is_written_first(run: Run, tmp_path: Path) -> None:
    (tmp_path / "stack.yaml").unlink()
    assert run("classify", "crm/prod/account/2", "shared").code == 0
    left = [line for line in notes(tmp_path).splitlines() if line not in manifest_template().splitlines()]
    assert left == ["accounts:", "  crm/prod/account/2:", "    type: shared"]
    assert (tmp_path / "stack.yaml").stat().st_mode & 0o777 == 0o600


def test_a_stack_yaml_that_is_a_link_stays_one(run: Run, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere.yaml"
    (tmp_path / "stack.yaml").rename(real)
    (tmp_path / "stack.yaml").symlink_to(real)
    assert run("classify", "crm/prod/account/2", "shared").code == 0
    assert (tmp_path / "stack.yaml").is_symlink()
    assert "type: shared" in real.read_text(encoding="utf-8")


def test_the_store_is_not_touched(run: Run, tmp_path: Path) -> None:
    before = (tmp_path / "stackmap.db").read_bytes()
    for words in (["merge", "Dana Okafor", "Dana Kim"], ["classify", "crm:svc-sync", "shared"], ["suggest"]):
        assert run(*words).code == 0
    assert (tmp_path / "stackmap.db").read_bytes() == before


def test_a_write_protected_file_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "stack.yaml").chmod(0o444)
    assert "stack.yaml is write-protected; nothing was written" in refused(
        run("classify", "crm:svc-sync", "shared"), tmp_path
    )
    assert run("classify", "crm:svc-sync", "shared", "--dry-run").code == 0
    (tmp_path / "stack.yaml").chmod(0o644)
    assert run("classify", "crm:svc-sync", "shared").code == 0


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n"])
def test_empty_notes_take_an_entry(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "stack.yaml").write_text(text, encoding="utf-8")
    assert run("classify", "crm/prod/account/2", "shared").code == 0
    assert parse_yaml(notes(tmp_path), "x").data == {"accounts": {"crm/prod/account/2": {"type": "shared"}}}


@pytest.mark.parametrize(
    "words",
    [
        ["show", "Dana Okafro"],
        ["erase", "Dana Okafro"],
        ["merge", "Dana Kim", "Dana Okafro"],
        ["split", "Dana Okafro", "x"],
    ],
)
def test_a_mistyped_name_is_answered_with_the_nearest_and_what_to_type(
    run: Run, tmp_path: Path, words: list[str]
) -> None:
    why = refused(run(*words), tmp_path)
    assert "dana-okafor   Dana Okafor   d.okafor@larkfield.test" in why
    meant = shlex.join("dana-okafor" if word == "Dana Okafro" else word for word in words)
    assert f"Try: stackmap people {meant}\n" in why


@pytest.mark.parametrize("words", [["merge", "a", "b"], ["split", "a", "b"], ["classify", "a", "shared"], ["suggest"]])
def test_without_a_reading_it_is_said_how_to_make_one(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "stack.yaml").write_text(NOTES, encoding="utf-8")
    assert "run `stackmap collect` or `stackmap import`" in refused(inside("people", *words, cwd=tmp_path), tmp_path)
