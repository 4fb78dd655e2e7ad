"""What the settings make of the connector, and what is asked of an administrator."""

import pytest

from connectors.google.asked import ACCESS
from stackmap.collect import run
from stackmap.model import Act, Node, NodeKind, Reach
from stackmap.sdk import serve
from tests.connectors.google.reading import ADMIN, CONNECTOR, TENANT, read, server, settings
from tests.support.readings import LIMITS, TAKEN_AT


def test_the_domain_of_the_administrator_names_the_workspace() -> None:
    assert CONNECTOR.tenant({"admin": "Admin@Example.test"}) == TENANT
    assert CONNECTOR.tenant({"admin": ADMIN, "tenant": "acme"}) == "acme"


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ({}, "https://oauth2.googleapis.com"),
        ({"base_url": "https://admin.googleapis.com/"}, "https://oauth2.googleapis.com"),
        ({"base_url": "http://127.0.0.1:8080"}, "http://127.0.0.1:8080"),
        ({"token_url": "https://tokens.example.test/token"}, "https://tokens.example.test"),
    ],
)
def test_tokens_come_from_google_unless_everything_is_elsewhere(given: dict[str, str], origin: str) -> None:
    assert CONNECTOR.origins is not None
    assert CONNECTOR.origins(given) == (origin,)


def test_the_administrator_for_whom_it_speaks_is_one_of_the_things_at_risk() -> None:
    assert read(server()).collector == ADMIN


def test_over_a_socket_everything_is_read_with_the_token_of_the_same_place() -> None:
    with serve(server()) as url:
        given = settings(base_url=url)
        reading = run(CONNECTOR, given, source="google", limits=LIMITS, clock=lambda: TAKEN_AT)
    assert {item.state for item in reading.coverage} == {Reach.COMPLETE}


def test_it_is_a_directory_whose_leavers_are_deleted() -> None:
    assert CONNECTOR.usual_act is Act.REMOVED
    systems = [item for item in read(server()).facts if isinstance(item, Node) and item.kind is NodeKind.SYSTEM]
    assert any(item.properties.get("directory") is True for item in systems)


def test_every_list_is_in_one_tier_of_access_and_says_what_it_takes_of_people() -> None:
    lists = sorted(item.name for item in CONNECTOR.inventories)
    assert sorted(name for tier in ACCESS.tiers for name in tier.inventories) == lists
    assert sorted(name for item in ACCESS.personal for name in item.inventories) == lists


def test_each_tier_names_the_scopes_of_its_lists() -> None:
    needs = {item.name: item.needs for item in CONNECTOR.inventories}
    for tier in ACCESS.tiers:
        steps = " ".join(tier.grant)
        assert all(scope in steps for name in tier.inventories for scope in needs[name]), tier.name


def test_the_key_is_the_only_secret() -> None:
    assert [item.name for item in CONNECTOR.settings if item.secret] == ["key"]
    assert {item.name for item in CONNECTOR.settings if item.required} == {"key", "admin"}
    assert "PRIVATE" not in repr(CONNECTOR.authenticate(settings()))
