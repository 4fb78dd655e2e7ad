"""What the tests of this connector share: the made-up org, its stand-in, readings and facts."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from connectors.okta import CONNECTOR
from connectors.okta.sandbox import standin
from stackmap.sdk import Reply, Request, StandIn
from tests.support.readings import Reader

HERE = Path(__file__).parent
TOKEN = "00an-api-token-that-only-the-stand-in-takes"
HOST = "acme.okta.com"
SETTINGS = {"base_url": f"https://{HOST}", "token": TOKEN, "key_owner": "olga@example.test"}
READER = Reader(CONNECTOR, "okta", HOST, SETTINGS)
read, facts, inventory = READER.read, READER.facts, READER.inventory
ident, account = READER.ident, READER.account


def org() -> dict[str, Any]:
    """The made-up org of the stand-in."""
    return cast(dict[str, Any], json.loads((HERE / "org.json").read_text(encoding="utf-8")))


def server(data: Mapping[str, Any] | None = None, **options: Any) -> StandIn:
    return standin(data or org(), **{"token": TOKEN, **options})


def ask(answers: StandIn, path: str, *, method: str = "GET", token: str = TOKEN, **query: str) -> Reply:
    """One question to the stand-in."""
    return answers(Request(method, path, query, {"authorization": f"SSWS {token}", "host": HOST}))
