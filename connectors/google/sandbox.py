"""A stand-in for Google's Directory API and its token address, as strict as their pages and discovery document.

A token is given only for a statement whose signature, audience, times, administrator and scopes are right; each list
opens only to a token with its scope.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jwt

from stackmap.sdk import Reply, Request, StandIn

__all__ = ["standin"]

_ROOT = "/admin/directory/v1"
_SCOPE = "https://www.googleapis.com/auth/admin.directory."
_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_SECURITY = "user.security"
_KINDS = {"users": "users", "groups": "groups", "members": "members", "roles": "roles", "tokens": "tokenList"}
_KINDS |= {"asps": "aspList", "roleassignments": "roleAssignments"}
_NAMES = {"users": "users", "groups": "groups", "members": "members"}
_PATHS = (
    (re.compile(r"/users"), "users", "user.readonly", 100, 500),
    (re.compile(r"/users/(?P<key>[^/]+)/tokens"), "tokens", _SECURITY, 0, 0),
    (re.compile(r"/users/(?P<key>[^/]+)/asps"), "asps", _SECURITY, 0, 0),
    (re.compile(r"/groups"), "groups", "group.readonly", 200, 200),
    (re.compile(r"/groups/(?P<key>[^/]+)/members"), "members", "group.readonly", 200, 200),
    (re.compile(r"/customer/my_customer/roles"), "roles", "rolemanagement.readonly", 100, 100),
    (re.compile(r"/customer/my_customer/roleassignments"), "roleassignments", "rolemanagement.readonly", 200, 200),
)
_PARAMETERS = {
    "users": frozenset({"customer", "projection", "showDeleted", "fields", "maxResults", "pageToken"}),
    "groups": frozenset({"customer", "maxResults", "pageToken"}),
    "members": frozenset({"roles", "maxResults", "pageToken"}),
    "roles": frozenset({"maxResults", "pageToken"}),
    "roleassignments": frozenset({"maxResults", "pageToken"}),
}
_CUSTOM = frozenset({"customSchemas"})


def standin(
    company: Mapping[str, Any] | Path | None = None,
    *,
    public_key: str = "",
    client_email: str = "reader@project.iam.gserviceaccount.com",
    admins: Collection[str] = ("admin@example.test",),
    deny: Collection[str] = (),
    page: int = 500,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> StandIn:
    """A Workspace with these `users`, `deleted`, `roles`, `roleassignments` and `groups`, and `members`, `tokens` and
    `asps` by key, as mapping or JSON file.

    `public_key` is the service account's, `admins` for whom it may speak, `deny` the scopes (`user.readonly`) that
    nobody delegated to it. A page holds at most `page`.
    """
    rows = json.loads(company.read_text(encoding="utf-8")) if isinstance(company, Path) else company or {}
    return _Google(rows, public_key, client_email, frozenset(admins), frozenset(deny), page, clock).answer


@dataclass(frozen=True, slots=True, repr=False)
class _Google:
    company: Mapping[str, Any]
    public_key: str
    client_email: str
    admins: frozenset[str]
    deny: frozenset[str]
    most: int
    clock: Callable[[], datetime]
    lock: threading.Lock = field(default_factory=threading.Lock)
    tokens: dict[str, frozenset[str]] = field(default_factory=dict)

    def answer(self, request: Request) -> Reply:
        if request.path == "/token":
            return self._token(request)
        scopes = self.tokens.get(request.headers.get("authorization", "").removeprefix("Bearer "))
        if scopes is None:
            return _error(401, "Request had invalid authentication credentials.", "authError", "UNAUTHENTICATED")
        if request.method != "GET":
            return _error(404, "Not Found", "notFound", "NOT_FOUND")
        for path, name, scope, usual, most in _PATHS:
            if found := path.fullmatch(request.path.removeprefix(_ROOT)):
                if _SCOPE + scope not in scopes:
                    message = "Request had insufficient authentication scopes."
                    return _error(403, message, "insufficientPermissions", "PERMISSION_DENIED")
                return self._list(name, found.groupdict().get("key", ""), request, usual, most)
        return _error(404, "Not Found", "notFound", "NOT_FOUND")

    def _token(self, request: Request) -> Reply:
        form = request.form()
        if request.method != "POST" or form.get("grant_type") != _GRANT:
            return _refused(400, "unsupported_grant_type", "Invalid grant_type")
        where = f"{request.headers.get('x-forwarded-proto', 'https')}://{request.headers.get('host', '')}/token"
        try:
            stated = _verified(form.get("assertion", ""), self.public_key, where)
        except jwt.PyJWTError:
            return _refused(400, "invalid_grant", "Invalid JWT Signature.")
        if stated["iss"] != self.client_email or not _timely(stated, self.clock().timestamp()):
            return _refused(400, "invalid_grant", "Invalid JWT: Token must be a short-lived token.")
        if stated.get("sub") not in self.admins:
            return _refused(400, "invalid_grant", "Invalid email or User ID")
        scopes = frozenset(str(stated.get("scope", "")).split())
        if not scopes or scopes & {_SCOPE + right for right in self.deny}:
            return _refused(401, "unauthorized_client", "Client is unauthorized to retrieve access tokens.")
        with self.lock:
            token = f"ya29.made-up-{len(self.tokens) + 1}"
            self.tokens[token] = scopes
        return Reply(200, {"access_token": token, "expires_in": 3599, "token_type": "Bearer"})

    def _list(self, name: str, key: str, request: Request, usual: int, most: int) -> Reply:
        if bad := _bad_query(name, request, most):
            return bad
        rows = self._rows(name, key, request)
        if rows is None:
            return _error(404, "Resource Not Found: userKey", "notFound", "NOT_FOUND")
        return self._page(name, rows, request, usual)

    def _rows(self, name: str, key: str, request: Request) -> Sequence[Any] | None:
        if name in {"tokens", "asps"}:
            known = key in {row["id"] for row in self.company.get("users", ())}
            return self.company.get(name, {}).get(key, ()) if known else None
        if name == "members":
            known = key in {row["id"] for row in self.company.get("groups", ())}
            wanted = request.query.get("roles", "").split(",")
            members = self.company.get(name, {}).get(key, ())
            return [row for row in members if row["role"] in wanted] if known else None
        deleted = name == "users" and request.query.get("showDeleted") == "true"
        rows = self.company.get("deleted" if deleted else name, ())
        return [_shown(row, request) for row in rows] if name == "users" else rows

    def _page(self, name: str, rows: Sequence[Any], request: Request, usual: int) -> Reply:
        start = int(request.query.get("pageToken", "p0").removeprefix("p"))
        size = min(int(request.query.get("maxResults", usual)), self.most) if usual else len(rows)
        page = list(rows[start : start + size])
        found: dict[str, Any] = {"kind": f"admin#directory#{_KINDS[name]}"}
        if page:  # an empty list is left out
            found[_NAMES.get(name, "items")] = page
        if start + size < len(rows):
            found["nextPageToken"] = f"p{start + size}"
        return Reply(200, found)


def _verified(assertion: str, public_key: str, audience: str) -> dict[str, Any]:
    """What was stated, once signature and audience are right; of the times the caller judges."""
    options: Any = {"verify_exp": False, "verify_iat": False, "require": ["iss", "sub", "aud", "scope", "iat", "exp"]}
    return jwt.decode(assertion, public_key, ["RS256"], audience=audience, options=options)


def _timely(stated: Mapping[str, Any], now: float) -> bool:
    made, ends = float(stated["iat"]), float(stated["exp"])
    return made <= now + 60 and now < ends <= made + 3600


def _bad_query(name: str, request: Request, most: int) -> Reply | None:
    query = request.query
    if unknown := query.keys() - _PARAMETERS.get(name, frozenset()):
        return _error(400, f'Invalid JSON payload received. Unknown name "{min(unknown)}"', "badRequest")
    if name in {"users", "groups"} and query.get("customer") != "my_customer":
        return _error(400, "Bad Request", "badRequest")
    if query.get("projection", "basic") not in {"basic", "full", "custom"}:
        return _error(400, "Invalid value for projection", "invalid")
    size, page = query.get("maxResults", "1"), query.get("pageToken", "p0")
    if not size.isdecimal() or not 1 <= int(size) <= max(most, 1):
        return _error(400, "Invalid value for maxResults", "invalid")
    return None if re.fullmatch(r"p\d+", page) else _error(400, "Invalid Input: pageToken", "invalid")


def _shown(row: Mapping[str, Any], request: Request) -> dict[str, Any]:
    """A user as far as projection and `fields` let it be seen."""
    kept = row if request.query.get("projection") == "full" else {k: v for k, v in row.items() if k not in _CUSTOM}
    asked = re.search(r"users\(([^)]*)\)", request.query.get("fields", ""))
    if asked is None:
        return dict(kept)
    names = {name.partition("/")[0] for name in asked[1].split(",")}
    return {name: value for name, value in kept.items() if name in names}


def _refused(status: int, code: str, text: str) -> Reply:
    """The token address speaks as RFC 6749, section 5.2, has it."""
    return Reply(status, {"error": code, "error_description": text})


def _error(status: int, message: str, reason: str, word: str = "INVALID_ARGUMENT") -> Reply:
    errors = [{"message": message, "domain": "global", "reason": reason}]
    return Reply(status, {"error": {"code": status, "message": message, "errors": errors, "status": word}})
