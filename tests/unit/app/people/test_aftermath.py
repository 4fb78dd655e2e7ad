"""What erasing somebody would hide is told before: open doors, findings, and lines of the notes that it cuts off."""

from pathlib import Path

import pytest

from stackmap.app.opening import Reading, open_reading
from stackmap.app.people.aftermath import aftermath
from stackmap.app.people.erasing import erase_person, plan_erasure
from stackmap.app.workspace import Workspace
from stackmap.rules import Case, evaluate
from tests.functional.cli import contents, inside
from tests.support.workspaces import reading_of

OWEN = "o.brandt@fernhill.test"
PICTURE = f"""
    staff/6:Person {{email={OWEN} active=ACTIVE}}
    crm/1/system/1:System
    mail/1/system/1:System
    crm/1/account/7:Account {{email={OWEN} account_type=human active=true}}
    mail/1/account/brandt:Account {{email={OWEN} account_type=human active=true}}
    crm/1/account/7 -PART_OF-> crm/1/system/1
    mail/1/account/brandt -PART_OF-> mail/1/system/1
    crm/1/automation/2:Automation
    crm/1/automation/2 -PART_OF-> crm/1/system/1
    mail/1/automation/3:Automation
    mail/1/automation/3 -PART_OF-> mail/1/system/1
    mail/1/automation/3 -RUNS_AS-> mail/1/account/brandt {{deactivated=stops/certain}}
    coverage crm/1 {{kinds=Account,Automation state=complete}}
"""
NOTES = """systems:
  crm: {product: crm, tenant: "1"}
facts:
  - kind: RUNS_AS
    from: crm/1/automation/2
    to: mail/1/account/brandt
    outcome: stops
"""
NAMES = {"staff/6": "Owen Brandt", "crm/1/account/7": "Owen Brandt", "mail/1/account/brandt": "Owen Brandt"}


@pytest.fixture(name="place")
def _place(tmp_path: Path) -> Workspace:
    """Somebody who has left, with two logins that are on; one has an id that holds the name, and the notes name it."""
    reading_of(tmp_path, PICTURE.replace("ACTIVE", "false"), names=NAMES, notes=NOTES)
    (tmp_path / "picture.jsonl").unlink(missing_ok=True)
    return Workspace(tmp_path)


def codes(reading: Reading) -> list[str]:
    return sorted(one.code for one in evaluate(Case(reading.analysis(), reading.policy)).findings)


def test_the_door_that_is_open_is_told_before_it_cannot_be_found_any_more(place: Workspace) -> None:
    told = aftermath(place, plan_erasure(place, "Owen Brandt"))
    assert [one.code for one in told.still_open] == ["OO11", "OO11"]
    done = inside("people", "erase", "Owen Brandt", "--yes", cwd=place.folder)
    assert done.code == 0, done.notes
    assert "nobody can find this any more: close it first" in done.notes
    assert done.notes.count("OO11 · the login") == 2


def test_of_somebody_who_is_here_nothing_is_said_to_be_open(tmp_path: Path) -> None:
    reading_of(tmp_path, PICTURE.replace("ACTIVE", "true"), names=NAMES)
    place = Workspace(tmp_path)
    assert aftermath(place, plan_erasure(place, "Owen Brandt")).still_open == ()
    assert "Still open" not in inside("people", "erase", "Owen Brandt", "--dry-run", cwd=tmp_path).out


def test_a_dry_run_says_everything_and_changes_no_byte(place: Workspace) -> None:
    before = contents(place.folder)
    done = inside("people", "erase", "Owen Brandt", "--dry-run", cwd=place.folder)
    assert (done.code, contents(place.folder)) == (0, before)
    for words in ("would lose their name", "Still open because they have left", "in line 6", "Nothing was changed."):
        assert words in done.out


def test_a_line_of_the_notes_that_meets_nothing_any_more_is_told_with_what_to_write(place: Workspace) -> None:
    plan = plan_erasure(place, "Owen Brandt")
    (torn,) = aftermath(place, plan).torn
    assert torn.line == 6
    erase_person(place, plan, lambda _: None)
    notes = place.manifest_file.read_text(encoding="utf-8")
    place.manifest_file.write_text(notes.replace("mail/1/account/brandt", torn.now), encoding="utf-8")
    stack = open_reading(place).stack
    assert [link.target for link in stack.graph.out("crm/1/automation/2") if link.target in stack.accounts] == [
        torn.now
    ]


def test_what_ran_as_their_login_is_found_as_before(tmp_path: Path) -> None:
    reading_of(tmp_path, PICTURE.replace("ACTIVE", "true"), names=NAMES, notes="people: {}\n")
    place = Workspace(tmp_path)
    before = codes(open_reading(place))
    assert "PA02" in before
    erase_person(place, plan_erasure(place, "Owen Brandt"), lambda _: None)
    assert codes(open_reading(place)) == before


def test_two_logins_of_an_erased_person_stay_one_persons_and_say_that_they_are_on(place: Workspace) -> None:
    place.manifest_file.write_text("people: {}\n", encoding="utf-8")
    erase_person(place, plan_erasure(place, "Owen Brandt"), lambda _: None)
    (person,) = open_reading(place).stack.people
    assert len(open_reading(place).stack.accounts_of[person]) == 2
    shown = inside("people", cwd=place.folder).out
    assert " ".join(shown.split()).count("erased login · human · on · of one person, whose name was erased") == 2


def test_an_import_is_named_among_what_brings_somebody_back(place: Workspace) -> None:
    done = inside("people", "erase", "Owen Brandt", "--yes", cwd=place.folder)
    assert "the next `stackmap collect` or `stackmap import` reads them again" in done.out
