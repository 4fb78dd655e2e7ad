"""What sources, notes and lists of people say of a login outweighs what its name and address tell."""

import pytest

from stackmap.identity import resolve
from stackmap.identity.account_types import Given, Traits, judge_type
from stackmap.model import (
    AccountType,
    DeclaredPerson,
    Edge,
    EdgeKind,
    Evidence,
    Fact,
    IdentityHints,
    Node,
    NodeKind,
    system_id,
)

HUMAN, ROBOT = AccountType.HUMAN, AccountType.INTEGRATION
SHARED, UNKNOWN = AccountType.SHARED, AccountType.UNKNOWN

NOTES = "your notes give its address to a person"


def test_one_source_that_names_a_person_is_enough_to_doubt() -> None:
    assert judge_type(Traits({"svc-sync", "Dana Okafor"})).type is UNKNOWN


def test_what_is_declared_outweighs_everything() -> None:
    traits = Traits({"svc-sync"}, declared=[Given(HUMAN, "declared")], observed=[Given(ROBOT, "crm says")])
    assert judge_type(traits).type is HUMAN
    assert judge_type(traits).reasons == ("declared: human",)


def test_what_the_system_says_outweighs_the_signs() -> None:
    assert judge_type(Traits({"svc-sync"}, observed=[Given(HUMAN, "crm says")])).type is HUMAN


def test_what_is_declared_or_observed_outweighs_the_address() -> None:
    assert judge_type(Traits(observed=[Given(ROBOT, "crm says")], persons={NOTES})).type is ROBOT
    assert judge_type(Traits(declared=[Given(SHARED, "declared")], persons={NOTES})).type is SHARED


def test_a_system_that_does_not_know_leaves_it_to_the_signs() -> None:
    assert judge_type(Traits({"svc-sync"}, observed=[Given(UNKNOWN, "crm says")])).type is ROBOT


def test_sources_that_differ_leave_it_unknown_and_are_both_named() -> None:
    judgement = judge_type(Traits(observed=[Given(HUMAN, "crm says"), Given(ROBOT, "directory says")]))
    assert judgement.type is UNKNOWN
    assert judgement.reasons == ("the sources differ: crm says: human but directory says: integration",)


def login(node_id: str, name: str, **properties: object) -> Node:
    """A login whose system does not say of which type it is."""
    return Node(NodeKind.ACCOUNT, node_id, name, (Evidence("crm", "users"),), properties)


def types(*facts: Fact, hints: IdentityHints | None = None) -> dict[str, str]:
    """The judged type of every login."""
    found = resolve(facts, hints or IdentityHints(), {}).facts
    return {
        fact.id: fact.properties["account_type"]
        for fact in found
        if isinstance(fact, Node) and fact.kind is NodeKind.ACCOUNT
    }


DANA = "d.okafor@x.test"


def test_an_address_in_the_notes_keeps_a_login_with_its_person() -> None:
    hints = IdentityHints((DeclaredPerson("dana", "Dana Okafor", ("press@x.test", "dana.okafor.sync@x.test")),))
    facts = (
        login("a", "Press", email="press@x.test"),
        login("b", "Dana Okafor", email="dana.okafor.sync@x.test"),
        login("c", "Jo Press", email="jo@x.test"),
    )
    identity = resolve(facts, hints, {})
    held = {fact.target for fact in identity.facts if isinstance(fact, Edge) and fact.kind is EdgeKind.HAS_ACCOUNT}
    assert types(*facts, hints=hints) == {"a": "human", "b": "unknown", "c": "unknown"}
    assert held == {"a", "b"}


def test_an_address_in_the_notes_may_be_written_otherwise() -> None:
    hints = IdentityHints((DeclaredPerson("dana", "Dana", ("Sync+x@X.CO.test",)),), domains=(("x.test", "x.co.test"),))
    assert types(login("a", "Sync", email="sync@x.test"), hints=hints) == {"a": "unknown"}


@pytest.mark.parametrize("key", ["email", "directory_id"])
def test_a_list_of_people_tells_as_the_notes_do(key: str) -> None:
    somebody = Node(NodeKind.PERSON, "emp-7", "Dana Okafor", (Evidence("hr", "people"),), {key: DANA})
    facts = (login("a", "Integration User", **{key: DANA}), login("b", "Campaign Console", **{key: DANA}))
    assert types(*facts) == {"a": "integration", "b": "unknown"}
    assert types(*facts, somebody) == {"a": "integration" if key == "email" else "unknown", "b": "human"}


def test_a_login_that_a_person_signs_in_to_with_their_directory_id_is_no_robots() -> None:
    own = login("a", "Dana Okafor", email=DANA, directory_id="okta:1")
    assert types(own, login("b", "svc-sync", directory_id="okta:1")) == {"a": "human", "b": "unknown"}
    assert types(own, login("b", "svc-sync", directory_id="okta:2")) == {"a": "human", "b": "integration"}


def test_the_mailbox_of_a_person_nobody_listed_makes_no_person_of_a_robot() -> None:
    own = login("a", "Dana Okafor", email=DANA)
    assert types(own, login("b", "svc-sync", email=DANA)) == {"a": "human", "b": "integration"}


def test_the_products_are_those_of_the_systems_there_are() -> None:
    ads = Node(NodeKind.SYSTEM, system_id("post-bird", "acme"), "Ads", (Evidence("crm", "systems"),))
    sync = login("a", "PostBird Bot")
    assert types(sync) == {"a": "unknown"}
    assert types(sync, ads) == {"a": "integration"}


def test_a_login_of_nobody_that_may_be_a_persons_stays_in_sight_as_unknown() -> None:
    identity = resolve([login("a", "API Dana", email="dana@x.test")], IdentityHints(), {})
    assert [fact.kind for fact in identity.facts] == [NodeKind.ACCOUNT]
    assert types(*identity.facts) == {"a": "unknown"}


@pytest.mark.parametrize(
    "other",
    [
        {"email": "svc-sync@x.test"},
        {"email": DANA, "login": "svc-sync-integration"},
        {"email": DANA.replace("@", "+integration@")},
    ],
    ids=["another address", "another user name", "a mark in the address"],
)
def test_logins_with_one_name_are_told_apart_by_what_else_they_are_called(other: dict[str, str]) -> None:
    alone = types(login("crm/1/account/2", "Dana Okafor", **other))["crm/1/account/2"]
    both = types(login("crm/1/account/1", "Dana Okafor", email=DANA), login("crm/1/account/2", "Dana Okafor", **other))
    assert both["crm/1/account/1"] == "human"
    assert both["crm/1/account/2"] == alone
    assert alone != "human"
