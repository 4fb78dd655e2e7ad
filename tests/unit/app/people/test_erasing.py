"""Somebody is taken out: of every reading, of every table, of every byte; what hangs on the logins stays."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from stackmap.app.opening import Question, open_reading
from stackmap.app.people.erasing import erase_person, plan_erasure
from stackmap.app.people.leftovers import leftovers
from stackmap.app.workspace import Workspace
from stackmap.errors import UsageError
from stackmap.model import Edge, Node, NodeKind
from tests.functional.cli import inside
from tests.support.notation import notation
from tests.support.workspaces import reading_of

PICTURE = """
    crm/1/account/7:Account {email=ravi.menon@larkfield.test account_type=human last_used=2026-11-01 department=Ops}
    crm/1/account/8:Account {email=dana.okafor@larkfield.test account_type=human}
    crm/1/account/9:Account {email=dana.petrov@larkfield.test account_type=human manager=crm/1/account/7}
    n8n/1/account/menon:Account {email=ravi.menon@larkfield.test account_type=human directory_id=okta/lark:menon}
    crm/1/account/11:Account {email=marketing@larkfield.test account_type=shared}
    staff/44:Person {email=ravi.menon@larkfield.test title=Head}
    crm/1/automation/menon_router:Automation
    crm/1/automation/menon_router -RUNS_AS-> crm/1/account/7
    crm/1/automation/2:Automation {owner_note=Ravis}
    crm/1/automation/2 -RUNS_AS-> n8n/1/account/menon
    coverage crm/1 {kinds=Account state=denied reason=needs-ravi.menon}
"""
NAMES = {
    "crm/1/account/7": "Ravi Menon",
    "crm/1/account/8": "Dana Okafor",
    "crm/1/account/9": "Dana Petrov",
    "crm/1/account/11": "Marketing",
    "n8n/1/account/menon": "Ravi Menon",
    "staff/44": "Menon, Ravi",
    "crm/1/automation/menon_router": "Ravi's router",
    "crm/1/automation/2": "Nightly (RM) by Menon",
}
NOTES = """people:
  rmenon:
    name: Ravi Menon
    emails: [ravi.menon@larkfield.test, ravi@home.test]
    manager: dana-okafor
  dana-okafor: {name: Dana Okafor, emails: dana.okafor@larkfield.test}
accounts:
  crm/1/account/11: {type: shared, holders: [rmenon, dana-okafor]}
