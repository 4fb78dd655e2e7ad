"""A connector in a distribution of its own comes in by the same door, and passes the same suite."""

import importlib.util
import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import pytest

from stackmap.collect import run
from stackmap.sdk.testing import Conformance, ConformanceCase

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "foreign-connector"

READ_IT = """
import json
from stackmap.collect import find_connectors, run
from stackmap.sdk import serve

found = find_connectors()
connector = found.get("postbox")
import stackmap_postbox

with serve(stackmap_postbox.standin) as url:
    reading = run(connector, {"base_url": url, "key": stackmap_postbox.KEY}, source="postbox")
print(json.dumps({
    "module": stackmap_postbox.__file__,
    "coverage": {item.inventory: [item.state, item.records] for item in reading.coverage},
    "facts": sorted(fact.kind for fact in reading.facts),
}))
"""


def example() -> ModuleType:
    """The example's module, loaded from where it lies."""
    spec = importlib.util.spec_from_file_location("stackmap_postbox", EXAMPLE / "stackmap_postbox.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


POSTBOX = example()


class TestPostbox(Conformance):
    case = ConformanceCase(
        POSTBOX.CONNECTOR, POSTBOX.standin, {"base_url": "http://localhost", "key": POSTBOX.KEY}, run
    )


def test_the_example_is_small() -> None:
    lines = [line for path in EXAMPLE.rglob("*.py") for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(lines) <= 120


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder into which the example was installed as its users would install it."""
    if tuple(map(int, version("setuptools").split(".")[:2])) < (70, 1):
        pytest.skip("building it needs setuptools 70.1 or newer in this environment")
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir()
    for path in EXAMPLE.iterdir():
        if path.is_file():
            (source / path.name).write_bytes(path.read_bytes())
    pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    offline = ["--no-index", "--no-deps", "--no-build-isolation", "--target", str(target), str(source)]
    done = subprocess.run([*pip, *offline], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return target


def test_an_installed_foreign_connector_is_found_and_reads_over_a_real_socket(installed: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(installed), str(ROOT)])}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", READ_IT],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=environment,
        cwd=installed,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert Path(said["module"]).is_relative_to(installed)
    assert said["coverage"] == {"logins": ["complete", 3], "mailings": ["complete", 1]}
    assert said["facts"].count("Account") == 3
    assert "RUNS_AS" in said["facts"]
