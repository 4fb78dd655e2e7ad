"""Each permission taken away alone: what it opened is denied, by name, and all else is read as before."""

import pytest

from connectors.entra import CONNECTOR
from connectors.entra.sandbox import PERMISSIONS
from stackmap.model import EdgeKey, FixBy, NodeKind, Reach, SourceReading
from tests.connectors.entra.reading import TENANT, ident, inventory, read, server
from tests.support.readings import covered, of

WHOLE = read(server())
NARROW = PERMISSIONS - {"Directory.Read.All"}
OF_APPS = {"applications", "application-owners", "service-principals", "service-principal-owners"}
OF_ROLES = {"directory-roles", "role-assignments"}
CLOSED: dict[frozenset[str], set[str]] = {
    PERMISSIONS: set[str](),
    NARROW: {"permission-grants"},
    PERMISSIONS - {"User.Read.All"}: {"deleted-users"},
    PERMISSIONS - {"Application.Read.All"}: set[str](),
    PERMISSIONS - {"RoleManagement.Read.Directory"}: set[str](),
    NARROW - {"User.Read.All"}: {"users", "deleted-users", "permission-grants"},
    NARROW - {"Application.Read.All"}: {*OF_APPS, "permission-grants"},
    NARROW - {"RoleManagement.Read.Directory"}: {*OF_ROLES, "permission-grants"},
    frozenset({"User.Read.All"}): {*OF_APPS, *OF_ROLES, "permission-grants"},
}


def keys(reading: SourceReading, name: str) -> set[str | EdgeKey]:
    """What a list tells, without the tenant itself: whichever list answers first brings that."""
    return {fact.key for fact in of(reading, name)} - {ident(NodeKind.SYSTEM, TENANT)}


@pytest.mark.parametrize("granted", list(CLOSED), ids=lambda granted: "+".join(sorted(granted)))
def test_a_permission_that_is_missing_closes_what_it_opens_and_nothing_else(granted: frozenset[str]) -> None:
    reading = read(server(granted=granted))
    for name, item in covered(reading).items():
        if name in CLOSED[granted]:
            assert (item.state, item.fix_by) == (Reach.DENIED, FixBy.ADMIN), name
            assert item.vendor_code == "Authorization_RequestDenied"
            assert inventory(name).needs[0] in item.reason
            assert not of(reading, name), f"{name} is silently told"
        else:
            assert item == covered(WHOLE)[name], name
            assert name == "permission-grants" or keys(reading, name) == keys(WHOLE, name), name


def test_a_wrong_secret_is_told_once_in_microsofts_own_word() -> None:
    found = covered(read(server(), {"tenant_id": TENANT, "client_id": "a-reader", "client_secret": "another"}))
    assert {(item.state, item.vendor_code) for item in found.values()} == {(Reach.DENIED, "invalid_client")}


def test_what_is_never_read_is_never_asked_for() -> None:
    asked = " ".join(str(item.ask) for item in CONNECTOR.inventories)
    for private in ("employeeLeaveDateTime", "otherMails", "mobilePhone", "signInActivity", "secretText"):
        assert private not in asked
