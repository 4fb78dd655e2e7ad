"""The generated blocks of the connector's README. `make docs` writes them anew."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

import connectors.n8n
from connectors.n8n import CONNECTOR
from stackmap.sdk import Get, Inventory, Per, ReadPost
from tests.support import readmes

README = Path(connectors.n8n.__file__).with_name("README.md")


def call(inventory: Inventory) -> str:
    """The call as an admin would read it."""
    if isinstance(inventory.ask, Per):
        return f"per record of `{inventory.ask.parent}`: `GET /{inventory.ask.parent}/{{id}}`"
    if isinstance(inventory.ask, ReadPost):
        return f"`POST {inventory.ask.path}`"
    assert isinstance(inventory.ask, Get)
    return f"`GET {inventory.ask.path}`"


BLOCKS: Mapping[str, Callable[[], Iterable[str]]] = {
    "inventories": lambda: readmes.inventories(CONNECTOR, ("call below `/api/v1`", "scope of the key"), call),
    "departures": lambda: readmes.departures(CONNECTOR),
    "blind-spots": lambda: readmes.blind_spots(CONNECTOR),
}


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_a_generated_block_says_what_the_code_says(name: str, update_golden: bool) -> None:
    readmes.check_block(README, name, BLOCKS[name](), update=update_golden)


def test_every_setting_is_explained() -> None:
    assert readmes.unexplained_settings(CONNECTOR, README) == []
