"""A strict stand-in of Microsoft Graph, as far as stackmap asks it, over a compact made-up tenant.

The tenant is one mapping of lists named like Graph's own: `users` (with `manager`, an id), `deletedItems`,
`applications` and `servicePrincipals` (with `owners`), `oauth2PermissionGrants`, `roleDefinitions` and
`roleAssignments` (with `principal`). What is selected and absent there is null; what is not selected does not come.
Errors have the envelope of concepts/errors.md, permissions are those of api-reference/v1.0/api, both in
microsoftgraph/microsoft-graph-docs-contrib.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from stackmap.sdk import Reply, Request, StandIn

__all__ = ["PERMISSIONS", "standin"]

PERMISSIONS = frozenset(
    {"User.Read.All", "Application.Read.All", "RoleManagement.Read.Directory", "Directory.Read.All"}
)
_ROOT = "/v1.0"
_BEARER = "a-token-of-the-reading-app"
_MOST_EXPANDED = 20
_MANAGER = re.compile(r"manager\(\$levels=\d+;\$select=id\)")
_OWNERS = re.compile(r"owners\(\$select=id\)")
_PRINCIPAL = re.compile(r"principal")


@dataclass(frozen=True, slots=True)
class _Place:
    """An endpoint: where its records are kept, what opens it, what it knows and what comes unasked."""

    rows: str
    opened_by: frozenset[str]
    fields: frozenset[str]
    usual: frozenset[str]
    most: int = 999
    expands: re.Pattern[str] | None = None
    options: frozenset[str] = frozenset({"$select", "$top", "$expand"})


def _fields(names: str) -> frozenset[str]:
    return frozenset(names.split())


_APPS = _fields(
    "id appId displayName createdDateTime signInAudience passwordCredentials keyCredentials publisherDomain tags"
)
_PRINCIPALS = _fields(
    "id appId displayName accountEnabled appOwnerOrganizationId servicePrincipalType verifiedPublisher createdDateTime "
    "homepage"
)
_USERS = _fields(
    "id displayName userPrincipalName mail accountEnabled userType employeeId department jobTitle proxyAddresses "
    "createdDateTime deletedDateTime otherMails mobilePhone employeeLeaveDateTime"
)
_USUAL = _fields("id displayName userPrincipalName mail jobTitle mobilePhone")
_READ_ALL = "Directory.Read.All"
_ROLES = frozenset({"RoleManagement.Read.Directory", _READ_ALL})
_OF_APPS = frozenset({"Application.Read.All", _READ_ALL})
_PLACES: Mapping[str, _Place] = {
    "/users": _Place("users", frozenset({"User.Read.All", _READ_ALL}), _USERS, _USUAL, expands=_MANAGER),
    "/directory/deletedItems/microsoft.graph.user": _Place(
        "deletedItems", frozenset({"User.Read.All"}), _USERS, _USUAL
    ),
    "/applications": _Place("applications", _OF_APPS, _APPS, _APPS, expands=_OWNERS),
    "/servicePrincipals": _Place("servicePrincipals", _OF_APPS, _PRINCIPALS, _PRINCIPALS, expands=_OWNERS),
    "/oauth2PermissionGrants": _Place(
        "oauth2PermissionGrants",
        frozenset({_READ_ALL}),
        _fields("id clientId consentType principalId resourceId scope"),
        _fields("id clientId consentType principalId resourceId scope"),
    ),
    "/roleManagement/directory/roleDefinitions": _Place(
        "roleDefinitions",
        _ROLES,
        _fields("id displayName isBuiltIn"),
        _fields("id displayName isBuiltIn"),
        options=frozenset({"$select", "$expand"}),
    ),
    "/roleManagement/directory/roleAssignments": _Place(
        "roleAssignments",
        _ROLES,
        _fields("id principalId roleDefinitionId directoryScopeId"),
        _fields("id principalId roleDefinitionId directoryScopeId"),
        expands=_PRINCIPAL,
        options=frozenset({"$select", "$expand", "$filter"}),
    ),
}


def standin(
    data: Mapping[str, Any],
    *,
    tenant: str,
    client: str,
    secret: str,
    granted: Set[str] = PERMISSIONS,
    most: int = 999,
) -> StandIn:
    """The API and the place for tokens in one. `granted` are the app's permissions, `most` a page's records."""
    return _Server(data, tenant, client, secret, frozenset(granted), most).answer


@dataclass(frozen=True, slots=True)
class _Server:
    data: Mapping[str, Any]
    tenant: str
    client: str
    secret: str = field(repr=False)
    granted: frozenset[str]
    most: int

    def answer(self, request: Request) -> Reply:
        """One reply. Who asks is checked first, then what is asked, and then whether it is allowed."""
        if request.path == f"/{self.tenant}/oauth2/v2.0/token":
            return self._token(request)
        if request.headers.get("authorization") != f"Bearer {_BEARER}":
            return _error(401, "InvalidAuthenticationToken", "Access token is empty.")
        place = _PLACES.get(request.path.removeprefix(_ROOT)) if request.path.startswith(_ROOT) else None
        if place is None:
            return _error(400, "BadRequest", "Resource not found for the segment.")
        if request.method != "GET":
            return _error(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.")
        if not place.opened_by & self.granted:
            return _error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
        return _refusal(request, place) or self._page(request, place)

    def _token(self, request: Request) -> Reply:
        form = request.form() if request.method == "POST" else {}
        if form.get("grant_type") != "client_credentials" or not form.get("scope", "").endswith("/.default"):
            return Reply(400, {"error": "invalid_request", "error_description": "AADSTS1002012"})
        if (form.get("client_id"), form.get("client_secret")) != (self.client, self.secret):
            return Reply(
                401, {"error": "invalid_client", "error_description": "AADSTS7000215", "error_codes": [7000215]}
            )
        return Reply(200, {"token_type": "Bearer", "expires_in": 3599, "access_token": _BEARER})

    def _page(self, request: Request, place: _Place) -> Reply:
        rows: Sequence[Mapping[str, Any]] = self.data.get(place.rows, ())
        start = int(request.query.get("$skiptoken", "s0")[1:])
        size = min(int(request.query.get("$top", "100")), self.most)
        shown = [_shown(row, request, place) for row in rows[start : start + size]]
        body: dict[str, Any] = {"@odata.context": f"https://graph.microsoft.com/v1.0/$metadata#{place.rows}"}
        if start + size < len(rows):
            query = {**request.query, "$skiptoken": f"s{start + size}"}
            asked = "&".join(f"{quote(name, safe='$')}={quote(value, safe='')}" for name, value in query.items())
            body["@odata.nextLink"] = f"{_origin(request)}{quote(request.path)}?{asked}"
        return Reply(200, {**body, "value": shown})


def _refusal(request: Request, place: _Place) -> Reply | None:
    query = request.query
    if unknown := set(query) - place.options - {"$skiptoken"}:
        return _error(400, "BadRequest", f"The query specified in the URI is not valid: {sorted(unknown)}")
    if odd := [name for name in query.get("$select", "id").split(",") if name not in place.fields]:
        return _error(400, "BadRequest", f"Could not find a property named '{odd[0]}'.")
    expand = query.get("$expand")
    if expand is not None and (place.expands is None or not place.expands.fullmatch(expand)):
        return _error(400, "BadRequest", "Parsing $select and $expand failed.")
    top = query.get("$top", "1")
    if not top.isdecimal() or not 1 <= int(top) <= place.most:
        return _error(400, "Request_UnsupportedQuery", "Invalid page size specified.")
    if not re.fullmatch(r"s\d+", query.get("$skiptoken", "s0")):
        return _error(400, "Directory_ExpiredPageToken", "The specified page token value has expired.")
    return None


def _shown(row: Mapping[str, Any], request: Request, place: _Place) -> dict[str, Any]:
    """What was selected, null where the record has nothing, and what was expanded. An absent manager is left out."""
    chosen = request.query.get("$select")
    names = chosen.split(",") if chosen else sorted(place.usual)
    found = {name: row.get(name) for name in names}
    if place.expands is _MANAGER and "$expand" in request.query and row.get("manager"):
        found["manager"] = {"@odata.type": "#microsoft.graph.user", "id": row["manager"]}
    if place.expands is _OWNERS and "$expand" in request.query:
        found["owners"] = [_owner(item) for item in row.get("owners", ())][:_MOST_EXPANDED]
    if place.expands is _PRINCIPAL and "$expand" in request.query:
        kind, number = row.get("principal", "user"), row["principalId"]
        found["principal"] = {"@odata.type": f"#microsoft.graph.{kind}", "id": number, "mobilePhone": "+1 555 0111"}
    return found


def _owner(said: str) -> dict[str, Any]:
    """`app:<id>` is a program, anything else a user."""
    kind, _, number = said.rpartition(":")
    return {"@odata.type": f"#microsoft.graph.{'servicePrincipal' if kind else 'user'}", "id": number}


def _origin(request: Request) -> str:
    return f"{request.headers.get('x-forwarded-proto', 'https')}://{request.headers.get('host', 'graph.microsoft.com')}"


def _error(status: int, code: str, message: str) -> Reply:
    inner = {"date": "2026-11-22T12:00:00", "request-id": "0000", "client-request-id": "0000"}
    return Reply(status, {"error": {"code": code, "message": message, "innerError": inner}})
