"""A member's key is answered like the owner's, with that member's own: what the reading as a whole tells of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from connectors.n8n import CONNECTOR
from connectors.n8n.sandbox import standin
from stackmap.collect import run
from stackmap.model import Coverage, Reach
from stackmap.sdk import transport

COMPANY = json.loads((Path(__file__).parent / "company.json").read_text(encoding="utf-8"))
KEY = "made-up-key-for-review"


def read(key_owner: str, deny: frozenset[str]) -> dict[str, Coverage]:
    vendor = transport(standin(COMPANY, key=KEY, deny=deny))
    settings = {"base_url": "http://127.0.0.1:5678", "api_key": KEY, "key_owner": key_owner}
    unhurried = replace(CONNECTOR, per_second=100_000)
    reading = run(unhurried, settings, source="n8n", transport=vendor)
    return {item.inventory: item for item in reading.coverage}


AUDIT = frozenset({"securityAudit:generate"})


ADMINISTRATOR = "olga.owner@example.test"
MEMBER = next(user["email"] for user in COMPANY["users"] if user.get("role", "global:member") == "global:member")


def test_an_audited_key_reads_all_workflows() -> None:
    assert read("", frozenset())["workflows"].state is Reach.COMPLETE


@pytest.mark.parametrize("owner", ["", "somebody else", MEMBER])
def test_a_key_that_may_be_a_members_reads_workflows_in_part_only(owner: str) -> None:
    found = read(owner, AUDIT)
    for name in ("workflows", "workflow-details"):
        assert found[name].state is Reach.PARTIAL
        assert found[name].vendor_code == "own-only"
        assert "key_owner" in found[name].reason
    assert found["users"].state is Reach.COMPLETE


def test_a_key_that_settings_call_an_administrators_reads_all() -> None:
    assert read(ADMINISTRATOR.upper(), AUDIT)["workflows"].state is Reach.COMPLETE
