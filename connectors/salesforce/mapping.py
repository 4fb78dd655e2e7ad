"""The org and its people: one record in, facts out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from connectors.salesforce.fields import flag, full_id, text
from connectors.salesforce.queries import PERMISSIONS
from stackmap.model import AccountType, EdgeKind, Fact, Node, NodeKind
from stackmap.sdk import Record, Scope, lookup, used_within

__all__ = [
    "SYSTEM_USERS",
    "assignment",
    "freeze",
    "limits",
    "organization",
    "permissions",
    "queue",
    "queue_member",
    "reader",
    "user",
]

SYSTEM_USERS = frozenset({"AutomatedProcess", "CloudIntegrationUser", "Guest"})
"""User types that Salesforce makes and keeps itself."""

_ENGAGEMENT_USER = re.compile(r"b2bmaintegration@[^@]*\.ext", re.IGNORECASE)
_API_ONLY_LICENCE = "salesforce integration"
_API_ONLY_PROFILE = "minimum access - api only integrations"
_AGENT_PROFILE = "einstein agent user"
# help.salesforce.com/s/articleView?id=000384569: enabling CRM Analytics makes two users with a licence, profiles and
# user names of their own; nobody can sign in as them.
_ANALYTICS_USER = re.compile(r"(integration|security)@00d[a-z0-9]{12}(?:[a-z0-9]{3})?\.com", re.IGNORECASE)
_ANALYTICS_LICENCE = "analytics cloud integration user"
_ANALYTICS_PROFILES = frozenset({"analytics cloud integration user", "analytics cloud security user"})
_GROUP = "00G"


def organization(row: Record, at: Scope) -> Iterator[Fact]:
    """The org itself."""
    properties = {
        "edition": text(row, "OrganizationType") or None,
        "instance": text(row, "InstanceName") or None,
        "org_id": full_id(text(row, "Id")),
        "sandbox": flag(row, "IsSandbox"),
    }
    # An org is called after the company, as every other system of it could be.
    name = text(row, "Name")
    yield _system(f"Salesforce ({name})" if name else "", properties, at, row["Id"])


def limits(row: Record, at: Scope) -> Iterator[Fact]:
    """How many of the day's API calls are spent."""
    allowed, left = lookup(row, "DailyApiRequests.Max"), lookup(row, "DailyApiRequests.Remaining")
    if isinstance(allowed, int) and isinstance(left, int):
        yield _system("", {"calls_today": [allowed - left, allowed]}, at, "DailyApiRequests")


def permissions(row: Record, at: Scope) -> Iterator[Fact]:
    """What the login that reads may do, and which of the permissions asked about it lacks."""
    known = {label: flag(row, column) for column, label in PERMISSIONS.items()}
    properties = {
        "reader_may": sorted(label for label, has in known.items() if has),
        "reader_lacks": sorted(label for label, has in known.items() if has is False),
    }
    yield _system("", properties, at, "reader")


def reader(row: Record, at: Scope) -> Iterator[Fact]:
    """As which user stackmap itself reads."""
    yield _system("", {"reader": at.id(NodeKind.ACCOUNT, full_id(str(row["user_id"])))}, at, "reader")


def _system(name: str, properties: dict[str, Any], at: Scope, record: object) -> Node:
    known = {key: value for key, value in properties.items() if value is not None}
    return Node(NodeKind.SYSTEM, at.system, name, at.evidence(record), known)


def user(row: Record, at: Scope) -> Iterator[Fact]:
    """A user. Its type is said only where Salesforce's own data decides it."""
    user_id = full_id(str(row["Id"]))
    login = text(row, "Username")
    properties: dict[str, Any] = {
        "active": flag(row, "IsActive"),
        "created_at": text(row, "CreatedDate") or None,
        "directory_id": text(row, "FederationIdentifier") or None,
        "email": text(row, "Email") or None,
        "licence": text(row, "Profile.UserLicense.Name") or None,
        "login": login or None,
        **_type(row),
    }
    if "LastLoginDate" in row:
        properties["used_within"] = used_within(row["LastLoginDate"], at.taken_at, never=row["LastLoginDate"] is None)
    node = at.node(NodeKind.ACCOUNT, user_id, text(row, "Name") or login or user_id, properties)
    yield node
    yield at.edge(EdgeKind.PART_OF, node.id, at.system, user_id)


