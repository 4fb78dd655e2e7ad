"""Who is who: ties by notes, directory id and address, and what is refused."""

import pytest

from stackmap.identity import resolve
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
)
from tests.unit.identity.people import account, declared, holds, person, ties, who

DANA = "d.okafor@x.test"


def test_logins_with_one_address_are_one_person_with_one_node() -> None:
    facts = [account("a", email=DANA), account("b", email="D.Okafor+ads@x.test")]
    identity = resolve(facts, IdentityHints(), {})
    assert ties(identity) == {"person-1": {"a", "b"}}
    (node,) = [fact for fact in identity.facts if isinstance(fact, Node) and fact.kind is NodeKind.PERSON]
    assert (node.id, node.name, node.properties) == ("person-1", "Dana Okafor", {"email": DANA})
    tie = next(fact for fact in identity.facts if isinstance(fact, Edge))
    assert tie.evidence == (Evidence("identity", "people", f"e-mail {DANA}", How.OBSERVED),)


def test_logins_with_one_directory_id_are_one_person_whatever_their_addresses() -> None:
    facts = [
        account("a", email="a@x.test", directory_id="okta:1"),
        account("b", email="b@x.test", directory_id="okta:1"),
    ]
    assert who(facts) == {"person-1": {"a", "b"}}


def test_equal_domains_are_one_address() -> None:
    facts = [account("a", email="d@x.test"), account("b", email="d@x.co.test")]
    assert len(who(facts)) == 2
    assert len(who(facts, IdentityHints(domains=(("x.test", "x.co.test"),)))) == 1


def test_the_manifest_names_a_person_by_all_their_addresses() -> None:
    facts = [account("a", email=DANA), account("b", email="old@x.test")]
    assert who(facts, declared(DeclaredPerson("dana", "Dana", (DANA, "old@x.test")))) == {"dana": {"a", "b"}}


def test_a_declared_login_brings_its_keys_along() -> None:
    facts = [account("a", email="other@x.test"), account("b", email="other@x.test")]
    hints = declared(DeclaredPerson("dana", "Dana", (), ("a",)))
    assert who(facts, hints) == {"dana": {"a", "b"}}


def test_declared_ties_are_declared_and_others_observed() -> None:
    facts = [account("a", email=DANA), account("b", email=DANA)]
    identity = resolve(facts, declared(DeclaredPerson("dana", "Dana", (), ("a",))), {})
    hows = {fact.target: fact.evidence[0].how for fact in identity.facts if isinstance(fact, Edge)}
    assert hows == {"a": How.DECLARED, "b": How.OBSERVED}


@pytest.mark.parametrize("kind", ["integration", "vendor_managed", "shared"])
def test_a_robots_or_shared_login_is_tied_to_nobody_by_its_address(kind: str) -> None:
    assert who([account("a", email=DANA), account("svc", email=DANA, account_type=kind)]) == {"person-1": {"a"}}


def test_a_declared_login_of_a_robot_is_refused_and_told() -> None:
    facts = [account("svc", account_type="integration")]
    identity = resolve(facts, declared(DeclaredPerson("dana", "Dana", (), ("svc",))), {})
    assert ties(identity) == {}
    (conflict,) = identity.conflicts
    assert conflict.subjects == ("dana", "svc")
    assert "declare its type as human" in conflict.reason


def test_a_declared_login_does_not_decide_the_type() -> None:
    facts = [account("a", "svc-sync", account_type=None, email=DANA)]
    identity = resolve(facts, declared(DeclaredPerson("dana", "Dana", (), ("a",))), {})
    assert ties(identity) == {}


def test_a_declared_type_does() -> None:
    facts = [account("a", "svc-sync", account_type="integration", email=DANA)]
    hints = declared(DeclaredPerson("dana", "Dana", (), ("a",)), a=AccountType.HUMAN)
    assert who(facts, hints) == {"dana": {"a"}}


def test_an_unknown_login_joins_somebody_with_its_address() -> None:
    lone = account("a", "x", account_type=None, email=DANA)
    assert who([lone, account("b", email=DANA)]) == {"person-1": {"a", "b"}}


def test_an_unknown_login_founds_a_person_only_where_its_address_is_a_first_and_a_last_name() -> None:
    assert who([account("a", "x", account_type=None, email="pia.costa@x.test")]) == {"person-1": {"a"}}
    for address in ("pia@x.test", "zaps.2021@x.test", "svc.hubspot@x.test", "sales.api@x.test", "ops.team@x.test"):
        assert who([account("a", "x", account_type=None, email=address)]) == {}


