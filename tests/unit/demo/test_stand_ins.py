"""How stand-ins are filled with the company, and how the workspace's files come out."""

import json
from dataclasses import replace

import pytest

from connectors.n8n import CONNECTOR
from stackmap.declared import check_settings, parse_config
from stackmap.demo import company_files, demo_stand_ins
from stackmap.errors import ConnectorError
from stackmap.sdk import Request


def test_a_connector_without_a_share_is_left_out() -> None:
    assert list(demo_stand_ins([replace(CONNECTOR, demo=""), replace(CONNECTOR, sandbox="")])) == []


def test_secrets_are_referred_to_and_kept_apart() -> None:
    (stand,) = demo_stand_ins([CONNECTOR])
    entry = stand.entry("http://127.0.0.1:1")
    assert entry["base_url"] == "http://127.0.0.1:1"
    assert entry["api_key"] == "env:N8N_API_KEY"
    assert set(stand.secrets) == {"N8N_API_KEY"}
    assert stand.secrets["N8N_API_KEY"] not in repr(stand)


def test_the_stand_in_answers_only_to_its_key() -> None:
    (stand,) = demo_stand_ins([CONNECTOR])
    ask = Request("GET", "/api/v1/users", {}, {"x-n8n-api-key": stand.secrets["N8N_API_KEY"]})
    assert stand.standin(ask).status == 200
    assert stand.standin(replace(ask, headers={"x-n8n-api-key": "another"})).status == 401


def test_stackmap_yaml_leads_to_the_stand_ins() -> None:
    (stand,) = demo_stand_ins([CONNECTOR])
    config = parse_config(company_files({"n8n": stand.entry("http://127.0.0.1:1")})["stackmap.yaml"])
    (entry,) = config.connectors
    check_settings(entry, CONNECTOR.settings)
    assert entry.settings["tenant"] == "larkfield"


def test_stackmap_yaml_is_sound_without_any_connector() -> None:
    assert parse_config(company_files({})["stackmap.yaml"]).connectors == ()


@pytest.mark.parametrize("change", [{"demo": "none.json"}, {"sandbox": "connectors.n8n.sandbox:none"}])
def test_a_share_that_cannot_be_used_names_its_connector(change: dict[str, str]) -> None:
    with pytest.raises(ConnectorError, match="n8n: its share of the demo cannot be used"):
        list(demo_stand_ins([replace(CONNECTOR, **change)]))  # type: ignore[arg-type]  # options of several types


def test_a_value_with_quotes_survives_stackmap_yaml() -> None:
    text = company_files({"n8n": {"base_url": "https://n8n.example.test", "tenant": 'a "b": #c'}})["stackmap.yaml"]
    (entry,) = parse_config(text).connectors
    assert entry.settings["tenant"] == 'a "b": #c'
    assert json.dumps('a "b": #c') in text
