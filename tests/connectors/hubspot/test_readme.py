"""The generated blocks of the connector's README. `make docs` writes them anew."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

import connectors.hubspot
from connectors.hubspot import CONNECTOR
from connectors.hubspot.versions import PATHS
from stackmap.sdk import Get, Inventory, Per
from tests.support import readmes

README = Path(connectors.hubspot.__file__).with_name("README.md")
PER_RECORD = {
    "flow-details": f"`GET {PATHS['flows']}/{{id}}`",
    "workflow-ids": f"`POST {PATHS['workflow-ids']}`, where its row does not tell",
}


def call(inventory: Inventory) -> str:
    """The call as an admin would read it."""
    if isinstance(inventory.ask, Per):
        return f"per record of `{inventory.ask.parent}`: {PER_RECORD[inventory.name]}"
    if not isinstance(inventory.ask, Get):
        return f"`POST {inventory.ask.path}`"
    archived = "?archived=true" if inventory.ask.params.get("archived") else ""
    return f"`GET {inventory.ask.path}{archived}`"


BLOCKS: Mapping[str, Callable[[], Iterable[str]]] = {
    "inventories": lambda: readmes.inventories(CONNECTOR, ("call", "scope of the token"), call),
    "departures": lambda: readmes.departures(CONNECTOR),
    "blind-spots": lambda: readmes.blind_spots(CONNECTOR),
}


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_a_generated_block_says_what_the_code_says(name: str, update_golden: bool) -> None:
    readmes.check_block(README, name, BLOCKS[name](), update=update_golden)


def test_every_setting_is_explained() -> None:
    assert readmes.unexplained_settings(CONNECTOR, README) == []
