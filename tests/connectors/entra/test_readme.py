"""The generated blocks of the connector's README. `make docs` writes them anew."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

import connectors.entra
from connectors.entra import CONNECTOR
from stackmap.sdk import Get, Inventory
from tests.support import readmes

README = Path(connectors.entra.__file__).with_name("README.md")


def call(inventory: Inventory) -> str:
    """The call as an admin would read it."""
    assert isinstance(inventory.ask, Get)
    expanded = inventory.ask.params.get("$expand")
    return f"`GET {inventory.ask.path}{f'?$expand={expanded}' if expanded else ''}`"


BLOCKS: Mapping[str, Callable[[], Iterable[str]]] = {
    "inventories": lambda: readmes.inventories(CONNECTOR, ("call below `/v1.0`", "permission"), call),
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


def test_what_is_never_read_is_never_asked_for() -> None:
    asked = " ".join(str(item.ask) for item in CONNECTOR.inventories)
    for private in ("employeeLeaveDateTime", "otherMails", "mobilePhone", "signInActivity", "secretText"):
        assert private not in asked
