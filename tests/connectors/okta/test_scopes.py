"""Each scope taken away alone: what it opened is denied, by name, and all else is read as before."""

import pytest

from stackmap.model import EdgeKey, FixBy, NodeKind, Reach, SourceReading
from tests.connectors.okta.reading import HOST, ident, inventory, read, server
from tests.support.readings import covered, of

WHOLE = read(server())
CLOSES = {
    "okta.users.read": ({"users", "deprovisioned-users", "administrator-grants"}, set[str]()),
    "okta.groups.read": ({"groups"}, set[str]()),
    "okta.apps.read": ({"apps"}, {"app-users", "app-grants"}),
    "okta.appGrants.read": ({"app-grants"}, set[str]()),
    "okta.oauthIntegrations.read": ({"api-services"}, set[str]()),
    "okta.apiTokens.read": ({"api-tokens"}, set[str]()),
    "okta.roles.read": ({"administrators"}, {"administrator-roles", "administrator-grants"}),
    "super-admin": ({"administrators"}, {"administrator-roles", "administrator-grants"}),
}
JOINED = {"app-users", "app-grants", "administrator-grants"}
"""Lists to which others add conclusions: they change with those."""


def keys(reading: SourceReading, name: str) -> set[str | EdgeKey]:
    """What a list tells, without the org itself: whichever list answers first brings that."""
    return {fact.key for fact in of(reading, name)} - {ident(NodeKind.SYSTEM, HOST)}


@pytest.mark.parametrize("scope", sorted(CLOSES))
def test_a_scope_taken_away_closes_what_it_opened_and_nothing_else(scope: str) -> None:
    denied, skipped = CLOSES[scope]
    reading = read(server(deny={scope}))
    for name, item in covered(reading).items():
        if name in denied:
            assert (item.state, item.fix_by, item.vendor_code) == (Reach.DENIED, FixBy.ADMIN, "E0000006"), name
            assert inventory(name).needs[0] in item.reason
            assert scope in {*inventory(name).needs, "super-admin"}, name
        elif name in skipped:
            assert item.state is Reach.SKIPPED, name
        else:
            assert item == covered(WHOLE)[name], name
            assert name in JOINED or keys(reading, name) == keys(WHOLE, name), name
        assert not (name in denied | skipped and of(reading, name)), f"{name} is silently told without {scope}"


def test_every_inventory_that_a_scope_can_close_is_tried() -> None:
    assert {name for denied, _ in CLOSES.values() for name in denied} | {"app-users", "administrator-roles"} == {
        *covered(WHOLE)
    }


def test_a_wrong_token_is_told_in_oktas_own_code() -> None:
    found = covered(read(server(token="another one")))
    assert {(item.state, item.vendor_code) for item in found.values() if item.state is not Reach.SKIPPED} == {
        (Reach.DENIED, "E0000011")
    }
