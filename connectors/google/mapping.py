"""Users, roles and groups: one record in, facts out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from stackmap.model import EdgeKind, Fact, Node, NodeKind
from stackmap.sdk import NotUnderstoodError, Record, Scope, maps, text, used_within

__all__ = ["MANAGER_EMAIL", "assignment", "deleted_user", "group", "owner", "role", "user"]

MANAGER_EMAIL = "manager_email"
_BY_HAND = frozenset({"", "ADMIN"})  # assumed: Google lists no reasons, any other is taken for its own doing


def user(row: Record, at: Scope) -> Iterator[Fact]:
    """A user is a login, never a person. Super administrators administer the whole Workspace."""
    account = _account(row, at, {**_state(row, at), "used_within": used_within(row.get("lastLoginTime"), at.taken_at)})
    yield account
    yield at.edge(EdgeKind.PART_OF, account.id, at.system, row["id"])
    if row.get("isAdmin") is True:
        yield at.edge(EdgeKind.ADMINISTERS, account.id, at.system, row["id"])


def deleted_user(row: Record, at: Scope) -> Iterator[Fact]:
    """Somebody whose account was deleted, as long as Google still tells."""
    account = _account(row, at, {"active": False, "deactivated_at": text(row, "deletionTime")})
    yield account
    yield at.edge(EdgeKind.PART_OF, account.id, at.system, row["id"])


def role(row: Record, at: Scope) -> Iterator[Fact]:
    """An administrator's role."""
    super_admin = row.get("isSuperAdminRole")
    properties = {"super_admin": super_admin if isinstance(super_admin, bool) else None}
    held = at.node(NodeKind.ROLE, row["roleId"], text(row, "roleName") or str(row["roleId"]), properties)
    yield held
    yield at.edge(EdgeKind.PART_OF, held.id, at.system, row["roleId"])


def assignment(row: Record, at: Scope) -> Iterator[Fact]:
    """Who has which role. One that was given to a group is somebody's whom this list does not name."""
    if row.get("assigneeType") == "group":
        raise NotUnderstoodError("it is given to a group, whose members are not read")
    where = "one organizational unit" if row.get("scopeType") == "ORG_UNIT" else None
    account = at.id(NodeKind.ACCOUNT, row["assignedTo"])
    held = at.id(NodeKind.ROLE, row["roleId"])
    known = {"limited_to": where} if where else {}
    yield at.edge(EdgeKind.HAS_ROLE, account, held, row["roleAssignmentId"], properties=known)


def group(row: Record, at: Scope) -> Iterator[Fact]:
    """A group; who is in it is not asked, who owns it is another list."""
    node = at.node(NodeKind.GROUP, row["id"], text(row, "name") or str(row["id"]))
    yield node
    yield at.edge(EdgeKind.PART_OF, node.id, at.system, row["id"])


def owner(row: Record, at: Scope) -> Iterator[Fact]:
    """A user who owns a group. Groups and outsiders may own one, too: those are no logins of this Workspace."""
    if row.get("type") == "USER" and text(row, "group") and text(row, "id"):
        account = at.id(NodeKind.ACCOUNT, row["id"])
        yield at.edge(EdgeKind.OWNED_BY, at.id(NodeKind.GROUP, row["group"]), account, f"{row['group']}:{row['id']}")


def _state(row: Record, at: Scope) -> Mapping[str, Any]:
    """On, suspended or archived. Only an administrator's suspension can mean that somebody left; settings say so."""
    suspended, archived = row.get("suspended"), row.get("archived")
    if archived is True:
        return {"active": False, "archived": True, "deactivated_at": text(row, "archivalTime")}
    if suspended is True:
        by_hand = str(row.get("suspensionReason") or "") in _BY_HAND
        if by_hand and at.settings.get("suspended_means", "away") == "left":
            # Not frozen, too: what is frozen may come back, and so nobody would have left.
            return {"active": False, "deactivated_at": text(row, "suspensionTime")}
        return {"active": True, "frozen": True}
    return {"active": True, "frozen": False} if suspended is False else {}


def _account(row: Record, at: Scope, state: Mapping[str, Any]) -> Node:
    work = _organization(row)
    email = text(row, "primaryEmail")
    aliases = row.get("aliases")
    others = [alias for alias in aliases if isinstance(alias, str)] if isinstance(aliases, list) else []
    properties = {
        "login": email,
        "email": email,
        "aliases": others or None,
        "directory_id": at.directory_id(row["id"]),
        "department": text(work, "department"),
        "title": text(work, "title"),
        "org_unit": text(row, "orgUnitPath"),
        "created_at": text(row, "creationTime"),
        MANAGER_EMAIL: _manager(row),
        **state,
    }
    return at.node(NodeKind.ACCOUNT, row["id"], text(row, "name.fullName") or email or str(row["id"]), properties)


def _organization(row: Record) -> Mapping[str, Any]:
    found = sorted(maps(row, "organizations"), key=lambda item: item.get("primary") is not True)
    return found[0] if found else {}


def _manager(row: Record) -> str | None:
    named = (text(item, "value") for item in maps(row, "relations") if item.get("type") == "manager")
    return next((value for value in named if value and "@" in value), None)
