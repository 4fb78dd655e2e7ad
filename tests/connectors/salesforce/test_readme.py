"""The generated blocks of the connector's README. `pytest --update-golden` writes them anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import connectors.salesforce
from connectors.salesforce import CONNECTOR
from stackmap.sdk import Departures, Get, Inventory

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


def inventories() -> Iterator[str]:
    yield "| inventory | asks | permissions | gives |"
    yield "|---|---|---|---|"
    for item in CONNECTOR.inventories:
        yield f"| {item.name} | {asks(item)} | {', '.join(item.needs)} | {item.says} |"


def queries() -> Iterator[str]:
    yield "```sql"
    yield from (statement(item) for item in CONNECTOR.inventories if statement(item))
    yield "```"


def departures() -> Iterator[str]:
    yield "| thing | act | outcome | certainty | what is known | source | checked |"
    yield "|---|---|---|---|---|---|---|"
    for table in CONNECTOR.departures:
        yield from _rows(table)
        yield f"| {table.thing} | {'any other' if table.rows else 'any'} | unknown | | {table.gap} | | |"


def _rows(table: Departures) -> Iterator[str]:
    for row in table.rows:
        verdict = f"{row.judgement.outcome} | {row.judgement.certainty.word}"
        yield f"| {table.thing} | {row.act} | {verdict} | {row.says} | {row.source} | {row.checked} |"


def blind_spots() -> Iterator[str]:
    yield from (f"* {spot}" for spot in CONNECTOR.blind_spots)


BLOCKS = {"inventories": inventories, "queries": queries, "departures": departures, "blind-spots": blind_spots}


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_a_generated_block_says_what_the_code_says(name: str, update_golden: bool) -> None:
    text = README.read_text(encoding="utf-8")
    begin, end = f"<!-- {name}:begin -->\n", f"<!-- {name}:end -->"
    before, rest = text.split(begin)
    found, after = rest.split(end)
    wanted = "\n".join(BLOCKS[name]()) + "\n"
    if update_golden:
        README.write_text(f"{before}{begin}{wanted}{end}{after}", encoding="utf-8")
    else:
        assert found == wanted, "run pytest --update-golden tests/connectors/salesforce/test_readme.py"


def test_every_setting_is_explained() -> None:
    text = README.read_text(encoding="utf-8")
    assert [setting.name for setting in CONNECTOR.settings if f"| `{setting.name}` |" not in text] == []
