"""Where a record was read."""

import pytest

from stackmap.identity.board import provider_of
from stackmap.sdk import Scope
from tests.support.readings import TAKEN_AT


def scope(tenant: str) -> Scope:
    return Scope("scim", tenant, "scim", "users", TAKEN_AT)


@pytest.mark.parametrize(
    ("tenant", "said"),
    [
        ("acme.okta.com", "scim/acme.okta.com:7"),
        ("127.0.0.1:8000", "scim/127.0.0.1%3A8000:7"),
        ("Acme / EU", "scim/Acme%20%2F%20EU:7"),
    ],
)
def test_a_directory_id_names_the_tenant_as_ids_do(tenant: str, said: str) -> None:
    assert scope(tenant).directory_id(7) == scope(tenant).directory_id("7") == said


@pytest.mark.parametrize("user", ["42", "urn:uuid:42", "a/b"])
def test_the_directory_of_a_directory_id_is_told_whatever_its_tenant_and_its_users_are_called(user: str) -> None:
    one, other = (provider_of(scope(f"127.0.0.1:{port}").directory_id(user)) for port in (8000, 9000))
    assert (one, other) == ("scim/127.0.0.1%3A8000", "scim/127.0.0.1%3A9000")
