"""What somebody has decided not to be one person stays several, whatever addresses and ids say."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from stackmap.declared import parse_manifest
from stackmap.identity import Identity, resolve
from stackmap.model import DeclaredPerson, Edge, EdgeKind, Evidence, Fact, How, IdentityHints, Node, NodeKind

DANA = "d.kim@x.test"


def account(node_id: str, name: str = "Dana Kim", **properties: object) -> Node:
    """A person's login that some system lists."""
    return Node(NodeKind.ACCOUNT, node_id, name, (Evidence("crm", "users"),), {"account_type": "human", **properties})


def ties(identity: Identity) -> dict[str, set[str]]:
    """Account ids by person."""
    found: dict[str, set[str]] = {}
    for fact in identity.facts:
        if isinstance(fact, Edge) and fact.kind is EdgeKind.HAS_ACCOUNT:
            found.setdefault(fact.source, set()).add(fact.target)
    return found


def resolved(facts: Sequence[Fact], *apart: tuple[str, ...], known: Mapping[str, str] | None = None) -> Identity:
    """What identity makes of it."""
    return resolve(facts, IdentityHints(apart=apart), known or {})


def test_logins_with_one_address_become_two_people_without_a_conflict() -> None:
    identity = resolved([account("a", email=DANA), account("b", email=DANA)], ("a", "b"))
    assert sorted(map(sorted, ties(identity).values())) == [["a"], ["b"]]
    assert (identity.conflicts, identity.suggestions, identity.unresolved) == ((), (), ())


def test_so_do_logins_with_one_directory_id() -> None:
    identity = resolved([account("a", directory_id="okta:1"), account("b", directory_id="okta:1")], ("b", "a"))
    assert sorted(map(sorted, ties(identity).values())) == [["a"], ["b"]]
    assert identity.conflicts == ()


def test_a_login_in_use_stays_with_the_one_who_has_the_address_now() -> None:
    old = account("old", email=DANA, active=False)
    identity = resolved([old, account("new", email=DANA), account("more", email=DANA)], ("old", "new"))
    assert sorted(map(sorted, ties(identity).values())) == [["more", "new"], ["old"]]


def test_where_two_have_the_address_now_nobody_gets_the_third_login() -> None:
    facts = [account("a", email=DANA), account("b", email=DANA), account("c", email=DANA)]
    identity = resolved(facts, ("a", "b"))
    assert sorted(map(sorted, ties(identity).values())) == [["a"], ["b"]]
    assert identity.unresolved == ("c",)


def test_an_address_means_everybody_who_has_it() -> None:
    facts = [
        account("a", email=DANA, directory_id="okta:1"),
        account("b", email="other@x.test", directory_id="okta:1"),
        account("c", email=DANA),
    ]
    assert len(ties(resolved(facts))) == 1
    found = ties(resolved(facts, (DANA.upper(), "b")))
    assert sorted(map(sorted, found.values())) == [["a", "c"], ["b"]]


def test_the_id_stays_with_the_first_login() -> None:
    facts = [account("a", email=DANA), account("b", email=DANA)]
    first = resolved(facts)
    assert ties(first) == {"person-1": {"a", "b"}}
    assert ties(resolved(facts, ("b", "a"), known=first.person_ids)) == {"person-1": {"a"}, "person-2": {"b"}}


def test_a_person_of_an_earlier_reading_means_their_logins_of_then() -> None:
    first = resolved([account("a", email=DANA), account("b", email=DANA)])
    facts = [account("a", email=DANA), account("b", email=DANA), account("c", email=DANA)]
    found = ties(resolved(facts, ("person-1", "c"), known=first.person_ids))
    assert found == {"person-1": {"a", "b"}, "person-2": {"c"}}


def test_a_tie_that_a_file_states_gives_way_and_so_does_the_edge() -> None:
    tie = Edge(EdgeKind.HAS_ACCOUNT, "dana", "a", (Evidence("hr", "people", "", How.DECLARED),))
    hints = IdentityHints((DeclaredPerson("dana", "Dana", (), ("b",)),), apart=(("dana", "a", "b"),))
    identity = resolve([account("a"), account("b"), tie], hints, {})
    assert ties(identity) == {"person-1": {"a"}, "person-2": {"b"}}


def test_a_suggestion_that_was_answered_is_gone() -> None:
    old = account("old", active=False, last_used="2021-03-01T00:00:00Z", email=DANA)
    new = account("new", active=True, created_at="2024-01-01", email=DANA)
    assert resolved([old, new]).suggestions
    assert not resolved([old, new], ("old", "new")).suggestions


def test_an_entry_that_meets_nobody_is_told_with_its_line() -> None:
    notes = "people:\n  dana: {name: Dana, emails: d.kim@x.test}\nsystems:\n  crm: {product: crm, tenant: '1'}\n"
    manifest = parse_manifest(f"{notes}apart:\n  - [dana, 'crm:gone', nobody@x.test, crm/1/account/9]\n")
    listed = account("crm/1/account/1", email=DANA)
    identity = resolve([listed, *manifest.facts], manifest.hints, {})
    assert [(note.record, note.section, note.written) for note in identity.stale_notes] == [
        ("stack.yaml:6", "apart", "crm:gone"),
        ("stack.yaml:6", "apart", "nobody@x.test"),
        ("stack.yaml:6", "apart", "crm/1/account/9"),
    ]
    logins = {fact.id for fact in identity.facts if isinstance(fact, Node) and fact.kind is NodeKind.ACCOUNT}
    assert logins == {"crm/1/account/1"}


def test_a_login_is_met_by_what_it_signs_in_with() -> None:
    notes = "people:\n  dana: {name: Dana, emails: d.kim@x.test}\nsystems:\n  crm: {product: crm, tenant: '1'}\n"
    manifest = parse_manifest(f"{notes}apart:\n  - [dana, 'crm:dkim']\n")
    listed = account("crm/1/account/1", email=DANA, login="dkim")
    identity = resolve([listed, *manifest.facts], manifest.hints, {})
    assert ties(identity) == {"person-1": {"crm/1/account/1"}}
    assert identity.stale_notes == ()


def test_a_weaker_tie_to_a_login_that_nobody_read_gives_way() -> None:
    weak = Edge(EdgeKind.HAS_ACCOUNT, "p", "b", (Evidence("hr", "people", "", How.INFERRED_KEY),))
    strong = Edge(EdgeKind.HAS_ACCOUNT, "p", "a", (Evidence("hr", "people", "", How.DECLARED),))
    hints = IdentityHints((DeclaredPerson("p", "Dana", (DANA,)),))
    read: list[Fact] = [account("a", email=DANA), weak]
    for told in (read, [strong, weak]):
        assert ties(resolve(told, hints, {})) == {"p": {"a", "b"}}
        assert ties(resolve(told, replace(hints, apart=(("b", "a"),)), {})) == {"p": {"a"}}


def test_who_is_somebody_only_because_it_was_decided_takes_no_other_login_along() -> None:
    facts = [account(one, "", account_type="unknown", email="xyz@x.test") for one in ("a", "b")]
    assert ties(resolved(facts)) == {}
    assert ties(resolved(facts, ("a", "gone"))) == {"person-1": {"a"}}


def test_an_id_that_somebody_wrote_down_is_given_to_nobody_new() -> None:
    facts = [account("a", email=DANA), account("b", email="other@x.test")]
    assert "person-2" not in ties(resolved(facts, ("person-2", "b")))
