"""A change of the notes starts again where the file changes under it, and gives up politely."""

from pathlib import Path

import pytest

from stackmap.app.opening import Reading
from stackmap.app.people.changing import Plan, change_notes
from stackmap.app.workspace import Workspace
from stackmap.declared.editing import account_changes
from stackmap.errors import ConfigError, UsageError
from tests.support.workspaces import reading_of

PICTURE = "crm/prod/account/1:Account"


def written(folder: Path) -> str:
    return (folder / "stack.yaml").read_text(encoding="utf-8")


class Colleague:
    """Plans a change, and writes a line of their own into the notes while doing so, some times."""

    def __init__(self, folder: Path, times: int) -> None:
        self.folder, self.times, self.asked = folder, times, 0

    def __call__(self, reading: Reading) -> Plan:
        self.asked += 1
        if self.asked <= self.times:
            (self.folder / "stack.yaml").write_text(f"# line {self.asked}\n", encoding="utf-8")
        return Plan(account_changes("crm/prod/account/1", kind="shared"), lambda before, after: [])


def test_a_change_that_is_overtaken_starts_again_on_the_new_file(tmp_path: Path) -> None:
    reading_of(tmp_path, PICTURE, notes="# line 0\n")
    colleague = Colleague(tmp_path, 2)
    changed = change_notes(Workspace(tmp_path), colleague)
    assert colleague.asked == 3
    assert changed.written
    assert written(tmp_path) == "# line 2\n\naccounts:\n  crm/prod/account/1:\n    type: shared\n"


def test_a_file_that_never_rests_is_left_alone(tmp_path: Path) -> None:
    reading_of(tmp_path, PICTURE, notes="# line 0\n")
    with pytest.raises(ConfigError, match="nothing was written, try again"):
        change_notes(Workspace(tmp_path), Colleague(tmp_path, 99))
    assert written(tmp_path) == "# line 5\n"


def test_what_would_not_do_what_was_asked_for_is_not_written(tmp_path: Path) -> None:
    reading_of(tmp_path, PICTURE, notes="# mine\n")

    def plan(reading: Reading) -> Plan:
        return Plan(account_changes("crm/prod/account/1", kind="shared"), lambda before, after: ["it would be wrong"])

    with pytest.raises(UsageError, match="it would be wrong\nNothing was written"):
        change_notes(Workspace(tmp_path), plan)
    assert written(tmp_path) == "# mine\n"
