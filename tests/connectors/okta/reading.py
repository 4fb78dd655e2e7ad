"""What the tests of this connector share: the made-up org, its stand-in, readings and facts."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from connectors.okta import CONNECTOR
from connectors.okta.sandbox import standin
from stackmap.collect import run
from stackmap.model import Coverage, Edge, EdgeKind, Fact, Node, NodeKind, SourceReading, make_id
from stackmap.sdk import Inventory, Limits, Reply, Request, Scope, StandIn, transport

HERE = Path(__file__).parent
TOKEN = "00an-api-token-that-only-the-stand-in-takes"
HOST = "acme.okta.com"
SETTINGS = {"base_url": f"https://{HOST}", "token": TOKEN, "key_owner": "olga@example.test"}
TAKEN_AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def org() -> dict[str, Any]:
    """The made-up org of the stand-in."""
    return cast(dict[str, Any], json.loads((HERE / "org.json").read_text(encoding="utf-8")))


def server(data: Mapping[str, Any] | None = None, **options: Any) -> StandIn:
    return standin(data or org(), **{"token": TOKEN, **options})


def ask(answers: StandIn, path: str, *, method: str = "GET", token: str = TOKEN, **query: str) -> Reply:
    """One question to the stand-in."""
    return answers(Request(method, path, query, {"authorization": f"SSWS {token}", "host": HOST}))


def inventory(name: str) -> Inventory:
    return next(item for item in CONNECTOR.inventories if item.name == name)


def facts(inventory_name: str, rows: Iterable[Mapping[str, Any]]) -> list[Fact]:
    """What the inventory's mapping makes of these records."""
    scope = Scope("okta", HOST, "okta", inventory_name, TAKEN_AT)
    mapped = inventory(inventory_name).facts
    return [fact for row in rows for fact in mapped(row, scope)]


def read(answers: StandIn, settings: Mapping[str, str] = SETTINGS, limits: Limits | None = None) -> SourceReading:
    """A whole run of the connector against a stand-in, in this process."""
    patient = limits or Limits(pause=lambda _seconds: None)
    quick = replace(CONNECTOR, per_second=100_000)
    return run(quick, settings, source="okta", transport=transport(answers), limits=patient, clock=lambda: TAKEN_AT)


def covered(reading: SourceReading) -> dict[str, Coverage]:
    return {item.inventory: item for item in reading.coverage}


def of(reading: SourceReading, name: str) -> list[Fact]:
    return [fact for fact in reading.facts if any(item.inventory == name for item in fact.evidence)]


def ident(kind: NodeKind, vendor_id: str) -> str:
    return make_id("okta", HOST, kind, vendor_id)


def account(vendor_id: str) -> str:
    return ident(NodeKind.ACCOUNT, vendor_id)


def node(found: Iterable[Fact], node_id: str) -> dict[str, Any]:
    """All that is said of one node, name included."""
    said: dict[str, Any] = {}
    for fact in found:
        if isinstance(fact, Node) and fact.id == node_id:
            said |= {**fact.properties, **({"name": fact.name} if fact.name else {})}
    return said


def edges(found: Iterable[Fact], kind: EdgeKind) -> set[tuple[str, str]]:
    return {(item.source, item.target) for item in found if isinstance(item, Edge) and item.kind is kind}


def edge(found: Iterable[Fact], kind: EdgeKind, source: str) -> Edge:
    return next(item for item in found if isinstance(item, Edge) and item.kind is kind and item.source == source)
