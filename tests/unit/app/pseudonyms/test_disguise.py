"""Stand-ins: what is replaced, what stays, and that nothing else changes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from stackmap.analysis import Stack
from stackmap.app.asking import check
from stackmap.app.opening import Question, Reading, open_reading
from stackmap.app.people.asked import asked_about
from stackmap.app.privacy.small_groups import small_groups
from stackmap.app.pseudonyms.disguise import Disguise
from stackmap.app.pseudonyms.initials import Initials
from stackmap.app.pseudonyms.subjects import Subject, code_of, subjects_of
from stackmap.app.workspace import Workspace
from stackmap.errors import UsageError
from stackmap.model import Edge, EdgeKind, Evidence, IdentityHints, Node, NodeKind, build_graph
from stackmap.render.privacy import SharedBy, stand_ins_text
from tests.support.workspaces import reading_of

PICTURE = """
    crm/1/account/7:Account {email=dana.okafor@larkfield.test account_type=human title=VP_Marketing}
    crm/1/account/8:Account {email=dkim@larkfield.test account_type=human}
    crm/1/account/9:Account {email=mark.stone@larkfield.test account_type=human}
    crm/1/account/10:Account {email=dana.petrov@larkfield.test account_type=human}
    crm/1/automation/okafor_lead_router:Automation
    crm/1/automation/2:Automation
    crm/1/automation/okafor_lead_router -RUNS_AS-> crm/1/account/7
    crm/1/automation/2 -RUNS_AS-> crm/1/account/8
"""
NAMES = {
    "crm/1/account/7": "Dana Okafor",
    "crm/1/account/8": "Daniel Kim",
    "crm/1/account/9": "Mark Stone",
    "crm/1/account/10": "Dana Petrov",
    "crm/1/automation/okafor_lead_router": "Okafor's lead router (DO)",
    "crm/1/automation/2": "DK - nightly",
}


@pytest.fixture(scope="module", name="folder")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose stand-ins are the same every time: one of them may hold somebody's initials by chance."""
    folder = tmp_path_factory.mktemp("pseudonyms")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("stackmap.store.salt.fresh_salt", lambda: "the same every time")
        reading_of(folder, PICTURE, names=NAMES)
    return folder


@pytest.fixture(scope="module", name="reading")
def _reading(folder: Path) -> Reading:
    return open_reading(Workspace(folder), Question(pseudonymise=True))


@pytest.fixture(scope="module", name="disguise")
def _disguise(reading: Reading) -> Disguise:
    assert reading.behind
    return reading.behind.pseudonyms.disguise


def code(reading: Reading, name: str) -> str:
    assert reading.behind
    (found,) = [one for one in reading.behind.pseudonyms.subjects if name in one.names]
    return found.shown.removeprefix("Person ")


@pytest.mark.parametrize(
    "text",
    [
        "Dana Okafor",
        "Phone of Dana Okafor",
        "okafor_lead_router",
        "OKAFOR import",
        "dana.okafor@larkfield.test",
        "https://crm.test/users?name=Dana%20Okafor",
        "https://crm.test/users/dana.okafor%40larkfield.test",
        "danaokafor_job",
        "D. Okafor",
        "Dana\u200b Okafor",
        "e-mail dana.okafor+crm@larkfield.test",
        "Okafor, Dana",
        "Dana M. Okafor",
    ],
)
def test_a_persons_names_and_addresses_go_wherever_they_stand(reading: Reading, disguise: Disguise, text: str) -> None:
    said = disguise.text(text)
    assert code(reading, "Dana Okafor").lower() in said.lower()
    assert not re.search("dana|okafor|larkfield", said, re.IGNORECASE)


@pytest.mark.parametrize("text", ["Dana's sync", "dana-led push", "DanaSync", "for dana"])
def test_a_given_name_that_two_have_goes_without_saying_whose_it_is(disguise: Disguise, text: str) -> None:
    assert "dana" not in disguise.text(text).lower()
    assert "somebody" in disguise.text(text)


@pytest.mark.parametrize("text", ["DK's list", "list (DK)", "[DK] list", "D.K. list", "D. K.", "DK - list", "DK: list"])
def test_initials_go_where_they_are_plainly_somebodys(reading: Reading, disguise: Disguise, text: str) -> None:
    assert f"person-{code(reading, 'Daniel Kim').lower()}" in disguise.text(text)
    assert "DK" not in disguise.text(text)


