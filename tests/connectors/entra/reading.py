"""What the tests of this connector share: the made-up tenant, its stand-in, readings and facts."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

from connectors.entra import CONNECTOR
from connectors.entra.sandbox import standin
from stackmap.sdk import Reply, Request, StandIn
from tests.support.readings import Reader

HERE = Path(__file__).parent
TENANT = "11111111-2222-3333-4444-555555555555"
SECRET = "a-secret-that-only-the-stand-in-takes"
SETTINGS = {"tenant_id": TENANT, "client_id": "a-reader", "client_secret": SECRET}
READER = Reader(CONNECTOR, "entra", TENANT, SETTINGS, {"tenant_id": TENANT})
read, facts, inventory = READER.read, READER.facts, READER.inventory
ident, account = READER.ident, READER.account


def tenant() -> dict[str, Any]:
    """The made-up tenant of the stand-in."""
    return cast(dict[str, Any], json.loads((HERE / "tenant.json").read_text(encoding="utf-8")))


def server(data: Mapping[str, Any] | None = None, **options: Any) -> StandIn:
    return standin(data or tenant(), tenant=TENANT, client="a-reader", secret=SECRET, **options)


def ask(answers: StandIn, path: str, *, method: str = "GET", signed: bool = True, **query: str) -> Reply:
    """One question to the stand-in, below its root; of options the `$` is left out."""
    login = {
        "grant_type": "client_credentials",
        "client_id": "a-reader",
        "client_secret": SECRET,
        "scope": "https://graph.microsoft.com/.default",
    }
    given = answers(Request("POST", f"/{TENANT}/oauth2/v2.0/token", {}, {}, urlencode(login).encode()))
    headers = {"authorization": f"Bearer {given.body['access_token']}"} if signed else {}
    return answers(Request(method, f"/v1.0{path}", {f"${name}": value for name, value in query.items()}, headers))
