"""What the tests of this connector share: a stand-in, runs against it, and ways to look at facts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from connectors.salesforce import CONNECTOR
from connectors.salesforce.sandbox import standin
from stackmap.model import Fact, Node, NodeKind
from stackmap.sdk import Reply, Request, StandIn
from tests.connectors.salesforce.org import READER, org
from tests.support.readings import TAKEN_AT, Reader

BASE_URL = "https://example.my.salesforce.com"
TENANT = "example"
CLIENT, SECRET = "made-up-client-of-tests", "made-up-secret-of-tests"
SETTINGS = {"base_url": BASE_URL, "client_id": CLIENT, "client_secret": SECRET}
SF = Reader(CONNECTOR, "sf", TENANT, SETTINGS, {"base_url": BASE_URL})
read, scope, this = SF.read, SF.scope, SF.ident


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


def facts(name: str, *rows: Mapping[str, Any]) -> list[Fact]:
    """What the inventory's mapping makes of these records."""
    return SF.facts(name, rows)


def of(found: Iterable[Fact], kind: NodeKind) -> list[Node]:
    return [item for item in found if isinstance(item, Node) and item.kind is kind]


def last(node_id: str) -> str:
    return node_id.rsplit("/", 1)[1]


def properties(found: Iterable[Fact], node_id: str) -> dict[str, Any]:
    """What all lists together know of one node."""
    known: dict[str, Any] = {}
    for item in found:
        if isinstance(item, Node) and item.id == node_id:
            known |= item.properties
    return known


def asked(answers: StandIn) -> tuple[StandIn, list[Request]]:
    """The same stand-in, and a list that fills with what it is asked."""
    seen: list[Request] = []

    def answer(request: Request) -> Reply:
        seen.append(request)
        return answers(request)

    return answer, seen


def body(reply: Reply) -> Any:
    return json.loads(reply.raw().content)
