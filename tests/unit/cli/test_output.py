"""Notes for the person beside the answer."""

import io
import sys

import pytest

from stackmap.cli.output import note


class Pieces(io.StringIO):
    """A stream that keeps what each call writes: between two calls another thread may write."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def write(self, text: str) -> int:
        self.pieces.append(text)
        return len(text)


def test_a_note_is_written_at_once_with_its_line_break(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sources are read side by side, and each tells of itself."""
    stream = Pieces()
    monkeypatch.setattr(sys, "stderr", stream)
    note("hubspot: no token")
    assert stream.pieces == ["hubspot: no token\n"]
