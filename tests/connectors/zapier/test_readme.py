"""The generated blocks of the connector's README. `make docs` writes them anew."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

import connectors.zapier
from connectors.zapier import CONNECTOR
from tests.support import readmes

README = Path(connectors.zapier.__file__).with_name("README.md")
BLOCKS: Mapping[str, Callable[[], Iterable[str]]] = {
    "departures": lambda: readmes.departures(CONNECTOR),
    "blind-spots": lambda: readmes.blind_spots(CONNECTOR),
}


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_a_generated_block_says_what_the_code_says(name: str, update_golden: bool) -> None:
    readmes.check_block(README, name, BLOCKS[name](), update=update_golden)


def test_every_kind_of_file_is_explained() -> None:
    text = README.read_text(encoding="utf-8")
    assert not [export.name for export in CONNECTOR.exports if f"| `{export.name}` |" not in text]


def test_it_says_plainly_that_it_reads_files_only() -> None:
    assert "**From files only.**" in README.read_text(encoding="utf-8")
