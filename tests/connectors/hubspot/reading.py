"""What the tests of this connector share: a made-up account, its stand-in, readings and their facts."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from connectors.hubspot import CONNECTOR
from connectors.hubspot.sandbox import standin
from stackmap.collect import run
from stackmap.model import Coverage, Edge, EdgeKind, Fact, Node, NodeKind, SourceReading, make_id
from stackmap.sdk import Inventory, Limits, Reply, Request, Scope, StandIn, transport

HERE = Path(__file__).parent
TOKEN = "a-token-that-only-the-stand-in-takes"
TENANT = "146020001"
SETTINGS = {"base_url": "https://api.example.test", "token": TOKEN, "tenant": TENANT}
TAKEN_AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
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


def read(answers: StandIn, **settings: str) -> SourceReading:
    """A whole run of the connector against a stand-in, in this process."""
    limits = Limits(pause=lambda _seconds: None)
    quick = replace(CONNECTOR, per_second=100_000)
    return run(
        quick,
        {**SETTINGS, **settings},
        source="hubspot",
        transport=transport(answers),
        limits=limits,
        clock=lambda: TAKEN_AT,
    )


def read_with(**changed: Any) -> SourceReading:
    """A run over the usual account, with some of its lists changed."""
    return read(server(company() | changed))


def inventory(name: str) -> Inventory:
    return next(item for item in CONNECTOR.inventories if item.name == name)


def scope(inventory_name: str) -> Scope:
    return Scope("hubspot", TENANT, "hubspot", inventory_name, TAKEN_AT)


def facts(inventory_name: str, *rows: Mapping[str, Any]) -> list[Fact]:
    """What the inventory's mapping makes of these records."""
    mapped = inventory(inventory_name).facts
    return [fact for row in rows for fact in mapped(row, scope(inventory_name))]


def covered(reading: SourceReading) -> dict[str, Coverage]:
    return {item.inventory: item for item in reading.coverage}


def by_id(found: Iterable[Fact]) -> dict[str, dict[str, Any]]:
    """Properties by id, all versions of a node together."""
    known: dict[str, dict[str, Any]] = {}
    for item in found:
        if isinstance(item, Node):
            known.setdefault(item.id, {}).update(item.properties)
    return known


def edges(found: Iterable[Fact], kind: EdgeKind) -> list[Edge]:
    return [item for item in found if isinstance(item, Edge) and item.kind is kind]


def ends(found: Iterable[Fact], kind: EdgeKind) -> set[tuple[str, str]]:
    """From and to of the edges of a kind, as the last parts of their ids."""
    return {(item.source.rsplit("/", 1)[1], item.target.rsplit("/", 1)[1]) for item in edges(found, kind)}


def ident(kind: NodeKind, vendor_id: str) -> str:
    return make_id("hubspot", TENANT, kind, vendor_id)


def ask(
    answers: StandIn, path: str, *, method: str = "GET", token: str | None = TOKEN, body: Any = None, **query: str
) -> Reply:
    """One question to the stand-in."""
    headers = {} if token is None else {"authorization": f"Bearer {token}"}
    return answers(Request(method, path, query, headers, b"" if body is None else json.dumps(body).encode()))
