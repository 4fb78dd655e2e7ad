"""The connector against scim2-server: a real server, by other people, filled and changed while we read."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from connectors.scim import CONNECTOR
from stackmap.collect import run
from stackmap.model import EdgeKind, Node, NodeKind, Reach, SourceReading, make_id
from tests.connectors.scim.reading import accounts
from tests.connectors.scim.real_server import TOKEN, Directory, started
from tests.functional.cli import inside
from tests.support.readings import LIMITS, TAKEN_AT, covered, edges

PEOPLE = 230
_OFF = {"supported": False}
_FEATURES_OFF = {
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
    **dict.fromkeys(("patch", "changePassword", "sort", "etag"), _OFF),
    "filter": {**_OFF, "maxResults": 25},
    "bulk": {**_OFF, "maxOperations": 0, "maxPayloadSize": 0},
    "pagination": {"cursor": True, "index": False},
}


@dataclass(frozen=True)
class Company:
    """What was written to a server: ids by login, and who is off."""

    directory: Directory
    ids: dict[str, str]
    off: frozenset[str]
    group: str


def filled(directory: Directory, people: int = PEOPLE) -> Company:
    ids = {"boss": directory.hire("boss", active=True, displayName="Bo Boss")}
    for number in range(1, people - 1):
        login = f"user{number}"
        ids[login] = directory.hire(login, boss=ids["boss"], active=number % 9 != 0, title="Specialist")
    ids["unsaid"] = directory.hire("unsaid", boss=ids["user1"])
    off = frozenset(f"user{number}" for number in range(9, people - 1, 9))
    return Company(directory, ids, off, directory.gather("Marketing Ops", [ids["boss"], ids["user9"]]))


@pytest.fixture(scope="module")
def company() -> Iterator[Company]:
    with started() as directory:
        yield filled(directory)


def read(directory: Directory) -> SourceReading:
    quick = replace(CONNECTOR, per_second=100_000)
    settings = {"base_url": directory.url, "token": TOKEN, "tenant": "acme", "directory": "yes"}
    return run(quick, settings, source="scim", limits=LIMITS, clock=lambda: TAKEN_AT)


def account(vendor_id: str) -> str:
    return make_id("scim", "acme", NodeKind.ACCOUNT, vendor_id)


def by_login(reading: SourceReading) -> dict[str, Node]:
    return {str(node.properties["login"]): node for node in accounts(reading.facts).values()}


def test_everybody_on_the_server_is_read_over_several_pages_exactly_as_written(company: Company) -> None:
    reading = read(company.directory)
    assert {item.state for item in reading.coverage} == {Reach.COMPLETE}
    found = by_login(reading)
    assert {login: node.id for login, node in found.items()} == {
        login: account(vendor_id) for login, vendor_id in company.ids.items()
    }
    assert covered(reading)["users"].records == PEOPLE
    assert found["unsaid"].properties.get("active") is None
    said_off = {login for login, node in found.items() if node.properties.get("active") is False}
    said_on = {login for login, node in found.items() if node.properties.get("active") is True}
    assert said_off == company.off
    assert said_on == {*company.ids} - company.off - {"unsaid"}


def test_managers_departments_addresses_and_groups_are_as_written(company: Company) -> None:
    reading = read(company.directory)
    found = by_login(reading)
    managers = {login: node.properties.get("manager") for login, node in found.items()}
    boss = account(company.ids["boss"])
    assert managers == {**dict.fromkeys(company.ids, boss), "boss": None, "unsaid": account(company.ids["user1"])}
    assert {node.properties["department"] for node in found.values()} == {"Marketing"}
    assert all(node.properties["email"] == f"{login}@example.test" for login, node in found.items())
    assert found["boss"].name == "Bo Boss"
    members = {item.source for item in edges(reading.facts, EdgeKind.MEMBER_OF)}
    assert members == {account(company.ids[login]) for login in ("boss", "user9")}
    systems = [item.properties for item in reading.facts if isinstance(item, Node) and item.kind is NodeKind.SYSTEM]
    assert any(item.get("directory") is True for item in systems)


def test_the_servers_own_filter_counts_as_many_off_as_were_read_as_off(company: Company) -> None:
    found = by_login(read(company.directory)).values()
    off = [node for node in found if node.properties.get("active") is False]
    on = [node for node in found if node.properties.get("active") is True]
    assert company.directory.counted("active eq false") == len(off) == len(company.off)
    assert company.directory.counted("active eq true") == len(on)


def test_a_server_with_its_features_off_that_pages_by_cursor_only_is_read_as_well(tmp_path: Path) -> None:
    file = tmp_path / "config.json"
    file.write_text(json.dumps(_FEATURES_OFF), encoding="utf-8")
    with started("--service-provider-config", str(file)) as directory:
        ids = {directory.hire(f"user{number}") for number in range(60)}
        reading = read(directory)
    assert {item.state for item in reading.coverage} == {Reach.COMPLETE}
    assert {*accounts(reading.facts)} == {account(vendor_id) for vendor_id in ids}


def test_a_wrong_token_opens_neither_users_nor_groups(company: Company) -> None:
    settings = {"base_url": company.directory.url, "token": "another", "directory": "yes"}
    found = run(replace(CONNECTOR, per_second=100_000), settings, source="scim", limits=LIMITS)
    assert {covered(found)[name].state for name in ("users", "groups")} == {Reach.DENIED}
    assert not accounts(found.facts)


CRM = "crm/acme/account/5"


def workspace(folder: Path, directory: Directory) -> dict[str, str]:
    lines = [
        "connectors:",
        "  scim:",
        f"    base_url: {directory.url}",
        "    token: env:SCIM_TOKEN",
        "    tenant: acme",
        "    directory: yes",
    ]
    (folder / "stackmap.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    login = {"active": True, "account_type": "human", "email": "user2@example.test"}
    facts: list[dict[str, Any]] = [
        {"type": "source", "name": "crm", "collector": "an admin", "taken_at": "2026-11-22T09:00:00Z"},
        {"type": "node", "kind": "Account", "id": CRM, "name": "User Two", "properties": login},
    ]
    (folder / "crm.jsonl").write_text("".join(json.dumps(fact) + "\n" for fact in facts), encoding="utf-8")
    return {"SCIM_TOKEN": TOKEN}


def collected(folder: Path, env: dict[str, str]) -> dict[str, Any]:
    """What the workspace knows of a user after one more reading: the node of the export."""
    done = inside("collect", "--quiet", cwd=folder, env=env)
    assert done.code == 0, done.notes
    facts = [json.loads(line) for line in inside("export", "facts", cwd=folder, env=env).out.splitlines()]
    return next(fact for fact in facts if fact.get("properties", {}).get("login") == "user2")


def people(folder: Path, *narrowed: str) -> list[dict[str, Any]]:
    """People of the workspace's latest reading, each with all logins."""
    done = inside("people", *narrowed, "--format", "json", cwd=folder)
    return list(done.json()["people"])