def _type(row: Record) -> dict[str, Any]:
    """Type and reason, where the vendor's data decides. Everything else is judged with all systems in view."""
    kind, profile, licence = text(row, "UserType"), text(row, "Profile.Name"), text(row, "Profile.UserLicense.Name")
    if kind in SYSTEM_USERS:
        return _typed(AccountType.VENDOR_MANAGED, f"Salesforce keeps it itself (user type {kind})")
    if _ENGAGEMENT_USER.fullmatch(text(row, "Username")):
        return _typed(AccountType.VENDOR_MANAGED, "Account Engagement made it and keeps it")
    if _is_of_analytics(text(row, "Username"), profile, licence):
        return _typed(AccountType.VENDOR_MANAGED, "CRM Analytics made it and keeps it")
    if profile.casefold() == _AGENT_PROFILE:
        return _typed(AccountType.INTEGRATION, f"its profile is {profile}")
    if licence.casefold() == _API_ONLY_LICENCE or profile.casefold() == _API_ONLY_PROFILE:
        which = f"licence is {licence}" if licence.casefold() == _API_ONLY_LICENCE else f"profile is {profile}"
        return {**_typed(AccountType.INTEGRATION, f"its {which}"), "api_only": True}
    return {}


def _is_of_analytics(login: str, profile: str, licence: str) -> bool:
    named = licence.casefold() == _ANALYTICS_LICENCE or profile.casefold() in _ANALYTICS_PROFILES
    return named or _ANALYTICS_USER.fullmatch(login) is not None


def _typed(kind: AccountType, reason: str) -> dict[str, Any]:
    return {"account_type": kind.value, "type_reasons": [reason]}


def freeze(row: Record, at: Scope) -> Iterator[Fact]:
    """A frozen login: the list of users does not say so."""
    if row.get("IsFrozen") is True:
        yield at.node(NodeKind.ACCOUNT, full_id(str(row["UserId"])), "", {"frozen": True})


def assignment(row: Record, at: Scope) -> Iterator[Fact]:
    """A powerful profile, permission set or group of them, and an active user who has it.

    A group's power hangs on a permission set of its own, so the row names that; the group is what people know.
    """
    role_id, name = _role(row)
    record = f"{row['AssigneeId']}/{row['PermissionSetId']}"
    granted = [label for column, label in PERMISSIONS.items() if lookup(row, f"PermissionSet.{column}") is True]
    role = Node(NodeKind.ROLE, at.id(NodeKind.ROLE, role_id), name, at.evidence(record), {"permissions": granted})
    yield role
    yield at.edge(EdgeKind.PART_OF, role.id, at.system, record)
    yield at.edge(EdgeKind.HAS_ROLE, at.id(NodeKind.ACCOUNT, full_id(str(row["AssigneeId"]))), role.id, record)


def _role(row: Record) -> tuple[str, str]:
    label = text(row, "PermissionSet.Label")
    if profile := text(row, "PermissionSet.ProfileId"):
        name = text(row, "PermissionSet.Profile.Name")
        return full_id(profile), f"{name} (profile)" if name else "a profile"
    if group := text(row, "PermissionSetGroupId"):
        return full_id(group), text(row, "PermissionSetGroup.MasterLabel") or label or "a permission set group"
    return full_id(str(row["PermissionSetId"])), label or "a permission set"


def queue(row: Record, at: Scope) -> Iterator[Fact]:
    """A queue: work waits there for its members."""
    properties = {"developer_name": text(row, "DeveloperName") or None}
    node = at.node(NodeKind.GROUP, full_id(str(row["Id"])), text(row, "Name"), properties)
    yield node
    yield at.edge(EdgeKind.PART_OF, node.id, at.system, row["Id"])


def queue_member(row: Record, at: Scope) -> Iterator[Fact]:
    """A member of a queue. One that is a group itself stands for people who were not read: the queue is not empty."""
    member = full_id(str(row["UserOrGroupId"]))
    who = f"unread:group-{member}" if member.startswith(_GROUP) else member
    queue_id = at.id(NodeKind.GROUP, full_id(str(row["GroupId"])))
    yield at.edge(EdgeKind.MEMBER_OF, at.id(NodeKind.ACCOUNT, who), queue_id, row["Id"])
