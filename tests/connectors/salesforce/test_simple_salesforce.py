"""A widely used client, unchanged, reads the stand-in over TLS: what it believes of the platform holds here."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
import requests
import trustme
from requests.adapters import HTTPAdapter
from simple_salesforce.api import Salesforce
from simple_salesforce.exceptions import (
    SalesforceAuthenticationFailed,
    SalesforceExpiredSession,
    SalesforceMalformedRequest,
    SalesforceRefusedRequest,
    SalesforceResourceNotFound,
)

from connectors.salesforce.sandbox import Server, standin
from stackmap.sdk import serve
from tests.connectors.salesforce.asking import CLIENT, DANA, OLD, READER, TOKEN, org, server

PEOPLE = 4321


class _ToLoopback(HTTPAdapter):
    """Sends what is meant for the org's own name to the stand-in; the client insists on that name to sign in."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = urlsplit(address)

    def send(self, request: requests.PreparedRequest, *rest: Any, **more: Any) -> requests.Response:
        asked = urlsplit(request.url or "")
        request.url = urlunsplit((self._address.scheme, self._address.netloc, asked.path, asked.query, ""))
        return super().send(request, *rest, **more)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@contextmanager
def session(to: Server, authority: trustme.CA, folder: Path) -> Iterator[tuple[requests.Session, str]]:
    """A session of the client's HTTP library that trusts the stand-in, and the stand-in's address."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    ca_file = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    with serve(to, tls=context) as address, requests.Session() as made:
        made.trust_env = False
        made.verify = str(ca_file)
        made.mount("https://larkfield.my.salesforce.com", _ToLoopback(address))
        yield made, address


@contextmanager
def client(to: Server, authority: trustme.CA, folder: Path, token: str = TOKEN) -> Iterator[Salesforce]:
    with session(to, authority, folder) as (made, address):
        yield Salesforce(instance_url=address, session_id=token, session=made, version="66.0")


def crowd() -> dict[str, Any]:
    people = [{"Id": f"005{number:012d}AAA", "Username": f"p{number}@lark.test"} for number in range(PEOPLE)]
    return {"objects": {"User": people, "OauthToken": [{"AppName": "HubSpot", "UserId": row["Id"]} for row in people]}}


def test_it_reads_every_user_over_several_pages(authority: trustme.CA, tmp_path: Path) -> None:
    with client(server(crowd()), authority, tmp_path) as salesforce:
        found = [row["Username"] for row in salesforce.query_all_iter("SELECT Id, Username FROM User")]
    assert found == [f"p{number}@lark.test" for number in range(PEOPLE)]


def test_it_reads_tokens_up_to_the_silent_end(authority: trustme.CA, tmp_path: Path) -> None:
    with client(server(crowd()), authority, tmp_path) as salesforce:
        found = salesforce.query_all("SELECT AppName, User.Username FROM OauthToken")
        counted = salesforce.query("SELECT COUNT() FROM OauthToken")["totalSize"]
    assert found["done"]
    assert len(found["records"]) == 2500
    assert found["records"][0]["User"]["Username"] == "p0@lark.test"
    assert counted == PEOPLE


def test_it_signs_in_with_client_credentials(authority: trustme.CA, tmp_path: Path) -> None:
    to = standin(org(), client_id=CLIENT[0], client_secret=CLIENT[1], run_as=READER, scheme="https")
    with session(to, authority, tmp_path) as (made, address):
        salesforce = Salesforce(
            consumer_key=CLIENT[0], consumer_secret=CLIENT[1], domain="larkfield.my", session=made, version="66.0"
        )
        assert f"https://{salesforce.sf_instance}" == address
        assert salesforce.query(f"SELECT Username FROM User WHERE Id = '{DANA}'")["totalSize"] == 1


@pytest.mark.parametrize(
    ("secret", "run_as", "code"),
    [("wrong", READER, "invalid_client"), (CLIENT[1], OLD, "invalid_grant")],
)
def test_it_knows_a_refused_sign_in(secret: str, run_as: str, code: str, authority: trustme.CA, tmp_path: Path) -> None:
    to = server(run_as=run_as)
    with (
        session(to, authority, tmp_path) as (made, _),
        pytest.raises(SalesforceAuthenticationFailed) as caught,
    ):
        Salesforce(consumer_key=CLIENT[0], consumer_secret=secret, domain="larkfield.my", session=made, version="66.0")
    assert caught.value.code == code


def test_it_knows_a_malformed_query(authority: trustme.CA, tmp_path: Path) -> None:
    with (
        client(server(), authority, tmp_path) as salesforce,
        pytest.raises(SalesforceMalformedRequest) as caught,
    ):
        salesforce.query("SELECT Idd FROM User")
    assert "INVALID_FIELD" in str(caught.value)


def test_it_knows_an_expired_session(authority: trustme.CA, tmp_path: Path) -> None:
    with (
        client(server(), authority, tmp_path, token="wrong") as salesforce,
        pytest.raises(SalesforceExpiredSession),
    ):
        salesforce.query("SELECT Id FROM User")


def test_it_knows_a_refused_request(authority: trustme.CA, tmp_path: Path) -> None:
    with (
        client(server(deny={"ApiEnabled"}), authority, tmp_path) as salesforce,
        pytest.raises(SalesforceRefusedRequest),
    ):
        salesforce.limits()


def test_it_knows_an_object_that_is_not_there(authority: trustme.CA, tmp_path: Path) -> None:
    with client(server(), authority, tmp_path) as salesforce:
        nothing: Any = salesforce.Nothing
        with pytest.raises(SalesforceResourceNotFound):
            nothing.describe()


def test_it_describes_objects_and_reads_limits_and_usage(authority: trustme.CA, tmp_path: Path) -> None:
    with client(server(), authority, tmp_path) as salesforce:
        user: Any = salesforce.User
        assert user.describe()["name"] == "User"
        assert salesforce.limits()["DailyApiRequests"]["Max"] == 1000
        assert salesforce.api_usage["api-usage"] == (102, 1000)


def test_it_reads_the_tooling_api(authority: trustme.CA, tmp_path: Path) -> None:
    with client(server(), authority, tmp_path) as salesforce:
        found = salesforce.toolingexecute("query/?q=SELECT+Status+FROM+Flow")
    assert [row["Status"] for row in found["records"]] == ["Active", "Draft"]
