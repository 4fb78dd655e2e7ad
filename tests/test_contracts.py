"""Who may import whom holds in this tree, and each contract really breaks when it is provoked."""

import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
LINT = Path(sys.executable).with_name("lint-imports")


@dataclass(frozen=True, slots=True)
class Offence:
    """Files to add to a copy of the tree, and the id of the contract that they break."""

    breaks: str
    files: dict[str, str]


OFFENCES = {
    "a lower layer imports a higher one": Offence("layers", {"stackmap/model/offence.py": "import stackmap.app\n"}),
    "a layer imports its neighbour": Offence("layers", {"stackmap/store/offence.py": "import stackmap.render\n"}),
    "a new sub-package has no place": Offence("layers", {"stackmap/offence/__init__.py": ""}),
    "the core names a vendor": Offence("core-names-no-vendor", {"stackmap/app/offence.py": "import connectors.n8n\n"}),
    "a connector imports another": Offence(
        "connectors-independent", {"connectors/offence/__init__.py": "import connectors.n8n\n"}
    ),
    "a connector imports the store": Offence(
        "connectors-see-sdk", {"connectors/offence/__init__.py": "import stackmap.store\n"}
    ),
    "a connector imports the graph library": Offence(
        "connectors-see-sdk", {"connectors/offence/__init__.py": "import networkx\n"}
    ),
    "a pure layer imports the database library": Offence(
        "pure", {"stackmap/analysis/offence.py": "import sqlalchemy\n"}
    ),
    "a rule leans on the SDK": Offence("pure", {"stackmap/rules/offence.py": "import stackmap.sdk.http\n"}),
    "a second module names the HTTP library": Offence("one-http", {"stackmap/collect/offence.py": "import httpx\n"}),
    "two modules import each other": Offence(
        "acyclic",
        {
            "stackmap/rules/offence.py": "import stackmap.rules.accomplice\n",
            "stackmap/rules/accomplice.py": "import stackmap.rules.offence\n",
        },
    ),
}


def contract_names() -> dict[str, str]:
    """Each contract's name by its id, as pyproject.toml declares them."""
    config: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {row["id"]: row["name"] for row in config["tool"]["importlinter"]["contracts"]}


def copy_tree(to: Path, files: dict[str, str]) -> None:
    """The two packages and the configuration, with some files added."""
    for package in ("stackmap", "connectors"):
        shutil.copytree(ROOT / package, to / package, ignore=lambda _, names: [n for n in names if not _source(n)])
    shutil.copy(ROOT / "pyproject.toml", to)
    for name, text in files.items():
        (to / name).parent.mkdir(exist_ok=True)
        (to / name).write_text(text, encoding="utf-8")


def _source(name: str) -> bool:
    return name.endswith(".py") or ("." not in name and name != "__pycache__")


def lint(tree: Path) -> tuple[int, str]:
    """The exit code of import-linter over a tree, and what it said with all white space as one blank."""
    ran = subprocess.run(
        [LINT, "--config", "pyproject.toml", "--no-cache", "--no-logo"],
        cwd=tree,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return ran.returncode, " ".join((ran.stdout + ran.stderr).split())


def test_the_tree_keeps_every_contract(tmp_path: Path) -> None:
    copy_tree(tmp_path, {})
    code, said = lint(tmp_path)
    assert code == 0, said
    assert [name for name in contract_names().values() if f"{name} KEPT" not in said] == []


@pytest.mark.parametrize("offence", OFFENCES.values(), ids=OFFENCES)
def test_a_contract_breaks_when(offence: Offence, tmp_path: Path) -> None:
    copy_tree(tmp_path, offence.files)
    code, said = lint(tmp_path)
    assert code == 1, said
    assert f"{contract_names()[offence.breaks]} BROKEN" in said


def test_every_contract_is_provoked() -> None:
    assert {offence.breaks for offence in OFFENCES.values()} == set(contract_names())
