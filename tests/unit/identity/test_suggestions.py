"""What may be one person is suggested, the likeliest first, and never tied."""

import random
from dataclasses import replace
from itertools import combinations

import pytest

from stackmap.identity import Identity, TieSuggestion, resolve, suggest_ties
from stackmap.model import Edge, EdgeKind, Evidence, Fact, IdentityHints, Node, NodeKind
from tests.unit.identity.made_company import Company, made_company

COMPANY = made_company(400)
IDENTITY = resolve(COMPANY.facts, IdentityHints(), {})


def login(node_id: str, name: str, **properties: object) -> Node:
    """A person's login that some system lists."""
    known = {"account_type": "human", "active": True, **properties}
    said = {key: value for key, value in known.items() if value is not None}
    return Node(NodeKind.ACCOUNT, node_id, name, (Evidence("crm", "users"),), said)


def suggested(*facts: Fact, hints: IdentityHints | None = None) -> tuple[TieSuggestion, ...]:
    """What is suggested about these."""
    hints = hints or IdentityHints()
    return suggest_ties(resolve(facts, hints, {}), hints)


def units(identity: Identity, company: Company) -> dict[str, str]:
    """The person of each login, or the login itself."""
    held = {
        fact.target: fact.source
        for fact in identity.facts
        if isinstance(fact, Edge) and fact.kind is EdgeKind.HAS_ACCOUNT
    }
    return {login_id: held.get(login_id, login_id) for login_id in company.owner}


def test_no_tie_is_made_between_two_people() -> None:
    owners: dict[str, set[str]] = {}
    for login_id, unit in units(IDENTITY, COMPANY).items():
        owners.setdefault(unit, set()).add(COMPANY.owner[login_id])
    assert [unit for unit, people in owners.items() if len(people) > 1] == []


def test_every_login_has_its_type() -> None:
    found = {fact.id: fact.properties["account_type"] for fact in IDENTITY.facts if fact.key in COMPANY.type}
    assert found == COMPANY.type


def test_the_better_half_of_the_suggestions_holds_nine_tenths_of_the_missing_ties() -> None:
    owned: dict[str, set[str]] = {}
    for login_id, unit in units(IDENTITY, COMPANY).items():
        if COMPANY.owner[login_id]:
            owned.setdefault(COMPANY.owner[login_id], set()).add(unit)
    missing = {pair for mine in owned.values() for pair in combinations(sorted(mine), 2)}
    found = suggest_ties(IDENTITY, IdentityHints())
    better = {one.subjects for one in found[: len(found) // 2]}
    assert len(missing & better) >= 0.9 * len(missing)
    assert found == tuple(sorted(found, key=lambda one: (-one.score, one.subjects)))
    assert all(0 < one.score < 1 and one.reason for one in found)


def test_nobody_is_in_more_than_three() -> None:
    subjects = [subject for one in suggest_ties(IDENTITY, IdentityHints()) for subject in one.subjects]
    assert max(map(subjects.count, set(subjects))) <= 3


def test_the_order_of_facts_makes_no_difference() -> None:
    company = made_company(60)
    hints = IdentityHints()
    before = suggest_ties(resolve(company.facts, hints, {}), hints)
    random.Random(1).shuffle(company.facts)
    assert suggest_ties(resolve(company.facts, hints, {}), hints) == before
    assert suggest_ties(resolve(company.facts, hints, {}), hints, 3) == before[:3]


BILL = login("crm/1/account/1", "Bill Smith", email="bill.smith@x.test")
WILLIAM = login("mail/1/account/2", "William Smith", email="bsmith@y.test")


def test_a_short_form_and_a_mailbox_made_of_the_name_are_told() -> None:
    (one,) = suggested(BILL, WILLIAM)
    assert one.subjects == ("person-1", "person-2")
    assert one.reason == "the same family name, and forms of one given name, bsmith@ may be made of the name"


def test_what_they_share_makes_it_likelier() -> None:
    about = {"department": "Marketing Ops", "title": "Analyst"}
    near = [replace(node, properties={**node.properties, **about}) for node in (BILL, WILLIAM)]
    (far,), (close,) = suggested(BILL, WILLIAM), suggested(*near)
    assert close.score > far.score
    assert close.reason.endswith("; both in marketing ops and with the title analyst")


def test_two_logins_that_are_on_in_one_system_make_it_less_likely() -> None:
    other = login("crm/1/account/2", "William Smith", email="wsmith@y.test")
    (one,) = suggested(BILL, other)
    assert one.score < suggested(BILL, WILLIAM)[0].score / 2
    assert one.reason.endswith("but both have a login that is on in one system")


def test_two_ids_of_one_directory_make_it_less_likely() -> None:
    ids = [
        replace(node, properties={**node.properties, "directory_id": f"okta/x:{node.id}"}) for node in (BILL, WILLIAM)
    ]
    (one,) = suggested(*ids)
    assert one.score < suggested(BILL, WILLIAM)[0].score / 2


@pytest.mark.parametrize("entry", ["crm/1/account/1", "person-1", "Bill.Smith@x.test"])
def test_what_was_answered_is_not_asked_again(entry: str) -> None:
    hints = IdentityHints(apart=((entry, "mail/1/account/2"),))
    known = resolve([BILL, WILLIAM], IdentityHints(), {}).person_ids
    assert suggest_ties(resolve([BILL, WILLIAM], hints, known), hints) == ()


def test_programs_and_shared_logins_are_nobodys() -> None:
    robot = login("mail/1/account/2", "Bill Smith", account_type="integration", email="wsmith@y.test")
    assert suggested(BILL, robot) == ()


@pytest.mark.parametrize("active", [None, True])
def test_a_login_of_which_nobody_read_whether_it_is_on_is_not_called_on(active: bool | None) -> None:
    here = login("crm/1/account/1", "Dana Kim", email="dana.kim@x.test", active=active)
    there = login("crm/1/account/2", "Dana Kim", email="d.kim@x.test", active=None)
    (one,) = suggested(here, there)
    assert one.reason.endswith("; but both have a login in one system")
    (sure,) = suggested(*(replace(node, properties={**node.properties, "active": True}) for node in (here, there)))
    assert (sure.score, sure.reason) == (one.score, one.reason.replace("login in", "login that is on in"))


def test_another_family_name_after_a_marriage_is_found_by_the_team() -> None:
    before = login("crm/1/account/1", "Dana Kim", email="dana.kim@x.test", department="Sales", title="Analyst")
    after = login("mail/1/account/1", "Dana Okafor", email="dana.okafor@x.test", department="Sales", title="Analyst")
    (one,) = suggested(before, after)
    assert one.reason.startswith("the same given name with another family name; both in sales")


def test_in_a_small_company_a_given_name_alone_is_suggested_last_and_not_tied() -> None:
    seen = (Evidence("staff list", "people"),)
    anna = Node(NodeKind.PERSON, "staff/1", "Anna Weber", seen, {"email": "a.weber@x.test"})
    married = login("crm/1/account/99", "Anna Schmidt", email="a.schmidt@x.test")
    *others, last = suggested(anna, married, BILL, WILLIAM)
    assert (last.subjects, last.score) == (("person-1", "staff/1"), 0.12)
    assert last.reason == "the same given name with another family name"
    assert others
    assert all(one.score > last.score for one in others)
