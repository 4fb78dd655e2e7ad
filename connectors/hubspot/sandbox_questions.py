"""What may be asked of the stand-in: parameters and their bounds, and which rows pass their filters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from stackmap.sdk import Request, parse_time

__all__ = ["asked_for", "wrong_with"]

_PAGED = frozenset({"limit", "after"})
_PARAMETERS = {
    "users": _PAGED,
    "owners": _PAGED | {"archived", "email"},
    "flows": _PAGED,
    "security-activity": _PAGED | {"userId", "fromTimestamp", "toTimestamp"},
    "log-ins": _PAGED | {"userId"},
    "audit-log": _PAGED | {"actingUserId", "occurredAfter", "occurredBefore", "sort", "fillFinalTimestamp"},
}
_LOGS = frozenset({"security-activity", "log-ins"})
_MOST_LOGGED = 200


def wrong_with(name: str, request: Request) -> str:
    """What is wrong with the question to a list, "" where nothing is."""
    known = _PARAMETERS.get(name, frozenset())
    for parameter, value in request.query.items():
        if parameter not in known:
            return f"Unknown query parameter {parameter}."
        if value == "" or (parameter == "archived" and value.lower() not in {"true", "false"}):
            return f"The {parameter} parameter is invalid."
    limit = request.query.get("limit", "1")
    if not limit.isdecimal() or int(limit) < 1 or (name in _LOGS and int(limit) > _MOST_LOGGED):
        return "The limit parameter is invalid."
    return ""


def asked_for(row: Mapping[str, Any], request: Request) -> bool:
    """Whether a row passes the filters that the request names."""
    query = request.query
    user = query.get("userId") or query.get("actingUserId")
    acting = row.get("actingUser")
    whose = acting.get("userId") if isinstance(acting, Mapping) else row.get("userId")
    if user is not None and str(whose) != user:
        return False
    if "email" in query and row.get("email") != query["email"]:
        return False
    when = parse_time(row.get("createdAt") or row.get("occurredAt"))
    after = _bound(query.get("fromTimestamp") or query.get("occurredAfter"))
    before = _bound(query.get("toTimestamp") or query.get("occurredBefore"))
    return when is None or ((after is None or when >= after) and (before is None or when <= before))


def _bound(given: str | None) -> datetime | None:
    return parse_time(int(given)) if given and given.isdecimal() else parse_time(given)
