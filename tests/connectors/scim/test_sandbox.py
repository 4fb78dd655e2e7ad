"""The stand-in refuses what RFC 7644 lets a server refuse, in its words."""

from typing import Any

import pytest

from stackmap.sdk import Reply, Request
from tests.connectors.scim.reading import TOKEN, server

_HEADERS = {"authorization": f"Bearer {TOKEN}", "accept": "application/scim+json"}


def ask(path: str, *, method: str = "GET", headers: dict[str, str] | None = None, **query: str) -> Reply:
    return server()(Request(method, path, query, _HEADERS if headers is None else headers))


@pytest.mark.parametrize(
    ("status", "path", "options"),
    [
        (401, "/scim/v2/Users", {"headers": {}}),
        (401, "/scim/v2/Users", {"headers": {**_HEADERS, "authorization": "Bearer other"}}),
        (404, "/scim/v2/Secrets", {}),
        (404, "/Users", {}),
        (405, "/scim/v2/Users", {"method": "POST"}),
        (406, "/scim/v2/Users", {"headers": {**_HEADERS, "accept": "text/html"}}),
        (400, "/scim/v2/Users", {"count": "many"}),
        (400, "/scim/v2/Users", {"startIndex": "first"}),
        (400, "/scim/v2/Users", {"cursor": ""}),
        (400, "/scim/v2/Users", {"page": "2"}),
    ],
)
def test_an_error_has_the_envelope_of_scim_with_its_status_as_text(
    status: int, path: str, options: dict[str, Any]
) -> None:
    reply = ask(path, **options)
    assert reply.status == status
    assert reply.body["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]
    assert reply.body["status"] == str(status)
    assert reply.headers["content-type"] == "application/scim+json"


def test_a_page_holds_fewer_than_were_asked_for_and_counts_from_one() -> None:
    first, again = ask("/scim/v2/Users", count="100").body, ask("/scim/v2/Users", count="100", startIndex="0").body
    assert (first["totalResults"], first["startIndex"], first["itemsPerPage"]) == (90, 1, 40)
    assert first == again
    ids = [row["id"] for row in first["Resources"]]
    assert ids != sorted(ids), "no order is promised"
    assert ask("/scim/v2/Users", count="-1").body["Resources"] == []


def test_a_server_of_cursors_knows_no_index() -> None:
    answers = server(by_cursor=True)
    refused = answers(Request("GET", "/scim/v2/Users", {"startIndex": "41"}, _HEADERS))
    assert (refused.status, refused.body["scimType"]) == (400, "invalidValue")
    wrong = answers(Request("GET", "/scim/v2/Users", {"cursor": "mine"}, _HEADERS))
    assert (wrong.status, wrong.body["scimType"]) == (400, "invalidCursor")


def test_its_token_is_in_no_repr() -> None:
    assert TOKEN not in repr(server().__self__)  # type: ignore[attr-defined]  # a bound method, typed as any server
