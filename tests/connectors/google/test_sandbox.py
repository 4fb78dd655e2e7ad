"""The stand-in gives no token for a statement that is wrong in anything, and no list for a wrong question."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import jwt
import pytest

from stackmap.sdk import Reply, Request, StandIn
from tests.connectors.google.reading import ADMIN, ROBOT, pair, server
from tests.support.readings import TAKEN_AT

SCOPE = "https://www.googleapis.com/auth/admin.directory."
AUDIENCE = "https://oauth2.googleapis.com/token"
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
RIGHT = {"iss": ROBOT, "sub": ADMIN, "aud": AUDIENCE, "scope": f"{SCOPE}user.readonly"}


def token(answers: StandIn, grant: str = GRANT, **claims: Any) -> Reply:
    stated = {**RIGHT, "iat": TAKEN_AT, "exp": TAKEN_AT + timedelta(minutes=30), **claims}
    assertion = jwt.encode(stated, pair(), "RS256")
    body = urlencode({"grant_type": grant, "assertion": assertion}).encode()
    return answers(Request("POST", "/token", {}, {"host": "oauth2.googleapis.com"}, body))


@pytest.mark.parametrize(
    ("claims", "error"),
    [
        ({"aud": "https://elsewhere.test/token"}, "invalid_grant"),
        ({"iss": "other@project.iam.gserviceaccount.com"}, "invalid_grant"),
        ({"sub": "person1@example.test"}, "invalid_grant"),
        ({"exp": TAKEN_AT - timedelta(seconds=1)}, "invalid_grant"),
        ({"exp": TAKEN_AT + timedelta(minutes=61)}, "invalid_grant"),
        ({"iat": TAKEN_AT + timedelta(minutes=5)}, "invalid_grant"),
        ({"scope": ""}, "unauthorized_client"),
        ({"scope": f"{SCOPE}user.readonly {SCOPE}user.security"}, "unauthorized_client"),
    ],
)
def test_a_statement_that_is_wrong_in_one_thing_brings_no_token(claims: dict[str, Any], error: str) -> None:
    answers = server(deny={"user.security"})
    assert token(answers).status == 200
    reply = token(answers, **claims)
    assert (reply.body["error"], "access_token" in reply.body) == (error, False)


def test_a_signature_of_another_key_or_another_grant_brings_no_token() -> None:
    other = server(public_key="no key")
    assert token(other).body["error"] == "invalid_grant"
    assert token(server(), grant="client_credentials").body["error"] == "unsupported_grant_type"


def ask(path: str, scope: str = "user.readonly", **query: str) -> Reply:
    answers = server()
    given = token(answers, scope=SCOPE + scope).body["access_token"]
    return answers(Request("GET", f"/admin/directory/v1{path}", query, {"authorization": f"Bearer {given}"}))


@pytest.mark.parametrize(
    ("status", "reason", "path", "query"),
    [
        (400, "badRequest", "/users", {}),
        (400, "badRequest", "/users", {"customer": "my_customer", "limit": "5"}),
        (400, "invalid", "/users", {"customer": "my_customer", "maxResults": "501"}),
        (400, "invalid", "/users", {"customer": "my_customer", "projection": "all"}),
        (400, "invalid", "/users", {"customer": "my_customer", "pageToken": "mine"}),
        (403, "insufficientPermissions", "/groups", {"customer": "my_customer"}),
        (403, "insufficientPermissions", "/users/101/tokens", {}),
        (404, "notFound", "/secrets", {}),
    ],
)
def test_a_wrong_question_is_answered_in_googles_envelope(
    status: int, reason: str, path: str, query: dict[str, str]
) -> None:
    reply = ask(path, **query)
    assert (reply.status, reply.body["error"]["code"]) == (status, status)
    assert reply.body["error"]["errors"][0]["reason"] == reason


def test_apps_of_nobody_are_not_found_and_no_token_is_no_answer() -> None:
    assert ask("/users/999/tokens", "user.security").status == 404
    assert server()(Request("GET", "/admin/directory/v1/users")).body["error"]["status"] == "UNAUTHENTICATED"


def test_only_the_fields_that_were_asked_for_come() -> None:
    rows = ask("/users", customer="my_customer", projection="full", fields="kind,users(id,name/fullName)").body["users"]
    assert set(rows[0]) == {"id", "name"}
    basic = ask("/users", customer="my_customer").body["users"]
    assert "customSchemas" not in basic[0]
    assert "phones" in basic[0]
