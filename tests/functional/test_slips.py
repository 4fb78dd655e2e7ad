"""The walk of the first evening with two slips of the fingers in the notes: nothing looks safe because of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.cli import inside

EVENING = Path(__file__).resolve().parents[2] / "examples" / "first-evening"
TOMAS, OWEN, GRACE = "Tomas Lindqvist", "Owen Brandt", "Grace Adeyemi"
OWNER = (
    'stack.yaml:6 "o.brand@fernhill.test": nobody on any list that was read has this address; '
    'did you mean "o.brandt@fernhill.test"?'
)
LOGIN = (
    'stack.yaml:11 "crm:t.lindquist@fernhill.test": no such login was read in Salesforce (not every login there was '
    'read, so it may exist all the same); did you mean "crm:t.lindqvist@fernhill.test"?'
)
NEAR = "1 of your notes met nothing that was read, and may be about who leaves here. To see it: stackmap check"


@pytest.fixture(name="folder", scope="module")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("slips")
    notes = (EVENING / "stack.yaml").read_text(encoding="utf-8")
    slips = notes.replace("crm:t.lindqvist", "crm:t.lindquist").replace("owner: o.brandt", "owner: o.brand", 1)
    (folder / "stack.yaml").write_text(slips, encoding="utf-8")
    for file, *more in (("staff-2026-11-16.csv",), ("salesforce-users-2026-11-18.csv", "--dates", "MDY")):
        done = inside("import", EVENING / file, *more, cwd=folder)
        assert done.code == 0, done.notes
    return folder


def _words(folder: Path, *arguments: str) -> str:
    """An answer on one line."""
    return " ".join(inside(*arguments, cwd=folder).out.split())


def test_check_tells_both_with_line_and_nearest(folder: Path) -> None:
    told = _words(folder, "check")
    assert OWNER in told
    assert LOGIN in told


@pytest.mark.parametrize("who", [TOMAS, OWEN])
def test_leave_says_at_its_end_that_a_note_may_be_about_a_leaver(folder: Path, who: str) -> None:
    assert _words(folder, "leave", who).endswith(NEAR)


def test_leave_says_nothing_to_whom_the_notes_do_not_come_near(folder: Path) -> None:
    assert "met nothing" not in _words(folder, "leave", GRACE)


def test_under_stand_ins_no_name_is_in_what_is_told(folder: Path) -> None:
    told = _words(folder, "check", "--pseudonymise") + _words(folder, "leave", OWEN, "--pseudonymise")
    assert NEAR in told
    assert '"crm:' in told
    assert "fernhill.test" not in told
    for name in ("lindq", "brand"):
        assert name not in told.casefold()
