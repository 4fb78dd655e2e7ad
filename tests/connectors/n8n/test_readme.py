"""The generated blocks of the connector's README. `pytest --update-golden` writes them anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import connectors.n8n
from connectors.n8n import CONNECTOR
from stackmap.sdk import Departures, Get, Inventory, Per, ReadPost

README = Path(connectors.n8n.__file__).with_name("README.md")


def call(inventory: Inventory) -> str:
    """The call as an admin would read it."""
    if isinstance(inventory.ask, Per):
        return f"per record of `{inventory.ask.parent}`: `GET /{inventory.ask.parent}/{{id}}`"
    if isinstance(inventory.ask, ReadPost):
        return f"`POST {inventory.ask.path}`"
    assert isinstance(inventory.ask, Get)
    return f"`GET {inventory.ask.path}`"


def inventories() -> Iterator[str]:
    yield "| inventory | call below `/api/v1` | scope of the key | gives |"
    yield "|---|---|---|---|"
    for item in CONNECTOR.inventories:
        yield f"| {item.name} | {call(item)} | `{', '.join(item.needs)}` | {item.says} |"


def departures() -> Iterator[str]:
    yield "| thing | act | outcome | certainty | what is known | source | checked |"
    yield "|---|---|---|---|---|---|---|"
    for table in CONNECTOR.departures:
        yield from _rows(table)
        yield f"| {table.thing} | any other | unknown | | {table.gap} | | |"


def _rows(table: Departures) -> Iterator[str]:
    for row in table.rows:
        verdict = f"{row.judgement.outcome} | {row.judgement.certainty.word}"
        yield f"| {table.thing} | {row.act} | {verdict} | {row.says} | {row.source} | {row.checked} |"


def blind_spots() -> Iterator[str]:
    yield from (f"* {spot}" for spot in CONNECTOR.blind_spots)


BLOCKS = {"inventories": inventories, "departures": departures, "blind-spots": blind_spots}


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
        assert found == wanted, "run pytest --update-golden tests/connectors/n8n/test_readme.py"


def test_every_setting_is_explained() -> None:
    text = README.read_text(encoding="utf-8")
    assert [setting.name for setting in CONNECTOR.settings if f"| `{setting.name}` |" not in text] == []
