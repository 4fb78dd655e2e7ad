"""A strict stand-in of Okta's management API, as far as stackmap asks it, over a compact made-up org.

The org is one mapping: `users`, `groups`, `apps` (with `users` and `grants`), `services`, `tokens`, and by user id
`roles` and `user_grants`. Errors are those of developer.okta.com/docs/reference/error-codes, tokens are had as in
developer.okta.com/docs/guides/implement-oauth-for-okta-serviceapp/main.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote, urlencode

from connectors.okta import sandbox_records as records
from connectors.okta.inventories import SCOPES
from stackmap.sdk import Reply, Request, StandIn

__all__ = ["ERRORS", "standin"]

ERRORS: Final[Mapping[int, tuple[str, str]]] = MappingProxyType(
    {
        400: ("E0000031", "Invalid search criteria."),
        401: ("E0000011", "Invalid token provided"),
        403: ("E0000006", "You do not have permission to perform the requested action"),
        404: ("E0000007", "Not found: Resource not found"),
        405: ("E0000022", "The endpoint does not support the provided HTTP method"),
    }
)
_BEARER = "a-token-of-the-service-app"
_ID = r"[^/]+"
_FILTER = 'status eq "DEPROVISIONED"'


@dataclass(frozen=True, slots=True)
class _Place:
    """An endpoint: which scope opens it, which parameters it knows, and how many records it gives at most."""

    scope: str
    known: frozenset[str]
    most: int
    super_admin: bool = False


_PAGED = frozenset({"limit", "after"})
_PLACES: Mapping[str, _Place] = {
    "/api/v1/users": _Place("okta.users.read", _PAGED | {"filter"}, 200),
    "/api/v1/groups": _Place("okta.groups.read", _PAGED, 10_000),
    "/api/v1/apps": _Place("okta.apps.read", _PAGED, 200),
    f"/api/v1/apps/({_ID})/users": _Place("okta.apps.read", _PAGED, 500),
    f"/api/v1/apps/({_ID})/grants": _Place("okta.appGrants.read", frozenset(), 0),
    "/integrations/api/v1/api-services": _Place("okta.oauthIntegrations.read", frozenset({"after"}), 0),
    "/api/v1/api-tokens": _Place("okta.apiTokens.read", frozenset(), 0),
    "/api/v1/iam/assignees/users": _Place("okta.roles.read", _PAGED, 100, super_admin=True),
    f"/api/v1/users/({_ID})/roles": _Place("okta.roles.read", frozenset(), 0, super_admin=True),
    f"/api/v1/users/({_ID})/grants": _Place("okta.users.read", _PAGED, 200),
}


def standin(
    data: Mapping[str, Any],
    *,
    token: str = "",
    signed: Callable[[Mapping[str, str]], bool] | None = None,
    deny: Set[str] = frozenset(),
    most: int = 0,
) -> StandIn:
    """The API as a function, to an API token's owner, or to a service app where `signed` accepts its form.

    `deny` takes scopes away, "super-admin" the role that may view administrators. `most` makes pages smaller.
    """
    return _Server(data, token, signed, frozenset(deny), most).answer


@dataclass(frozen=True, slots=True)
class _Server:
    data: Mapping[str, Any]
    token: str = field(repr=False)
    signed: Callable[[Mapping[str, str]], bool] | None
    deny: frozenset[str]
    most: int

    def answer(self, request: Request) -> Reply:
        """One reply. Who asks is checked first, then what is asked, and then whether it is allowed."""
        if request.path == "/oauth2/v1/token":
            return self._token(request)
        if not self._knows(request):
            return _error(401)
        for pattern, place in _PLACES.items():
            if found := re.fullmatch(pattern, request.path):
                return self._refusal(request, place) or self._list(pattern, found.groups(), request, place)
        return _error(404)

    def _token(self, request: Request) -> Reply:
        form = request.form() if request.method == "POST" else {}
        if form.get("grant_type") != "client_credentials" or self.signed is None or not self.signed(form):
            return Reply(401, {"error": "invalid_client", "error_description": "The client credentials are invalid."})
        asked = set(form.get("scope", "").split())
        if not asked or not asked <= set(SCOPES) - self.deny:
            description = "One or more scopes are not configured for the authorization server resource."
            return Reply(400, {"error": "invalid_scope", "error_description": description})
        scope = " ".join(sorted(asked))
        return Reply(200, {"token_type": "Bearer", "expires_in": 3600, "access_token": _BEARER, "scope": scope})

    def _knows(self, request: Request) -> bool:
        given = request.headers.get("authorization", "")
        return given == f"SSWS {self.token}" if self.token else given == f"Bearer {_BEARER}"

    def _refusal(self, request: Request, place: _Place) -> Reply | None:
        if request.method != "GET":
            return _error(405)
        if place.scope in self.deny or (place.super_admin and "super-admin" in self.deny):
            return _error(403)
        limit = request.query.get("limit", "1")
        unknown = set(request.query) - place.known
        if unknown or not limit.isdecimal() or not 1 <= int(limit) <= max(place.most, 1):
            return _error(400)
        return _error(400) if request.query.get("filter", _FILTER) != _FILTER else None

    def _list(self, pattern: str, parts: tuple[str, ...], request: Request, place: _Place) -> Reply:
        lists: Mapping[str, Callable[..., list[dict[str, Any]] | None]] = {
            "/api/v1/users": lambda: self._users(gone="filter" in request.query),
            "/api/v1/groups": lambda: [records.group(row) for row in self._rows("groups")],
            "/api/v1/apps": lambda: [records.app(row) for row in self._rows("apps")],
            f"/api/v1/apps/({_ID})/users": lambda number: self._app_users(number, _origin(request)),
            f"/api/v1/apps/({_ID})/grants": self._app_grants,
            "/integrations/api/v1/api-services": lambda: [records.service(row) for row in self._rows("services")],
            "/api/v1/api-tokens": lambda: [records.api_token(row) for row in self._rows("tokens")],
            "/api/v1/iam/assignees/users": lambda: [{"id": key, "orn": f"orn:okta:{key}"} for key in self._roles()],
            f"/api/v1/users/({_ID})/roles": lambda number: self._assigned(number, _origin(request)),
            f"/api/v1/users/({_ID})/grants": self._user_grants,
        }
        rows = lists[pattern](*parts)
        if rows is None:
            return _error(404)
        return self._page(rows, request, place)

    def _page(self, rows: Sequence[Any], request: Request, place: _Place) -> Reply:
        """One page. The cursor names the place to go on from; to the client it is opaque."""
        given = request.query.get("after", "c0")
        if not re.fullmatch(r"c\d+", given):
            return _error(400)
        size = int(request.query.get("limit", place.most or len(rows) or 1))
        size = min(size, self.most) if self.most and place.most else size
        start = int(given[1:])
        following = f"c{start + size}" if start + size < len(rows) else ""
        here = f"{_origin(request)}{quote(request.path)}"
        further = f"{here}?{urlencode({**request.query, 'after': following})}" if following else ""
        if request.path.endswith("/assignees/users"):
            more = {"_links": {"next": {"href": further}}} if further else {}
            return Reply(200, {"value": list(rows[start : start + size]), **more})
        # A last page's `self` is left out: nobody follows it.
        links = {"link": f'<{here}>; rel="self", <{further}>; rel="next"'} if further else {}
        return Reply(200, list(rows[start : start + size]), links)

    def _rows(self, name: str) -> Sequence[Mapping[str, Any]]:
        rows: Sequence[Mapping[str, Any]] = self.data.get(name, ())
        return rows

    def _roles(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        roles: Mapping[str, Sequence[Mapping[str, Any]]] = self.data.get("roles", {})
        return roles

    def _users(self, *, gone: bool) -> list[dict[str, Any]]:
        """Without a filter the deprovisioned ones are left out."""
        return [records.user(row) for row in self._rows("users") if (row.get("status") == "DEPROVISIONED") is gone]

    def _app_row(self, number: str) -> Mapping[str, Any] | None:
        return next((row for row in self._rows("apps") if row["id"] == number), None)

    def _app_users(self, number: str, origin: str) -> list[dict[str, Any]] | None:
        row = self._app_row(number)
        return None if row is None else [records.app_user(one, number, origin) for one in row.get("users", ())]

    def _app_grants(self, number: str) -> list[dict[str, Any]] | None:
        row = self._app_row(number)
        return None if row is None else [records.grant(one, row) for one in row.get("grants", ())]

    def _assigned(self, number: str, origin: str) -> list[dict[str, Any]]:
        return [records.role(row, number, origin) for row in self._roles().get(number, ())]

    def _user_grants(self, number: str) -> list[dict[str, Any]]:
        rows: Sequence[Mapping[str, Any]] = self.data.get("user_grants", {}).get(number, ())
        return [records.grant({"source": "END_USER", "userId": number, **row}, row) for row in rows]


def _origin(request: Request) -> str:
    return f"{request.headers.get('x-forwarded-proto', 'https')}://{request.headers.get('host', 'acme.okta.com')}"


def _error(status: int) -> Reply:
    code, summary = ERRORS[status]
    body = {"errorCode": code, "errorSummary": summary, "errorLink": code, "errorId": "oae1", "errorCauses": []}
    return Reply(status, body)
