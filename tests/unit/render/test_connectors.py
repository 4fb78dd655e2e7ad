"""What an administrator is shown of a connector before allowing it."""

import json

import pytest

from connectors.hubspot import CONNECTOR as HUBSPOT
from connectors.n8n import CONNECTOR as N8N
from stackmap.render.connectors import show_json, show_markdown, show_text
from stackmap.sdk import Connector


def joined(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("connector", [HUBSPOT, N8N], ids=lambda one: one.name)
def test_everything_that_is_not_read_stands_at_the_end(connector: Connector) -> None:
    _, unread = show_text(connector).split("\nWhat is not read\n")
    assert joined(unread) == joined(" ".join(connector.blind_spots))
    _, marked = show_markdown(connector).split("\nWhat is not read:\n")
    assert marked.count("\n- ") == len(connector.blind_spots)
    assert json.loads(show_json(connector))["blind_spots"] == list(connector.blind_spots)


def test_the_condition_under_which_n8n_deletes_is_said_beside_the_verdict() -> None:
    text = joined(show_text(N8N))
    assert "removed: stops, certain. Deleting the user without a transfer deletes the workflow at once" in text


def test_who_can_make_a_service_key_is_said_with_the_setting() -> None:
    assert "made by somebody with Developer tools access who has its scopes" in joined(show_text(HUBSPOT))
