"""What all tests share: the options, hypothesis's profile, and where Chromium is."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples on every run: a failure seen once is seen again, here and in CI.
FIXED = settings(derandomize=True, deadline=None, max_examples=200)
settings.register_profile("fixed", FIXED)
settings.register_profile("ci", FIXED)
settings.load_profile("fixed")

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write golden files and generated blocks anew instead of comparing with them",
    )


@pytest.fixture(scope="session")
def update_golden(pytestconfig: pytest.Config) -> bool:
    """Whether to rewrite what is expected instead of comparing with it."""
    return bool(pytestconfig.getoption("--update-golden"))


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The Chromium to drive: `$CHROMIUM`, else an installed one, else a skip that says so.

    A `$CHROMIUM` that points nowhere is a failure, for somebody meant it.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        if not Path(named).is_file():
            pytest.fail(f"CHROMIUM names {named}, and no file is there")
        return Path(named)
    installed = Path("/usr/bin/chromium")
    if installed.is_file():
        return installed
    for name in _BROWSERS:
        if found := shutil.which(name):
            return Path(found)
    pytest.skip("no Chromium found: install it, or name one with CHROMIUM=/path/to/chromium")
