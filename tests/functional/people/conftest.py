"""What the tests of `stackmap people` share."""

from pathlib import Path

import pytest

from tests.functional.people.larkfield import NOTES, SHARED, Run, running


@pytest.fixture(name="run")
def _run(tmp_path: Path) -> Run:
    """`stackmap people ...` in a workspace with a few logins and notes."""
    return running(tmp_path)


@pytest.fixture(name="shared")
def _shared(run: Run, tmp_path: Path) -> str:
    """Notes with a login that two people use."""
    kim = "  kim: {name: Kim Ito, emails: kim@larkfield.test}\n"
    text = NOTES.replace("\nsystems", f"{kim}\nsystems") + SHARED
    (tmp_path / "stack.yaml").write_text(text, encoding="utf-8")
    return text
