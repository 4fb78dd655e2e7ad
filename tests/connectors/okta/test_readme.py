"""The generated blocks of the connector's README. `make docs` writes them anew."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

import connectors.okta
from connectors.okta import CONNECTOR
from stackmap.sdk import Get, Inventory, Per
from tests.support import readmes

README = Path(connectors.okta.__file__).with_name("README.md")


def call(inventory: Inventory) -> str:
    """The call as an admin would read it."""
    if isinstance(inventory.ask, Per):
        rows = [{"id": "1", "name": "salesforce", "status": "ACTIVE", "settings": {"oauthClient": {}}}]
        path = next(iter(inventory.ask.requests(rows))).path
        head, _, tail = path.rpartition("/")
        return f"per record of `{inventory.ask.parent}`: `GET {head.rpartition('/')[0]}/{{id}}/{tail}`"
    assert isinstance(inventory.ask, Get)
    chosen = inventory.ask.params.get("filter")
    return f"`GET {inventory.ask.path}{f'?filter={chosen}' if chosen else ''}`"


BLOCKS: Mapping[str, Callable[[], Iterable[str]]] = {
    "inventories": lambda: readmes.inventories(CONNECTOR, ("call", "scope of the app"), call),
    "departures": lambda: readmes.departures(CONNECTOR),
    "blind-spots": lambda: readmes.blind_spots(CONNECTOR),
}


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_a_generated_block_says_what_the_code_says(name: str, update_golden: bool) -> None:
    readmes.check_block(README, name, BLOCKS[name](), update=update_golden)


def test_every_setting_is_explained() -> None:
    assert readmes.unexplained_settings(CONNECTOR, README) == []


def test_every_inventory_is_in_one_tier_of_access() -> None:
    assert CONNECTOR.access is not None
    told = [name for tier in CONNECTOR.access.tiers for name in tier.inventories]
    assert sorted(told) == sorted(item.name for item in CONNECTOR.inventories)
