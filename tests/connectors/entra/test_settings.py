"""Where Graph is, and where tokens are had."""

from dataclasses import replace

import pytest

from connectors.entra import CONNECTOR
from stackmap.collect import run
from stackmap.model import Reach
from stackmap.sdk import Get, ReadPost, Reply, Request, resolve_settings, serve
from tests.connectors.entra.reading import SECRET, SETTINGS, TENANT, read, server
from tests.support.readings import covered


@pytest.mark.parametrize(
    ("base_url", "graph", "login", "scope"),
    [
        (None, "https://graph.microsoft.com/v1.0", "https://login.microsoftonline.com", "graph.microsoft.com"),
        (
            "https://graph.microsoft.us/",
            "https://graph.microsoft.us/v1.0",
            "https://login.microsoftonline.us",
            "graph.microsoft.us",
        ),
        (
            "https://microsoftgraph.chinacloudapi.cn/v1.0",
            "https://microsoftgraph.chinacloudapi.cn/v1.0",
            "https://login.chinacloudapi.cn",
            "microsoftgraph.chinacloudapi.cn",
        ),
        ("http://127.0.0.1:8123", "http://127.0.0.1:8123/v1.0", "http://127.0.0.1:8123", "graph.microsoft.com"),
    ],
)
def test_every_cloud_has_its_own_place_for_tokens(base_url: str | None, graph: str, login: str, scope: str) -> None:
    settings = resolve_settings(CONNECTOR, {**SETTINGS, **({"base_url": base_url} if base_url else {})})
    assert CONNECTOR.base_url(settings) == graph
    assert CONNECTOR.origins is not None
    assert CONNECTOR.origins(settings) == (login,)

    asked = next(CONNECTOR.authenticate(settings)(Get("/users")))
    assert isinstance(asked, ReadPost)
    assert asked.path == f"{login}/{TENANT}/oauth2/v2.0/token"
    assert asked.form is not None
    assert asked.form["scope"] == f"https://{scope}/.default"


def test_a_name_for_the_tenant_stands_in_its_ids() -> None:
    assert CONNECTOR.tenant(resolve_settings(CONNECTOR, SETTINGS)) == TENANT
    assert CONNECTOR.tenant(resolve_settings(CONNECTOR, {**SETTINGS, "tenant": "acme"})) == "acme"


def test_it_reads_over_a_real_socket_pages_included() -> None:
    quick = replace(CONNECTOR, per_second=100_000)
    with serve(server(most=1)) as url:
        reading = run(quick, {**SETTINGS, "base_url": url}, source="entra")
    assert {item.state for item in covered(reading).values()} == {Reach.COMPLETE}


def test_one_token_serves_all_lists() -> None:
    tokens: list[str] = []
    answers = server()

    def counted(request: Request) -> Reply:
        tokens.extend([request.path] if request.path.endswith("/token") else [])
        return answers(request)

    read(counted)
    assert len(tokens) == 1


def test_the_secret_shows_in_no_repr() -> None:
    assert SECRET not in repr(resolve_settings(CONNECTOR, SETTINGS))
    assert SECRET not in repr(server().__self__)  # type: ignore[attr-defined]  # a bound method, typed as any server
