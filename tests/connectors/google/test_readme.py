"""The generated blocks of the connector's README. `make docs` writes them anew."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

import connectors.google
from connectors.google import CONNECTOR
from stackmap.sdk import Get, Inventory, Per
from tests.support import readmes

README = Path(connectors.google.__file__).with_name("README.md")
PER = {
    "group-owners": "/groups/{id}/members?roles=OWNER",
    "tokens": "/users/{id}/tokens",
    "app-passwords": "/users/{id}/asps",
}


def call(inventory: Inventory) -> str:
    """The call as an admin would read it."""
    if isinstance(inventory.ask, Per):
        return f"per record of `{inventory.ask.parent}`: `GET {PER[inventory.name]}`"
    assert isinstance(inventory.ask, Get)
    deleted = "?showDeleted=true" if inventory.ask.params.get("showDeleted") is True else ""
    return f"`GET {inventory.ask.path.removeprefix('/admin/directory/v1')}{deleted}`"


BLOCKS: Mapping[str, Callable[[], Iterable[str]]] = {
    "inventories": lambda: readmes.inventories(CONNECTOR, ("call below `/admin/directory/v1`", "scope"), call),
    "departures": lambda: readmes.departures(CONNECTOR),
    "blind-spots": lambda: readmes.blind_spots(CONNECTOR),
}


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_a_generated_block_says_what_the_code_says(name: str, update_golden: bool) -> None:
    readmes.check_block(README, name, BLOCKS[name](), update=update_golden)


def test_every_setting_is_explained() -> None:
    assert readmes.unexplained_settings(CONNECTOR, README) == []
