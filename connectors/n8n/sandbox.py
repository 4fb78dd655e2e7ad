"""A strict stand-in of n8n's public API, 1.123 or 2.x, over a compact made-up company.

The company is one mapping: `users` (with `project`, the id of the personal project), `projects` (team projects with
`members`), `credentials` (with `project`) and `workflows` (with `project`); what is left out takes n8n's default.
Shapes, status codes and messages are those recorded from n8n 1.123.50; of 2.x, the list of credentials follows
n8n-io/n8n, packages/cli/src/public-api/v1/handlers/credentials.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from stackmap.sdk import Reply, Request, StandIn

__all__ = ["standin"]

_ROOT = "/api/v1"
_MOST = 250
_USUAL = 100
_TIME = "2026-11-01T09:00:00.000Z"
_PAGED = frozenset({"limit", "cursor"})
_KNOWN = {
    "/users": _PAGED | {"includeRole", "projectId"},
    "/workflows": _PAGED | {"active", "tags", "name", "projectId", "excludePinnedData"},
    "/workflows/{id}": frozenset({"excludePinnedData"}),
    "/projects": _PAGED,
    "/credentials": _PAGED,
    "/audit": frozenset(),
}
_SCOPES = {
    "/users": "user:list",
    "/workflows": "workflow:list",
    "/workflows/{id}": "workflow:read",
    "/projects": "project:list",
    "/credentials": "credential:list",
    "/audit": "securityAudit:generate",
}
_NO_PROJECTS = (
    "Your license does not allow for feat:projectRole:admin. To enable feat:projectRole:admin, please upgrade to a "
    "license that supports this feature."
)


def standin(data: Mapping[str, Any], *, key: str, version: str = "1", deny: Set[str] = frozenset()) -> StandIn:
    """The API as a function. `deny` takes scopes away from the key; "license" in it takes 2.x its team projects.

    Version "1" is the free edition of 1.123: no list of credentials, no projects.
    """
    return _Server(data, key, version, frozenset(deny)).answer


@dataclass(frozen=True, slots=True)
class _Server:
    data: Mapping[str, Any]
    key: str = field(repr=False)
    version: str
    deny: frozenset[str]

    def answer(self, request: Request) -> Reply:
        """One reply. Who asks is checked first, then what is asked, as n8n does."""
        path, workflow_id = _route(request.path)
        if path not in _KNOWN:
            return _error(404, "not found")
        given = request.headers.get("x-n8n-api-key")
        if given is None:
            return _error(401, "'X-N8N-API-KEY' header required")
        if given != self.key:
            return _error(401, "unauthorized")
        if problem := self._refusal(request, path):
            return problem
        if path == "/workflows/{id}":
            return self._detail(workflow_id, request)
        answers: dict[str, Callable[[Request], Reply]] = {
            "/audit": lambda _: Reply(200, self._audit()),
            "/credentials": lambda asked: _page([self._credential(row) for row in self._rows("credentials")], asked),
            "/projects": lambda asked: _page([self._project(row) for row in self._all_projects()], asked),
            "/users": lambda asked: _page([_user(row, asked) for row in self._rows("users")], asked),
            "/workflows": lambda asked: _page(
                [self._workflow(row, pinned=not _yes(asked, "excludePinnedData")) for row in self._rows("workflows")],
                asked,
            ),
        }
        return answers[path](request)

    def _refusal(self, request: Request, path: str) -> Reply | None:
        listed = path != "/credentials" or self.version != "1"
        method = "POST" if path == "/audit" else "GET"
        if request.method != method or not listed:
            return _error(405, f"{request.method} method not allowed")
        if problem := _bad_query(request, _KNOWN[path]):
            return problem
        if path == "/projects" and (self.version == "1" or "license" in self.deny):
            return _error(403, _NO_PROJECTS)
        return _error(403, "Forbidden") if _SCOPES[path] in self.deny else None

    def _rows(self, name: str) -> Sequence[Mapping[str, Any]]:
        rows: Sequence[Mapping[str, Any]] = self.data.get(name, ())
        return rows

    def _user_of(self, project: str) -> Mapping[str, Any] | None:
        return next((row for row in self._rows("users") if row.get("project") == project), None)

    def _all_projects(self) -> list[Mapping[str, Any]]:
        personal = [
            {"id": row["project"], "type": "personal", "name": _personal_name(row)} for row in self._rows("users")
        ]
        return [*personal, *({"type": "team", **row} for row in self._rows("projects"))]

    def _project(self, row: Mapping[str, Any]) -> dict[str, Any]:
        times = {"updatedAt": _TIME, "createdAt": _TIME}
        return {**times, "id": row["id"], "name": row["name"], "type": row["type"], "icon": None, "description": None}

    def _project_with_people(self, project: str) -> dict[str, Any]:
        row = next(row for row in self._all_projects() if row["id"] == project)
        owner = self._user_of(project)
        members = [owner["id"]] if owner is not None else list(row.get("members", ()))
        users = {user["id"]: user for user in self._rows("users")}
        relations = [
            {
                "updatedAt": _TIME,
                "createdAt": _TIME,
                "userId": member,
                "projectId": project,
                "user": _full_user(users[member]),
            }
            for member in members
        ]
        return {**self._project(row), "projectRelations": relations}

    def _workflow(self, row: Mapping[str, Any], *, pinned: bool) -> dict[str, Any]:
        active = row.get("active", True)
        version = f"version-{row['id']}"
        nodes, connections = row.get("nodes", []), row.get("connections", {})
        share = {"updatedAt": _TIME, "createdAt": _TIME, "role": "workflow:owner", "workflowId": row["id"]}
        published = {
            "updatedAt": _TIME,
            "createdAt": _TIME,
            "versionId": version,
            "workflowId": row["id"],
            "nodes": row.get("published_nodes", nodes),
            "connections": connections,
            "authors": "n8n",
            "name": None,
            "description": None,
        }
        found = {
            "updatedAt": row.get("updatedAt", _TIME),
            "createdAt": row.get("createdAt", _TIME),
            "id": row["id"],
            "name": row["name"],
            "active": active,
            "isArchived": row.get("isArchived", False),
            "nodes": nodes,
            "connections": connections,
            "settings": {"executionOrder": "v1", "callerPolicy": "workflowsFromSameOwner"} | row.get("settings", {}),
            "staticData": None,
            "meta": None,
            "versionId": version,
            "activeVersionId": version if active else None,
            "triggerCount": 1 if active else 0,
            "shared": [{**share, "projectId": row["project"]}],
            "activeVersion": published if active else None,
            "tags": [],
        }
        return {**found, "pinData": row.get("pinData")} if pinned else found

    def _detail(self, workflow_id: str, request: Request) -> Reply:
        row = next((row for row in self._rows("workflows") if row["id"] == workflow_id), None)
        if row is None:
            return _error(404, "Not Found")
        found = self._workflow(row, pinned=not _yes(request, "excludePinnedData"))
        owner = {**found["shared"][0], "project": self._project_with_people(row["project"])}
        return Reply(200, {**found, "description": None, "versionCounter": 1, "shared": [owner]})

    def _credential(self, row: Mapping[str, Any]) -> dict[str, Any]:
        home = next(project for project in self._all_projects() if project["id"] == row["project"])
        times = {"createdAt": _TIME, "updatedAt": _TIME}
        share = {"id": home["id"], "name": home["name"], "role": "credential:owner", **times}
        return {"id": row["id"], "name": row["name"], "type": row["type"], **times, "shared": [share]}

    def _audit(self) -> Any:
        """Credentials that no workflow names, in the audit's words; an empty list where there is no risk."""
        named = {
            entry.get("id")
            for workflow in self._rows("workflows")
            for node in workflow.get("nodes", ())
            for entry in node.get("credentials", {}).values()
        }
        unused = [row for row in self._rows("credentials") if row["id"] not in named]
        if not unused:
            return []
        section = {
            "title": "Credentials not used in any workflow",
            "description": "",
            "recommendation": "",
            "location": [{"kind": "credential", "id": row["id"], "name": row["name"]} for row in unused],
        }
        return {"Credentials Risk Report": {"risk": "credentials", "sections": [section]}}


