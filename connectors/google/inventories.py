"""What is asked of Google, list by list.

Paths, parameters, page sizes and scopes: Google's discovery document admin.directory_v1, as in
googleapis/google-api-python-client, googleapiclient/discovery_cache/documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any
from urllib.parse import quote, unquote

from connectors.google import mapping, mapping_apps
from connectors.google.joins import wanted
from connectors.google.signing_in import Right
from stackmap.model import EdgeKind, FixBy, NodeKind, Reach
from stackmap.sdk import MISSING, Answer, Get, Inventory, Per, Record, Trouble, cursor, lookup

__all__ = ["INVENTORIES"]

_ROOT = "/admin/directory/v1"
_CUSTOMER = "my_customer"
_PAGES = cursor("pageToken", "nextPageToken")
# Only what is kept is asked for: phone numbers, addresses and notes of people never travel.
_USER_FIELDS = (
    "id,primaryEmail,name/fullName,aliases,suspended,suspensionReason,suspensionTime,archived,archivalTime,isAdmin,"
    "isDelegatedAdmin,creationTime,lastLoginTime,deletionTime,orgUnitPath,organizations,relations"
)
_SPENT = frozenset({"userRateLimitExceeded", "rateLimitExceeded", "quotaExceeded", "dailyLimitExceeded"})


def _outcome(answer: Answer) -> Trouble | None:
    """A spent quota and a missing permission are both 403: developers.google.com/workspace/admin/directory/v1/limits"""
    if answer.status != 403:
        return None
    code = str(lookup(answer.body, "error.errors.0.reason", "") or "403")
    if code in _SPENT:
        reason = "Google's rate limit is spent: run again later"
        return Trouble(Reach.FAILED, reason, FixBy.OPERATOR, code)
    if code == "accessNotConfigured":
        reason = "the Admin SDK API is not switched on in the service account's Google Cloud project"
        return Trouble(Reach.DENIED, reason, FixBy.ADMIN, code)
    return None


def _listed(name: str, kind: str) -> Callable[[Answer], Any]:
    """Google leaves an empty list out; that it is that list at all, its `kind` tells."""

    def records(answer: Answer) -> Any:
        rows = lookup(answer.body, name)
        if rows is None and lookup(answer.body, "kind") == f"admin#directory#{kind}":
            return ()
        return rows if isinstance(rows, list) else MISSING

    return records


def _members(answer: Answer) -> Any:
    """Members do not say of which group they are: the address that was asked does."""
    rows = _listed("members", "members")(answer)
    if rows is MISSING or not all(isinstance(row, dict) for row in rows):
        return MISSING
    group = unquote(answer.path.rpartition("/members")[0].rpartition("/")[2])
    return [{**row, "group": group} for row in rows]


def _users(*, deleted: bool) -> Get:
    fields = f"kind,nextPageToken,users({_USER_FIELDS})"
    whom = {"customer": _CUSTOMER, "projection": "full", "fields": fields}
    return Get(f"{_ROOT}/users", {**whom, "maxResults": 500, "showDeleted": deleted})


def _each(path: str, **params: str | int) -> Callable[[Sequence[Record]], Iterator[Get]]:
    def requests(rows: Sequence[Record]) -> Iterator[Get]:
        for row in rows:
            if isinstance(row.get("id"), str) and row["id"]:
                yield Get(_ROOT + path.format(quote(row["id"], safe="")), params)

    return requests


def _needs(right: Right) -> tuple[str, ...]:
    return (f"admin.directory.{right}",)


_list = partial(Inventory, pages=_PAGES, outcome=_outcome, absent_on=frozenset[int]())
"""A list of the whole Workspace: it is always there. What is asked per record may be gone by then."""

USERS = _list(
    "users",
    _users(deleted=False),
    mapping.user,
    emits=frozenset({NodeKind.ACCOUNT, EdgeKind.ADMINISTERS, EdgeKind.PART_OF}),
    lists=frozenset({NodeKind.ACCOUNT, EdgeKind.ADMINISTERS}),
    needs=_needs(Right.USERS),
    says="Users who are there, suspended and archived ones too, and who is a super administrator.",
    records=_listed("users", "users"),
)

DELETED = _list(
    "deleted-users",
    _users(deleted=True),
    mapping.deleted_user,
    emits=frozenset({NodeKind.ACCOUNT, EdgeKind.PART_OF}),
    lists=frozenset({NodeKind.ACCOUNT}),
    needs=_needs(Right.USERS),
    says="Users who were deleted, as long as Google still lists them.",
    records=_listed("users", "users"),
)

ROLES = _list(
    "roles",
    Get(f"{_ROOT}/customer/{_CUSTOMER}/roles", {"maxResults": 100}),
    mapping.role,
    emits=frozenset({NodeKind.ROLE, EdgeKind.PART_OF}),
    needs=_needs(Right.ROLES),
    says="Administrators' roles by name.",
    records=_listed("items", "roles"),
    required=("roleId",),
)

ASSIGNMENTS = _list(
    "role-assignments",
    Get(f"{_ROOT}/customer/{_CUSTOMER}/roleassignments", {"maxResults": 200}),
    mapping.assignment,
    emits=frozenset({EdgeKind.HAS_ROLE}),
    needs=_needs(Right.ROLES),
    says="Who has which administrator's role. One given to a group is named as unread.",
    records=_listed("items", "roleAssignments"),
    required=("roleAssignmentId", "roleId", "assignedTo"),
)

GROUPS = _list(
    "groups",
    Get(f"{_ROOT}/groups", {"customer": _CUSTOMER, "maxResults": 200}),
    mapping.group,
    emits=frozenset({NodeKind.GROUP, EdgeKind.PART_OF}),
    needs=_needs(Right.GROUPS),
    says="Groups by name. Who belongs to them is not asked.",
    records=_listed("groups", "groups"),
)

OWNERS = Inventory(
    "group-owners",
    Per("groups", _each("/groups/{}/members", roles="OWNER", maxResults=200)),
    mapping.owner,
    emits=frozenset({EdgeKind.OWNED_BY}),
    needs=_needs(Right.GROUPS),
    says="Who owns each group: one call per group.",
    records=_members,
    pages=_PAGES,
    outcome=_outcome,
)

TOKENS = Inventory(
    "tokens",
    Per("users", _each("/users/{}/tokens"), wanted),
    mapping_apps.token,
    emits=frozenset(
        {
            NodeKind.GRANT,
            NodeKind.INTEGRATION,
            NodeKind.SYSTEM,
            EdgeKind.AUTHENTICATES_WITH,
            EdgeKind.AUTHORIZED_BY,
            EdgeKind.CONNECTS,
            EdgeKind.PART_OF,
        }
    ),
    lists=frozenset({NodeKind.GRANT, NodeKind.INTEGRATION, EdgeKind.AUTHENTICATES_WITH, EdgeKind.AUTHORIZED_BY}),
    needs=_needs(Right.SECURITY),
    says="Apps that users let in, and with which rights: one call per user, of those whom `tokens_of` names.",
    records=_listed("items", "tokenList"),
    outcome=_outcome,
    required=("clientId", "userKey"),
)

PASSWORDS = Inventory(
    "app-passwords",
    Per("users", _each("/users/{}/asps"), wanted),
    mapping_apps.app_password,
    emits=frozenset({NodeKind.CREDENTIAL, EdgeKind.AUTHORIZED_BY, EdgeKind.KNOWS, EdgeKind.PART_OF}),
    lists=frozenset({NodeKind.CREDENTIAL, EdgeKind.KNOWS}),
    needs=_needs(Right.SECURITY),
    says="Passwords that users made for single programs, never their values: one call per user, as above.",
    records=_listed("items", "aspList"),
    outcome=_outcome,
    required=("codeId", "userKey"),
)

INVENTORIES = (USERS, DELETED, ROLES, ASSIGNMENTS, GROUPS, OWNERS, TOKENS, PASSWORDS)
