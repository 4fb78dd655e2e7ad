"""What the settings and answers make of the connector."""

import pytest

from connectors.hubspot import CONNECTOR
from connectors.hubspot.versions import DATED, PATHS
from stackmap.errors import ConfigError
from stackmap.model import Act
from stackmap.sdk import Answer, Get, ReadPost, resolve_settings

TOKEN = "made-up"


def test_a_token_and_a_name_are_enough() -> None:
    settings = resolve_settings(CONNECTOR, {"token": TOKEN, "tenant": "larkfield"})
    assert CONNECTOR.base_url(settings) == "https://api.hubapi.com"
    assert CONNECTOR.tenant(settings) == "larkfield"


def test_the_tenant_has_to_be_told() -> None:
    with pytest.raises(ConfigError, match="tenant"):
        resolve_settings(CONNECTOR, {"token": TOKEN})


def test_the_token_stands_in_the_body_of_the_one_call_that_wants_it_there() -> None:
    sign = CONNECTOR.authenticate({"token": TOKEN})
    own, other = next(sign(ReadPost(PATHS["own-token"]))), next(sign(ReadPost("/else", {"a": 1})))
    assert isinstance(own, ReadPost)
    assert isinstance(other, ReadPost)
    assert (own.body, other.body) == ({"tokenKey": TOKEN}, {"a": 1})
    assert all(item.headers["Authorization"] == f"Bearer {TOKEN}" for item in (own, other))
    assert TOKEN not in repr(own)


@pytest.mark.parametrize(
    ("allowed", "remaining", "expected"),
    [("250000", "249000", (1000, 250000)), ("0", "0", None), ("", "", None), ("many", "1", None)],
)
def test_the_calls_of_the_day_are_read_from_the_answers(
    allowed: str, remaining: str, expected: tuple[int, int] | None
) -> None:
    headers = {"x-hubspot-ratelimit-daily": allowed, "x-hubspot-ratelimit-daily-remaining": remaining}
    assert CONNECTOR.quota is not None
    assert CONNECTOR.quota(Answer(200, None, headers)) == expected
    assert CONNECTOR.quota(Answer(200)) is None


def test_administrators_of_hubspot_deactivate_users() -> None:
    assert CONNECTOR.usual_act is Act.DEACTIVATED


def test_what_is_asked_has_its_version_from_the_table() -> None:
    asked = {item.ask.path for item in CONNECTOR.inventories if isinstance(item.ask, Get | ReadPost)}
    assert asked <= set(PATHS.values())
    assert DATED in PATHS["users"]