@pytest.mark.parametrize("text", ["DK nightly", "nightly DK", "script:dk nightly", "dk nightly"])
def test_initials_beside_other_words_go_where_they_are_one_persons(disguise: Disguise, text: str) -> None:
    assert "dk" not in disguise.text(text).casefold()


@pytest.mark.parametrize(
    "text", ["DK", "DK Nightly", "AB nightly", "UK list", "ask DK about it", "vs the others", "dkx list"]
)
def test_two_letters_that_may_be_anything_stay(text: str) -> None:
    """`DK` and `AB` are initials that two share here, or short forms of the trade."""
    two = (
        Subject("p1", ("Daniel Kim",), (), (), token="person-x"),
        Subject("p2", ("Dora Kent",), (), (), token="person-y"),
    )
    others = (Subject(f"p{at}", (name,), (), ()) for at, name in enumerate(("Anna Berg", "Vera Stone"), 3))
    beside = Initials([*two, *others], "somebody", loosely=True)
    assert beside.replaced(text) == ("somebody" if text == "DK" else text)


def test_initials_stay_beside_other_words_where_one_person_is_erased() -> None:
    """Who is erased is looked for where the text says so: a wrong guess could not be undone."""
    assert Initials([Subject("p1", ("Daniel Kim",), (), ())], "somebody").replaced("DK nightly") == "DK nightly"


@pytest.mark.parametrize("text", ["list_dk_copy", "dk-nightly", "dkim", "sync as dkim", "dkim_job"])
def test_initials_and_login_names_go_from_what_is_written_as_one_word(disguise: Disguise, text: str) -> None:
    assert "dk" not in disguise.text(text)


@pytest.mark.parametrize(
    "text",
    ["Mark Stone's price list", "Mark: to do", "Stone export", "by Mark"],
)
def test_a_name_that_is_a_word_goes_with_its_capital(disguise: Disguise, text: str) -> None:
    assert not re.search("mark|stone", disguise.text(text), re.IGNORECASE)


@pytest.mark.parametrize(
    "text",
    [
        "marketing@larkfield.test",
        "mark as won",
        "Set lead source",
        "SDK update",
        "milestone",
        "2026-11-22 10:00:00",
        "crm/1/automation/5001234567",
        "UK list",
        "100 % done",
        "",
    ],
)
def test_everything_else_stays_as_it_is(disguise: Disguise, text: str) -> None:
    assert disguise.text(text) == text


@pytest.mark.parametrize("text", ["call +49 170 1234567", "(030) 123 45 67"])
def test_telephone_numbers_go(disguise: Disguise, text: str) -> None:
    assert "[phone]" in disguise.text(text)
    assert not re.search(r"\d{3}", disguise.text(text))


def test_an_address_of_somebody_who_is_unknown_goes_too(disguise: Disguise) -> None:
    assert re.fullmatch(r"to \w{5}@pseudonym\.invalid", disguise.text("to kim.doe@elsewhere.test"))
    assert disguise.text("to kim.doe@elsewhere.test") == disguise.text("to Kim.Doe@elsewhere.test")


def test_every_place_of_a_fact_is_rewritten(reading: Reading) -> None:
    assert reading.behind
    pseudonyms = reading.behind.pseudonyms
    seen = (Evidence("src", "users", "dana.okafor@larkfield.test", link="https://crm.test/u/okafor"),)
    nested = {"notes": [{"by": "Dana Okafor"}], "title": "VP Marketing", "okafor": "x", "manager": "crm/1/account/7"}
    node = Node(NodeKind.AUTOMATION, "crm/1/automation/okafor_lead_router", "Okafor", seen, nested)
    edge = Edge(EdgeKind.RUNS_AS, node.id, "crm/1/account/okafor", seen, group="okafor", slot="Dana Okafor")
    for fact in (node, edge):
        assert not re.search("okafor|dana|VP", repr(pseudonyms.fact(fact)), re.IGNORECASE)
    assert pseudonyms.fact(edge).evidence[0].link == ""


def test_ids_stay_apart_and_edges_still_meet_their_nodes(folder: Path, reading: Reading) -> None:
    plain = open_reading(Workspace(folder)).stack.graph
    hidden = reading.stack.graph
    assert len(list(hidden.vertices())) == len(list(plain.vertices()))
    assert len(list(hidden.links())) == len(list(plain.links()))


