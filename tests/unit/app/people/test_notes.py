"""Notes are put back whole, and never over what somebody wrote meanwhile."""

from pathlib import Path

import pytest

from stackmap.app.people.notes import NotesFile
from stackmap.app.workspace import Workspace
from stackmap.declared import manifest_template
from stackmap.errors import ConfigError


def test_what_somebody_wrote_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "stack.yaml"
    file.write_text("# mine\n", encoding="utf-8")
    notes = NotesFile.read(Workspace(tmp_path))
    file.write_text("# theirs\n", encoding="utf-8")
    assert not notes.put_back("# mine, changed\n")
    assert file.read_text(encoding="utf-8") == "# theirs\n"
    assert NotesFile.read(Workspace(tmp_path)).put_back("# both\n")
    assert file.read_text(encoding="utf-8") == "# both\n"


def test_a_file_that_appears_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    notes = NotesFile.read(Workspace(tmp_path))
    assert notes.text == manifest_template()
    (tmp_path / "stack.yaml").write_text("# theirs\n", encoding="utf-8")
    assert not notes.put_back(notes.text)


def test_the_byte_order_mark_and_line_endings_are_kept(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf# mine\r\n"
    (tmp_path / "stack.yaml").write_bytes(content)
    notes = NotesFile.read(Workspace(tmp_path))
    assert notes.unmarked == "# mine\r\n"
    assert notes.put_back(notes.text)
    assert (tmp_path / "stack.yaml").read_bytes() == content


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "stack.yaml").write_bytes(b"\xff\xfeo\x00")
    with pytest.raises(ConfigError, match="UTF-16"):
        NotesFile.read(Workspace(tmp_path))
