"""The line that is shown while a search takes long."""

from __future__ import annotations

import sys
import threading
from io import StringIO

import pytest

from stackmap.cli.searching import said_while_searching


class Screen(StringIO):
    """Stands in for the standard error: tells when something is written to it."""

    def __init__(self, *, live: bool) -> None:
        super().__init__()
        self.written = threading.Event()
        self._live = live

    def isatty(self) -> bool:
        return self._live

    def write(self, text: str) -> int:
        done = super().write(text)
        self.written.set()
        return done


def test_a_long_search_says_so_and_takes_the_line_away_again(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen(live=True)
    monkeypatch.setattr(sys, "stderr", screen)  # the line goes to whatever the standard error is then
    with said_while_searching("Searching ...", patience=0):
        assert screen.written.wait(30)
    assert screen.getvalue() == "\r\x1b[KSearching ...\r\x1b[K"


def test_a_short_search_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen(live=True)
    monkeypatch.setattr(sys, "stderr", screen)
    with said_while_searching("Searching ...", patience=600):
        pass
    assert screen.getvalue() == ""


def test_nothing_is_said_where_the_standard_error_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen(live=False)
    monkeypatch.setattr(sys, "stderr", screen)
    with said_while_searching("Searching ...", patience=0):
        assert not screen.written.wait(0.1)
    assert screen.getvalue() == ""