def test_ties_types_and_findings_are_those_under_real_names(folder: Path, reading: Reading) -> None:
    assert reading.behind
    plain = open_reading(Workspace(folder))
    ids = reading.behind.pseudonyms.id
    ours = {(found.code, ids(found.subject), found.severity) for found in check(plain).findings}
    assert {(found.code, found.subject, found.severity) for found in check(reading).findings} == ours
    assert {ids(person) for person in plain.stack.people} == set(reading.stack.people)


def test_a_stand_in_is_the_same_in_every_reading_and_another_elsewhere(folder: Path, tmp_path: Path) -> None:
    first = open_reading(Workspace(folder), Question(pseudonymise=True))
    more = PICTURE + "    crm/1/account/11:Account {email=aa.first@larkfield.test account_type=human}\n"
    reading_of(folder, more, names={**NAMES, "crm/1/account/11": "Aa First"})
    second = open_reading(Workspace(folder), Question(pseudonymise=True))
    assert code(second, "Dana Okafor") == code(first, "Dana Okafor")
    reading_of(tmp_path, PICTURE, names=NAMES)
    elsewhere = open_reading(Workspace(tmp_path), Question(pseudonymise=True))
    assert code(elsewhere, "Dana Okafor") != code(first, "Dana Okafor")


def test_stand_ins_are_distinct_where_their_letters_would_be_the_same() -> None:
    seen = (Evidence("staff", "people", "1"),)
    people = [Node(NodeKind.PERSON, f"person-{number}", f"P{number} X", seen) for number in range(1, 1201)]
    stack = Stack(build_graph(people, ()), (), date(2026, 11, 22))
    assert len({code_of("salt", person.id) for person in people}) < len(people)
    subjects = subjects_of(stack, people, IdentityHints(), "salt")
    assert len({one.shown for one in subjects}) == len(people)
    fewer = subjects_of(Stack(build_graph(people[:900], ()), (), stack.as_of), people[:900], IdentityHints(), "salt")
    assert subjects[:900] == fewer, "who comes later changes nobody's stand-in"


@pytest.mark.parametrize("wanted", ["Daniel Kim", "dkim@larkfield.test", "daniel"])
def test_people_are_asked_about_by_their_real_names(reading: Reading, wanted: str) -> None:
    token = f"person-{code(reading, 'Daniel Kim').lower()}"
    assert asked_about(reading, [wanted], then="stackmap leave") == [token]
    assert asked_about(reading, [f"Person {code(reading, 'Daniel Kim')}"], then="stackmap leave") == [token]


@pytest.mark.parametrize(("wanted", "team"), [(["Dana"], None), (["Xaver Unknown"], None), ([], "No Such Team")])
def test_an_error_repeats_no_name(reading: Reading, wanted: list[str], team: str | None) -> None:
    with pytest.raises(UsageError) as told:
        asked_about(reading, wanted, team, then="stackmap leave")
    assert not re.search('dana|xaver|unknown|no such team"', str(told.value), re.IGNORECASE)
    assert told.value.__cause__ is None


def test_teams_departments_and_roles_that_few_share_are_counted(tmp_path: Path) -> None:
    logins = "\n".join(
        f"    crm/1/account/{number}:Account {{email=p{number}.abc@x.test account_type=human department=Sales}}\n"
        f"    crm/1/account/{number} -HAS_ROLE-> crm/1/role/everybody:Role"
        for number in range(6)
    )
    more = "\n    crm/1/account/1 -HAS_ROLE-> crm/1/role/admin:Role\n    crm/1/account/2 -HAS_ROLE-> crm/1/role/admin\n"
    alone = "    crm/1/account/9:Account {email=zoe.finch@x.test account_type=human department=Legal}\n"
    notes = "people:\n  zoe: {name: Zoe Finch, emails: zoe.finch@x.test, team: law}\nteams: {law: {name: Law}}\n"
    names = {"crm/1/role/admin": "Admin", "crm/1/role/everybody": "Everybody"}
    reading = reading_of(tmp_path, logins + more + alone, names=names, notes=notes)
    told = {one.what: one.people for one in small_groups(reading)}
    assert told == {"department Legal": 1, "team Law": 1, "role Admin in crm/1": 2}


def test_a_small_group_is_told_in_words_and_a_long_list_is_cut() -> None:
    assert "team Law: 1 person\n" in stand_ins_text([SharedBy("team Law", 1)])
    assert "shared by five people or more" in " ".join(stand_ins_text([]).split())
    assert "and 3 more" in stand_ins_text([SharedBy(f"team {number}", 1) for number in range(15)])
