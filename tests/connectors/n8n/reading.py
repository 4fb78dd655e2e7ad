"""What the tests of this connector share: pages, records, facts and answers of the stand-in."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from connectors.n8n import CONNECTOR
from connectors.n8n.sandbox import standin
from stackmap.collect import run
from stackmap.model import Edge, EdgeKind, Fact, Node, NodeKind, SourceReading, make_id
from stackmap.sdk import Inventory, Limits, Reply, Request, Scope, StandIn, transport

HERE = Path(__file__).parent
KEY = "a-key-that-only-the-stand-in-takes"
BASE_URL = "https://n8n.example.test"
TENANT = "n8n.example.test"
SETTINGS = {"base_url": BASE_URL, "api_key": KEY, "key_owner": "olga.owner@example.test"}
TAKEN_AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def page(name: str) -> Any:
    """A recorded answer of n8n 1.123.50."""
    return json.loads((HERE / "pages" / f"{name}.json").read_text(encoding="utf-8"))


def company() -> dict[str, Any]:
    """The made-up company of the stand-in."""
    return cast(dict[str, Any], json.loads((HERE / "company.json").read_text(encoding="utf-8")))


def recorded_workflows() -> dict[str, dict[str, Any]]:
    """The recorded list of workflows, by name."""
    return {row["name"]: row for number in (1, 2) for row in page(f"workflows-{number}")["data"]}


def inventory(name: str) -> Inventory:
    return next(item for item in CONNECTOR.inventories if item.name == name)


def scope(inventory_name: str) -> Scope:
    settings = {"base_url": BASE_URL, "tenant": "", "key_owner": "", "webhook_url": ""}
    return Scope("n8n", TENANT, "n8n", inventory_name, TAKEN_AT, settings)


def facts(inventory_name: str, rows: Iterable[Mapping[str, Any]]) -> list[Fact]:
    """What the inventory's mapping makes of these records."""
    mapped = inventory(inventory_name).facts
    return [fact for row in rows for fact in mapped(row, scope(inventory_name))]


def nodes(found: Iterable[Fact], kind: NodeKind) -> dict[str, Node]:
    """Nodes of a kind by the vendor's id."""
    return {item.evidence[0].record: item for item in found if isinstance(item, Node) and item.kind is kind}


def by_id(found: Iterable[Fact]) -> dict[str, Node]:
    return {item.id: item for item in found if isinstance(item, Node)}


def edges(found: Iterable[Fact], kind: EdgeKind) -> list[Edge]:
    return [item for item in found if isinstance(item, Edge) and item.kind is kind]


def ident(kind: NodeKind, vendor_id: str) -> str:
    return make_id("n8n", TENANT, kind, vendor_id)


def server(**options: Any) -> StandIn:
    return standin(company(), key=KEY, **options)


def ask(answers: StandIn, path: str, *, method: str = "GET", key: str | None = KEY, **query: str) -> Reply:
    """One question to the stand-in, below its root."""
    headers = {} if key is None else {"x-n8n-api-key": key}
    body = b"{}" if method == "POST" else b""
    return answers(Request(method, f"/api/v1{path}", query, headers, body))


def read(answers: StandIn) -> SourceReading:
    """A whole run of the connector against a stand-in, in this process."""
    limits = Limits(pause=lambda _seconds: None)
    quick = replace(CONNECTOR, per_second=100_000)
    return run(quick, SETTINGS, source="n8n", transport=transport(answers), limits=limits, clock=lambda: TAKEN_AT)
