"""What the tests of this connector share: pages, records, facts and answers of the stand-in."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from connectors.n8n import CONNECTOR
from connectors.n8n.sandbox import standin
from stackmap.model import Fact, Node, NodeKind
from stackmap.sdk import Reply, Request, StandIn
from tests.support.readings import Reader

HERE = Path(__file__).parent
KEY = "a-key-that-only-the-stand-in-takes"
BASE_URL = "https://n8n.example.test"
TENANT = "n8n.example.test"
SETTINGS = {"base_url": BASE_URL, "api_key": KEY, "key_owner": "olga.owner@example.test"}
READER = Reader(
    CONNECTOR, "n8n", TENANT, SETTINGS, {"base_url": BASE_URL, "tenant": "", "key_owner": "", "webhook_url": ""}
)
read, facts, inventory, scope, ident = READER.read, READER.facts, READER.inventory, READER.scope, READER.ident


def page(name: str) -> Any:
    """A recorded answer of n8n 1.123.50."""
    return json.loads((HERE / "pages" / f"{name}.json").read_text(encoding="utf-8"))


def company() -> dict[str, Any]:
    """The made-up company of the stand-in."""
    return cast(dict[str, Any], json.loads((HERE / "company.json").read_text(encoding="utf-8")))


def recorded_workflows() -> dict[str, dict[str, Any]]:
    """The recorded list of workflows, by name."""
    return {row["name"]: row for number in (1, 2) for row in page(f"workflows-{number}")["data"]}


def nodes(found: Iterable[Fact], kind: NodeKind) -> dict[str, Node]:
    """Nodes of a kind by the vendor's id."""
    return {item.evidence[0].record: item for item in found if isinstance(item, Node) and item.kind is kind}


def by_id(found: Iterable[Fact]) -> dict[str, Node]:
    return {item.id: item for item in found if isinstance(item, Node)}


def server(**options: Any) -> StandIn:
    return standin(company(), key=KEY, **options)


def ask(answers: StandIn, path: str, *, method: str = "GET", key: str | None = KEY, **query: str) -> Reply:
    """One question to the stand-in, below its root."""
    headers = {} if key is None else {"x-n8n-api-key": key}
    body = b"{}" if method == "POST" else b""
    return answers(Request(method, f"/api/v1{path}", query, headers, body))
