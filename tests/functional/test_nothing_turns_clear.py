"""What could not be read never makes a finding look mended: each list failing, each permission missing, one by one."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from importlib import import_module, resources
from typing import Any

import pytest

from stackmap.analysis import Analysis, Stack
from stackmap.collect import find_connectors, run
from stackmap.declared import parse_manifest
from stackmap.demo import company_files
from stackmap.identity import resolve
from stackmap.model import FixBy, Reach, SourceReading, build_graph
from stackmap.rules import Case, Verdicts, evaluate
from stackmap.sdk import Connector, Limits, StandIn, Trouble, transport

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CONNECTORS = {name: connector for name, connector in find_connectors().connectors.items() if connector.demo}
LIMITS = Limits(pause=lambda _seconds: None)
PERMISSIONS = {
    "hubspot": (
        "account-info.security.read",
        "automation",
        "crm.objects.owners.read",
        "crm.schemas.contacts.read",
        "settings.users.read",
    ),
    "n8n": ("user:list", "workflow:list", "workflow:read"),
    "salesforce": (
        "ApiEnabled",
        "CustomizeApplication",
        "ExternalClientAppViewer",
        "ManageUsers",
        "ViewAllUsers",
        "ViewSetup",
    ),
}
BROKEN = Trouble(Reach.FAILED, "made to fail", FixBy.VENDOR)


def share(connector: Connector) -> Mapping[str, Any]:
    """The connector's part of the made-up company."""
    folder = resources.files(connector.sandbox.partition(":")[0].rpartition(".")[0])
    return dict(json.loads(folder.joinpath(connector.demo).read_text(encoding="utf-8")))


def standin(connector: Connector, *deny: str) -> StandIn:
    module, _, factory = connector.sandbox.partition(":")
    given = share(connector)
    options = {**given["options"], "clock": lambda: NOW} if connector.name != "n8n" else dict(given["options"])
    denied = frozenset({*options.pop("deny", ()), *deny})
    made: StandIn = getattr(import_module(module), factory)(given["data"], **options, deny=denied)
    return made


def read(connector: Connector, answers: StandIn) -> SourceReading:
    settings = {"base_url": "https://company.example.test", **share(connector)["settings"]}
    quick = replace(connector, per_second=100_000)
    return run(quick, settings, source=connector.name, transport=transport(answers), limits=LIMITS, clock=lambda: NOW)


def judged(reading: SourceReading) -> Verdicts:
    """What the rules say of one system and the notes about the whole company."""
    manifest = parse_manifest(company_files({})["stack.yaml"])
    identity = resolve([*reading.facts, *manifest.facts], manifest.hints, {})
    stack = Stack(build_graph(identity.facts, reading.coverage), reading.coverage, NOW.date(), manifest.policy)
    return evaluate(Case(Analysis(stack), manifest.policy))


@cache
def read_whole(name: str) -> SourceReading:
    return read(CONNECTORS[name], standin(CONNECTORS[name]))


@cache
def whole(name: str) -> frozenset[str]:
    """The rules that find something when everything is read."""
    found = frozenset(finding.code for finding in judged(read_whole(name)).findings)
    assert len(found) > 3, "the company has weak spots in each of its systems"
    return found


def turned_clear(name: str, verdicts: Verdicts) -> set[str]:
    """Rules that found something in this system, and now call it clear without finding anything anywhere."""
    still = {finding.code for finding in verdicts.findings}
    clear = {code for code, system in verdicts.clear if system.startswith(f"{name}/") and not code.startswith("CV")}
    return (clear & whole(name)) - still


@pytest.mark.parametrize(
    ("name", "inventory"),
    [(name, item.name) for name, connector in CONNECTORS.items() for item in connector.inventories],
)
def test_a_list_that_fails_turns_no_rule_clear(name: str, inventory: str) -> None:
    connector = CONNECTORS[name]
    lists = tuple(
        replace(item, outcome=lambda _: BROKEN) if item.name == inventory else item for item in connector.inventories
    )
    reading = read(replace(connector, inventories=lists), standin(connector))
    found = {item.inventory: item for item in reading.coverage}[inventory]
    if found.state is Reach.COMPLETE and not found.records:
        pytest.skip("the company gives this list nothing to ask")
    assert found.state is not Reach.COMPLETE
    assert turned_clear(name, judged(reading)) == set()


@pytest.mark.parametrize(
    ("name", "permission"), [(name, one) for name, permissions in PERMISSIONS.items() for one in permissions]
)
def test_a_permission_that_is_missing_turns_no_rule_clear(name: str, permission: str) -> None:
    connector = CONNECTORS[name]
    reading = read(connector, standin(connector, permission))
    states = {item.inventory: item.state for item in reading.coverage}
    before = {item.inventory: item.state for item in read_whole(name).coverage}
    if permission != "crm.objects.owners.read":  # another scope opens the owners too
        assert states != before, "the permission is one that the reading needs"
    assert turned_clear(name, judged(reading)) == set()
