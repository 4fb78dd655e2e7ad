"""What gives somebody away besides the full name: initials with half a name, nicknames, numbers, slugs, addresses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stackmap.app.names.forms import Form, Use, name_forms
from stackmap.app.names.matching import NameMatcher, read_letters
from stackmap.app.opening import Question, Reading, open_reading
from stackmap.app.pseudonyms.disguise import Disguise
from stackmap.app.pseudonyms.reading import Pseudonyms
from stackmap.app.workspace import Workspace
from stackmap.model import EdgeKind, Evidence, How, Node, NodeKind
from tests.support.workspaces import reading_of

PICTURE = """
    crm/1/account/1:Account {email=j.mueller@larkfield.test account_type=human employee_id=EMP-1 login=jayjay@lark.prod}
    crm/1/account/2:Account {email=wh@larkfield.test account_type=human login=owner}
    crm/1/account/3:Account {email=katherine.smith@larkfield.test account_type=human employee_number=4711}
    crm/1/account/4:Account {email=alexander.bell@larkfield.test account_type=human}
    crm/1/account/5:Account {email=sandy.lund@larkfield.test account_type=human}
    crm/1/account/6:Account {email=clay.jones@larkfield.test account_type=human}
    clay/1/account/7:Account {email=clay.jones@larkfield.test account_type=human}
    katies-mac/1/account/8:Account {email=katherine.smith@larkfield.test account_type=human}
    staff/EMP-9:Person {email=tara.quill@larkfield.test}
    staff/EMP-9 -REPORTS_TO-> staff/EMP-77
    crm/1/automation/1:Automation