def test_somebody_switched_off_there_has_left_everywhere_after_the_next_reading(
    company: Company, tmp_path: Path
) -> None:
    env = workspace(tmp_path, company.directory)
    assert inside("import", "crm.jsonl", "--quiet", cwd=tmp_path, env=env).code == 0
    before = collected(tmp_path, env)
    assert before["properties"]["active"] is True
    company.directory.switch_off(company.ids["user2"])
    try:
        after = collected(tmp_path, env)
    finally:
        company.directory.call("PUT", f"/Users/{company.ids['user2']}", _as_before(company))
    assert after["properties"]["active"] is False
    gone = [{login["id"] for login in item["accounts"]} for item in people(tmp_path, "--gone")]
    theirs = {CRM, account(company.ids["user2"])}
    assert theirs in gone


def left_on(folder: Path, env: dict[str, str]) -> list[dict[str, Any]]:
    """The logins of people who have left that `check` finds on, after one more reading."""
    assert inside("collect", "--quiet", cwd=folder, env=env).code == 0
    done = inside("check", "--format", "json", cwd=folder)
    return [finding for finding in done.json()["findings"] if finding["code"] == "OO11"]


def test_a_login_that_is_still_on_elsewhere_is_found_once_somebody_was_switched_off_there(tmp_path: Path) -> None:
    with started() as directory:
        ids = {login: directory.hire(login, active=True) for login in ("user1", "user2")}
        env = workspace(tmp_path, directory)
        assert inside("import", "crm.jsonl", "--quiet", cwd=tmp_path, env=env).code == 0
        assert left_on(tmp_path, env) == []
        directory.switch_off(ids["user1"])  # who has no login elsewhere
        assert left_on(tmp_path, env) == []
        directory.switch_off(ids["user2"])
        (finding,) = left_on(tmp_path, env)
        assert "OO11" in inside("check", cwd=tmp_path).out
        config = tmp_path / "stackmap.yaml"
        config.write_text(config.read_text(encoding="utf-8").replace("directory: yes", "directory: no"), "utf-8")
        assert left_on(tmp_path, env) == [], "the login list of one application calls nobody gone"
    assert finding["subject"] == CRM


def _as_before(company: Company) -> dict[str, Any]:
    row: dict[str, Any] = company.directory.call("GET", f"/Users/{company.ids['user2']}")
    return {**row, "active": True}
