"""A made-up n8n to collect from: its company, its stand-in, and workspaces that read it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from connectors.n8n.sandbox import standin
from stackmap.model import Coverage, Fact, Snapshot
from stackmap.sdk import StandIn
from stackmap.store import open_reader
from tests.functional.cli import Done, inside
from tests.functional.quick import unhurried_vendor

KEY = "n8n_key_5up3r-s3cret/planted+value"
ENVIRONMENT: Mapping[str, str] = {"N8N_API_KEY": KEY}
COMPANY = Path(__file__).parents[1] / "connectors" / "n8n" / "company.json"

_GIVEN = ("Ana", "Ben", "Cleo", "Dana", "Emil", "Fay", "Gia", "Hugo")
_FAMILY = ("Kim", "Larsen", "Costa", "Rossi", "Novak")

_CONFIG = """\
connectors:
  n8n:
    base_url: {url}
    tenant: made-up
    api_key: {key}
"""


def company() -> dict[str, Any]:
    """The made-up company of the connector's own tests."""
    return cast(dict[str, Any], json.loads(COMPANY.read_text(encoding="utf-8")))


def large_company(workflows: int, people: int = 40) -> dict[str, Any]:
    """Many workflows, which call one another and sign in with their owner's credential."""
    users = [_user(number) for number in range(people)]
    users[0]["role"] = "global:owner"
    return {"users": users, "workflows": [_workflow(number, people) for number in range(workflows)]}


def _user(number: int) -> dict[str, Any]:
    given, family = _GIVEN[number % len(_GIVEN)], _FAMILY[number // len(_GIVEN)]
    names = {"firstName": given, "lastName": family, "email": f"{given}.{family}@example.test".lower()}
    return {"id": f"u{number}", "project": f"p{number}", **names}


def _workflow(number: int, people: int) -> dict[str, Any]:
    owner = number % people
    door = {"httpHeaderAuth": {"id": f"c{owner}", "name": f"Key {owner}"}}
    called = {"__rl": True, "mode": "id", "value": f"w{number // 2}"}
    nodes = [
        {"name": "Start", "type": "n8n-nodes-base.webhook", "parameters": {"path": f"hook{number}"}},
        {
            "name": "Ask",
            "type": "n8n-nodes-base.httpRequest",
            "parameters": {"url": f"https://host{number % 7}.example.test/x"},
            "credentials": door,
        },
        {"name": "Call", "type": "n8n-nodes-base.executeWorkflow", "parameters": {"workflowId": called}},
    ]
    numbered = [
        {"id": str(place), "typeVersion": 1, "position": [place, 0], **node} for place, node in enumerate(nodes)
    ]
    return {"id": f"w{number}", "name": f"Workflow {number}", "project": f"p{owner}", "nodes": numbered}


def server(data: Mapping[str, Any] | None = None, *, version: str = "2") -> StandIn:
    """The API of the made-up company, as its second version offers it: every list answers."""
    return standin(data or company(), key=KEY, version=version)


def workspace(folder: Path, url: str, key: str = "env:N8N_API_KEY") -> Path:
    """A workspace that reads n8n at an address."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "stackmap.yaml").write_text(_CONFIG.format(url=url, key=key), encoding="utf-8")
    return folder


def collect(folder: Path, *options: str) -> Done:
    """`stackmap collect` in this process, with the key in the environment."""
    with unhurried_vendor():
        return inside(*options, "collect", "--quiet", cwd=folder, env=ENVIRONMENT)


def stored(folder: Path, number: int | None = None) -> Snapshot:
    """What the workspace's database holds."""
    with open_reader(folder / "stackmap.db") as reader:
        return reader.load(number)


def coverage_of(snapshot: Snapshot) -> dict[str, Coverage]:
    """Coverage by inventory."""
    return {item.inventory: item for item in snapshot.coverage}


def facts_of(snapshot: Snapshot, inventory: str) -> tuple[Fact, ...]:
    """The facts that one inventory asserts."""
    return tuple(fact for fact in snapshot.facts if fact.evidence[0].inventory == inventory)