"""
NAMES = {
    "crm/1/account/1": "Jürgen Müller-Lüdenscheidt",
    "crm/1/account/2": "Wolfgang von der Heide",
    "crm/1/account/3": "Katherine Smith",
    "crm/1/account/4": "Alexander Bell",
    "crm/1/account/5": "Sandy Lund",
    "crm/1/account/6": "Clay Jones",
    "clay/1/account/7": "Clay Jones",
    "katies-mac/1/account/8": "Katherine Smith",
    "staff/EMP-9": "Tara Quill",
    "crm/1/automation/1": "Nightly",
}
NOTES = "people:\n  heidi: {name: Wolfgang von der Heide, emails: wh@larkfield.test}\n"


@pytest.fixture(scope="module", name="reading")
def _reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    folder: Path = tmp_path_factory.mktemp("forms")
    reading_of(folder, PICTURE, names=NAMES, notes=NOTES)
    return open_reading(Workspace(folder), Question(pseudonymise=True))


@pytest.fixture(scope="module", name="pseudonyms")
def _pseudonyms(reading: Reading) -> Pseudonyms:
    assert reading.behind
    return reading.behind.pseudonyms


@pytest.fixture(scope="module", name="disguise")
def _disguise(pseudonyms: Pseudonyms) -> Disguise:
    return pseudonyms.disguise


def token(pseudonyms: Pseudonyms, name: str) -> str:
    (found,) = [one for one in pseudonyms.subjects if name in one.names]
    return found.token


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("git: jmueller/load", "Jürgen Müller-Lüdenscheidt"),
        ("git: jluedenscheidt/load", "Jürgen Müller-Lüdenscheidt"),
        ("jürgen-s-laptop", "Jürgen Müller-Lüdenscheidt"),
        ("jurgens_laptop", "Jürgen Müller-Lüdenscheidt"),
        ("ask jayjay", "Jürgen Müller-Lüdenscheidt"),
        ("vdheide/load", "Wolfgang von der Heide"),
        ("wvonderheide", "Wolfgang von der Heide"),
        ("wolfi upload", "Wolfgang von der Heide"),
        ("ask Heidi", "Wolfgang von der Heide"),
        ("katiesheet", "Katherine Smith"),
        ("Kates list", "Katherine Smith"),
        ("ask Kate", "Katherine Smith"),
        ("who is EMP-9?", "Tara Quill"),
    ],
)
def test_whatever_somebody_goes_by_goes(pseudonyms: Pseudonyms, text: str, whose: str) -> None:
    code = token(pseudonyms, whose).removeprefix("person-")
    assert code in pseudonyms.disguise.text(text).casefold()


EVERYDAY = {"wcase": "Will Case", "acruz": "Ana de la Cruz", "dkim": "Dan Kim", "bread": "Ben Read", "chart": "Cy Hart"}


def found_in(text: str, *names: str) -> bool:
    matcher = NameMatcher(form for name in names for form in name_forms(name, {"slack"}))
    return bool(list(matcher.matches(read_letters(text)))) if matcher.may_name(text) else False


@pytest.mark.parametrize(
    "text",
    [
        "box-wcase",
        "wcase",
        "WCase upload",
        "wcase2",
        "w.case",
        "W. Case",
        "acruz upload",
        "ACRUZ",
        "load_acruz",
        "dkim",
    ],
)
def test_an_initial_and_a_surname_are_somebody_though_the_surname_is_a_word_or_short(text: str) -> None:
    assert found_in(text, *EVERYDAY.values())


@pytest.mark.parametrize(
    "text",
    [
        "Case",
        "W case",
        "in this case",
        "bread",
        "chart",
        "Org chart 2",
        "showcase",
        "slack",
        "cased",
        "Price list",
        "casew",
        "flux",
    ],
)
def test_a_word_that_reads_like_an_initial_and_a_surname_stays(text: str) -> None:
    assert not found_in(text, *EVERYDAY.values(), "Sam Lack", "Pat Rice", "Al Day", "Fay Lux")


@pytest.mark.parametrize("text", ["Asia list", "market", "catalogue", "kated", "alert 4711", "EMP-99", "the owner"])
def test_what_only_looks_like_a_nickname_stays(disguise: Disguise, text: str) -> None:
    assert disguise.text(text) == text


def test_a_short_form_that_is_somebodys_name_means_that_person(pseudonyms: Pseudonyms) -> None:
    """Sandy may be short for Alexander, but here somebody is called so."""
    assert token(pseudonyms, "Sandy Lund").removeprefix("person-").upper() in pseudonyms.disguise.text("ask Sandy Lund")
    assert "somebody" not in pseudonyms.disguise.text("Sandy's list")


def test_employee_numbers_are_stand_ins_wherever_they_are_kept(reading: Reading, pseudonyms: Pseudonyms) -> None:
    graph = reading.stack.graph
    tara, jurgen = token(pseudonyms, "Tara Quill"), token(pseudonyms, "Jürgen Müller-Lüdenscheidt")
    first = graph.get("crm/1/account/1")
    third = graph.get("crm/1/account/3")
    assert first
    assert third
    assert first.properties["employee_id"] == jurgen
    assert third.properties["employee_number"] == token(pseudonyms, "Katherine Smith")
    (line,) = graph.out(tara, EdgeKind.REPORTS_TO)
    assert re.fullmatch(r"person-\w{6}", line.target), "a manager of whom only the number is known"
    stranger = Node(NodeKind.ACCOUNT, "crm/1/account/99", "", (Evidence("x", "users"),), {"employee_id": "123"})
    said = pseudonyms.fact(stranger)
    assert isinstance(said, Node)
    assert re.fullmatch(r"number-\w{6}", str(said.properties["employee_id"]))


def test_a_record_that_is_an_employee_number_is_one_only_in_its_own_list(tmp_path: Path) -> None:
    """Another list's record 44 is another thing."""
    facts = "staff/44:Person {email=tara.quill@larkfield.test}\n    crm/1/automation/44:Automation\n"
    reading_of(tmp_path, facts, names={"staff/44": "Tara Quill", "crm/1/automation/44": "Nightly"})
    reading = open_reading(Workspace(tmp_path), Question(pseudonymise=True))
    assert reading.behind
    pseudonyms = reading.behind.pseudonyms
    named = Pseudonyms(pseudonyms.subjects, pseudonyms.disguise, {}, {}, records={("hr", "people", "44"): "person-x"})
    told = named.said((Evidence("hr", "people", "44"), Evidence("crm", "flows", "44")))
    assert [one.record for one in told] == ["person-x", "44"]


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("https://wiki.larkfield.test/~jmueller/run", ""),
        ("https://wiki.larkfield.test/~nobodyhere/run", ""),
        ("https://wiki.larkfield.test/%7Enobodyhere/run", ""),
        ("http://wiki.larkfield.test/vdheide", ""),
        ("https://wiki.larkfield.test/runbooks/nightly", "https://wiki.larkfield.test/runbooks/nightly"),
        ("see https://wiki.larkfield.test/vdheide first", "see [link] first"),
    ],
)
def test_a_link_that_leads_to_somebody_is_left_out(pseudonyms: Pseudonyms, link: str, said: str) -> None:
    assert pseudonyms.said(link) == said


