"""The stand-in is as strict as Microsoft's reference says that Graph is."""

import pytest

from stackmap.model import Reach
from stackmap.sdk import Limits, Reply, Request
from tests.connectors.entra.reading import ask, read, server, tenant
from tests.support.readings import covered


@pytest.mark.parametrize(
    ("status", "code", "path", "options"),
    [
        (401, "InvalidAuthenticationToken", "/users", {"signed": False}),
        (403, "Authorization_RequestDenied", "/directory/deletedItems/microsoft.graph.user", {}),
        (400, "BadRequest", "/secrets", {}),
        (400, "BadRequest", "/users", {"select": "id,shoeSize"}),
        (400, "BadRequest", "/users", {"expand": "manager,directReports"}),
        (400, "BadRequest", "/oauth2PermissionGrants", {"expand": "owners($select=id)"}),
        (400, "BadRequest", "/users", {"skip": "2"}),
        (400, "Request_UnsupportedQuery", "/users", {"top": "1000"}),
        (400, "BadRequest", "/roleManagement/directory/roleDefinitions", {"top": "5"}),
        (400, "Directory_ExpiredPageToken", "/users", {"skiptoken": "nonsense"}),
        (405, "Request_BadRequest", "/users", {"method": "PATCH"}),
    ],
)
def test_it_refuses_in_graphs_envelope(status: int, code: str, path: str, options: dict[str, str]) -> None:
    reply = ask(server(granted={"Directory.Read.All"}), path, **options)  # type: ignore[arg-type]  # options of several types
    assert (reply.status, reply.body["error"]["code"]) == (status, code)
    assert set(reply.body["error"]) == {"code", "message", "innerError"}


def test_what_is_not_selected_does_not_come() -> None:
    usual = ask(server(), "/users").body["value"][0]
    assert "accountEnabled" not in usual
    chosen = ask(server(), "/users", select="id,accountEnabled,employeeId").body["value"][1]
    assert chosen == {"id": "u-olga", "accountEnabled": True, "employeeId": None}


@pytest.mark.parametrize("top", ["1", "2", "3", "999"])
def test_pages_hold_every_user_once(top: str) -> None:
    names: list[str] = []
    query = {"top": top, "select": "id"}
    while True:
        body = ask(server(), "/users", **query).body  # type: ignore[arg-type]  # options of several types
        names += [row["id"] for row in body["value"]]
        if "@odata.nextLink" not in body:
            break
        assert "$select=id" in body["@odata.nextLink"], "the link holds the whole question"
        query["skiptoken"] = body["@odata.nextLink"].rpartition("skiptoken=")[2]
    assert names == [row["id"] for row in tenant()["users"]]


def test_a_throttled_request_is_asked_again_when_microsoft_says() -> None:
    answers, spent, waited = server(), set[str](), list[float]()

    def answer(request: Request) -> Reply:
        if request.path in spent or request.path.endswith("/token"):
            return answers(request)
        spent.add(request.path)
        return Reply(429, {"error": {"code": "TooManyRequests", "message": "slow down"}}, {"retry-after": "7"})

    reading = read(answer, limits=Limits(pause=waited.append))
    assert {item.state for item in covered(reading).values()} == {Reach.COMPLETE}
    assert set(waited) == {7.0}
