"""The day of a file, which counts where nothing else tells one: in a test it is the test's, not the day it runs on."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

__all__ = ["files_written_at"]


def files_written_at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test writes as text from here on was last changed then."""
    write = Path.write_text

    def written(file: Path, *text: str, **how: str) -> int:
        count = write(file, *text, **how)
        os.utime(file, (moment.timestamp(), moment.timestamp()))
        return count

    monkeypatch.setattr(Path, "write_text", written)
