"""Who is who: ties, ids, and what is refused or only suggested."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

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
)

NOBODY: Mapping[str, str] = {}


def account(node_id: str, name: str = "Dana Okafor", source: str = "crm", **properties: object) -> Node:
    """A login that some system lists."""
    known = {"account_type": "human", **properties}
    seen = (Evidence(source, "users", node_id),)
    return Node(NodeKind.ACCOUNT, node_id, name, seen, {k: v for k, v in known.items() if v is not None})


def person(node_id: str, source: str = "hr", **properties: object) -> Node:
    """A person that some file lists."""
    return Node(NodeKind.PERSON, node_id, node_id.title(), (Evidence(source, "people"),), properties)


def holds(person_id: str, account_id: str, how: How = How.DECLARED) -> Edge:
    """A tie that some file states."""
    return Edge(EdgeKind.HAS_ACCOUNT, person_id, account_id, (Evidence("hr", "people", "", how),))


def declared(*people: DeclaredPerson, **types: AccountType) -> IdentityHints:
    """Hints of these people, and of types by account id."""
    return IdentityHints(people, {account_id: (type_, "") for account_id, type_ in types.items()})


def who(
    facts: Sequence[Fact], hints: IdentityHints | None = None, known: Mapping[str, str] = NOBODY
) -> dict[str, set[str]]:
    """Account ids by person."""
    return ties(resolve(facts, hints or IdentityHints(), known))


def ties(identity: Identity) -> dict[str, set[str]]:
    """Account ids by person, of any grade."""
    found: dict[str, set[str]] = {}
    for fact in identity.facts:
        if isinstance(fact, Edge) and fact.kind is EdgeKind.HAS_ACCOUNT:
            found.setdefault(fact.source, set()).add(fact.target)
    return found


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


def test_an_address_that_passed_on_is_suggested_not_tied() -> None:
    old = account("old", active=False, last_used="2021-03-01T00:00:00Z", email=DANA)
    new = account("new", active=True, created_at="2024-01-01", email=DANA)
    identity = resolve([old, new], IdentityHints(), {})
    assert ties(identity) == {"person-1": {"new"}}
    assert identity.unresolved == ("old",)
    assert [suggestion.subjects for suggestion in identity.suggestions] == [("new", "old")]


@pytest.mark.parametrize("since", ["2020-01-01", None])
def test_a_login_that_was_there_all_the_time_shows_that_it_did_not(since: str | None) -> None:
    old = account("old", active=False, deactivated_at="2021-03-01", email=DANA)
    new = account("new", active=True, created_at="2024-01-01", email=DANA)
    other = account("other", active=True, created_at=since, email=DANA)
    assert who([old, new, other]) == {"person-1": {"new", "old", "other"}}


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


def test_an_address_that_passed_on_to_somebody_on_a_list_is_suggested() -> None:
    old = account("old", active=False, last_used="2021-03-01", email=DANA)
    assert len(who([old, person("p", email=DANA)])) == 1
    identity = resolve([old, person("p", email=DANA, started_on="2023-01-01")], IdentityHints(), {})
    assert ties(identity) == {}
    assert [suggestion.subjects for suggestion in identity.suggestions] == [("old", "p")]


def test_who_had_left_before_a_login_was_made_does_not_have_it() -> None:
    gone = person("p", email=DANA, left_on="2020-01-01")
    assert who([gone, account("a", email=DANA, created_at="2019-01-01")]) == {"p": {"a"}}
    assert who([gone, account("a", email=DANA, created_at="2021-01-01")]) == {"person-1": {"a"}}


def test_a_switched_off_login_that_is_called_otherwise_is_not_tied_by_the_address() -> None:
    old = account("old", "Ravi Menon", active=False, email=DANA)
    identity = resolve([old, account("new", active=True, email=DANA)], IdentityHints(), {})
    assert ties(identity) == {"person-1": {"new"}, "person-2": {"old"}}
    assert len(identity.suggestions) == 1


@pytest.mark.parametrize("earlier", ["Dana Kim", "D. Okafor", "Dan Okafor", "岡田 花"])
def test_a_switched_off_login_may_have_an_earlier_or_a_shorter_name(earlier: str) -> None:
    facts = [account("old", earlier, active=False, email=DANA), account("new", active=True, email=DANA)]
    assert len(who(facts)) == 1


@pytest.mark.parametrize(
    ("one", "other", "address"),
    [
        ("Monica Vega", "Martin Vega", "mvega@x.test"),
        ("Vega, Monica", "Martin Vega", "mvega@x.test"),
        ("Monica Vega", "Martin P. Vega", "martin.vega@x.test"),
        ("Zhao Xiaoming", "Xiuying Zhao", "xzhao@x.test"),
        ("Monica Vega", "Peter Quist", "mvega@x.test"),
        ("Hoa Phan", "Ha Phan", "hphan@x.test"),
    ],
)
def test_one_address_with_two_given_names_is_of_two_people(one: str, other: str, address: str) -> None:
    facts = [account("a", one, email=address), account("b", other, email=address), account("c", other, email=address)]
    identity = resolve(facts, IdentityHints(), {})
    assert sorted(map(sorted, ties(identity).values())) == [["a"], ["b", "c"]]
    assert [one.subjects for one in identity.suggestions] == [("a", "b", "c")]
    assert not identity.unresolved


@pytest.mark.parametrize(
    ("one", "other", "address"),
    [
        ("Monica Vega", "Nika Vega", "mvega@x.test"),
        ("Monica Vega", "M. Vega", "mvega@x.test"),
        ("Monica Vega", "Monica Okafor", "mvega@x.test"),
        ("Tomasz Wrona", "Tomek Wrona", "twrona@x.test"),
        ("Grzegorz Wrona", "Grzesio Wrona", "grzegorz.wrona@x.test"),
        ("Hana Oka", "岡 花", "hoka@x.test"),
        ("Ursula Groß", "Uschi Gross", "u.gross@x.test"),
        ("Monica Vega", "MV", "mvega@x.test"),
    ],
)
def test_one_address_with_forms_of_one_name_is_one_persons(one: str, other: str, address: str) -> None:
    facts = [account("a", one, email=address), account("b", other, email=address)]
    assert len(who(facts)) == 1


def test_a_login_that_may_be_of_two_people_with_one_address_is_neithers() -> None:
    facts = [account("a", "Monica Vega", email=DANA), account("b", "Martin Vega", email=DANA)]
    assert sorted(map(sorted, who([*facts, account("c", "M. Vega", email=DANA)]).values())) == [["a"], ["b"]]


def test_the_list_of_people_goes_with_who_has_the_same_job() -> None:
    job: dict[str, Any] = {"department": "Ops", "title": "Analyst"}
    facts = [
        account("a", "Monica Vega", email=DANA, **job),
        account("b", "Martin Vega", email=DANA, department="Sales", title="Analyst"),
    ]
    assert who([*facts, person("p", email=DANA, **job)])["p"] == {"a"}
    assert "p" not in who([*facts, person("p", email=DANA)])


def directory(day: str, *others: Fact, **more: Any) -> list[Fact]:
    """A directory that was filled on the first day of 2018, and has Dana since `day`."""
    system = Node(NodeKind.SYSTEM, "okta/x/system/x", "", (Evidence("okta", "org"),), {"directory": True})
    first = [
        account(f"okta/x/account/{n}", f"P{n} Quist", email=f"p{n}@x.test", created_at="2018-01-01") for n in range(3)
    ]
    return [system, *first, account("okta/x/account/9", email=DANA, created_at=day, **more), *others]


@pytest.mark.parametrize("active", [True, False])
def test_a_login_from_long_before_somebody_came_is_another_persons(active: bool) -> None:
    old = account("crm/1/account/1", email=DANA, created_at="2016-05-01", active=active)
    found = who(directory("2021-06-01", old))
    assert {"okta/x/account/9"} in found.values()
    assert not any("crm/1/account/1" in logins for logins in found.values())


def test_a_login_from_before_the_directory_or_from_somebodys_first_weeks_is_theirs() -> None:
    for day, made in (("2018-01-01", "2015-05-01"), ("2021-06-01", "2021-05-20"), ("2021-06-01", "2023-01-01")):
        found = who(directory(day, account("crm/1/account/1", email=DANA, created_at=made)))
        assert {"okta/x/account/9", "crm/1/account/1"} in found.values(), (day, made)


def test_a_directory_that_was_filled_little_by_little_does_not_tell_who_came_when() -> None:
    facts = directory("2021-06-01", account("crm/1/account/1", email=DANA, created_at="2016-05-01"))
    for n in range(3):
        facts.append(account(f"okta/x/account/2{n}", email=f"q{n}@x.test", created_at="2020-01-01"))
        facts.append(account(f"crm/1/account/2{n}", email=f"q{n}@x.test", created_at="2015-01-01"))
    assert {"okta/x/account/9", "crm/1/account/1"} in who(facts).values()


def test_who_has_left_does_not_have_what_the_directory_gives_to_somebody_with_another_job() -> None:
    gone: dict[str, Any] = {"active": False, "department": "Ops", "title": "Analyst"}
    now: dict[str, Any] = {"active": True, "department": "Sales", "title": "Director"}
    assert "p" not in who(directory("2021-06-01", person("p", email=DANA, **gone), **now))
    assert "p" in who(directory("2021-06-01", person("p", email=DANA, **gone), **{**now, "title": "Analyst"}))


def test_a_mailbox_for_a_function_ties_nobody_who_is_called_otherwise() -> None:
    facts = [account("a", email="sales@x.test"), account("b", "Ravi Menon", email="sales@x.test")]
    identity = resolve(facts, IdentityHints(), {})
    assert ties(identity) == {}
    assert "a mailbox of several people" in identity.conflicts[0].reason
    assert len(who([facts[0], account("c", email="sales@x.test")])) == 1


def test_a_login_called_like_a_program_is_not_tied_by_a_persons_mailbox() -> None:
    for name in ("API Dana", "Dana Okafor (API)", "Integration User", "Marketo Sync Dana"):
        facts = [account("a", email=DANA), account("b", name, account_type=None, email=DANA), person("p", email=DANA)]
        assert who(facts) == {"p": {"a"}}, name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("d@münchen.test", "d@xn--mnchen-3ya.test"),
        ("d@MÜNCHEN.test", "d@xn--mnchen-3ya.TEST"),
        ("\uff44@x.test", "d@x.test"),
        ("d@x.test.", "D@x.test"),
    ],
)
def test_an_address_is_the_same_in_every_spelling(one: str, other: str) -> None:
    assert len(who([account("a", email=one), account("b", email=other)])) == 1


def test_dots_before_the_at_are_part_of_an_address() -> None:
    assert len(who([account("a", email="d.okafor@gmail.test"), account("b", email="dokafor@gmail.test")])) == 2
