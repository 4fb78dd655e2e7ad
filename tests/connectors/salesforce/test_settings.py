"""What the settings make of the connector."""

from __future__ import annotations

import pytest

from connectors.salesforce import CONNECTOR
from stackmap.errors import ConfigError
from stackmap.sdk import Answer

ORG = {"base_url": "https://example.my.salesforce.com"}


@pytest.mark.parametrize(
    ("base_url", "tenant"),
    [
        ("https://example.my.salesforce.com", "example"),
        ("https://example.my.salesforce.com/", "example"),
        ("https://example.my.salesforce.com/services/data/v60.0", "example"),
        ("https://example--uat.sandbox.my.salesforce.com", "example--uat"),
        ("http://127.0.0.1:8000", "127.0.0.1:8000"),
    ],
)
def test_the_address_of_the_org_is_enough(base_url: str, tenant: str) -> None:
    settings = {"base_url": base_url}
    assert CONNECTOR.base_url(settings).endswith("/services/data/v66.0")
    assert CONNECTOR.base_url(settings).count("/services/") == 1
    assert CONNECTOR.tenant(settings) == tenant


def test_an_org_may_have_a_name() -> None:
    assert CONNECTOR.tenant({**ORG, "tenant": "larkfield"}) == "larkfield"


@pytest.mark.parametrize(
    "base_url",
    ["https://login.salesforce.com", "https://test.salesforce.com", "https://example.lightning.force.com/lightning"],
)
def test_an_address_at_which_no_org_answers_is_refused_and_the_right_kind_named(base_url: str) -> None:
    with pytest.raises(ConfigError, match=r"My Domain address, such as https://example\.my\.salesforce\.com"):
        CONNECTOR.base_url({"base_url": base_url})


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"client_id": "a"},
        {"client_secret": "b"},
        {"client_id": "a", "client_secret": "b", "access_token": "c"},
        {"client_id": "a", "access_token": "c"},
    ],
    ids=str,
)
def test_there_is_one_way_to_sign_in(given: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match="either client_id and client_secret") as caught:
        CONNECTOR.authenticate({**ORG, **given})
    assert "show-access-token" in str(caught.value)


def test_a_token_that_the_command_line_no_longer_shows_is_told_from_one() -> None:
    placeholder = "[REDACTED] Use 'sf org auth show-access-token' to view"
    with pytest.raises(ConfigError, match="placeholder") as caught:
        CONNECTOR.authenticate({**ORG, "access_token": placeholder})
    assert "#result.accessToken" in str(caught.value)


@pytest.mark.parametrize("given", [{"access_token": "c"}, {"client_id": "a", "client_secret": "b"}], ids=str)
def test_each_way_to_sign_in_is_taken(given: dict[str, str]) -> None:
    assert callable(CONNECTOR.authenticate({**ORG, **given}))


@pytest.mark.parametrize(
    ("header", "quota"),
    [
        ("api-usage=18/5000", (18, 5000)),
        ("api-usage=25/5000; per-app-api-usage=17/250(appName=sample-app)", (25, 5000)),
        ("", None),
        ("something else", None),
    ],
)
def test_the_days_calls_are_read_from_every_answer(header: str, quota: tuple[int, int] | None) -> None:
    assert CONNECTOR.quota is not None
    assert CONNECTOR.quota(Answer(200, {}, {"sforce-limit-info": header})) == quota
