"""Users, groups and administrators: one record in, facts out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from stackmap.model import EdgeKind, Fact, NodeKind
from stackmap.sdk import NotUnderstoodError, Record, Scope, lookup, text, used_within

__all__ = ["MANAGER_SAID", "administrator", "assigned_role", "group", "last_part", "user"]

MANAGER_SAID = "manager_said"
"""What a profile's `managerId` holds: an id, a login, a staff number, whatever the organisation writes there."""

_GONE = "DEPROVISIONED"
_NOT_BEGUN = frozenset({"STAGED", "PROVISIONED"})
_HERE = frozenset({"ACTIVE", "LOCKED_OUT", "PASSWORD_EXPIRED", "RECOVERY", "SUSPENDED"})
"""States of users who have not left: a lock or a lost password is no departure, a suspension may be a leave.

okta/models/user_status.py of Okta's Python client (PyPI okta 3.4.6) lists all there are.
"""

# Both may change the org's settings, its users and its apps; other roles are limited to a part:
# help.okta.com/en-us/Content/Topics/Security/administrators-admin-comparison.htm
_ADMINISTRATORS = frozenset({"SUPER_ADMIN", "ORG_ADMIN"})


def user(row: Record, at: Scope) -> Iterator[Fact]:
    """A user. Raises NotUnderstoodError, last of all, for a status that Okta does not document."""
    account = at.node(NodeKind.ACCOUNT, row["id"], _name(row), {**_state(row, at), **_profile(row)})
    yield account
    yield at.edge(EdgeKind.PART_OF, account.id, at.system, row["id"])
    if row.get("status") not in {_GONE, *_NOT_BEGUN, *_HERE}:
        raise NotUnderstoodError("its status is none that Okta documents")


def _state(row: Record, at: Scope) -> Mapping[str, Any]:
    status = row.get("status")
    return {
        "active": True if status in _HERE else False if status == _GONE else None,
        "frozen": status == "SUSPENDED" if status in _HERE else None,
        "pending": True if status in _NOT_BEGUN else None,
        "created_at": text(row, "created"),
        "deactivated_at": text(row, "statusChanged") if status == _GONE else None,
        "used_within": used_within(row.get("lastLogin"), at.taken_at),
        "directory_id": at.directory_id(row["id"]),
    }


def _profile(row: Record) -> Mapping[str, Any]:
    """What the organisation says of a user. The second, private address and the phone numbers are left alone."""
    return {
        "email": text(row, "profile.email"),
        "login": text(row, "profile.login"),
        "title": text(row, "profile.title"),
        "department": text(row, "profile.department"),
        "employee_id": text(row, "profile.employeeNumber"),
        MANAGER_SAID: text(row, "profile.managerId"),
    }


def _name(row: Record) -> str:
    parts = (text(row, "profile.firstName"), text(row, "profile.lastName"))
    whole = " ".join(part for part in parts if part)
    return text(row, "profile.displayName") or whole or text(row, "profile.login") or str(row["id"])


def group(row: Record, at: Scope) -> Iterator[Fact]:
    """A group, without its members."""
    kind = text(row, "type")
    name = text(row, "profile.name") or str(row["id"])
    node = at.node(NodeKind.GROUP, row["id"], name, {"group_type": kind, "created_at": text(row, "created")})
    yield node
    yield at.edge(EdgeKind.PART_OF, node.id, at.system, row["id"])


def administrator(row: Record, at: Scope) -> Iterator[Fact]:
    """Somebody who has an administrator's role; which one is asked below. The name is the users' to tell."""
    yield at.node(NodeKind.ACCOUNT, row["id"], "")


def assigned_role(row: Record, at: Scope) -> Iterator[Fact]:
    """A role that somebody has, by themselves or by a group. Raises NotUnderstoodError where it does not say who."""
    kind = str(row["type"])
    number = kind if kind != "CUSTOM" else text(row, "role") or str(row["id"])
    held = at.node(NodeKind.ROLE, number, text(row, "label") or kind)
    yield held
    yield at.edge(EdgeKind.PART_OF, held.id, at.system, row["id"])
    who = last_part(lookup(row, "_links.assignee.href"))
    if not who:
        raise NotUnderstoodError("it does not say who has it")
    account = at.id(NodeKind.ACCOUNT, who)
    if row.get("status") == "INACTIVE":
        return
    yield at.edge(EdgeKind.HAS_ROLE, account, held.id, row["id"], properties=_by_group(row))
    if kind in _ADMINISTRATORS:
        yield at.edge(EdgeKind.ADMINISTERS, account, at.system, row["id"], properties=_by_group(row))


def _by_group(row: Record) -> Mapping[str, Any]:
    return {"by_group": True} if row.get("assignmentType") == "GROUP" else {}


def last_part(address: object) -> str:
    """The id at the end of one of Okta's links (`.../api/v1/users/00u1`), "" where there is none."""
    return unquote(urlsplit(address).path.rpartition("/")[2]) if isinstance(address, str) else ""
