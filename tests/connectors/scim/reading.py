"""What the tests of this connector share: a made-up company, settings, facts and whole runs."""

from collections.abc import Iterable
from typing import Any

from connectors.scim import CONNECTOR
from connectors.scim.sandbox import standin
from stackmap.model import Fact, Node, NodeKind
from stackmap.sdk import StandIn
from tests.support.readings import Reader

TOKEN = "a-token-that-only-the-stand-in-takes"
TENANT = "people.example.test"
SETTINGS = {"base_url": f"https://{TENANT}/scim/v2", "token": TOKEN, "directory": "yes"}
READER = Reader(CONNECTOR, "scim", TENANT, SETTINGS, {"directory": "yes", "external_ids_of": ""}, salt="pepper")
read, facts, account_id = READER.read, READER.facts, READER.account
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"


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


def accounts(found: Iterable[Fact]) -> dict[str, Node]:
    """Accounts by id, without repeats."""
    return {item.id: item for item in found if isinstance(item, Node) and item.kind is NodeKind.ACCOUNT}


def server(**options: Any) -> StandIn:
    return standin(options.pop("company", None) or company(), token=TOKEN, **options)
