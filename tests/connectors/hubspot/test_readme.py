"""The generated blocks of the connector's README. `pytest --update-golden` writes them anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import connectors.hubspot
from connectors.hubspot import CONNECTOR
from connectors.hubspot.versions import PATHS
from stackmap.sdk import Departures, Get, Inventory, Per

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


def inventories() -> Iterator[str]:
    yield "| inventory | call | scope of the token | gives |"
    yield "|---|---|---|---|"
    for item in CONNECTOR.inventories:
        yield f"| {item.name} | {call(item)} | {', '.join(item.needs)} | {item.says} |"


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
        assert found == wanted, "run pytest --update-golden tests/connectors/hubspot/test_readme.py"


def test_every_setting_is_explained() -> None:
    text = README.read_text(encoding="utf-8")
    assert [setting.name for setting in CONNECTOR.settings if f"| `{setting.name}` |" not in text] == []
