"""Ids of people are minted once and kept."""

from stackmap.identity import resolve
from stackmap.model import (
    DeclaredPerson,
    IdentityHints,
)
from tests.unit.identity.people import account, declared, person, ties, who

DANA = "d.okafor@x.test"


def test_ids_are_minted_in_order_of_address_and_kept() -> None:
    first = resolve([account("z", email="b@x.test"), account("y", email="c@x.test")], IdentityHints(), {})
    assert ties(first) == {"person-1": {"z"}, "person-2": {"y"}}
    later = [account("z", email="b@x.test"), account("y", email="c@x.test"), account("x", email="a@x.test")]
    assert who(later, known=first.person_ids) == {"person-1": {"z"}, "person-2": {"y"}, "person-3": {"x"}}


def test_an_id_survives_a_new_address() -> None:
    first = resolve([account("a", email="maiden@x.test")], IdentityHints(), {})
    assert who([account("a", email="married@x.test")], known=first.person_ids) == {"person-1": {"a"}}


def test_people_who_turn_out_to_be_one_keep_the_older_id() -> None:
    apart = [account("a", email="a@x.test"), account("b", email="b@x.test")]
    first = resolve(apart, IdentityHints(), {})
    one = [account("a", email="a@x.test", directory_id="1"), account("b", email="b@x.test", directory_id="1")]
    merged = resolve(one, IdentityHints(), first.person_ids)
    assert ties(merged) == {"person-1": {"a", "b"}}
    assert merged.aliases == {"person-2": "person-1"}
    again = resolve(one, IdentityHints(), merged.person_ids)
    assert (ties(again), again.person_ids) == (ties(merged), merged.person_ids)


def test_a_split_leaves_the_id_with_the_first_login() -> None:
    one = [account("a", email="a@x.test", directory_id="1"), account("b", email="b@x.test", directory_id="1")]
    first = resolve(one, IdentityHints(), {})
    apart = [account("a", email="a@x.test"), account("b", email="b@x.test")]
    assert who(apart, known=first.person_ids) == {"person-1": {"a"}, "person-2": {"b"}}


def test_a_minted_id_never_meets_a_given_one() -> None:
    assert who([person("person-4"), account("a", email=DANA)]) == {"person-5": {"a"}}


def test_a_person_who_is_declared_later_takes_the_key_of_the_manifest() -> None:
    first = resolve([account("a", email=DANA)], IdentityHints(), {})
    hints = declared(DeclaredPerson("dana", "Dana", (DANA,)))
    later = resolve([account("a", email=DANA)], hints, first.person_ids)
    assert ties(later) == {"dana": {"a"}}
    assert later.aliases == {"person-1": "dana"}
    assert later.person_ids == first.person_ids
