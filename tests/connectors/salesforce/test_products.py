"""Which product a name or a namespace stands for."""

from __future__ import annotations

import pytest

from connectors.salesforce.products import is_ai, product_of, sync_of


def key(found: object) -> object:
    return getattr(found, "key", None)


@pytest.mark.parametrize(
    ("name", "namespace", "product"),
    [
        ("HubSpot", "", "hubspot"),
        ("hubspot integration", "", "hubspot"),
        ("anything", "HUBSPOT_INC", "hubspot"),
        ("Marketo Engage Sync", "", "marketo"),
        ("Salesforce Pardot", "", "account-engagement"),
        ("anything", "pi", "account-engagement"),
        ("HubSpot export of Dana", "", None),
        ("Not HubSpot", "", None),
        ("Pi", "", None),
        ("anything", "pi3x", None),
        ("", "", None),
    ],
)
def test_a_sync_goes_by_its_whole_name_or_its_namespace(name: str, namespace: str, product: str | None) -> None:
    assert key(sync_of(name, namespace)) == product


@pytest.mark.parametrize(
    ("name", "namespace", "product"),
    [
        ("Gong for Salesforce", "", "gong"),
        ("anything", "dozisf", "zoominfo"),
        ("Gongoozler", "", None),
        ("Data Loader", "", None),
    ],
)
def test_a_product_is_a_word_of_the_name(name: str, namespace: str, product: str | None) -> None:
    assert key(product_of(name, namespace)) == product


@pytest.mark.parametrize(("name", "ai"), [("Claude", True), ("claude desktop", True), ("Cursory notes", False)])
def test_an_ai_client_is_a_word_of_the_name(name: str, ai: bool) -> None:
    assert is_ai(name) is ai