def test_a_repository_that_names_somebody_is_left_out_with_its_key(pseudonyms: Pseudonyms) -> None:
    seen = (Evidence("scripts", "scripts"),)
    kept = {"repository": "git: tools/load", "runbook": "https://wiki.larkfield.test/x"}
    named = {"repository": "git: vdheide/load", "runbook": "https://wiki.larkfield.test/~x"}
    for properties, left in ((kept, kept), (named, {})):
        said = pseudonyms.fact(Node(NodeKind.AUTOMATION, "crm/1/automation/5", "Load", seen, properties))
        assert isinstance(said, Node)
        assert dict(said.properties) == left


def test_a_product_that_a_system_told_of_keeps_its_name_and_one_that_somebody_wrote_does_not(
    pseudonyms: Pseudonyms,
) -> None:
    for how, slug, left in (
        (How.OBSERVED, "clay", "clay"),
        (How.INFERRED_KEY, "wolfgangs-mac", f"{token(pseudonyms, 'Wolfgang von der Heide')}-mac"),
    ):
        system = Node(NodeKind.SYSTEM, f"{slug}/1/system/1", "", (Evidence("x", "y", how=how),), {"product": slug})
        said = pseudonyms.fact(system)
        assert isinstance(said, Node)
        assert (said.id, said.properties["product"]) == (f"{left}/1/system/1", left)


def test_somebody_is_found_where_a_device_is_called_after_them(reading: Reading, disguise: Disguise) -> None:
    """The words of katies-mac name no product: they would keep her name in everything else."""
    assert not [node for node in reading.stack.accounts if "kat" in node]
    assert "Katie" not in disguise.text("Katie's list")


FORMS: list[Form] = [
    form for name in ("Li An", "Dana Okafor", "Jan van Dyk", "O'Neill Bo") for form in name_forms(name)
]
FORMS += [Form("kate", frozenset({4}), Use.ANYWHERE), Form("bo", frozenset({2}), Use.TITLED)]
MATCHER = NameMatcher(FORMS)
PIECES = ["dana", "Okafor", "li", "An", "kate", "sheet", "jan", "van", "DYK", "o", "'", "neill", "x", "7"]


@given(st.lists(st.sampled_from([*PIECES, " ", "_", "-", ".", "é"]), max_size=9).map("".join))
@example("jobdanaokaforjob")
@example("xdanaOkafor")
@example("katesheet")
@example("O'Neill")
def test_the_quick_look_never_holds_a_name_back(text: str) -> None:
    if any(MATCHER.matches(read_letters(text))):
        assert MATCHER.may_name(text)


@pytest.mark.parametrize("text", ["Lead router", "crm/1/automation/301A00000000017XYZ", "planet", "available"])
def test_the_quick_look_is_enough_for_most_texts(text: str) -> None:
    assert not MATCHER.may_name(text)
