"""The stand-in is as strict as Okta's reference says that Okta is."""

from datetime import UTC, datetime

import pytest

from connectors.okta.sandbox import ERRORS
from stackmap.model import Reach
from stackmap.sdk import Limits, Reply, Request, StandIn
from tests.connectors.okta.reading import HOST, ask, org, read, server
from tests.support.readings import covered

FIELDS = {"errorCode", "errorSummary", "errorLink", "errorId", "errorCauses"}


@pytest.mark.parametrize(
    ("status", "path", "options"),
    [
        (401, "/api/v1/users", {"token": "wrong"}),
        (403, "/api/v1/groups", {}),
        (404, "/api/v1/logs", {}),
        (404, "/api/v1/apps/0oanone/users", {}),
        (405, "/api/v1/users", {"method": "POST"}),
        (400, "/api/v1/users", {"limit": "201"}),
        (400, "/api/v1/apps/0oasf/users", {"limit": "501"}),
        (400, "/api/v1/users", {"after": "nonsense"}),
        (400, "/api/v1/users", {"filter": "status is gone"}),
        (400, "/api/v1/api-tokens", {"limit": "1"}),
    ],
)
def test_it_refuses_in_oktas_envelope(status: int, path: str, options: dict[str, str]) -> None:
    reply = ask(server(deny={"okta.groups.read"}), path, **options)
    assert reply.status == status
    assert set(reply.body) == FIELDS
    assert reply.body["errorCode"] == ERRORS[status][0]


def test_deactivated_users_come_only_when_asked_for() -> None:
    usual = [row["status"] for row in ask(server(), "/api/v1/users", limit="200").body]
    gone = [row["status"] for row in ask(server(), "/api/v1/users", filter='status eq "DEPROVISIONED"').body]
    assert "DEPROVISIONED" not in usual
    assert set(gone) == {"DEPROVISIONED"}


@pytest.mark.parametrize("limit", ["1", "2", "3", "200"])
def test_pages_hold_every_user_once(limit: str) -> None:
    names: list[str] = []
    path, query = "/api/v1/users", {"limit": limit}
    while True:
        reply = ask(server(), path, **query)
        names += [row["id"] for row in reply.body]
        link = reply.headers.get("link", "")
        if 'rel="next"' not in link:
            break
        assert f"<https://{HOST}/api/v1/users?" in link
        query["after"] = link.rpartition("after=")[2].partition(">")[0]
    assert names == [row["id"] for row in org()["users"] if row.get("status") != "DEPROVISIONED"]


def limited(answers: StandIn, at: datetime, seconds: int) -> StandIn:
    """The same, once out of allowance, in Okta's way: no Retry-After, but the time at which the limit ends."""
    spent: set[str] = set()

    def answer(request: Request) -> Reply:
        if request.path in spent:
            return answers(request)
        spent.add(request.path)
        headers = {
            "date": at.strftime("%a, %d %b %Y %H:%M:%S GMT"),
            "x-rate-limit-limit": "600",
            "x-rate-limit-remaining": "0",
            "x-rate-limit-reset": str(int(at.timestamp()) + seconds),
        }
        return Reply(429, {"errorCode": "E0000047", "errorSummary": "API call exceeded rate limit"}, headers)

    return answer


def test_a_spent_allowance_is_waited_for_as_long_as_okta_says() -> None:
    waited: list[float] = []
    answers = limited(server(), datetime(2026, 11, 22, 12, tzinfo=UTC), 17)
    reading = read(answers, limits=Limits(pause=waited.append))
    assert {item.state for item in covered(reading).values()} == {Reach.COMPLETE}
    assert set(waited) == {17.0}