def _route(path: str) -> tuple[str, str]:
    below = path.removeprefix(_ROOT) if path.startswith(_ROOT) else ""
    head, _, workflow_id = below.lstrip("/").partition("/")
    if head == "workflows" and workflow_id and "/" not in workflow_id:
        return "/workflows/{id}", workflow_id
    return below, ""


def _bad_query(request: Request, known: frozenset[str]) -> Reply | None:
    for name, value in request.query.items():
        if name not in known:
            return _error(400, f"Unknown query parameter '{name}'")
        if value == "":
            return _error(400, f"Empty value found for query parameter '{name}'")
    for name in ("includeRole", "excludePinnedData", "active"):
        if request.query.get(name, "true") not in {"true", "false"}:
            return _error(400, f"request/query/{name} must be boolean")
    limit = request.query.get("limit", "1")
    if not limit.isdecimal():
        return _error(400, "request/query/limit must be number")
    return _error(400, f"request/query/limit must be <= {_MOST}") if int(limit) > _MOST else None


def _page(rows: Sequence[Any], request: Request) -> Reply:
    """One page. The cursor carries limit and offset, as n8n's does; to the client it is opaque."""
    start, limit = 0, int(request.query.get("limit", _USUAL))
    if given := request.query.get("cursor"):
        try:
            held = json.loads(base64.b64decode(given, validate=True))
            start, limit = int(held["offset"]), int(held["limit"])
        except (binascii.Error, ValueError, KeyError, TypeError):
            return _error(400, "An invalid cursor was provided")
    after = start + limit
    held = json.dumps({"limit": limit, "offset": after}, separators=(",", ":")).encode()
    following = base64.b64encode(held).decode() if after < len(rows) else None
    return Reply(200, {"data": list(rows[start:after]), "nextCursor": following})


def _user(row: Mapping[str, Any], request: Request) -> dict[str, Any]:
    shown = {
        "id": row["id"],
        "email": row["email"],
        "firstName": row.get("firstName"),
        "lastName": row.get("lastName"),
        "createdAt": row.get("createdAt", _TIME),
        "updatedAt": row.get("updatedAt", _TIME),
        "isPending": row.get("isPending", False),
    }
    return shown | {"role": row.get("role", "global:member")} if _yes(request, "includeRole") else shown


def _full_user(row: Mapping[str, Any]) -> dict[str, Any]:
    """A user as the detail of a workflow shows it."""
    return {
        "updatedAt": _TIME,
        "createdAt": row.get("createdAt", _TIME),
        "id": row["id"],
        "email": row["email"],
        "firstName": row.get("firstName"),
        "lastName": row.get("lastName"),
        "personalizationAnswers": None,
        "settings": {"userActivated": True},
        "disabled": row.get("disabled", False),
        "mfaEnabled": False,
        "lastActiveAt": row.get("lastActiveAt"),
        "isPending": row.get("isPending", False),
    }


def _personal_name(row: Mapping[str, Any]) -> str:
    name = f"{row.get('firstName') or ''} {row.get('lastName') or ''}".strip()
    return f"{name} <{row['email']}>" if name else f"<{row['email']}>"


def _yes(request: Request, name: str) -> bool:
    return request.query.get(name) == "true"


def _error(status: int, message: str) -> Reply:
    return Reply(status, {"message": message})
