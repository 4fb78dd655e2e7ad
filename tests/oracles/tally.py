"""What `make oracles` says at the end: of every question whether it held, of how much, and how long that took."""

from __future__ import annotations

import pytest

__all__ = ["pytest_terminal_summary"]

_WORDS = {"passed": "held", "failed": "DID NOT HOLD"}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for every test that said how much it tried, and for every one that failed."""
    for outcome, word in _WORDS.items():
        for report in terminalreporter.getreports(outcome):
            tried = ", ".join(line for line in report.capstdout.splitlines() if " random " in line)
            if tried or outcome == "failed":
                test = report.nodeid.partition("::")[2]
                terminalreporter.line(f"{word:<6} {tried:>24} {report.duration:>7.0f} s  {test}")
