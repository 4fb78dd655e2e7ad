"""A stand-in for a SCIM server: paging, errors and media types as RFC 7644 has them, cursors as RFC 9865.

Like real servers it gives fewer records than asked for, and in no order of use to anybody.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stackmap.sdk import Reply, Request, StandIn

__all__ = ["standin"]

_TOKEN = "a-token-that-only-the-stand-in-takes"
_ROOT = "/scim/v2"
_MEDIA = "application/scim+json"
_MOST = 40
_LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
_ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
_CONFIG = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"
_LISTS = {"/Users": "users", "/Groups": "groups"}
_KNOWN = frozenset({"startIndex", "count", "cursor"})


def standin(
    company: Mapping[str, Any] | Path | None = None,
    *,
    token: str = _TOKEN,
    deny: Collection[str] = (),
    lacks: Collection[str] = (),
    by_cursor: bool = False,
) -> StandIn:
    """A server with these `users` and `groups` (RFC 7643 resources, as mapping or JSON file).

    `deny` names lists that the token may not read, `lacks` addresses that the server does not have (`/Groups`). With
    `by_cursor` it knows no index, only cursors.
    """
    rows = json.loads(company.read_text(encoding="utf-8")) if isinstance(company, Path) else company or {}
    return _Server(rows, token, frozenset(deny), frozenset(lacks), by_cursor).answer


@dataclass(frozen=True, slots=True, repr=False)
class _Server:
    company: Mapping[str, Any]
    token: str
    deny: frozenset[str]
    lacks: frozenset[str]
    by_cursor: bool

    def answer(self, request: Request) -> Reply:
        path = request.path.removeprefix(_ROOT)
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return _error(401, "Authorization failure. The authorization header is invalid or missing.")
        if not request.path.startswith(_ROOT) or path in self.lacks:
            return _error(404, "The requested endpoint does not exist.")
        if _MEDIA not in request.headers.get("accept", ""):
            return _error(406, f"This server speaks {_MEDIA}.")
        if request.method != "GET":
            return _error(405, "This token only reads.")
        if path == "/ServiceProviderConfig":
            return _reply(200, self._config())
        if path not in _LISTS:
            return _error(404, "The requested endpoint does not exist.")
        if _LISTS[path] in self.deny:
            return _error(403, "Operation is not permitted based on the supplied authorization.")
        return self._page(_shuffled(self.company.get(_LISTS[path], ())), request)

    def _config(self) -> dict[str, Any]:
        off = {"supported": False}
        paging = {"pagination": {"cursor": True, "index": False}} if self.by_cursor else {}
        features = {"patch": off, "filter": {**off, "maxResults": _MOST}, "etag": off, "sort": off, **paging}
        bulk = {**off, "maxOperations": 0, "maxPayloadSize": 0}
        scheme = {"type": "oauthbearertoken", "name": "token", "description": "A bearer token"}
        known = {"changePassword": off, "bulk": bulk, "authenticationSchemes": [scheme]}
        return {"schemas": [_CONFIG], **features, **known}

    def _page(self, rows: Sequence[Any], request: Request) -> Reply:
        if not request.query.keys() <= _KNOWN or not _whole(request.query.get("count", "1")):
            return _error(400, "A parameter cannot be understood.", "invalidValue")
        if self.by_cursor:
            return self._after_cursor(rows, request)
        if "cursor" in request.query or not _whole(request.query.get("startIndex", "1")):
            return _error(400, "A parameter cannot be understood.", "invalidValue")
        start = max(int(request.query.get("startIndex", "1")), 1)
        page = rows[start - 1 :][: _size(request)]
        found = {"schemas": [_LIST], "totalResults": len(rows), "startIndex": start, "itemsPerPage": len(page)}
        return _reply(200, {**found, **({"Resources": list(page)} if rows else {})})

    @staticmethod
    def _after_cursor(rows: Sequence[Any], request: Request) -> Reply:
        if "startIndex" in request.query:
            return _error(400, "Pages are had by cursor only.", "invalidValue")
        given = request.query.get("cursor", "") or "after-0"
        place = given.removeprefix("after-")
        if not place.isdecimal():
            return _error(400, "The cursor is not one of this server's.", "invalidCursor")
        end = int(place) + _size(request)
        page = list(rows[int(place) : end])
        more = {"nextCursor": f"after-{end}"} if end < len(rows) else {}
        found = {"schemas": [_LIST], "totalResults": len(rows), "itemsPerPage": len(page), "Resources": page}
        return _reply(200, {**found, **more})


def _shuffled(rows: Sequence[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: hashlib.sha256(str(row["id"]).encode()).digest())


def _size(request: Request) -> int:
    return min(max(int(request.query.get("count", str(_MOST))), 0), _MOST)


def _whole(text: str) -> bool:
    return text.removeprefix("-").isdecimal()


def _reply(status: int, body: Any) -> Reply:
    return Reply(status, body, {"content-type": _MEDIA})


def _error(status: int, detail: str, scim_type: str = "") -> Reply:
    """RFC 7644, section 3.12: the status is a text."""
    kind = {"scimType": scim_type} if scim_type else {}
    return _reply(status, {"schemas": [_ERROR], "status": str(status), **kind, "detail": detail})
