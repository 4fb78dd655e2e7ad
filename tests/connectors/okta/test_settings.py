"""Signing in: with an API token, or as a service app with a private key."""

import json
from collections.abc import Mapping

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from connectors.okta import CONNECTOR
from connectors.okta.inventories import SCOPES
from stackmap.errors import ConfigError
from stackmap.model import Reach
from stackmap.sdk import resolve_settings
from tests.connectors.okta.reading import HOST, SETTINGS, read, server
from tests.support.readings import covered

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
).decode()
ADDRESS = f"https://{HOST}/oauth2/v1/token"
APP = {"base_url": f"https://{HOST}", "client_id": "0oareader", "private_key": PEM}


def signed(form: Mapping[str, str]) -> bool:
    """Whether a form holds a statement that the app itself signed, for this address."""
    try:
        said = jwt.decode(form["client_assertion"], KEY.public_key(), ["RS256"], audience=ADDRESS)
    except jwt.PyJWTError:
        return False
    kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    return said["iss"] == said["sub"] == "0oareader" and form["client_assertion_type"] == kind


def test_a_service_app_reads_everything_with_its_private_key() -> None:
    found = covered(read(server(token="", signed=signed), APP))
    assert {item.state for item in found.values()} == {Reach.COMPLETE}


def test_a_key_of_somebody_else_is_refused() -> None:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    found = covered(read(server(token="", signed=signed), {**APP, "private_key": other.decode()}))
    assert found["users"].state is Reach.DENIED
    assert found["users"].vendor_code == "invalid_client"


def test_a_scope_that_the_app_was_not_granted_closes_all_until_the_settings_leave_it_out() -> None:
    answers = server(token="", signed=signed, deny={"okta.roles.read"})
    assert covered(read(answers, APP))["users"].vendor_code == "invalid_scope"
    fewer = " ".join(scope for scope in SCOPES if scope != "okta.roles.read")
    found = covered(read(answers, {**APP, "scopes": fewer}))
    assert (found["users"].state, found["administrators"].state) == (Reach.COMPLETE, Reach.DENIED)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"client_id": "0oareader"},
        {"private_key": PEM},
        {"client_id": "0oareader", "private_key": PEM, "token": "00t"},
        {"client_id": "0oareader", "token": "00t"},
    ],
)
def test_either_a_key_or_a_token(given: dict[str, str]) -> None:
    settings = resolve_settings(CONNECTOR, {"base_url": f"https://{HOST}", **given})
    with pytest.raises(ConfigError, match="client_id and private_key") as told:
        CONNECTOR.authenticate(settings)
    assert PEM not in str(told.value)


def test_the_admin_consoles_address_is_told_from_the_orgs() -> None:
    settings = resolve_settings(CONNECTOR, {**SETTINGS, "base_url": "https://acme-admin.okta.com"})
    with pytest.raises(ConfigError, match=r"https://acme\.okta\.com"):
        CONNECTOR.base_url(settings)


@pytest.mark.parametrize(
    ("given", "tenant"),
    [
        ({"base_url": "https://Acme.okta.com/"}, "acme.okta.com"),
        ({"base_url": "https://acme.okta.com", "tenant": "main"}, "main"),
    ],
)
def test_the_tenant_is_the_host_unless_it_is_named(given: dict[str, str], tenant: str) -> None:
    assert CONNECTOR.tenant(resolve_settings(CONNECTOR, {**SETTINGS, **given})) == tenant


def test_the_private_key_shows_in_no_repr() -> None:
    assert PEM not in repr(resolve_settings(CONNECTOR, APP))
    assert json.dumps(PEM) not in repr(read(server(token="", signed=signed), APP))
