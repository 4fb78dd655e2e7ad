"""Further addresses tie after the first ones."""

from stackmap.identity import resolve
from stackmap.model import (
    Edge,
    IdentityHints,
)
from tests.unit.identity.people import account, person, ties, who

DANA = "d.okafor@x.test"


def test_an_alias_ties_after_the_addresses_and_says_so() -> None:
    facts = [account("a", email=DANA, aliases=["Old@x.test"]), account("b", email="old@x.test")]
    identity = resolve(facts, IdentityHints(), {})
    assert ties(identity) == {"person-1": {"a", "b"}}
    records = {fact.target: fact.evidence[0].record for fact in identity.facts if isinstance(fact, Edge)}
    assert records["a"] == f"e-mail {DANA}"


def test_a_login_without_an_address_is_tied_by_its_alias() -> None:
    facts = [account("a", email=DANA), account("b", aliases=[DANA])]
    identity = resolve(facts, IdentityHints(), {})
    assert ties(identity) == {"person-1": {"a", "b"}}
    records = {fact.target: fact.evidence[0].record for fact in identity.facts if isinstance(fact, Edge)}
    assert records["b"] == f"alias {DANA}"


def test_a_person_on_a_list_has_aliases_too() -> None:
    assert who([person("p", aliases=[DANA]), account("a", email=DANA)]) == {"p": {"a"}}


def test_an_alias_of_two_people_and_an_alias_for_a_function_tie_nobody() -> None:
    two = [account("a", email="a@x.test", aliases=[DANA]), account("b", email="b@x.test", aliases=[DANA])]
    assert len(who([*two, account("c", email=DANA)])) == 3
    role = [account("a", email="a@x.test", aliases=["sales@x.test"]), account("b", email="sales@x.test")]
    assert len(who(role)) == 2


def test_an_alias_makes_nobody_have_two_ids_of_one_directory() -> None:
    facts = [
        account("a", email="a@x.test", aliases=[DANA], directory_id="okta/acme:1"),
        account("b", email=DANA, directory_id="okta/acme:2"),
    ]
    identity = resolve(facts, IdentityHints(), {})
    assert len(ties(identity)) == 2
    assert "two ids of one directory (okta/acme:1, okta/acme:2)" in identity.conflicts[0].reason


def test_an_alias_that_was_somebody_elses_address_is_suggested() -> None:
    facts = [
        account("old", email=DANA, active=False, last_used="2020-01-01"),
        account("new", email="new@x.test", aliases=[DANA], active=True, created_at="2024-01-01"),
    ]
    identity = resolve(facts, IdentityHints(), {})
    assert len(ties(identity)) == 2
    assert [suggestion.subjects for suggestion in identity.suggestions] == [("new", "old")]
