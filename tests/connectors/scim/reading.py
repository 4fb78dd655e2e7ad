"""What the tests of this connector share: a made-up company, settings, facts and whole runs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from connectors.scim import CONNECTOR
from connectors.scim.sandbox import standin
from stackmap.collect import run
from stackmap.model import Coverage, Edge, EdgeKind, Fact, Node, NodeKind, SourceReading, make_id
from stackmap.sdk import Inventory, Limits, Scope, StandIn, transport

TOKEN = "a-token-that-only-the-stand-in-takes"
TENANT = "people.example.test"
SETTINGS = {"base_url": f"https://{TENANT}/scim/v2", "token": TOKEN}
TAKEN_AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
LIMITS = Limits(pause=lambda _seconds: None)


def person(number: int, **more: Any) -> dict[str, Any]:
    """A user of RFC 7643 with everything that is read."""
    email = f"person{number}@example.test"
    return {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE],
        "id": f"u-{number}",
        "externalId": f"00u{number}",
        "userName": email,
        "name": {"givenName": "Person", "familyName": str(number)},
        "displayName": f"Person {number}",
        "title": "Specialist",
        "active": number % 7 != 0,
        "emails": [
            {"value": f"p{number}@old.example.test", "type": "work"},
            {"value": email, "type": "work", "primary": True},
            {"value": f"p{number}@home.example.test", "type": "home"},
        ],
        "roles": [{"value": "admin" if number == 1 else "member"}],
        "meta": {"resourceType": "User", "created": "2024-05-06T07:08:09Z"},
        ENTERPRISE: {"department": "Marketing", "manager": {"value": "u-1", "displayName": "Person 1"}},
        **more,
    }


def company(people: int = 90) -> dict[str, Any]:
    """People over several pages, one of whom is no person, and two groups."""
    users = [person(number) for number in range(1, people)]
    robot = {"id": "u-robot", "userName": "sync", "userType": "Service", "active": True}
    members = [{"value": f"u-{number}", "type": "User"} for number in range(1, 5)]
    inner = {"value": "g-2", "$ref": "https://people.example.test/scim/v2/Groups/g-2"}
    groups = [
        {"id": "g-1", "displayName": "Marketing Ops", "members": [*members, inner]},
        {"id": "g-2", "displayName": "Sales Ops", "members": [{"value": "u-5"}]},
    ]
    return {"users": [*users, robot], "groups": groups}


def inventory(name: str) -> Inventory:
    return next(item for item in CONNECTOR.inventories if item.name == name)


def scope(name: str, **settings: str) -> Scope:
    known = {"directory": "yes", "external_ids_of": "", **settings}
    return Scope("scim", TENANT, "scim", name, TAKEN_AT, known, salt="pepper")


def facts(name: str, rows: Iterable[Mapping[str, Any]], **settings: str) -> list[Fact]:
    """What the inventory's mapping makes of these records."""
    return [fact for row in rows for fact in inventory(name).facts(row, scope(name, **settings))]


def accounts(found: Iterable[Fact]) -> dict[str, Node]:
    """Accounts by id, without repeats."""
    return {item.id: item for item in found if isinstance(item, Node) and item.kind is NodeKind.ACCOUNT}


def edges(found: Iterable[Fact], kind: EdgeKind) -> list[Edge]:
    return [item for item in found if isinstance(item, Edge) and item.kind is kind]


def account_id(vendor_id: str) -> str:
    return make_id("scim", TENANT, NodeKind.ACCOUNT, vendor_id)


def read(answers: StandIn, *, only: Sequence[str] = (), **settings: str) -> SourceReading:
    """A whole run of the connector against a stand-in, in this process."""
    quick = replace(CONNECTOR, per_second=100_000)
    given = {**SETTINGS, **settings}
    carrier = transport(answers)
    return run(quick, given, source="scim", transport=carrier, limits=LIMITS, clock=lambda: TAKEN_AT, only=only)


def server(**options: Any) -> StandIn:
    return standin(options.pop("company", None) or company(), token=TOKEN, **options)


def coverage(reading: SourceReading) -> dict[str, Coverage]:
    return {item.inventory: item for item in reading.coverage}
