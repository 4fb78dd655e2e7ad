"""An address that one list gives to two people ties no login to either."""

from stackmap.identity import Identity, resolve
from stackmap.model import Edge, EdgeKind, Evidence, Fact, IdentityHints, Node, NodeKind

PAT = "pat@ex.test"


def listed(number: str, name: str, email: str, **properties: object) -> Node:
    """Somebody on the staff list."""
    seen = (Evidence("staff-list", "people", number),)
    return Node(NodeKind.PERSON, f"staff/{number}", name, seen, {"email": email, **properties})


def login(number: str, name: str, product: str = "crm", **properties: object) -> Node:
    """A login that some system lists."""
    node_id = f"{product}/x/account/{number}"
    return Node(NodeKind.ACCOUNT, node_id, name, (Evidence(product, "users", node_id),), {"active": True, **properties})


OLD = listed("3", "Pat Old", PAT, active=False, left_on="2020-01-01")
NEW = listed("4", "Patricia New", "pat.new@ex.test", active=True, aliases=[PAT])
LOGIN = login("4", "Pat New", email=PAT)


def resolved(*facts: Fact) -> Identity:
    """What identity makes of it."""
    return resolve(facts, IdentityHints(), {})


def holders(identity: Identity, account: str) -> set[str]:
    """Whose login it is."""
    ties = (fact for fact in identity.facts if isinstance(fact, Edge) and fact.kind is EdgeKind.HAS_ACCOUNT)
    return {tie.source for tie in ties if tie.target == account}


def test_an_address_of_one_person_that_is_another_ones_further_address_ties_neither() -> None:
    identity = resolved(OLD, NEW, LOGIN)
    assert holders(identity, LOGIN.id) == set()
    assert identity.unresolved == (LOGIN.id,)
    (conflict,) = identity.conflicts
    assert conflict.subjects == (LOGIN.id, "staff/3", "staff/4")
    assert conflict.reason.startswith("the address pat@ex.test, but staff-list lists them as two people")


def test_without_the_other_claim_it_is_tied() -> None:
    assert holders(resolved(OLD, LOGIN), LOGIN.id) == {"staff/3"}
    assert holders(resolved(NEW, LOGIN), LOGIN.id) == {"staff/4"}


def test_what_a_stronger_key_ties_stays_tied() -> None:
    old = listed("3", "Pat Old", PAT, active=False, directory_id="okta/x:9")
    own = login("9", "Pat Old", "okta", email=PAT, directory_id="okta/x:9")
    identity = resolved(old, NEW, own, LOGIN)
    assert holders(identity, own.id) == {"staff/3"}
    assert holders(identity, LOGIN.id) == set()


def test_two_users_of_one_directory_may_dispute_an_address_too() -> None:
    old = login("8", "Pat Old", "okta", email=PAT, directory_id="okta/x:8")
    new = login("9", "Pat Newman", "okta", email="pat.new@ex.test", aliases=[PAT], directory_id="okta/x:9")
    identity = resolved(old, new, LOGIN)
    assert holders(identity, LOGIN.id) == set()
    assert holders(identity, old.id) != holders(identity, new.id)
