"""What the settings make of the connector, and what is asked of an administrator."""

import pytest

from connectors.scim import CONNECTOR
from stackmap.errors import ConfigError
from tests.connectors.scim.reading import SETTINGS, read, server


@pytest.mark.parametrize(
    ("base_url", "tenant"),
    [
        ("https://people.example.test/scim/v2", "people.example.test"),
        ("https://people.example.test/scim/v2/", "people.example.test"),
        ("http://127.0.0.1:8040/v2", "127.0.0.1:8040"),
    ],
)
def test_without_a_name_the_host_names_the_tenant(base_url: str, tenant: str) -> None:
    settings = {"base_url": base_url}
    assert CONNECTOR.base_url(settings) == base_url.rstrip("/")
    assert CONNECTOR.tenant(settings) == tenant
    assert CONNECTOR.tenant({**settings, "tenant": "acme"}) == "acme"


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("directory", "true"),
        ("external_ids_of", "okta"),
        ("external_ids_of", "okta/acme/1"),
        ("external_ids_of", "okta:1/acme"),
    ],
)
def test_a_setting_that_means_nothing_is_an_error_and_no_guess(setting: str, said: str) -> None:
    with pytest.raises(ConfigError, match=setting):
        read(server(), {**SETTINGS, setting: said})


def test_whether_it_is_a_directory_has_to_be_said_and_both_answers_are_explained() -> None:
    for settings in ({key: SETTINGS[key] for key in SETTINGS if key != "directory"}, {**SETTINGS, "directory": "yes?"}):
        with pytest.raises(ConfigError, match="directory") as raised:
            read(server(), settings)
        told = str(raised.value)
        assert "Yes says that its users are those who work here" in told
        assert "No says that it is the login list of one application" in told


def test_every_list_is_in_one_tier_of_access_and_every_list_of_people_says_what_it_takes() -> None:
    assert CONNECTOR.access is not None
    tiers = [name for tier in CONNECTOR.access.tiers for name in tier.inventories]
    assert sorted(tiers) == sorted(item.name for item in CONNECTOR.inventories)
    personal = {name for item in CONNECTOR.access.personal for name in item.inventories}
    assert personal == {"users", "groups"}


def test_the_token_is_the_only_secret() -> None:
    assert [item.name for item in CONNECTOR.settings if item.secret] == ["token"]
    assert {item.name for item in CONNECTOR.settings if item.required} == set(SETTINGS)
