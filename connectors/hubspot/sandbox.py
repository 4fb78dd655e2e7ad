"""A strict stand-in of HubSpot's API over a made-up account: the dated paths, and their v3 twins.

The account is one mapping of rows as HubSpot answers them: `account` (one object), `users`, `owners`, `teams`, `roles`,
`flows` (with their `actions`; `"sensitive": true` asks for the scope for sensitive data), `workflows` (of the old
API), `workflow_ids`, `security`, `logins`, `audit`, `property_groups` (by object) and `own_app` (the id of the private
app whose token is given). A time may be written relative to the start ("-3d", "-5h", "+2d").

Paths, parameters and fields follow HubSpot's reference (developers.hubspot.com/docs/api-reference). Of errors, the one
for missing scopes is as users report it (github.com/HubSpot/hubspot-api-nodejs/issues/268), the others have its
envelope and categories from general use. HubSpot is not known to refuse unknown parameters; this stand-in does, so that
no misspelt one goes unnoticed.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from connectors.hubspot.sandbox_questions import asked_for, wrong_with
from connectors.hubspot.sandbox_times import resolved
from connectors.hubspot.versions import DATED, PATHS
from stackmap.sdk import Reply, Request, StandIn

__all__ = ["standin"]

_AUTOMATION = frozenset({"automation"})
_LOGS = frozenset({"account-info.security.read"})
_SCOPES: Mapping[str, frozenset[str]] = {
    "users": frozenset({"settings.users.read", "crm.objects.users.read"}),
    "roles": frozenset({"settings.users.read"}),
    "teams": frozenset({"settings.users.teams.read"}),
    "owners": frozenset({"crm.objects.owners.read", "automation"}),
    "flows": _AUTOMATION,
    "flow": _AUTOMATION,
    "workflows-v3": _AUTOMATION,
    "workflow-ids": _AUTOMATION,
    "security-activity": _LOGS,
    "log-ins": _LOGS,
    "audit-log": _LOGS,
    "property-groups": frozenset({"crm.schemas.contacts.read", "crm.objects.contacts.read"}),
}
"""What opens a path: any of these."""

_SENSITIVE = "crm.objects.contacts.sensitive.read"
_GRANTED = frozenset(
    {
        "account-info.security.read",
        "automation",
        "crm.objects.owners.read",
        _SENSITIVE,
        "crm.schemas.contacts.read",
        "oauth",
        "settings.users.read",
        "settings.users.teams.read",
    }
)
_USUAL = 100
_POSTS = frozenset({"own-token", "workflow-ids"})
_ROWS = {
    "users": "users",
    "roles": "roles",
    "teams": "teams",
    "flows": "flows",
    "security-activity": "security",
    "log-ins": "logins",
    "audit-log": "audit",
}
_UNPAGED = frozenset({"roles", "teams"})
_OF_A_LIST = (
    "id",
    "uuid",
    "name",
    "flowType",
    "isEnabled",
    "objectTypeId",
    "revisionId",
    "createdAt",
    "updatedAt",
)
_HEADERS = {"x-hubspot-ratelimit-daily": "250000", "x-hubspot-ratelimit-daily-remaining": "249000"}


def standin(
    data: Mapping[str, Any],
    *,
    token: str,
    kind: str = "service-key",
    deny: Collection[str] = frozenset(),
    enterprise: bool = True,
    token_user: str = "",
    most: int = 0,
    clock: Callable[[], datetime] | None = None,
) -> StandIn:
    """The API as a function.

    `kind` is "service-key" or "private-app", of which `token_user` is the creator. `deny` takes scopes away, `most`
    keeps pages shorter than asked for.
    """
    now = clock() if clock else datetime.now(UTC)
    return _Server(resolved(data, now), token, kind, _GRANTED - frozenset(deny), enterprise, token_user, most).answer


@dataclass(frozen=True, slots=True)
class _Server:
    data: Mapping[str, Any]
    token: str = field(repr=False)
    kind: str
    scopes: frozenset[str]
    enterprise: bool
    token_user: str
    most: int

    def answer(self, request: Request) -> Reply:
        """One reply. Who asks is checked first, then where, then what is asked."""
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return _error(401, "INVALID_AUTHENTICATION", "Authentication credentials not found.")
        name, vendor_id = _route(request.path)
        if not name:
            return _error(404, "OBJECT_NOT_FOUND", "resource not found")
        if request.method != ("POST" if name in _POSTS else "GET"):
            return _error(405, "METHOD_NOT_ALLOWED", "method not allowed")
        return self._refusal(name, request) or self._reply(name, vendor_id, request)

    def _refusal(self, name: str, request: Request) -> Reply | None:
        wanted = _SCOPES.get(name, frozenset({"oauth"}))
        if not wanted & self.scopes:
            return _missing(wanted)
        if name == "audit-log" and not self.enterprise:
            return _error(403, "FORBIDDEN", "This account does not have access to audit logs.")  # made up
        problem = wrong_with(name, request)
        return _error(400, "VALIDATION_ERROR", problem) if problem else None

    def _reply(self, name: str, vendor_id: str, request: Request) -> Reply:
        match name:
            case "account":
                return Reply(200, self.data.get("account", {}), _HEADERS)
            case "own-token":
                return self._own_token(request)
            case "flow":
                return self._flow(vendor_id)
            case "workflows-v3":
                return Reply(200, {"workflows": self._rows("workflows")}, _HEADERS)
            case "workflow-ids":
                return self._current_ids(request)
            case "property-groups":
                groups = self.data.get("property_groups", {})
                return Reply(200, {"results": groups.get("contacts", [])}, _HEADERS)
            case _:
                return self._list(name, request)

    def _rows(self, name: str) -> list[dict[str, Any]]:
        return list(self.data.get(name, ()))

    def _list(self, name: str, request: Request) -> Reply:
        if name == "owners":
            archived = request.query.get("archived", "").lower() == "true"  # the official client writes "False"
            rows = [row for row in self._rows("owners") if (row.get("archived") is True) is archived]
        else:
            rows = self._rows(_ROWS[name])
        if name == "flows":
            rows = [{key: row[key] for key in _OF_A_LIST if key in row} for row in rows]
        rows = [row for row in rows if asked_for(row, request)]
        return Reply(200, {"results": rows}, _HEADERS) if name in _UNPAGED else self._page(rows, request)

    def _page(self, rows: Sequence[Any], request: Request) -> Reply:
        """One page. The cursor holds how many were given; to the client it is opaque."""
        limit = int(request.query.get("limit", _USUAL))
        size = min(limit, self.most) if self.most else limit
        try:
            start = int(base64.b64decode(request.query.get("after", ""), validate=True) or b"0")
        except (binascii.Error, ValueError):
            return _error(400, "VALIDATION_ERROR", "The after parameter is invalid.")
        body: dict[str, Any] = {"results": list(rows[start : start + size])}
        if start + size < len(rows):
            after = base64.b64encode(str(start + size).encode()).decode()
            body["paging"] = {"next": {"after": after, "link": f"?after={after}"}}
        return Reply(200, body, _HEADERS)

    def _own_token(self, request: Request) -> Reply:
        """Whose token: documented for private apps; that a service key is answered by a 400 is made up."""
        body = _json(request)
        if not isinstance(body, Mapping) or body.get("tokenKey") != self.token:
            return _error(400, "VALIDATION_ERROR", "tokenKey is missing or not known.")
        if self.kind != "private-app":
            return _error(400, "VALIDATION_ERROR", "The token is not a private app access token.")
        user = int(self.token_user) if self.token_user.isdecimal() else None
        account = self.data.get("account", {})
        told = {
            "userId": user,
            "hubId": account.get("portalId"),
            "appId": self.data.get("own_app", 1000),
            "scopes": sorted(self.scopes),
        }
        return Reply(200, told)

    def _flow(self, vendor_id: str) -> Reply:
        row = next((row for row in self._rows("flows") if str(row.get("id")) == vendor_id), None)
        if row is None:
            return _error(404, "OBJECT_NOT_FOUND", "resource not found")
        if row.get("sensitive") is True and _SENSITIVE not in self.scopes:
            return _missing(frozenset({_SENSITIVE}))
        shown = {key: value for key, value in row.items() if key not in {"sensitive", "flowType"}}
        return Reply(200, {"actions": [], **shown, "type": row.get("type", "CONTACT_FLOW")}, _HEADERS)

    def _current_ids(self, request: Request) -> Reply:
        body = _json(request)
        inputs = body.get("inputs") if isinstance(body, Mapping) else None
        if not isinstance(inputs, list) or not all(isinstance(item, Mapping) and "type" in item for item in inputs):
            return _error(400, "VALIDATION_ERROR", "Some required fields were not set: [inputs]")
        wanted = {str(item.get("workflowId")) for item in inputs if item["type"] == "WORKFLOW_ID"}
        found = [row for row in self._rows("workflow_ids") if str(row.get("workflowId")) in wanted]
        whole = len(found) == len(wanted)
        told: dict[str, Any] = {"status": "COMPLETE", "results": found}
        if not whole:
            told |= {"numErrors": len(wanted) - len(found), "errors": []}
        return Reply(200 if whole else 207, told, _HEADERS)


def _route(path: str) -> tuple[str, str]:
    """Which list a path names, and the id in it: dated, or as the older clients write it."""
    plain = path.rstrip("/")
    head, _, last = plain.rpartition("/")
    if head == PATHS["flows"] and last:
        return "flow", last
    twins = {_twin(dated): name for name, dated in PATHS.items() if name != "owners-archived"}
    known = {dated: name for name, dated in PATHS.items()} | twins
    return known.get(plain, ""), ""


def _twin(path: str) -> str:
    """The path as v3 writes it: `/crm/v3/owners` for `/crm/owners/2026-03`; only account-info keeps its place."""
    if path.startswith("/account-info/"):
        return path.replace(DATED, "v3")
    area, found, rest = path.partition(f"/{DATED}")
    if not found:
        return path
    above, _, name = area.rpartition("/")
    return f"{above}/v3/{name}{rest}"


def _json(request: Request) -> Any:
    try:
        return request.json()
    except ValueError:
        return None


def _missing(scopes: frozenset[str]) -> Reply:
    needed = {
        "message": "One or more of the following scopes are required.",
        "context": {"requiredGranularScopes": sorted(scopes)},
    }
    more = {"errors": [needed], "links": {"scopes": "https://developers.hubspot.com/scopes"}}
    return _error(403, "MISSING_SCOPES", "This app hasn't been granted all required scopes to make this call.", more)


def _error(status: int, category: str, message: str, more: Mapping[str, Any] | None = None) -> Reply:
    told = {"status": "error", "message": message, "correlationId": "5f0c1a3e-0000-4000-8000-000000000000"}
    return Reply(status, {**told, **(more or {}), "category": category}, _HEADERS)
