"""The mail to the administrator and the page for security."""

import json
import re
from typing import Any

import pytest

from connectors.hubspot import CONNECTOR as HUBSPOT
from connectors.n8n import CONNECTOR as N8N
from connectors.salesforce import CONNECTOR as SALESFORCE
from stackmap.app.requesting import access_request
from stackmap.app.tiers import permissions
from stackmap.declared import Config
from stackmap.declared.config import parse_config
from stackmap.render.request_mail import request_mail
from stackmap.render.request_page import request_security
from stackmap.render.requests import request_json, request_markdown, request_text
from stackmap.sdk import Connector, Get, ReadPost

ALL = [HUBSPOT, N8N, SALESFORCE]


def mail(connector: Connector, tier: int | None = None, config: Config | None = None) -> str:
    return request_text([request_mail(access_request(connector, config or Config(), tier))])


def security(connector: Connector, tier: int | None = None, config: Config | None = None) -> str:
    return words(request_text([request_security(access_request(connector, config or Config(), tier))]))


def words(text: str) -> str:
    return " ".join(text.split())


def configured(text: str) -> Config:
    return parse_config(f"connectors:\n{text}")


def test_the_mail_for_one_step_of_n8n_can_be_sent_as_it_is() -> None:
    assert mail(N8N, 1) == (
        "MAIL TO THE ADMINISTRATOR OF N8N\n"
        "\n"
        "To: [the administrator of n8n]\n"
        "\n"
        "Subject: Read access to n8n, to see what stops when a login is switched off\n"
        "\n"
        "Hello [name],\n"
        "\n"
        "could you give me read access to n8n? I want to know which integrations,\n"
        "automations and syncs hang on one person's login before that person changes jobs\n"
        "or leaves, so that we can hand them over in time.\n"
        "\n"
        "I use stackmap, a program that runs on my machine. It only reads, and sends\n"
        "nothing anywhere else. The page for security, which I attach, names every list\n"
        "that it asks for.\n"
        "\n"
        "I ask for one step, the first of 3; it is of use without the others.\n"
        "\n"
        "Step 1 of 3: who is here\n"
        "------------------------\n"
        "\n"
        "These permissions: user:list\n"
        "\n"
        "What it answers:\n"
        "  - Who has an n8n login, and who would be the last administrator if somebody\n"
        "    left?\n"
        "  - Which logins of people who have left are still there, as far as a staff list\n"
        "    or directory is read?\n"
        "\n"
        "What to do:\n"
        "  1. Sign in as the instance owner or an admin: a member's key shows only what\n"
        "     that member can see.\n"
        "  2. Open Settings > n8n API, and choose Create an API key. Give it a label,\n"
        "     such as stackmap, and a date on which it ends.\n"
        "  3. On an Enterprise plan, choose the scopes named here. On others a key has\n"
        "     all the rights of whoever makes it, changes included; stackmap only sends\n"
        "     reads.\n"
        "  4. Hand the key over through a vault or password manager, never by mail or\n"
        "     chat.\n"
        "\n"
        "Described at: https://docs.n8n.io/connect/n8n-api/authentication/\n"
        "\n"
        "How long it takes\n"
        "-----------------\n"
        "\n"
        "For you, the steps above. A reading then makes 1 call or more, and at most 5 a\n"
        "second. I would read [how often, such as once a week].\n"
        "\n"
        "How to end it\n"
        "-------------\n"
        "  - Open Settings > n8n API, and choose Delete next to the key\n"
        "    (docs.n8n.io/api/authentication). stackmap sends the key itself with each\n"
        "    call, so no other token is out; how soon n8n refuses it is not known to us.\n"
        "\n"
        "Whom to ask\n"
        "-----------\n"
        "\n"
        "Me about everything: [your name], [your phone or e-mail]. About people's data:\n"
        "[your data protection officer]; the page that `stackmap privacy` writes is for\n"
        "them.\n"
        "\n"
        "Thank you, [your name]\n"
    )


