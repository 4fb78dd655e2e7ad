"""What the tests of this connector share: a stand-in, runs against it, and ways to look at facts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from connectors.salesforce import CONNECTOR
from connectors.salesforce.sandbox import standin
from stackmap.collect import run
from stackmap.model import Coverage, Edge, EdgeKind, Fact, Node, NodeKind, SourceReading, make_id
from stackmap.sdk import Inventory, Limits, Reply, Request, Scope, StandIn, transport
from tests.connectors.salesforce.org import READER, org

BASE_URL = "https://example.my.salesforce.com"
TENANT = "example"
CLIENT, SECRET = "made-up-client-of-tests", "made-up-secret-of-tests"
SETTINGS = {"base_url": BASE_URL, "client_id": CLIENT, "client_secret": SECRET}
TAKEN_AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
LIMITS = Limits(pause=lambda _seconds: None)


def server(data: Mapping[str, Any] | None = None, **options: Any) -> StandIn:
    """The stand-in, with the clock of the tests."""
    given = {"client_id": CLIENT, "client_secret": SECRET, "run_as": READER, "clock": lambda: TAKEN_AT, **options}
    return standin(data or org(), **given)


def steady(answers: StandIn) -> StandIn:
    """The same, but that the count of calls stands still: two runs then see the same."""

    def answer(request: Request) -> Reply:
        reply = answers(request)
        if not request.path.endswith("/limits") or reply.status != 200:
            return reply
        return replace(reply, body={"DailyApiRequests": {"Max": 100_000, "Remaining": 96_000}})

    return answer


def read(answers: StandIn, *, only: Sequence[str] = (), **settings: str) -> SourceReading:
    """A run of the connector against a stand-in, in this process."""
    quick, carried = replace(CONNECTOR, per_second=100_000), transport(answers)
    given = {**SETTINGS, **settings}
    return run(quick, given, source="sf", transport=carried, limits=LIMITS, clock=lambda: TAKEN_AT, only=only)


def coverage(reading: SourceReading) -> dict[str, Coverage]:
    return {item.inventory: item for item in reading.coverage}


def inventory(name: str) -> Inventory:
    return next(item for item in CONNECTOR.inventories if item.name == name)


def scope(name: str) -> Scope:
    return Scope("salesforce", TENANT, "sf", name, TAKEN_AT, {"base_url": BASE_URL})


def facts(name: str, *rows: Mapping[str, Any]) -> list[Fact]:
    """What the inventory's mapping makes of these records."""
    return [fact for row in rows for fact in inventory(name).facts(row, scope(name))]


def of(found: Iterable[Fact], kind: NodeKind) -> list[Node]:
    return [item for item in found if isinstance(item, Node) and item.kind is kind]


def edges(found: Iterable[Fact], kind: EdgeKind) -> list[Edge]:
    return [item for item in found if isinstance(item, Edge) and item.kind is kind]


def pairs(found: Iterable[Fact], kind: EdgeKind) -> set[tuple[str, str]]:
    """Both ends of every edge of a kind, each as the vendor's own id."""
    return {(last(edge.source), last(edge.target)) for edge in edges(found, kind)}


def last(node_id: str) -> str:
    return node_id.rsplit("/", 1)[1]


def properties(found: Iterable[Fact], node_id: str) -> dict[str, Any]:
    """What all lists together know of one node."""
    known: dict[str, Any] = {}
    for item in found:
        if isinstance(item, Node) and item.id == node_id:
            known |= item.properties
    return known


def this(kind: NodeKind, vendor_id: str) -> str:
    return make_id("salesforce", TENANT, kind, vendor_id)


def asked(answers: StandIn) -> tuple[StandIn, list[Request]]:
    """The same stand-in, and a list that fills with what it is asked."""
    seen: list[Request] = []

    def answer(request: Request) -> Reply:
        seen.append(request)
        return answers(request)

    return answer, seen


def body(reply: Reply) -> Any:
    return json.loads(reply.raw().content)
