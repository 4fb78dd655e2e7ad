"""The stand-in is strict: who asks, where, with which scope, how many at a time."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.hubspot.versions import PATHS
from tests.connectors.hubspot.reading import TOKEN, ask, company, read, server

USERS = PATHS["users"]


def pages(path: str, answers: Any, **query: str) -> list[str]:
    """Ids of all rows, page by page."""
    found, after = list[str](), dict[str, str]()
    while True:
        reply = ask(answers, path, **query, **after)
        assert reply.status == 200, reply.body
        found += [row["id"] for row in reply.body["results"]]
        if "paging" not in reply.body:
            return found
        after = {"after": reply.body["paging"]["next"]["after"]}


@given(rows=st.integers(0, 40), limit=st.integers(1, 12), most=st.integers(0, 9))
def test_pages_hold_every_row_once_whatever_their_size(rows: int, limit: int, most: int) -> None:
    users = [{"id": str(number), "superAdmin": False} for number in range(rows)]
    assert pages(USERS, server({"users": users}, most=most), limit=str(limit)) == [user["id"] for user in users]


@settings(max_examples=40)
@given(users=st.integers(0, 25), logged=st.integers(0, 25), most=st.integers(1, 9))
def test_the_connector_reads_every_page(users: int, logged: int, most: int) -> None:
    rows = [{"id": str(number), "superAdmin": False} for number in range(users)]
    events = [{"id": str(number), "type": "EXPORT", "userId": 1} for number in range(logged)]
    reading = read(server(company() | {"users": rows, "security": events}, most=most))
    records = {item.inventory: item.records for item in reading.coverage}
    assert (records["users"], records["security-activity"]) == (users, logged)


@pytest.mark.parametrize("token", [None, "another"])
def test_a_call_without_the_right_token_is_refused_wherever_it_goes(token: str | None) -> None:
    for path in (*PATHS.values(), "/nowhere"):
        reply = ask(server(), path, token=token)
        assert (reply.status, reply.body["category"]) == (401, "INVALID_AUTHENTICATION")


def test_an_unknown_address_is_not_found() -> None:
    for path in ("/crm/objects/2026-03/contacts", f"{PATHS['flows']}/7", "/"):
        assert ask(server(), path).status == 404


def test_only_the_two_reads_that_are_posts_may_be_posted() -> None:
    for name, path in PATHS.items():
        post, got = ask(server(), path, method="POST", body={}).status, ask(server(), path).status
        assert (post == 405, got == 405) == ((False, True) if name in {"own-token", "workflow-ids"} else (True, False))
    assert ask(server(), USERS, method="DELETE").status == 405


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("users", {"page": "2"}),
        ("users", {"limit": "0"}),
        ("users", {"limit": "many"}),
        ("users", {"after": "nonsense"}),
        ("users", {"after": ""}),
        ("owners", {"archived": "yes"}),
        ("roles", {"limit": "5"}),
        ("security-activity", {"limit": "201"}),
        ("log-ins", {"limit": "201"}),
    ],
)
def test_a_question_it_does_not_know_is_an_error(name: str, query: dict[str, str]) -> None:
    reply = ask(server(), PATHS[name], **query)
    assert (reply.status, reply.body["category"]) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize(
    ("name", "query", "expected"),
    [
        ("owners", {"email": "otto.old@example.test", "archived": "true"}, ["9010"]),
        ("security-activity", {"userId": "488"}, ["e07"]),
        ("log-ins", {"userId": "502"}, ["l2"]),
        ("audit-log", {"actingUserId": "504"}, ["a1"]),
        ("security-activity", {"fromTimestamp": "1795262400000"}, ["e20"]),
        ("audit-log", {"occurredBefore": "2026-08-15T12:00:00Z"}, ["a1"]),
    ],
)
def test_a_filter_leaves_what_was_asked_for(name: str, query: dict[str, str], expected: list[str]) -> None:
    assert pages(PATHS[name], server(), **query) == expected


def test_the_list_of_workflows_tells_less_than_their_details() -> None:
    listed = ask(server(), PATHS["flows"]).body["results"][0]
    detail = ask(server(), f"{PATHS['flows']}/6001").body
    assert "actions" not in listed
    assert len(detail["actions"]) == 3
    assert (listed["flowType"], detail["type"]) == ("WORKFLOW", "CONTACT_FLOW")


def test_a_workflow_with_sensitive_data_needs_its_own_scope() -> None:
    data = {"flows": [{"id": "1", "sensitive": True}]}
    path, scope = f"{PATHS['flows']}/1", "crm.objects.contacts.sensitive.read"
    assert "sensitive" not in ask(server(data), path).body
    assert ask(server(data, deny={scope}), path).status == 403


def test_whose_a_token_is_is_told_of_private_apps_only() -> None:
    question: dict[str, Any] = {"method": "POST", "body": {"tokenKey": TOKEN}}
    told = ask(server(), PATHS["own-token"], **question)
    assert (told.status, told.body["userId"], told.body["appId"]) == (200, 501, 3300)
    assert ask(server(kind="service-key"), PATHS["own-token"], **question).status == 400
    assert ask(server(), PATHS["own-token"], method="POST", body={"tokenKey": "another"}).status == 400


def test_a_batch_of_ids_that_is_not_known_whole_is_a_207() -> None:
    def asked(*ids: str) -> tuple[int, int]:
        inputs = [{"type": "WORKFLOW_ID", "workflowId": item} for item in ids]
        reply = ask(server(), PATHS["workflow-ids"], method="POST", body={"inputs": inputs})
        return reply.status, len(reply.body["results"])

    assert asked("54") == (200, 1)
    assert asked("54", "99") == (207, 1)
    assert ask(server(), PATHS["workflow-ids"], method="POST", body={}).status == 400


def test_times_are_relative_to_the_start_and_the_old_api_counts_milliseconds() -> None:
    assert ask(server(), PATHS["security-activity"]).body["results"][0]["createdAt"] == "2026-11-21T12:00:00.000Z"
    old = ask(server(), PATHS["workflows-v3"]).body["workflows"][0]
    assert old["updatedAt"] == 1795003200000


def test_its_token_is_in_no_repr() -> None:
    # A stand-in is typed as a function; this one is a method, and its object keeps the token.
    assert TOKEN not in repr(server().__self__)  # type: ignore[attr-defined]  # a bound method, typed as any server