@pytest.mark.parametrize("connector", ALL, ids=lambda one: one.name)
def test_the_mail_for_the_first_tier_holds_its_permissions_and_none_of_later_tiers(connector: Connector) -> None:
    text = words(mail(connector, 1))
    assert all(need in text for need in permissions(connector, 1))
    later = [need for number in (2, 3) for need in permissions(connector, number)]
    assert later
    assert [need for need in later if re.search(rf"(?<![\w.]){re.escape(need)}(?![\w.])", text)] == []
    assert security(connector, 1).count("Needs: ") == len(access_request(connector, Config(), 1).tiers[0].calls)


@pytest.mark.parametrize("connector", ALL, ids=lambda one: one.name)
def test_the_page_names_each_list_with_its_permissions_and_what_it_is_for(connector: Connector) -> None:
    text = security(connector)
    for item in connector.inventories:
        assert f"{item.name}: " in text
        assert words(f"Needs: {', '.join(item.needs)}. For: {item.says}") in text
        if isinstance(item.ask, Get | ReadPost):
            assert item.ask.path in text
    assert connector.access is not None
    for sentence in (*connector.access.never_read, *connector.access.revoke, *connector.access.verify):
        assert words(sentence) in text


def test_the_columns_that_are_asked_for_stand_in_the_page() -> None:
    assert "SELECT UserId, IsFrozen FROM UserLogin WHERE IsFrozen = true" in security(SALESFORCE)
    assert "first: GET /services/data/v66.0/sobjects/UserLogin/describe" in security(SALESFORCE)


def test_calls_that_are_made_per_entry_are_told_with_their_path() -> None:
    assert "GET /automation/v4/flows/{id}, per entry of flows." in security(HUBSPOT)


def test_only_what_is_asked_for_is_told_of_people() -> None:
    assert "log-ins" in security(HUBSPOT)
    assert "log-ins" not in security(HUBSPOT, 1)
    assert "who made a workflow" not in security(HUBSPOT, 1)


def test_the_host_is_that_of_the_settings() -> None:
    given = configured("  crm:\n    connector: salesforce\n    base_url: https://acme.my.salesforce.com\n")
    assert "- https://acme.my.salesforce.com - Over https" in security(SALESFORCE, config=given)
    assert "[the org's My Domain address, such as https://example.my.salesforce.com]" in security(SALESFORCE)


def test_an_address_that_is_a_reference_is_not_looked_up_and_not_shown() -> None:
    given = configured("  n8n:\n    base_url: env:N8N_URL\n")
    assert "[where n8n is opened in a browser, such as https://n8n.example.test]" in security(N8N, config=given)
    assert "N8N_URL" not in security(N8N, config=given)


def test_two_systems_of_one_product_are_both_named() -> None:
    given = configured(
        "  a:\n    connector: n8n\n    base_url: https://a.example.test\n"
        "  b:\n    connector: n8n\n    base_url: https://b.example.test\n"
    )
    assert "- https://a.example.test - https://b.example.test -" in security(N8N, config=given)


def test_the_share_of_calls_that_is_left_is_the_settings() -> None:
    own = parse_config("settings:\n  quota_floor: 0.5\n")
    assert "before less than 50% of the day's calls are left" in security(SALESFORCE, config=own)
    assert "The answers do not tell how many of the day's calls are left" in security(N8N, config=own)


def test_markdown_shows_brackets_and_paths_as_they_stand() -> None:
    page = access_request(HUBSPOT, Config())
    text = request_markdown([request_mail(page), request_security(page)])
    assert "# Mail to the administrator of HubSpot\n" in text
    assert "Hello \\[name\\],\n" in text
    assert "\n## Step 1 of 3: who is here\n" in text
    assert "\n1. As a super admin" in text


def test_the_json_form_holds_the_values_and_both_texts() -> None:
    page = access_request(HUBSPOT, Config(), 2)
    parts = [request_mail(page), request_security(page)]
    found: dict[str, Any] = json.loads(request_json(page, parts))
    assert found["schema"] == "stackmap.access_request/1"
    assert (len(found["tiers"]), found["of"]) == (2, 3)
    assert found["tiers"][1]["permissions"] == ["automation", "crm.schemas.contacts.read"]
    assert found["tiers"][0]["checks"][-1] == "SA02 A second administrator on paper only"
    assert [part["text"] for part in found["parts"]] == [request_text([part]) for part in parts]
