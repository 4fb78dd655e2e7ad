"""The account, its users, teams and owners, and the token that is read with: one record in, facts out.

HubSpot counts users and owners apart: an owner's `id` is not a user's. Accounts have user ids here; an owner is found
through `userId`, or `userIdIncludingInactive` after the user is deactivated.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from connectors.hubspot.departures import PRIVATE_APP, SALESFORCE_SYNC
from stackmap.model import EdgeKind, Fact, How, Node, NodeKind, make_id, system_id
from stackmap.sdk import NotUnderstoodError, Record, Scope, text

__all__ = ["account", "archived_owner", "own_token", "owner", "property_group", "role", "team", "texts", "user"]

_SUPER_ADMIN = "super-admin"
_SALESFORCE_GROUP = "salesforceinformation"


def account(row: Record, at: Scope) -> Iterator[Fact]:
    """The portal itself. HubSpot tells no name for it: it is called by the tenant of the settings."""
    properties = {
        "org_id": str(row["portalId"]),
        "ui_domain": row.get("uiDomain"),
        "portal_type": row.get("accountType"),
    }
    yield _system(at, row["portalId"], properties)


def own_token(row: Record, at: Scope) -> Iterator[Fact]:
    """The private app whose token stackmap reads with: it hangs on its creator like any other."""
    scopes = texts(row.get("scopes"))
    if scopes:
        yield _system(at, row["appId"], {"reader_may": sorted(scopes)})
    vendor_id = f"private-app:{row['appId']}"
    name = f"Private app {row['appId']}"
    app = at.node(NodeKind.INTEGRATION, vendor_id, name, {"app_kind": "private app", "used_by": "stackmap"})
    token = at.node(NodeKind.CREDENTIAL, vendor_id, f"Token of private app {row['appId']}")
    yield app
    yield token
    yield at.edge(EdgeKind.PART_OF, app.id, at.system, row["appId"])
    yield at.edge(EdgeKind.PART_OF, token.id, at.system, row["appId"])
    yield at.edge(EdgeKind.AUTHENTICATES_WITH, app.id, token.id, row["appId"])
    creator = row.get("userId")
    if creator is None:
        raise NotUnderstoodError("it does not say whose it is")
    yield at.edge(EdgeKind.AUTHORIZED_BY, token.id, at.id(NodeKind.ACCOUNT, creator), row["appId"], row=PRIVATE_APP)


def user(row: Record, at: Scope) -> Iterator[Fact]:
    """A user. Nothing here says whether it is deactivated: the owners tell."""
    properties = {"email": text(row, "email"), "login": text(row, "email")}
    node = at.node(NodeKind.ACCOUNT, row["id"], _name(row), properties)
    yield node
    yield at.edge(EdgeKind.PART_OF, node.id, at.system, row["id"])
    for held in _unique(row.get("roleId"), *texts(row.get("roleIds"))):
        yield at.edge(EdgeKind.HAS_ROLE, node.id, at.id(NodeKind.ROLE, held), row["id"])
    if row.get("superAdmin") is True:
        yield from _super_admin(node, row, at)
    elif row.get("superAdmin") is not False:
        raise NotUnderstoodError("it does not say whether it is a super admin")


def _super_admin(node: Node, row: Record, at: Scope) -> Iterator[Fact]:
    held = at.node(NodeKind.ROLE, _SUPER_ADMIN, "Super admin")
    yield held
    yield at.edge(EdgeKind.PART_OF, held.id, at.system, row["id"])
    yield at.edge(EdgeKind.HAS_ROLE, node.id, held.id, row["id"])
    yield at.edge(EdgeKind.ADMINISTERS, node.id, at.system, row["id"])


def role(row: Record, at: Scope) -> Iterator[Fact]:
    """A permission set that the account has made; HubSpot tells its name, not what it permits."""
    held = at.node(NodeKind.ROLE, row["id"], text(row, "name") or str(row["id"]))
    yield held
    yield at.edge(EdgeKind.PART_OF, held.id, at.system, row["id"])


def team(row: Record, at: Scope) -> Iterator[Fact]:
    """A team is a group of users; those who belong to it besides another one count too."""
    group = at.node(NodeKind.GROUP, row["id"], text(row, "name") or str(row["id"]))
    yield group
    yield at.edge(EdgeKind.PART_OF, group.id, at.system, row["id"])
    for member in _unique(*texts(row.get("userIds")), *texts(row.get("secondaryUserIds"))):
        yield at.edge(EdgeKind.MEMBER_OF, at.id(NodeKind.ACCOUNT, member), group.id, row["id"])
    if not isinstance(row.get("userIds"), list):
        raise NotUnderstoodError("it does not say who belongs to it")


def owner(row: Record, at: Scope) -> Iterator[Fact]:
    """Somebody who may own records, and so an active user. One without a user (of Salesforce only) is no login here."""
    if row.get("type") == "QUEUE":
        queue = at.node(NodeKind.GROUP, f"queue:{row['id']}", _name(row))
        yield queue
        yield at.edge(EdgeKind.PART_OF, queue.id, at.system, row["id"])
    elif row.get("userId") is not None:
        yield from _owner(row, row["userId"], at, active=True)


def archived_owner(row: Record, at: Scope) -> Iterator[Fact]:
    """Somebody who left: `userId` is gone, `userIdIncludingInactive` still tells who it was.

    An archived owner who has a `userId` still is a user, who only owns no records any more.
    """
    was = row.get("userIdIncludingInactive")
    if row.get("type") != "QUEUE" and row.get("userId") is None and was is not None:
        yield from _owner(row, was, at, active=False)


def property_group(row: Record, at: Scope) -> Iterator[Fact]:
    """HubSpot's Salesforce integration brings a group of contact properties of its own.

    The group stays when the integration is uninstalled (knowledge.hubspot.com/salesforce/how-do-i-uninstall-the-
    hubspot-salesforce-integration), so that the link is concluded, not seen. As which Salesforce user it signs in
    is told by no call: that end hangs on a login that cannot be read.
    """
    if row["name"] != _SALESFORCE_GROUP or row.get("archived") is True:
        return
    record, concluded = row["name"], How.INFERRED_KEY
    properties: dict[str, Any] = {
        "app_kind": "native sync",
        "link": {"a": [at.product, at.tenant], "b": ["salesforce", ""]},
    }
    sync = at.id(NodeKind.INTEGRATION, "sync:salesforce")
    seen = at.evidence(record, how=concluded)
    far = system_id("salesforce", "unknown")
    login = make_id("salesforce", "unknown", NodeKind.ACCOUNT, f"unread:hubspot-sync:{at.tenant}")
    yield Node(NodeKind.INTEGRATION, sync, "HubSpot's Salesforce integration", seen, properties)
    yield Node(NodeKind.SYSTEM, far, "Salesforce", seen)
    yield at.edge(EdgeKind.PART_OF, sync, at.system, record, how=concluded)
    yield at.edge(EdgeKind.CONNECTS, sync, far, record, how=concluded)
    yield at.edge(EdgeKind.RUNS_AS, sync, login, record, row=SALESFORCE_SYNC, how=concluded)


def texts(value: Any) -> list[str]:
    """The texts and whole numbers of a list, as texts; nothing of what is no list."""
    given = value if isinstance(value, list) else []
    return [str(item) for item in given if isinstance(item, str | int) and not isinstance(item, bool) and item != ""]


def _owner(row: Record, user_id: object, at: Scope, *, active: bool) -> Iterator[Fact]:
    email = text(row, "email")
    properties = {"active": active, "email": email, "login": email, "owner_id": str(row["id"])}
    node = at.node(NodeKind.ACCOUNT, user_id, _name(row), properties)
    yield node
    yield at.edge(EdgeKind.PART_OF, node.id, at.system, row["id"])


def _system(at: Scope, record: object, properties: dict[str, Any]) -> Node:
    known = {key: value for key, value in properties.items() if value is not None}
    return Node(NodeKind.SYSTEM, at.system, f"HubSpot ({at.tenant})", at.evidence(record), known)


def _name(row: Record) -> str:
    parts = (text(row, "firstName"), text(row, "lastName"))
    return " ".join(part for part in parts if part) or text(row, "email") or str(row["id"])


def _unique(*values: object) -> Iterator[str]:
    return (str(item) for item in dict.fromkeys(values) if item is not None and item != "")