things:
  crm/1/automation/2: {owner: rmenon, means: Menon's mails stop}
"""
CLEAN = """people:
  dana-okafor: {name: Dana Okafor, emails: dana.okafor@larkfield.test}
"""
TRACES = re.compile(rb"ravi|menon", re.IGNORECASE)


@pytest.fixture(name="place")
def _place(tmp_path: Path) -> Workspace:
    """Two readings: an earlier one with other names of the same, the latest with the notes."""
    earlier = {**NAMES, "crm/1/account/7": "R. Menon (old)", "crm/1/automation/2": "Menon nightly"}
    reading_of(tmp_path, PICTURE, names=earlier)
    reading_of(tmp_path, PICTURE, names=NAMES, notes=NOTES)
    (tmp_path / "picture.jsonl").unlink()
    return Workspace(tmp_path)


def erased(place: Workspace, who: str = "Ravi Menon") -> None:
    erase_person(place, plan_erasure(place, who), lambda _: None)


@pytest.mark.parametrize("who", ["Ravi Menon", "ravi.menon@larkfield.test", "rmenon", "crm/1/account/7"])
def test_no_byte_of_the_name_is_left_once_the_notes_are_clean_too(place: Workspace, who: str) -> None:
    assert TRACES.search(place.database.read_bytes())
    erased(place, who)
    place.manifest_file.write_text(CLEAN, encoding="utf-8")
    for path in place.folder.iterdir():
        assert not TRACES.search(path.read_bytes()), path.name


def test_the_others_are_as_they_were(place: Workspace) -> None:
    erased(place)
    place.manifest_file.write_text(CLEAN, encoding="utf-8")
    graph = open_reading(place).stack.graph
    assert graph.name("crm/1/account/8") == "Dana Okafor"
    assert graph.name("crm/1/account/9") == "Dana Petrov"
    petrov = graph.get("crm/1/account/9")
    assert petrov
    assert petrov.properties["email"] == "dana.petrov@larkfield.test"
    assert "manager" not in petrov.properties
    shared = graph.get("crm/1/account/11")
    assert shared
    assert shared.properties["email"] == "marketing@larkfield.test"


@pytest.mark.parametrize("number", [1, 2])
def test_the_logins_stay_without_a_name_and_so_does_what_hangs_on_them(place: Workspace, number: int) -> None:
    erased(place)
    place.manifest_file.write_text(CLEAN, encoding="utf-8")
    facts = open_reading(place, Question(number)).snapshot.facts
    nodes = {fact.id: fact for fact in facts if isinstance(fact, Node)}
    login = nodes["crm/1/account/7"]
    assert login.name == "erased login"
    assert {key: value for key, value in login.properties.items() if key != "directory_id"} == {
        "account_type": "human",
        "erased": True,
    }
    runs = [fact for fact in facts if isinstance(fact, Edge)]
    assert len(runs) == 2
    assert all(edge.source in nodes and edge.target in nodes for edge in runs)
    assert not any(node.kind is NodeKind.PERSON for node in nodes.values())


def test_what_would_go_is_told_before_and_nothing_is_changed_by_asking(place: Workspace) -> None:
    before = place.database.read_bytes()
    plan = plan_erasure(place, "Ravi Menon")
    assert (plan.name, plan.readings, plan.logins) == ("Menon, Ravi", 2, 2)
    assert plan.gone == 1
    assert plan.changed >= 6
    assert place.database.read_bytes() == before
    done = erase_person(place, plan, lambda _: None)
    assert (done.gone, done.changed) == (plan.gone, plan.changed)


def test_the_notes_stored_with_readings_name_nobody_either_and_are_understood(place: Workspace) -> None:
    erased(place)
    manifest = open_reading(place, Question(2)).snapshot.manifest
    assert not TRACES.search(manifest.encode())
    assert "Dana Okafor" in manifest
    assert open_reading(place, Question(1)).manifest is not None


def test_what_no_command_erases_is_listed_by_line_and_file(place: Workspace) -> None:
    (place.folder / "report.html").write_text("<p>Ravi Menon</p>", encoding="utf-8")
    (place.folder / "other.html").write_text("<p>Dana</p>", encoding="utf-8")
    plan = plan_erasure(place, "Ravi Menon")
    erase_person(place, plan, lambda _: None)
    left = leftovers(place, plan)
    assert left.lines == (2, 3, 4, 8, 10)
    assert left.files == ("report.html",)


def test_files_below_in_other_encodings_and_called_after_somebody_are_listed_too(place: Workspace) -> None:
    (place.folder / "lists" / ".git").mkdir(parents=True)
    (place.folder / "lists" / ".git" / "config").write_text("ravi menon", encoding="utf-8")
    (place.folder / "lists" / "staff.csv").write_text("4711,Menon,Ravi", encoding="utf-8")
    (place.folder / "lists" / "other.csv").write_text("4712,Okafor,Dana", encoding="utf-8")
    (place.folder / "u16.csv").write_text("Ravi Menon", encoding="utf-16")
    (place.folder / "Menon list.csv").write_text("nothing", encoding="utf-8")
    (place.folder / "old.xlsx").write_bytes(b"PK\x03\x04\x00\x00")
    left = leftovers(place, plan_erasure(place, "Ravi Menon"))
    assert left.files == ("Menon list.csv", "u16.csv", "lists/staff.csv")
    assert left.unread == ("old.xlsx", "lists/.git")


def test_lines_that_name_somebody_by_key_or_nickname_are_listed(place: Workspace) -> None:
    more = "systems:\n  sheet: {name: The sheet, owner: rmenon, means: ask Ravi}\n"
    place.manifest_file.write_text(NOTES + more, encoding="utf-8")
    assert leftovers(place, plan_erasure(place, "Ravi Menon")).lines == (2, 3, 4, 8, 10, 12)


DIRECTORY = """
    scim/1/system/1:System {directory=true}
    scim/1/account/5:Account {email=owen@larkfield.test account_type=human active=false}
    scim/1/account/5 -PART_OF-> scim/1/system/1
    scim/1/group/2:Group
    scim/1/account/5 -MEMBER_OF-> scim/1/group/2
    staff/4711:Person {email=owen@larkfield.test}
    coverage scim/1 {kinds=Account state=complete}
"""


def test_the_employee_number_under_which_a_directory_lists_who_has_left_goes_too(tmp_path: Path) -> None:
    lines = [
        line | ({"evidence": {"inventory": "users", "record": "4711"}} if "account/5" in str(line) else {})
        for line in notation(DIRECTORY)
    ]
    (tmp_path / "scim.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert inside("import", "scim.jsonl", cwd=tmp_path).code == 0
    place = Workspace(tmp_path)
    assert "4711" in {seen.record for fact in open_reading(place).snapshot.facts for seen in fact.evidence}
    erased(place, "owen@larkfield.test")
    assert not [fact for fact in open_reading(place).snapshot.facts if "4711" in str(fact.evidence)]


@pytest.mark.parametrize("who", ["Nobody Here", "Dana"])
def test_who_is_not_clearly_meant_is_not_erased(place: Workspace, who: str) -> None:
    with pytest.raises(UsageError):
        plan_erasure(place, who)


def test_somebody_who_is_only_in_an_earlier_reading_is_found(place: Workspace) -> None:
    remaining = "crm/1/account/8:Account {email=dana.okafor@larkfield.test account_type=human}"
    reading_of(place.folder, remaining, notes=CLEAN)
    (place.folder / "picture.jsonl").unlink()
    erased(place, "ravi.menon@larkfield.test")
    for path in place.folder.iterdir():
        assert not TRACES.search(path.read_bytes()), path.name


def test_without_a_terminal_nobody_is_erased_unasked(place: Workspace) -> None:
    before = place.database.read_bytes()
    done = inside("people", "erase", "Ravi Menon", cwd=place.folder)
    assert done.code == 2
    assert "--yes" in done.notes
    assert place.database.read_bytes() == before


def test_the_command_says_what_is_left_to_do(place: Workspace) -> None:
    (place.folder / "map.html").write_text("Ravi Menon", encoding="utf-8")
    done = inside("people", "erase", "ravi.menon@larkfield.test", "--yes", cwd=place.folder)
    assert done.code == 0, done.notes
    told = " ".join(done.out.split())
    assert "stack.yaml still names them, in line 2, 3, 4, 8, 10" in told
    assert "map.html" in told
    assert "The systems still have them" in told
    assert "2 logins, in 2 readings" in done.notes


def test_what_they_use_beside_their_own_is_told_and_stays(place: Workspace) -> None:
    """`people show` counts it, so whoever compares the two would miss one."""
    plan = plan_erasure(place, "ravi.menon@larkfield.test")
    assert (plan.logins, plan.shared) == (2, ("Marketing in crm/1",))
    told = inside("people", "erase", "ravi.menon@larkfield.test", "--dry-run", cwd=place.folder).out
    assert "2 logins, in 2 readings stored here.\nNot theirs alone, so stays as read: Marketing in crm/1.\n" in told