def test_a_human_login_without_keys_is_unresolved() -> None:
    identity = resolve([account("a"), account("b", email=DANA)], IdentityHints(), {})
    assert identity.unresolved == ("a",)
    assert ties(identity) == {"person-1": {"b"}}


def test_two_ids_of_one_directory_are_never_one_person() -> None:
    facts = [account("a", email=DANA, directory_id="okta:1"), account("b", email=DANA, directory_id="okta:2")]
    identity = resolve([*facts, account("c", email=DANA)], IdentityHints(), {})
    assert sorted(map(sorted, ties(identity).values())) == [["a"], ["b"]]
    assert identity.unresolved == ("c",)
    (conflict,) = identity.conflicts
    assert conflict.subjects == ("a", "b", "c")
    assert "two ids of one directory (okta:1, okta:2)" in conflict.reason


def test_ids_of_two_directories_may_be_one_person() -> None:
    facts = [account("a", email=DANA, directory_id="okta:1"), account("b", email=DANA, directory_id="entra:2")]
    assert len(who(facts)) == 1


def test_an_address_in_dispute_stays_with_whom_it_is_declared() -> None:
    facts = [account("a", email=DANA, directory_id="1"), account("b", email=DANA, directory_id="2")]
    found = who([*facts, account("c", email=DANA)], declared(DeclaredPerson("dana", "Dana", (DANA,))))
    assert found["dana"] == {"c"}


def test_a_login_does_not_make_one_person_of_two_named_ones() -> None:
    people = declared(DeclaredPerson("dana", "Dana", (), ("a",)), DeclaredPerson("ravi", "Ravi", (DANA,)))
    identity = resolve([account("a", email=DANA)], people, {})
    assert ties(identity) == {"dana": {"a"}}
    assert [conflict.subjects for conflict in identity.conflicts] == [("a", "dana", "ravi")]


def test_several_holders_stay_several_people() -> None:
    facts: list[Fact] = [person("p"), person("q"), account("a", email=DANA), holds("p", "a"), holds("q", "a")]
    assert who(facts) == {"p": {"a"}, "q": {"a"}}


def test_people_of_two_files_with_one_address_are_one_and_the_manifests_id_stands() -> None:
    facts: list[Fact] = [person("emp-7", email=DANA), account("a", email=DANA), holds("emp-7", "b")]
    hints = declared(DeclaredPerson("zz-dana", "Dana", (DANA,)))
    identity = resolve(facts, hints, {})
    assert ties(identity) == {"zz-dana": {"a", "b"}}
    assert identity.aliases["emp-7"] == "zz-dana"


def test_people_whom_one_file_tells_apart_stay_apart() -> None:
    identity = resolve(
        [person("p", email=DANA), person("q", email=DANA), account("a", email=DANA)], IdentityHints(), {}
    )
    assert ties(identity) == {}
    assert "hr lists them as two people (p, q)" in identity.conflicts[0].reason


def test_a_tie_by_name_does_not_keep_a_stronger_one_away() -> None:
    facts: list[Fact] = [
        person("p"),
        account("a", email=DANA),
        account("b", email=DANA),
        holds("p", "a", How.INFERRED_NAME),
    ]
    assert who(facts) == {"p": {"a"}, "person-1": {"a", "b"}}


def test_a_mailbox_belongs_to_whose_address_it_is() -> None:
    box = Node(NodeKind.ENDPOINT, "m", "", (Evidence("crm", "alerts"),), {"mailbox": True, "email": DANA.upper()})
    shared = Node(NodeKind.ENDPOINT, "s", "", (Evidence("crm", "alerts"),), {"mailbox": True, "email": "ops@x.test"})
    identity = resolve([account("a", email=DANA), box, shared], IdentityHints(), {})
    found = [fact for fact in identity.facts if isinstance(fact, Edge) and fact.kind is EdgeKind.MAILBOX_OF]
    assert [(edge.source, edge.target) for edge in found] == [("m", "person-1")]


def test_every_login_has_a_type_with_reasons() -> None:
    identity = resolve([account("a", "svc-crm", account_type=None)], IdentityHints(), {})
    (login,) = identity.facts
    assert login.properties["account_type"] == "integration"
    assert login.properties["type_reasons"] == ["its name holds the word 'svc'"]
