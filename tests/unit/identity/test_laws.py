"""Laws of identity, on random casts of logins and people."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stackmap.identity import Identity, resolve
from stackmap.model import (
    AccountType,
    DeclaredPerson,
    Edge,
    EdgeKind,
    Evidence,
    Fact,
    How,
    IdentityHints,
    Node,
    NodeKind,
    system_id,
)

FEW = settings(max_examples=50)
"""Enough for every run; what more examples have found is among the tests by hand."""

EMAILS = st.sampled_from(["a@x.test", "b@x.test", "B+ads@x.test", "c@y.test", "c@x.test", "ops@x.test"])
DIRECTORIES = st.sampled_from(["okta:1", "okta:2", "entra:1"])
DAYS = st.sampled_from(["2020-01-01", "2022-01-01", "2024-01-01"])
ACCOUNTS = [f"crm/1/account/{n}" for n in range(5)] + [f"mail/2/account/{n}" for n in range(3)]
PEOPLE = ["p", "q", "person-2"]
DECLARED = ["p", "dana", "ravi"]
OPTIONAL = {
    "email": EMAILS,
    "directory_id": DIRECTORIES,
    "active": st.booleans(),
    "account_type": st.sampled_from([kind.value for kind in AccountType] + ["human"] * 4),
    "created_at": DAYS,
    "last_used": DAYS,
    "aliases": st.lists(EMAILS, max_size=2),
    "manager": st.sampled_from(ACCOUNTS),
    "department": st.sampled_from(["Sales", "Ops"]),
}


@st.composite
def accounts(draw: st.DrawFn) -> Node:
    node_id = draw(st.sampled_from(ACCOUNTS))
    source = draw(st.sampled_from(["crm", "export"]))
    name = draw(st.sampled_from(["", "svc-x", "Ann Abel", "Ben Abel", "Ops"]))
    properties = draw(st.fixed_dictionaries({}, optional=OPTIONAL))
    return Node(NodeKind.ACCOUNT, node_id, name, (Evidence(source, "users"),), properties)


@st.composite
def others(draw: st.DrawFn) -> Fact:
    seen = (Evidence(draw(st.sampled_from(["hr", "it"])), "people", "", draw(st.sampled_from(How))),)
    match draw(st.integers(0, 4)):
        case 0:
            keys = draw(st.fixed_dictionaries({}, optional={"email": EMAILS, "directory_id": DIRECTORIES}))
            return Node(NodeKind.PERSON, draw(st.sampled_from(PEOPLE)), "Somebody", seen, keys)
        case 1:
            ends = draw(st.sampled_from(PEOPLE)), draw(st.sampled_from(ACCOUNTS))
            return Edge(EdgeKind.HAS_ACCOUNT, *ends, seen)
        case 2:
            return Node(NodeKind.ENDPOINT, "box", "", seen, {"mailbox": True, "email": draw(EMAILS)})
        case 3:
            tenant = draw(st.sampled_from(["1", "2", "unknown"]))
            directory = {"directory": True} if draw(st.booleans()) else {}
            return Node(NodeKind.SYSTEM, system_id("crm", tenant), "", seen, directory)
        case _:
            return Edge(EdgeKind.READS_FROM, "crm/1/automation/1", system_id("crm", "unknown"), seen)


ENTRIES = st.sampled_from([*ACCOUNTS, *PEOPLE, *DECLARED, "a@x.test", "c@x.test"])
APART = st.lists(st.lists(ENTRIES, min_size=2, max_size=3, unique=True).map(tuple), max_size=2).map(tuple)

FACTS = st.lists(st.one_of(accounts(), accounts(), others()), max_size=12)


@st.composite
def hints(draw: st.DrawFn) -> IdentityHints:
    addresses = draw(st.permutations(["a@x.test", "b@x.test", "c@x.test"]))
    ids = draw(st.lists(st.sampled_from(DECLARED), max_size=2, unique=True))
    people = tuple(
        DeclaredPerson(
            person, "Named", (address,), tuple(draw(st.lists(st.sampled_from(ACCOUNTS), max_size=2, unique=True)))
        )
        for person, address in zip(ids, addresses, strict=False)
    )
    types = draw(st.dictionaries(st.sampled_from(ACCOUNTS), st.sampled_from(AccountType), max_size=2))
    domains = draw(st.sampled_from([(), (("x.test", "y.test"),)]))
    return IdentityHints(people, {key: (kind, "") for key, kind in types.items()}, domains, apart=draw(APART))


def ties(identity: Identity) -> set[tuple[str, str]]:
    """(account, person), of every grade."""
    edges = (fact for fact in identity.facts if isinstance(fact, Edge) and fact.kind is EdgeKind.HAS_ACCOUNT)
    return {(edge.target, edge.source) for edge in edges}


def made(identity: Identity) -> set[tuple[str, str]]:
    """(account, person) of the ties that identity itself made."""
    edges = (fact for fact in identity.facts if isinstance(fact, Edge) and fact.kind is EdgeKind.HAS_ACCOUNT)
    return {(edge.target, edge.source) for edge in edges if edge.evidence[0].source == "identity"}


def everything(identity: Identity) -> tuple[Any, ...]:
    """All that identity says, in an order of its own."""
    return (
        sorted(map(repr, identity.facts)),
        dict(identity.person_ids),
        identity.unresolved,
        identity.conflicts,
        identity.suggestions,
        dict(identity.aliases),
    )


@FEW
@given(FACTS, hints(), st.randoms(use_true_random=False))
def test_the_order_of_facts_makes_no_difference(facts: Sequence[Fact], said: IdentityHints, random: Any) -> None:
    shuffled = list(facts)
    random.shuffle(shuffled)
    people = list(said.people)
    random.shuffle(people)
    again = resolve(shuffled, replace(said, people=tuple(people)), {})
    assert everything(again) == everything(resolve(facts, said, {}))


@FEW
@given(FACTS, hints())
def test_renaming_people_changes_no_tie_and_no_id(facts: Sequence[Fact], said: IdentityHints) -> None:
    renamed = [
        replace(fact, name="Other") if isinstance(fact, Node) and fact.kind is NodeKind.PERSON else fact
        for fact in facts
    ]
    people = tuple(replace(person, name="Other") for person in said.people)
    before, after = resolve(facts, said, {}), resolve(renamed, replace(said, people=people), {})
    assert ties(after) == ties(before)
    assert after.person_ids == before.person_ids


@FEW
@given(FACTS, st.lists(accounts(), max_size=3), hints())
def test_ids_stay_when_logins_are_added(facts: Sequence[Fact], more: Sequence[Fact], said: IdentityHints) -> None:
    before = resolve(facts, said, {})
    known_ids = {fact.key for fact in facts}
    added = [fact for fact in more if fact.key not in known_ids]
    after = resolve([*facts, *added], said, before.person_ids)
    assume(not after.conflicts and not after.suggestions)  # what falls apart leaves the id with the first login
    kept = {(account, after.aliases.get(person, person)) for account, person in made(before)}
    assert kept <= made(after)


@FEW
@given(FACTS, hints())
def test_a_second_look_says_the_same(facts: Sequence[Fact], said: IdentityHints) -> None:
    first = resolve(facts, said, {})
    again = resolve(facts, said, first.person_ids)
    assert everything(again) == everything(first)


@FEW
@given(FACTS, hints())
def test_no_robots_or_shared_login_is_tied_by_a_key(facts: Sequence[Fact], said: IdentityHints) -> None:
    identity = resolve(facts, said, {})
    types = {
        fact.id: fact.properties["account_type"]
        for fact in identity.facts
        if isinstance(fact, Node) and fact.kind is NodeKind.ACCOUNT
    }
    assert {types[account] for account, _ in made(identity)} <= {"human", "unknown"}


@FEW
@given(FACTS, hints())
def test_nobody_has_two_ids_of_one_directory(facts: Sequence[Fact], said: IdentityHints) -> None:
    identity = resolve(facts, said, {})
    directories: dict[str, set[str]] = {}
    for fact in facts:
        if isinstance(fact, Node) and fact.kind is NodeKind.ACCOUNT and "directory_id" in fact.properties:
            directories.setdefault(fact.id, set()).add(fact.properties["directory_id"])
    listed_twice = {account for account, ids in directories.items() if len(ids) > 1}
    by_person: dict[str, set[str]] = {}
    for account, person in made(identity):
        if account not in listed_twice:
            by_person.setdefault(person, set()).update(directories.get(account, ()))
    for ids in by_person.values():
        assert len([one for one in ids if one.startswith("okta:")]) <= 1


@FEW
@given(FACTS, hints())
def test_what_was_decided_not_to_be_one_person_is_never_one(facts: Sequence[Fact], said: IdentityHints) -> None:
    identity = resolve(facts, said, {})
    held: dict[str, set[str]] = {}
    for account, person in ties(identity):
        held.setdefault(account, set()).add(person)
    several = {account for account, people in held.items() if len(people) > 1}
    for group in said.apart:
        entries = [entry for entry in group if "@" not in entry and entry not in several]
        people = [held.get(entry, {identity.aliases.get(entry, entry)}) for entry in entries]
        for index, mine in enumerate(people):
            assert all(mine.isdisjoint(others) for others in people[index + 1 :])


@FEW
@given(FACTS, hints(), st.lists(ENTRIES, min_size=2, max_size=2, unique=True).map(tuple))
def test_a_further_decision_adds_no_tie_between_two_logins(
    facts: Sequence[Fact], said: IdentityHints, more: tuple[str, ...]
) -> None:
    before = resolve(facts, said, {})
    assume(not before.conflicts and not before.suggestions and not said.apart)  # what was refused may come free
    after = resolve(facts, replace(said, apart=(*said.apart, more)), {})
    assert together(after) <= together(before)


def together(identity: Identity) -> set[tuple[str, str]]:
    """Two logins of one person."""
    found = ties(identity)
    return {(one, other) for one, mine in found for other, theirs in found if mine == theirs and one < other}


TYPED = FACTS.map(
    lambda facts: [
        replace(fact, properties={"account_type": "human", **fact.properties})
        if isinstance(fact, Node) and fact.kind is NodeKind.ACCOUNT
        else fact
        for fact in facts
    ]
)


@FEW
@given(TYPED, hints(), st.integers(0, 11))
def test_erasing_an_address_ties_nothing(facts: Sequence[Fact], said: IdentityHints, chosen: int) -> None:
    before = resolve(facts, said, {})
    assume(not before.conflicts and not before.suggestions and not said.apart)
    erased = [
        replace(fact, properties={key: value for key, value in fact.properties.items() if key != "email"})
        if isinstance(fact, Node) and index == chosen
        else fact
        for index, fact in enumerate(facts)
    ]
    assert together(resolve(erased, said, {})) <= together(before)


@FEW
@given(TYPED, hints())
def test_renaming_things_changes_no_tie_and_no_id(facts: Sequence[Fact], said: IdentityHints) -> None:
    renamed = [
        replace(fact, name="Other") if isinstance(fact, Node) and fact.kind is not NodeKind.ACCOUNT else fact
        for fact in facts
    ]
    before, after = resolve(facts, said, {}), resolve(renamed, said, {})
    assert (ties(after), after.person_ids, after.conflicts) == (ties(before), before.person_ids, before.conflicts)


@FEW
@given(FACTS, hints())
def test_repetition_makes_no_difference(facts: Sequence[Fact], said: IdentityHints) -> None:
    once, twice = resolve(facts, said, {}), resolve([*facts, *facts], said, {})
    assert set(map(repr, twice.facts)) == set(map(repr, once.facts))
    assert (twice.conflicts, twice.suggestions, twice.person_ids) == (once.conflicts, once.suggestions, once.person_ids)
