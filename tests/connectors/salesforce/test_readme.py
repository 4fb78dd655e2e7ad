"""The generated blocks of the connector's README. `make docs` writes them anew."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pytest

import connectors.salesforce
from connectors.salesforce import CONNECTOR
from stackmap.sdk import Get, Inventory
from tests.support import readmes

README = Path(connectors.salesforce.__file__).with_name("README.md")


def statement(inventory: Inventory) -> str:
    assert isinstance(inventory.ask, Get)
    return str(inventory.ask.params.get("q", ""))


def asks(inventory: Inventory) -> str:
    """The object that a list is read from, as an administrator would name it."""
    assert isinstance(inventory.ask, Get)
    found = statement(inventory).partition(" FROM ")[2].partition(" ")[0]
    tooling = " (Tooling)" if inventory.ask.path.startswith("/tooling") else ""
    return f"`{found}`{tooling}" if found else f"`GET {inventory.ask.path}`"


def queries() -> Iterator[str]:
    yield "```sql"
    yield from (statement(item) for item in CONNECTOR.inventories if statement(item))
    yield "```"


BLOCKS: Mapping[str, Callable[[], Iterable[str]]] = {
    "inventories": lambda: readmes.inventories(CONNECTOR, ("asks", "permissions"), asks),
    "queries": queries,
    "departures": lambda: readmes.departures(CONNECTOR),
    "blind-spots": lambda: readmes.blind_spots(CONNECTOR),
}


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_a_generated_block_says_what_the_code_says(name: str, update_golden: bool) -> None:
    readmes.check_block(README, name, BLOCKS[name](), update=update_golden)


def test_every_setting_is_explained() -> None:
    assert readmes.unexplained_settings(CONNECTOR, README) == []
