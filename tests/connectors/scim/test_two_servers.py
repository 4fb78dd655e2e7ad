"""One person in two directories: two servers on one host, and an application that another directory fills."""

from stackmap.identity import Identity, resolve
from stackmap.model import EdgeKind, Fact, IdentityHints, Node, NodeKind, make_id
from stackmap.sdk import Scope
from tests.connectors.scim.reading import READER, person
from tests.support.readings import TAKEN_AT, ties

APP, OKTA = "app.example.test", "127.0.0.1:8000"


def users(tenant: str, number: int, **settings: str) -> list[Fact]:
    """What a server of that tenant tells of one user."""
    at = Scope("scim", tenant, tenant, "users", TAKEN_AT, {"directory": "yes", **settings}, salt="pepper")
    return list(READER.inventory("users").facts(person(number), at))


def people(identity: Identity) -> list[set[str]]:
    """Everybody's logins."""
    held = ties(identity.facts, EdgeKind.HAS_ACCOUNT)
    return [{login for owner, login in held if owner == person} for person in sorted({owner for owner, _ in held})]


def test_two_servers_on_two_ports_of_one_host_are_two_directories() -> None:
    found = resolve([*users("127.0.0.1:8000", 2), *users("127.0.0.1:9000", 2)], IdentityHints(), {})
    assert not found.conflicts, "one address in two directories is one person"
    assert [len(logins) for logins in people(found)] == [2]


def test_an_application_meets_the_directory_that_fills_it_by_the_id_and_whatever_its_tenant_is_called() -> None:
    okta = Scope("okta", OKTA, "okta", "users", TAKEN_AT)
    known = {"directory_id": okta.directory_id("00u2"), "email": "another@example.test", "account_type": "human"}
    user = Node(NodeKind.ACCOUNT, okta.id(NodeKind.ACCOUNT, "00u2"), "Person Two", okta.evidence("00u2"), known)
    theirs = {user.id, make_id("scim", APP, NodeKind.ACCOUNT, "u-2")}
    filled = users(APP, 2, directory="no", external_ids_of=f"okta/{OKTA}")
    assert people(resolve([user, *filled], IdentityHints(), {})) == [theirs]
    apart = users(APP, 2, directory="no")
    assert theirs not in people(resolve([user, *apart], IdentityHints(), {}))
