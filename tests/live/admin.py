"""What an administrator and the members of an n8n server do by hand: set up, invite, accept, build, remove.

`/api/v1` is the documented public API and takes a key; `/rest` is the editor's own and takes a cookie.
Everything here was observed on n8n 1.123.50.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

TIMEOUT_SECONDS = 60
PASSWORD = "Loopback-1-only"

Json = dict[str, Any]

# Every address is plain http on loopback, and reading the machine's certificates took longer than many a call.
_NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class CallError(RuntimeError):
    """The server answered otherwise than with success; carries its status and its own message."""

    def __init__(self, call: str, answer: httpx.Response) -> None:
        super().__init__(f"{call} answered {answer.status_code}: {answer.text[:300]}")
        self.status = answer.status_code


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody's way in: the cookie of the editor and a key for the public API."""

    user_id: str
    cookie: str = field(repr=False)
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Server:
    """One server by its address; holds no state of its own."""

    url: str

    def rest(self, method: str, path: str, cookie: str = "", body: object = None, **query: str) -> httpx.Response:
        """Call the editor's API and return the bare answer, whatever its status."""
        return self._call(method, f"/rest{path}", {"Cookie": cookie} if cookie else {}, body, query)

    def public(self, method: str, path: str, key: str = "", body: object = None, **query: str) -> httpx.Response:
        """Call the public API and return the bare answer, whatever its status."""
        return self._call(method, f"/api/v1{path}", {"X-N8N-API-KEY": key} if key else {}, body, query)

    def webhook(self, path: str) -> httpx.Response:
        """Hit a production webhook as any outside caller would."""
        return self._call("GET", f"/webhook/{path}", {}, None, {})

    def _call(
        self, method: str, path: str, headers: Mapping[str, str], body: object, query: Mapping[str, str]
    ) -> httpx.Response:
        content: dict[str, object] = {} if body is None else {"json": body}
        return httpx.request(
            method,
            self.url + path,
            headers=dict(headers),
            params=dict(query) or None,  # an empty mapping would wipe the query of `path`
            timeout=TIMEOUT_SECONDS,
            trust_env=False,
            verify=_NO_CERTIFICATES,
            **content,  # type: ignore[arg-type]  # json or data, whichever the caller has
        )


def ok(call: str, answer: httpx.Response) -> Any:
    """The body of a successful answer, the editor's unwrapped from its `data`; raises CallError otherwise."""
    if not answer.is_success:
        raise CallError(call, answer)
    body = answer.json() if answer.content else None
    if call.startswith("rest ") and isinstance(body, dict) and "data" in body:
        return body["data"]
    return body


def _cookie(answer: httpx.Response) -> str:
    return f"n8n-auth={answer.cookies['n8n-auth']}"


def set_up_owner(server: Server, email: str, first: str, last: str) -> Login:
    """Claim a fresh server; works once per data folder."""
    body = {"email": email, "firstName": first, "lastName": last, "password": PASSWORD}
    answer = server.rest("POST", "/owner/setup", body=body)
    user = ok("rest owner setup", answer)
    return _login(server, user["id"], _cookie(answer))


def invite(server: Server, inviter: Login, email: str) -> str:
    """Invite a member and return the id of the pending user."""
    made = ok("invite", server.public("POST", "/users", inviter.key, [{"email": email, "role": "global:member"}]))
    return str(made[0]["user"]["id"])


def accept(server: Server, inviter: Login, user_id: str, first: str, last: str) -> Login:
    """Turn a pending user into a member who can log in."""
    body = {"inviterId": inviter.user_id, "firstName": first, "lastName": last, "password": PASSWORD}
    answer = server.rest("POST", f"/invitations/{user_id}/accept", body=body)
    ok("rest accept", answer)
    return _login(server, user_id, _cookie(answer))


def _login(server: Server, user_id: str, cookie: str) -> Login:
    """A key with every scope that this role may have; members get fewer than the owner."""
    scopes = ok("rest scopes", server.rest("GET", "/api-keys/scopes", cookie))
    body = {"label": "live proof", "scopes": scopes, "expiresAt": None}
    made = ok("rest api key", server.rest("POST", "/api-keys", cookie, body))
    return Login(user_id, cookie, made["rawApiKey"])


def make_credential(server: Server, login: Login, name: str, kind: str, secret: Json) -> str:
    """Store a credential in the login's personal project and return its id."""
    body = {"name": name, "type": kind, "data": secret}
    return str(ok(f"credential {name}", server.public("POST", "/credentials", login.key, body))["id"])


def make_workflow(server: Server, login: Login, body: Json) -> str:
    """Store a workflow in the login's personal project and return its id."""
    return str(ok(f"workflow {body['name']}", server.public("POST", "/workflows", login.key, body))["id"])


def change_workflow(server: Server, login: Login, workflow_id: str, body: Json) -> None:
    """Replace a workflow by the given body, which must be whole."""
    ok(f"change {body['name']}", server.public("PUT", f"/workflows/{workflow_id}", login.key, body))


def activate(server: Server, login: Login, workflow_id: str) -> None:
    """Switch a workflow on, which registers its production webhook."""
    ok(f"activate {workflow_id}", server.public("POST", f"/workflows/{workflow_id}/activate", login.key))


def archive(server: Server, login: Login, workflow_id: str) -> None:
    """Archive a workflow, which only the editor's API can do."""
    ok("rest archive", server.rest("POST", f"/workflows/{workflow_id}/archive", login.cookie, {}))


def tag(server: Server, login: Login, workflow_id: str, name: str) -> None:
    """Make a tag and put it on a workflow."""
    made = ok("tag", server.public("POST", "/tags", login.key, {"name": name}))
    ok(
        "tag workflow",
        server.public("PUT", f"/workflows/{workflow_id}/tags", login.key, [{"id": made["id"]}]),
    )


def personal_project(server: Server, login: Login) -> str:
    """The id of the project that holds what this person made."""
    return str(ok("rest personal project", server.rest("GET", "/projects/personal", login.cookie))["id"])


def remove(server: Server, by: Login, user_id: str) -> httpx.Response:
    """Remove a user as the public API does it: with everything that was theirs."""
    return server.public("DELETE", f"/users/{user_id}", by.key)


def remove_with_transfer(server: Server, by: Login, user_id: str, project_id: str) -> httpx.Response:
    """Remove a user and hand what was theirs to a project; the public API has no such parameter."""
    return server.rest("DELETE", f"/users/{user_id}", by.cookie, transferId=project_id)
