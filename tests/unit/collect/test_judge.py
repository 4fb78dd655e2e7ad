"""What a status says, who can mend it, and the vendor's own word for it."""

from dataclasses import replace
from typing import Any

import pytest

from stackmap.collect.judge import judge, vendor_code
from stackmap.model import FixBy, Reach
from stackmap.sdk import Answer
from tests.unit.collect.vendor import USERS_INVENTORY


@pytest.mark.parametrize(
    ("status", "state", "fix_by"),
    [
        (201, Reach.FAILED, FixBy.VENDOR),
        (204, Reach.FAILED, FixBy.VENDOR),
        (206, Reach.FAILED, FixBy.VENDOR),
        (400, Reach.FAILED, FixBy.US),
        (401, Reach.DENIED, FixBy.OPERATOR),
        (403, Reach.DENIED, FixBy.ADMIN),
        (404, Reach.ABSENT, FixBy.NOBODY),
        (405, Reach.ABSENT, FixBy.NOBODY),
        (422, Reach.FAILED, FixBy.US),
        (429, Reach.FAILED, FixBy.OPERATOR),
        (500, Reach.FAILED, FixBy.VENDOR),
        (503, Reach.FAILED, FixBy.VENDOR),
    ],
)
def test_a_status_says_how_far_and_who_can_mend_it(status: int, state: Reach, fix_by: FixBy) -> None:
    trouble = judge(Answer(status), USERS_INVENTORY)
    assert trouble is not None
    assert (trouble.state, trouble.fix_by, trouble.vendor_code) == (state, fix_by, str(status))
    assert trouble.reason


def test_success_is_no_trouble() -> None:
    assert judge(Answer(200), USERS_INVENTORY) is None


def test_a_refusal_names_the_permission() -> None:
    trouble = judge(Answer(403), USERS_INVENTORY)
    assert trouble is not None
    assert trouble.reason == "not permitted (403): needs users.read"


def test_an_inventory_says_which_statuses_mean_that_it_is_not_offered() -> None:
    assert judge(Answer(404), replace(USERS_INVENTORY, absent_on=frozenset())) is not None
    given = judge(Answer(404), replace(USERS_INVENTORY, absent_on=frozenset({402})))
    paid = judge(Answer(402), replace(USERS_INVENTORY, absent_on=frozenset({402})))
    assert given is not None
    assert given.state is Reach.FAILED
    assert paid is not None
    assert paid.state is Reach.ABSENT


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"errorCode": "INVALID_SESSION_ID"}, "INVALID_SESSION_ID"),
        ([{"errorCode": "API_DISABLED", "message": "no"}], "API_DISABLED"),
        ({"error": {"code": "Forbidden", "message": "no"}}, "Forbidden"),
        ({"errors": [{"code": "601", "message": "no"}]}, "601"),
        ({"code": 403}, "403"),
        ({"category": "MISSING_SCOPES"}, "MISSING_SCOPES"),
        ({"error": "a whole sentence about dana@example.test"}, ""),
        ({"code": "x" * 200}, ""),
        ({"code": True}, ""),
        ([], ""),
        (None, ""),
        ("text", ""),
    ],
)
def test_the_vendors_own_code_is_kept_only_when_it_looks_like_one(body: Any, code: str) -> None:
    assert vendor_code(body) == code
