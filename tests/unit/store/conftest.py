"""A place for a database."""

from pathlib import Path

import pytest


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where a workspace's database will lie, in a folder of its own."""
    folder = tmp_path / "work & play #1 50%"  # what a URI and a configuration parser would take for their own
    folder.mkdir()
    return folder / "stackmap.db"
