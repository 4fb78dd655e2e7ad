"""What the tests of this connector share: a made-up account, its stand-in, readings and their facts."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from connectors.hubspot import CONNECTOR
from connectors.hubspot.sandbox import standin
from stackmap.model import Fact, Node, SourceReading
from stackmap.sdk import Reply, Request, StandIn
from tests.support.readings import TAKEN_AT, Reader

HERE = Path(__file__).parent
TOKEN = "a-token-that-only-the-stand-in-takes"
TENANT = "146020001"
SETTINGS = {"base_url": "https://api.example.test", "token": TOKEN, "tenant": TENANT}
READER = Reader(CONNECTOR, "hubspot", TENANT, SETTINGS)
read, inventory, ident = READER.read, READER.inventory, READER.ident
CREATOR = "501"


def company() -> dict[str, Any]:
    """The made-up account of the stand-in."""
    return cast(dict[str, Any], json.loads((HERE / "account.json").read_text(encoding="utf-8")))


def server(data: Mapping[str, Any] | None = None, **options: Any) -> StandIn:
    """The stand-in of an Enterprise account that is read with a private app's token, three rows a page."""
    given: dict[str, Any] = {
        "kind": "private-app",
        "token_user": CREATOR,
        "most": 3,
        "clock": lambda: TAKEN_AT,
    } | options
    return standin(company() if data is None else data, token=TOKEN, **given)


def read_with(**changed: Any) -> SourceReading:
    """A run over the usual account, with some of its lists changed."""
    return read(server(company() | changed))


def facts(inventory_name: str, *rows: Mapping[str, Any]) -> list[Fact]:
    """What the inventory's mapping makes of these records."""
    return READER.facts(inventory_name, rows)


def by_id(found: Iterable[Fact]) -> dict[str, dict[str, Any]]:
    """Properties by id, all versions of a node together."""
    known: dict[str, dict[str, Any]] = {}
    for item in found:
        if isinstance(item, Node):
            known.setdefault(item.id, {}).update(item.properties)
    return known


def ask(
    answers: StandIn, path: str, *, method: str = "GET", token: str | None = TOKEN, body: Any = None, **query: str
) -> Reply:
    """One question to the stand-in."""
    headers = {} if token is None else {"authorization": f"Bearer {token}"}
    return answers(Request(method, path, query, headers, b"" if body is None else json.dumps(body).encode()))
