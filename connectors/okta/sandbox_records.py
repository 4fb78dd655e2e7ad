"""Records as Okta shows them, made from the stand-in's compact ones; what is left out takes Okta's usual value.

Shapes follow okta/models of Okta's Python client (PyPI okta 3.4.6).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["api_token", "app", "app_user", "grant", "group", "role", "service", "user"]

_TIME = "2026-01-05T09:00:00.000Z"


def user(row: Mapping[str, Any]) -> dict[str, Any]:
    """A user of either list."""
    status = row.get("status", "ACTIVE")
    profile = {
        "login": row["login"],
        "email": row["login"],
        "secondEmail": None,
        "mobilePhone": None,
        **row.get("profile", {}),
    }
    return {
        "id": row["id"],
        "status": status,
        "created": row.get("created", _TIME),
        "activated": None if status == "STAGED" else _TIME,
        "statusChanged": row.get("statusChanged", _TIME),
        "lastLogin": row.get("lastLogin"),
        "lastUpdated": _TIME,
        "passwordChanged": None,
        "type": {"id": "oty1"},
        "profile": profile,
        "credentials": {"provider": {"type": "OKTA", "name": "OKTA"}},
        "_links": {},
    }


def group(row: Mapping[str, Any]) -> dict[str, Any]:
    """A group."""
    times = {"created": _TIME, "lastUpdated": _TIME, "lastMembershipUpdated": _TIME}
    profile = {"name": row["name"], "description": None}
    return {"id": row["id"], **times, "objectClass": ["okta:user_group"], "type": "OKTA_GROUP", "profile": profile}


def app(row: Mapping[str, Any]) -> dict[str, Any]:
    """An app."""
    return {
        "id": row["id"],
        "name": row["name"],
        "label": row.get("label", row["name"]),
        "status": row.get("status", "ACTIVE"),
        "created": _TIME,
        "lastUpdated": _TIME,
        "features": row.get("features", []),
        "signOnMode": row.get("signOnMode", "SAML_2_0"),
        "credentials": row.get("credentials", {}),
        "settings": row.get("settings", {"app": {}}),
        "_links": {},
    }


def app_user(row: Mapping[str, Any], app: str, origin: str) -> dict[str, Any]:
    """A user of an app, with links to both."""
    links = {"app": {"href": f"{origin}/api/v1/apps/{app}"}, "user": {"href": f"{origin}/api/v1/users/{row['id']}"}}
    found = {
        "id": row["id"],
        "created": _TIME,
        "lastUpdated": _TIME,
        "scope": "USER",
        "status": row.get("status", "ACTIVE"),
        "credentials": {"userName": f"{row['id']}@example.test"},
        "profile": {},
        "_links": links,
    }
    return found | ({"externalId": row["externalId"]} if "externalId" in row else {})


def grant(row: Mapping[str, Any], app: Mapping[str, Any]) -> dict[str, Any]:
    """A right of an app, or of a user to one."""
    client = row.get("clientId") or app.get("credentials", {}).get("oauthClient", {}).get("client_id")
    found = {
        "id": row["id"],
        "status": row.get("status", "ACTIVE"),
        "created": _TIME,
        "lastUpdated": _TIME,
        "createdBy": {"id": row.get("createdBy", "00uadmin"), "type": "User"},
        "issuer": "https://acme.okta.com",
        "clientId": client,
        "scopeId": row["scopeId"],
        "source": row.get("source", "ADMIN"),
    }
    return found | ({"userId": row["userId"]} if "userId" in row else {})


def service(row: Mapping[str, Any]) -> dict[str, Any]:
    """An API service."""
    return {
        "id": row["id"],
        "name": row["name"],
        "type": row["type"],
        "createdAt": _TIME,
        "createdBy": row["createdBy"],
        "grantedScopes": row.get("grantedScopes", []),
        "configGuideUrl": "https://example.test/guide",
        "properties": {},
    }


def api_token(row: Mapping[str, Any]) -> dict[str, Any]:
    """An API token, without its value."""
    return {
        "id": row["id"],
        "name": row["name"],
        "userId": row["userId"],
        "clientName": row.get("clientName", "Okta API"),
        "tokenWindow": "P30D",
        "network": {"connection": "ANYWHERE"},
        "created": _TIME,
        "expiresAt": row.get("expiresAt", "2026-12-20T09:00:00.000Z"),
        "lastUpdated": _TIME,
        "_link": {},
    }


def role(row: Mapping[str, Any], user: str, origin: str) -> dict[str, Any]:
    """A role that a user has."""
    found = {
        "id": row["id"],
        "label": row.get("label", row["type"].replace("_", " ").title()),
        "type": row["type"],
        "status": row.get("status", "ACTIVE"),
        "created": _TIME,
        "lastUpdated": _TIME,
        "assignmentType": row.get("assignmentType", "USER"),
        "_links": {"assignee": {"href": f"{origin}/api/v1/users/{user}"}},
    }
    return found | ({"role": row["role"]} if "role" in row else {})
