"""Vendors that say when a limit ends instead of how long to wait."""

import pytest

from stackmap.sdk import Answer, Client, Get, Limits, Reply, Request, api_key, transport
from stackmap.sdk.headers import until_reset

AT_NOON = "Sun, 22 Nov 2026 12:00:00 GMT"
NOON = 1_795_348_800


@pytest.mark.parametrize("name", ["x-rate-limit-reset", "x-ratelimit-reset", "ratelimit-reset"])
def test_the_wait_is_the_limits_end_less_the_answers_own_time(name: str) -> None:
    assert until_reset({name: str(NOON + 42), "date": AT_NOON}) == 42


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"date": AT_NOON},
        {"x-rate-limit-reset": str(NOON + 42)},
        {"x-rate-limit-reset": str(NOON + 42), "date": "yesterday"},
        {"x-rate-limit-reset": "soon", "date": AT_NOON},
        {"x-rate-limit-reset": "inf", "date": AT_NOON},
        {"x-rate-limit-reset": str(NOON - 1), "date": AT_NOON},
        {"x-rate-limit-reset": str(NOON * 1000), "date": AT_NOON},
        {"x-ratelimit-reset": "30", "date": AT_NOON},
    ],
)
def test_what_is_no_time_soon_after_is_left_alone(headers: dict[str, str]) -> None:
    assert until_reset(headers) == 0.0


def waits(headers: dict[str, str], status: int = 429) -> tuple[list[float], Answer]:
    """How long a client waits for a vendor that answers so once, and what it gets in the end."""
    seen: list[float] = []
    answers = iter((Reply(status, {}, headers), Reply(200, {"fine": True})))

    def answer(_request: Request) -> Reply:
        return next(answers)

    limits = Limits(pause=seen.append)
    with Client(
        "https://vendor.example.test", api_key("X-Key", "k"), transport=transport(answer), limits=limits
    ) as client:
        return seen, client.send(Get("/things"))


def test_a_client_waits_until_the_limit_ends() -> None:
    seen, last = waits({"x-rate-limit-reset": str(NOON + 42), "date": AT_NOON})
    assert (seen, last.status) == ([42.0], 200)


def test_retry_after_goes_first() -> None:
    seen, _ = waits({"retry-after": "3", "x-rate-limit-reset": str(NOON + 42), "date": AT_NOON})
    assert seen == [3.0]


def test_a_vendor_that_is_down_is_not_waited_for_until_a_limit_ends() -> None:
    seen, _ = waits({"x-rate-limit-reset": str(NOON + 42), "date": AT_NOON}, status=503)
    assert seen[0] < 5
