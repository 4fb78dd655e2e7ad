"""The demo twice: it makes its own folder anew, and leaves what somebody worked in alone."""

from __future__ import annotations

from pathlib import Path

from tests.functional.cli import inside

MARK = ".stackmap-demo"


def test_a_demo_is_made_anew_until_somebody_works_in_it(tmp_path: Path) -> None:
    assert inside("demo", "--out", "demo", cwd=tmp_path).code == 0
    assert inside("demo", "--out", "demo", cwd=tmp_path).code == 0
    notes = tmp_path / "demo" / "stack.yaml"
    notes.write_text(notes.read_text(encoding="utf-8") + "\n# mine\n", encoding="utf-8")
    refused = inside("demo", "--out", "demo", cwd=tmp_path)
    assert refused.code == 2
    assert "somebody has worked" in refused.notes
    assert notes.read_text(encoding="utf-8").endswith("# mine\n")


def test_a_demo_that_was_interrupted_is_made_anew(tmp_path: Path) -> None:
    assert inside("demo", "--out", "demo", cwd=tmp_path).code == 0
    folder = tmp_path / "demo"
    (folder / MARK).write_text("a demo that was not finished; it may be deleted\n", encoding="utf-8")
    (folder / "stackmap.db").unlink()
    assert inside("demo", "--out", "demo", cwd=tmp_path).code == 0
    assert (folder / "map.html").is_file()


def test_other_peoples_folders_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("dear", encoding="utf-8")
    assert inside("demo", "--out", ".", cwd=tmp_path).code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]
