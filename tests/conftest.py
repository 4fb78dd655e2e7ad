"""What all tests share: the options, hypothesis's profile, and where Chromium is."""

import json
import os
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from tests.functional.cli import Done, inside

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
def made_demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """The demo's folder, and what making it said: made once, for all workers. To write into it, take a copy."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "made-demo"
    said = shared / "said.json"
    with FileLock(f"{shared}.lock"):
        if not said.exists():
            shared.mkdir(exist_ok=True)
            done = inside("demo", "--out", "demo", cwd=shared)
            said.write_text(json.dumps(asdict(done)), encoding="utf-8")
    return shared / "demo", Done(**json.loads(said.read_text(encoding="utf-8")))


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
