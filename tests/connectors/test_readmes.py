"""The generated blocks of the connectors' READMEs say what the code says. `make docs` writes them anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from stackmap.collect import find_connectors
from stackmap.collect.find import GROUP
from stackmap.render.calls import call
from stackmap.sdk import Connector, Get, Inventory
from tests.support import readmes

FOUND = find_connectors().connectors
READMES = {
    one.name: Path(str(import_module(one.module).__file__)).with_name("README.md") for one in entry_points(group=GROUP)
}


@dataclass(frozen=True)
class Table:
    """How a README shows its lists: the titles of the calls and of the permissions, and what it shows of a call.

    `below` is what all paths begin with, `shown` are options that tell lists of one path apart, `beside` is said of a
    single list.
    """

    call: str
    permission: str
    below: str = ""
    shown: tuple[str, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)


TABLES = {
    "entra": Table("call below `/v1.0`", "permission", shown=("$expand",)),
    "google-workspace": Table(
        "call below `/admin/directory/v1`",
        "scope",
        below="/admin/directory/v1",
        shown=("showDeleted",),
        beside={"group-owners": "?roles=OWNER"},
    ),
    "hubspot": Table(
        "call", "scope of the token", shown=("archived",), beside={"workflow-ids": ", where its row does not tell"}
    ),
    "n8n": Table("call below `/api/v1`", "scope of the key"),
    "okta": Table("call", "scope of the app", shown=("filter",)),
    "salesforce": Table("asks", "permissions"),
    "scim": Table("call below `base_url`", "what the token must allow"),
}


def statement(inventory: Inventory) -> str:
    """The query of a list that is read by one; "" for any other."""
    return str(inventory.ask.params.get("q", "")) if isinstance(inventory.ask, Get) else ""


def asked(connector: Connector, inventory: Inventory) -> str:
    """One list's question, as an administrator reads it: the object of a query, or the call."""
    table = TABLES[connector.name]
    if query := statement(inventory):
        tooling = " (Tooling)" if "/tooling/" in call(connector, inventory) else ""
        return f"`{query.partition(' FROM ')[2].partition(' ')[0]}`{tooling}"
    told, _, parent = call(connector, inventory).replace(" (a read)", "").partition(", per entry of ")
    method, _, path = told.partition(" ")
    options = inventory.ask.params if isinstance(inventory.ask, Get) else {}
    given = "&".join(f"{name}={_plain(options[name])}" for name in table.shown if options.get(name))
    per = f"per record of `{parent.removesuffix(' that qualifies')}`: " if parent else ""
    said = table.beside.get(inventory.name, "")
    inside, outside = (said, "") if said.startswith("?") else ("", said)
    return f"{per}`{method} {path.removeprefix(table.below)}{f'?{given}' if given else inside}`{outside}"


def _plain(value: object) -> str:
    return "true" if value is True else str(value)


def _blocks(connector: Connector) -> Iterator[tuple[str, Iterable[str]]]:
    """Every block that the README of this connector has to have."""
    yield "blind-spots", readmes.blind_spots(connector)
    if connector.departures:
        yield "departures", readmes.departures(connector)
    if connector.inventories:
        titles = TABLES[connector.name].call, TABLES[connector.name].permission
        yield "inventories", readmes.inventories(connector, titles, lambda item: asked(connector, item))
        yield "access", readmes.access(connector)
    if queries := [query for item in connector.inventories if (query := statement(item))]:
        yield "queries", ("```sql", *queries, "```")


BLOCKS = [(name, block) for name, connector in FOUND.items() for block, _ in _blocks(connector)]


@pytest.mark.parametrize(("name", "block"), BLOCKS)
def test_a_generated_block_says_what_the_code_says(name: str, block: str, update_golden: bool) -> None:
    readmes.check_block(READMES[name], block, dict(_blocks(FOUND[name]))[block], update=update_golden)


@pytest.mark.parametrize("name", FOUND)
def test_every_block_is_generated(name: str) -> None:
    found = re.findall(r"<!-- ([a-z-]+):begin -->", READMES[name].read_text(encoding="utf-8"))
    assert sorted(found) == sorted(block for connector, block in BLOCKS if connector == name)


@pytest.mark.parametrize("name", FOUND)
def test_every_setting_and_every_kind_of_file_is_explained(name: str) -> None:
    settings = [item.name for item in FOUND[name].settings]
    files = [item.name for item in FOUND[name].exports]
    assert readmes.unexplained([*settings, *files], READMES[name]) == []


@pytest.mark.parametrize("name", [name for name, connector in FOUND.items() if not connector.inventories])
def test_a_connector_of_files_only_says_so_plainly(name: str) -> None:
    assert "**From files only.**" in READMES[name].read_text(encoding="utf-8")
