"""The line that is shown while a search takes long."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest

from stackmap.cli import map_
from stackmap.cli.searching import said_while_searching
from stackmap.errors import UsageError
from tests.support.workspaces import reading_of


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


def test_whoever_waits_for_the_map_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    @contextmanager
    def saying(text: str) -> Iterator[None]:
        told.append(text)
        assert not (tmp_path / "map.html").exists(), "it is said while the map is worked out"
        yield

    reading_of(tmp_path, "sync:Automation -RUNS_AS-> kim:Account")
    monkeypatch.setattr(map_, "said_while_searching", saying)
    map_.map_(workspace=tmp_path)
    assert told == ["Working out what hangs on whom, to draw it ..."]
    assert (tmp_path / "map.html").exists()


def test_a_map_that_cannot_be_written_is_refused_before_it_is_worked_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def saying(text: str) -> None:
        pytest.fail(f"nobody has to wait to be refused: {text}")

    reading_of(tmp_path, "sync:Automation -RUNS_AS-> kim:Account")
    monkeypatch.setattr(map_, "said_while_searching", saying)
    with pytest.raises(UsageError, match="there is no such folder"):
        map_.map_(workspace=tmp_path, output=tmp_path / "nowhere" / "map.html")
