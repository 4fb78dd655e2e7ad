"""The generated blocks of the connector's README. `make docs` writes them anew."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

import connectors.scim
from connectors.scim import CONNECTOR
from stackmap.sdk import Get, Inventory
from tests.support import readmes

README = Path(connectors.scim.__file__).with_name("README.md")


def call(inventory: Inventory) -> str:
    """The call as an admin would read it."""
    assert isinstance(inventory.ask, Get)
    return f"`GET {inventory.ask.path}`"


BLOCKS: Mapping[str, Callable[[], Iterable[str]]] = {
    "inventories": lambda: readmes.inventories(CONNECTOR, ("call below `base_url`", "what the token must allow"), call),
    "blind-spots": lambda: readmes.blind_spots(CONNECTOR),
}


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_a_generated_block_says_what_the_code_says(name: str, update_golden: bool) -> None:
    readmes.check_block(README, name, BLOCKS[name](), update=update_golden)


def test_every_setting_is_explained() -> None:
    assert readmes.unexplained_settings(CONNECTOR, README) == []
