"""What an administrator is shown of a connector before allowing it."""

import json
from dataclasses import replace

import pytest

from connectors.hubspot import CONNECTOR as HUBSPOT
from connectors.n8n import CONNECTOR as N8N
from connectors.okta import CONNECTOR as OKTA
from connectors.zapier import CONNECTOR as ZAPIER
from stackmap.render.calls import call
from stackmap.render.connectors import list_json, list_markdown, list_text, show_json, show_markdown, show_text
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


def test_a_list_that_asks_per_entry_of_another_shows_what_it_asks() -> None:
    assert "workflow-details     GET /workflows/{id}, per entry of workflows\n" in show_text(N8N)
    assert "| workflow-details | GET /workflows/{id}, per entry of workflows |" in show_markdown(N8N)


def test_a_list_whose_entries_have_to_qualify_still_shows_its_path() -> None:
    shown = {item.name: call(OKTA, item) for item in OKTA.inventories}
    assert shown["app-users"] == "GET /api/v1/apps/{id}/users, per entry of apps that qualifies"
    assert shown["app-grants"] == "GET /api/v1/apps/{id}/grants, per entry of apps that qualifies"
    assert shown["administrator-roles"] == "GET /api/v1/users/{id}/roles, per entry of administrators"


def test_connectors_without_an_api_are_told_to_read_files() -> None:
    assert list_text([N8N, ZAPIER]) == (
        "n8n              n8n  (6 lists)\n"
        "zapier           Zapier  (from files: stackmap import --kinds)\n"
        "\n"
        "Next: stackmap connectors show NAME\n"
    )
    assert "| zapier | Zapier | from files: stackmap import --kinds |" in list_markdown([ZAPIER])
    (listed,) = json.loads(list_json([ZAPIER]))["connectors"]
    assert [one["name"] for one in listed["exports"]] == [one.name for one in ZAPIER.exports]


@pytest.mark.parametrize("connector", [HUBSPOT, ZAPIER], ids=lambda one: one.name)
def test_every_kind_of_file_stands_with_its_headings_and_where_to_get_it(connector: Connector) -> None:
    text, page = joined(show_text(connector)), show_markdown(connector)
    for item in connector.exports:
        assert joined(f"{item.name}: {item.says} where: {item.obtain}") in text
        assert f"| {item.name} |" in page
        for column in item.columns:
            assert joined(f"{column.name}{'*' if column.required else ''}: {column.name}") in text
            assert all(joined(heading) in text for heading in column.headings)


def test_what_a_connector_has_not_is_not_headed() -> None:
    assert "Lists it reads" not in show_text(ZAPIER)
    assert "Settings in stackmap.yaml" not in show_text(ZAPIER)
    assert "Files it reads" not in show_text(N8N)
    assert "--request" not in show_text(ZAPIER)


def test_how_to_ask_for_access_is_said_where_there_is_something_to_ask_for() -> None:
    assert "Mail to your admin: stackmap connectors show n8n --request" in show_text(N8N)
    assert [tier["name"] for tier in json.loads(show_json(N8N))["tiers"]] == [
        "who is here",
        "what belongs to whom",
        "the rest",
    ]


def test_where_the_vendor_describes_it_stands_first_and_nothing_where_no_page_is_known() -> None:
    assert show_text(N8N).startswith("n8n\nDescribed at: https://docs.n8n.io/api/\n\n")
    assert show_markdown(N8N).startswith("# n8n\n\nDescribed at: https://docs.n8n.io/api/\n\n")
    assert json.loads(show_json(N8N))["docs"] == "https://docs.n8n.io/api/"
    bare = replace(N8N, docs="")
    assert "Described at" not in show_text(bare) + show_markdown(bare)
    assert json.loads(show_json(bare))["docs"] is None
