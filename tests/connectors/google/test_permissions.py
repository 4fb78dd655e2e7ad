"""Every right away alone closes only the lists that need it, and none of them looks empty."""

import json
from typing import Any

import pytest

from connectors.google.signing_in import Right
from stackmap.model import FixBy, Reach
from stackmap.sdk import Reply, Request, StandIn
from tests.connectors.google.reading import key_file, read, server
from tests.support.readings import covered

NEEDING = {
    Right.USERS: {"users", "deleted-users"},
    Right.GROUPS: {"groups"},
    Right.ROLES: {"roles", "role-assignments"},
    Right.SECURITY: {"tokens", "app-passwords"},
}
BELOW = {"users": {"tokens", "app-passwords"}, "groups": {"group-owners"}}


@pytest.mark.parametrize("right", list(Right))
def test_a_right_that_was_not_delegated_denies_its_own_lists_only(right: Right) -> None:
    found = covered(read(server(deny={right})))
    denied = NEEDING[right]
    skipped = {name for parent in denied for name in BELOW.get(parent, set())}
    assert {name for name, item in found.items() if item.state is Reach.DENIED} == denied
    assert {name for name, item in found.items() if item.state is Reach.SKIPPED} == skipped
    assert {name for name, item in found.items() if item.state is Reach.COMPLETE} == {*found} - denied - skipped
    assert all(found[name].vendor_code == "unauthorized_client" for name in denied)


def test_without_any_right_nothing_is_read_and_nothing_looks_empty() -> None:
    reading = read(server(deny=set(Right)))
    assert {item.state for item in reading.coverage} == {Reach.DENIED, Reach.SKIPPED}
    assert not reading.facts


def refusing(path: str, status: int, reason: str) -> StandIn:
    answers = server()

    def answer(request: Request) -> Reply:
        if not request.path.endswith(path):
            return answers(request)
        errors = [{"domain": "global", "reason": reason, "message": "made to fail"}]
        return Reply(status, {"error": {"code": status, "message": "made to fail", "errors": errors}})

    return answer


@pytest.mark.parametrize(
    ("status", "reason", "state", "fix_by"),
    [
        (403, "forbidden", Reach.DENIED, FixBy.ADMIN),
        (403, "insufficientPermissions", Reach.DENIED, FixBy.ADMIN),
        (403, "accessNotConfigured", Reach.DENIED, FixBy.ADMIN),
        (403, "userRateLimitExceeded", Reach.FAILED, FixBy.OPERATOR),
        (403, "quotaExceeded", Reach.FAILED, FixBy.OPERATOR),
        (429, "rateLimitExceeded", Reach.FAILED, FixBy.OPERATOR),
        (404, "notFound", Reach.FAILED, FixBy.US),
    ],
)
def test_a_spent_quota_is_told_from_a_missing_permission(status: int, reason: str, state: Reach, fix_by: FixBy) -> None:
    found = covered(read(refusing("/v1/groups", status, reason)))
    assert (found["groups"].state, found["groups"].fix_by) == (state, fix_by)
    assert found["group-owners"].state is Reach.SKIPPED
    assert found["users"].state is Reach.COMPLETE


def test_an_administrator_for_whom_it_may_not_speak_is_refused_and_tried_once() -> None:
    tried: list[Request] = []
    answers = server()

    def watched(request: Request) -> Reply:
        tried.append(request)
        return answers(request)

    found = read(watched, admin="somebody@example.test")
    assert {item.state for item in found.coverage} == {Reach.DENIED, Reach.SKIPPED}
    assert covered(found)["users"].vendor_code == "invalid_grant"
    assert [request.path for request in tried] == ["/token"]


@pytest.mark.parametrize(
    "key", ["certainly-no-key-file", "[]", '{"client_email": "a"}', '{"client_email": "a", "private_key": 5}']
)
def test_a_key_that_is_no_key_file_denies_everything_without_being_repeated(key: str) -> None:
    reading = read(server(), key=key)
    assert {item.state for item in reading.coverage} == {Reach.DENIED, Reach.SKIPPED}
    assert "whole JSON file" in covered(reading)["users"].reason
    assert key not in repr(reading)


def test_a_key_of_another_service_account_is_refused() -> None:
    other: dict[str, Any] = {**json.loads(key_file()), "client_email": "other@project.iam.gserviceaccount.com"}
    found = covered(read(server(), key=json.dumps(other)))
    assert (found["users"].state, found["users"].vendor_code) == (Reach.DENIED, "invalid_grant")


@pytest.mark.parametrize("body", [{}, {"kind": "admin#directory#groups"}, {"users": {}}, {"users": [1]}, []])
def test_an_answer_that_is_no_list_of_users_is_never_an_empty_one(body: Any) -> None:
    answers = server()

    def odd(request: Request) -> Reply:
        return Reply(200, body) if request.path.endswith("/v1/users") else answers(request)

    found = covered(read(odd))["users"]
    assert (found.state, found.fix_by) == (Reach.FAILED, FixBy.VENDOR)


def test_a_list_that_google_leaves_out_is_empty_where_the_kind_says_which_it_is() -> None:
    reading = read(server(company={"users": [], "groups": []}))
    assert {item.state for item in reading.coverage} == {Reach.COMPLETE}
