"""What the settings make of the connector."""

import pytest

from connectors.n8n import CONNECTOR
from stackmap.model import Act
from stackmap.sdk import Answer
from tests.connectors.n8n.reading import inventory, page


@pytest.mark.parametrize(
    ("base_url", "asked", "tenant"),
    [
        ("https://n8n.example.test", "https://n8n.example.test/api/v1", "n8n.example.test"),
        ("https://n8n.example.test/", "https://n8n.example.test/api/v1", "n8n.example.test"),
        ("https://n8n.example.test/api/v1", "https://n8n.example.test/api/v1", "n8n.example.test"),
        ("http://127.0.0.1:5678/flows", "http://127.0.0.1:5678/flows/api/v1", "127.0.0.1:5678"),
    ],
)
def test_the_address_in_the_browser_is_enough(base_url: str, asked: str, tenant: str) -> None:
    settings = {"base_url": base_url, "api_key": "k", "tenant": ""}
    assert CONNECTOR.base_url(settings) == asked
    assert CONNECTOR.tenant(settings) == tenant


def test_an_instance_may_have_a_name() -> None:
    assert CONNECTOR.tenant({"base_url": "https://n8n.example.test", "tenant": "flows"}) == "flows"


def test_whose_key_it_is_can_be_said() -> None:
    assert CONNECTOR.collector is not None
    assert CONNECTOR.collector({"key_owner": "olga.owner@example.test"}, ()) == "olga.owner@example.test"
    assert CONNECTOR.collector({}, ()) == ""


def test_administrators_of_n8n_delete_users() -> None:
    assert CONNECTOR.usual_act is Act.REMOVED


def test_a_missing_licence_is_told_from_a_missing_permission() -> None:
    judged = inventory("projects").outcome
    assert judged is not None
    assert judged(Answer(403, page("error-403-projects"))) is not None
    assert judged(Answer(403, page("error-403-audit-as-member"))) is None
    assert judged(Answer(403)) is None
