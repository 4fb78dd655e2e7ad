"""The newcomer's guide: colleagues are people to ask, and nothing else."""

from pathlib import Path

import pytest

from stackmap.app.guide.guiding import newcomers_guide
from stackmap.render.document_markdown import document_markdown
from stackmap.render.guide import ASKING, guide_document
from stackmap.render.guide_page import Gone, Guide, Tape, Tied
from tests.support.workspaces import reading_of

STOPS = "{outcome=stops certainty=certain}"
COMPANY = f"""
    crm/prod/system/prod:System
    crm/prod/account/1:Account {{email=dana.okafor@larkfield.test}}
    crm/prod/account/2:Account {{email=owen.blake@larkfield.test active=false}}
    crm/prod/account/3:Account {{account_type=integration}}
    crm/prod/account/4:Account {{account_type=shared}}
    crm/prod/account/5:Account {{account_type=unknown}}
    crm/prod/account/6:Account {{account_type=integration active=false}}
    crm/prod/account/1 -ADMINISTERS-> crm/prod/system/prod
    crm/prod/account/2 -ADMINISTERS-> crm/prod/system/prod
    crm/prod/automation/a:Automation -PART_OF-> crm/prod/system/prod
    crm/prod/automation/b:Automation -PART_OF-> crm/prod/system/prod
    crm/prod/automation/c:Automation -PART_OF-> crm/prod/system/prod
    crm/prod/automation/d:Automation -PART_OF-> crm/prod/system/prod
    crm/prod/automation/a -RUNS_AS-> crm/prod/account/1 {STOPS}
    crm/prod/automation/b -RUNS_AS-> crm/prod/account/2 {STOPS}
    crm/prod/automation/c -RUNS_AS-> crm/prod/account/3 {STOPS}
    crm/prod/automation/d -RUNS_AS-> crm/prod/account/5 {STOPS}
    coverage crm/prod {{inventory=users kinds=Account,ADMINISTERS}}
    coverage crm/prod {{inventory=jobs kinds=Automation,RUNS_AS}}
"""
PERSON = """
    crm/prod/account/1:Account {account_type=human}
    dana:Person -HAS_ACCOUNT-> crm/prod/account/1
    coverage crm/prod {inventory=jobs kinds=Automation,Integration,RUNS_AS,AUTHORIZED_BY,OWNED_BY}
"""
TAPED = f"""
    {PERSON}
    crm/prod/automation/a:Automation -OWNED_BY-> crm/prod/account/1 {STOPS}
    crm/prod/integration/b:Integration {{app_kind=agent}}
    crm/prod/integration/b -AUTHENTICATES_WITH-> crm/prod/grant/g:Grant
    crm/prod/grant/g -AUTHORIZED_BY-> crm/prod/account/1 {STOPS}
"""
LEFTOVER = f"""
    crm/prod/account/2:Account {{account_type=human active=false}}
    crm/prod/group/g:Group
    crm/prod/account/2 -MEMBER_OF-> crm/prod/group/g
    crm/prod/automation/c:Automation -NOTIFIES-> crm/prod/account/2
    crm/prod/automation/d:Automation -NOTIFIES-> crm/prod/account/2
    crm/prod/automation/d -RUNS_AS-> crm/prod/account/2 {STOPS}
    crm/prod/automation/q:Automation -ROUTES_TO-> crm/prod/group/g {STOPS}
    crm/prod/automation/w:Automation -ROUTES_TO-> crm/prod/account/2 {STOPS}
    crm/prod/integration/i:Integration -AUTHENTICATES_WITH-> crm/prod/grant/g:Grant
    crm/prod/grant/g -AUTHORIZED_BY-> crm/prod/account/2 {STOPS}
"""
FLOWS = """
    crm/prod/system/prod:System
    mail/x/system/x:System
    crm/prod/automation/w:Automation -PART_OF-> crm/prod/system/prod
    crm/prod/automation/r:Automation -PART_OF-> crm/prod/system/prod
    crm/prod/automation/i:Automation -PART_OF-> crm/prod/system/prod
    crm/prod/integration/c:Integration -PART_OF-> crm/prod/system/prod
    crm/prod/automation/w -WRITES_TO-> mail/x/system/x
    crm/prod/automation/r -READS_FROM-> mail/x/system/x
    crm/prod/automation/i -WRITES_TO-> crm/prod/system/prod
    crm/prod/integration/c -CONNECTS-> mail/x/system/x
"""
LEFT = """
    ann:Person {email=ann@larkfield.test active=false}
    crm/prod/account/2:Account {email=bea@larkfield.test active=false}
    crm/prod/account/3:Account {email=cid@larkfield.test}
    crm/prod/automation/load:Automation
    crm/prod/automation/list:Automation
"""
NAMES = {
    "crm/prod/system/prod": "CRM",
    "crm/prod/account/1": "Dana Okafor",
    "crm/prod/account/2": "Owen Blake",
    "crm/prod/account/3": "Karen Smith",
    "crm/prod/account/4": "marketing",
    "crm/prod/account/5": "Console",
    "crm/prod/account/6": "old sync",
    "crm/prod/automation/a": "Dana's lead list",
    "crm/prod/automation/b": "Blake, Owen: digest",
    "crm/prod/automation/c": "Nightly sync",
    "crm/prod/automation/d": "Export",
}
WRITTEN = """
people:
  bea: {name: Bea, emails: bea@larkfield.test}
  cid: {name: Cid, emails: cid@larkfield.test}
teams:
  past: {name: Past, members: [ann@larkfield.test]}
systems:
  crm: {name: CRM, product: crm, tenant: prod, owner: ann@larkfield.test}
  mail: {name: Mail, owner: past, backup: ann@larkfield.test}
  sheets: {name: Sheets}
things:
  crm/prod/automation/load: {owner: bea}
  crm/prod/automation/list: {owner: [ann@larkfield.test, cid]}
"""
NOTES = """
people:
  dana: {name: Dana Okafor, emails: dana.okafor@larkfield.test}
  owen: {name: Owen Blake, emails: owen.blake@larkfield.test}
  mia: {name: Mia Sorensen}
teams:
  ops: {name: Ops, members: [dana, owen]}
systems:
  crm: {name: CRM, product: crm, tenant: prod, owner: [ops, owen], backup: mia}
  sheets: {name: Sheets, owner: owen}
links:
  upload:
    {name: Upload of Mia Sorensen, from: sheets, to: crm, runs_as: mia, if_switched_off: stops, means: ask Mia Sorensen}
"""


@pytest.fixture(name="guide")
def _guide(tmp_path: Path) -> Guide:
    return newcomers_guide(reading_of(tmp_path, COMPANY, names=NAMES, notes=NOTES))


def test_only_those_who_are_still_here_are_people_to_ask(guide: Guide) -> None:
    asked = {one.name: one for one in guide.ask_systems}
    assert asked["CRM"].owners == ("Ops (Dana Okafor)",)
    assert asked["CRM"].backups == ("Mia Sorensen",)
    assert asked["CRM"].administrators == ("Dana Okafor",)
    assert asked["Sheets"].owners == ()


def test_an_owner_who_has_left_is_not_told_as_never_written_down(tmp_path: Path) -> None:
    guide = newcomers_guide(reading_of(tmp_path, LEFT, notes=WRITTEN))
    told = {one.name: (one.owners, one.owners_gone) for one in (*guide.ask_systems, *guide.ask_things)}
    assert told == {
        "CRM": ((), Gone.LEFT),
        "Mail": ((), Gone.LEFT),
        "crm/prod/automation/load": ((), Gone.LOGIN_OFF),
        "crm/prod/automation/list": (("Cid",), None),
        "Sheets": ((), None),
    }
    assert "whoever is written down has left" in document_markdown(guide_document(guide))


def test_whoever_answers_now_is_asked_for_and_not_who_stands_in_for_somebody_gone(tmp_path: Path) -> None:
    guide = newcomers_guide(reading_of(tmp_path, LEFT, notes=WRITTEN))
    gone = "now: whoever is written down has left, or their login is off."
    assert f"Find out who answers for CRM and Mail {gone}" in guide.tasks
    assert f"Find out who looks after crm/prod/automation/load {gone}" in guide.tasks
    assert "Find out who answers for Sheets, and who stands in." in guide.tasks
    assert not any(task.startswith("Ask who stands in") for task in guide.tasks)


def test_administrators_that_were_not_read_are_not_said_to_be_none(guide: Guide) -> None:
    assert [one.administrators for one in guide.ask_systems if one.name == "Sheets"] == [None]


def test_logins_to_leave_alone_are_those_of_nobody_in_person(guide: Guide) -> None:
    told = {one.name: (one.what, dict(one.hangs)) for one in guide.leave_alone}
    assert told == {
        "Karen Smith": ("login of a program", {Tied.RUNS_AS: ("Nightly sync",)}),
        "marketing": ("shared login", {}),
        "Console": ("not known: a program's or a person's", {Tied.RUNS_AS: ("Export",)}),
        "a personal login": ("switched off", {Tied.RUNS_AS: ("a colleague: digest",)}),
    }


def test_of_what_only_sends_its_alarms_to_a_login_it_is_not_said_that_it_runs_as_it(tmp_path: Path) -> None:
    (told,) = newcomers_guide(reading_of(tmp_path, LEFTOVER, names=NAMES)).leave_alone
    assert told.hangs == (
        (Tied.RUNS_AS, ("Export",)),
        (Tied.SIGNS_IN, ("crm/prod/integration/i",)),
        (Tied.WORK, ("crm/prod/automation/w",)),
        (Tied.QUEUE, ("crm/prod/automation/q",)),
        (Tied.ALARMS, ("Nightly sync",)),
    )


def test_a_login_that_is_off_is_not_said_to_be_one_that_may_be_deleted(tmp_path: Path) -> None:
    (told,) = newcomers_guide(reading_of(tmp_path, LEFTOVER, names=NAMES)).leave_alone
    assert "delete" not in told.why
    assert told.why.endswith("nothing may be done to it before they point elsewhere")


def test_a_programs_login_that_looks_like_an_ex_employees_is_said_to_be_none(guide: Guide) -> None:
    why = {one.name: one.why for one in guide.leave_alone}
    assert "reads like a person's" in why["Karen Smith"]
    assert "reads like" not in why["marketing"]


@pytest.mark.parametrize(("name", "like"), [("Karen Smith", True), ("Data Load", False), ("Ana de la Cruz", True)])
def test_a_program_that_is_called_after_what_it_does_is_not_said_to_look_like_a_person(
    tmp_path: Path, name: str, like: bool
) -> None:
    reading = reading_of(
        tmp_path, "crm/prod/account/3:Account {account_type=integration}", names={"crm/prod/account/3": name}
    )
    (told,) = newcomers_guide(reading).leave_alone
    assert ("reads like a person's" in told.why) is like


def test_tape_says_what_one_sees_and_by_kind_what_is_meant_and_whom_it_hangs_on_to_nobody(guide: Guide) -> None:
    told = {(group.what, one.name): (one.sees, one.told) for group in guide.tape for one in group.things}
    assert told == {
        (Tape.BROKEN, "a colleague: digest"): ("this automation does not work", False),
        (Tape.RUNS_AS, "a colleague's lead list"): ("this automation stops working", False),
        (Tape.RUNS_AS, "Upload of a colleague"): ("ask a colleague", True),
    }


def test_tape_of_a_personal_space_and_of_a_persons_token_are_told_apart(tmp_path: Path) -> None:
    guide = newcomers_guide(reading_of(tmp_path, TAPED))
    told = {group.what: [one.sees for one in group.things] for group in guide.tape}
    assert told == {
        Tape.SPACE: ["this automation stops working"],
        Tape.SIGNS_IN: ["this agent stops working"],
    }


def test_of_a_long_list_the_first_are_shown_and_the_rest_is_counted(tmp_path: Path) -> None:
    many = "\n".join(f"crm/prod/automation/{at}:Automation -RUNS_AS-> crm/prod/account/1 {STOPS}" for at in range(9))
    guide = newcomers_guide(reading_of(tmp_path, f"{many}\n{PERSON}"))
    assert [(len(group.things), group.more) for group in guide.tape] == [(6, 3)]


def test_what_nobody_wrote_down_is_a_to_do_list(guide: Guide) -> None:
    assert "Write down what the business would notice without CRM and Sheets." in guide.tasks
    assert "Find out who or what uses the login “Console” in CRM. What hangs on it: Export." in guide.tasks


def test_no_name_stands_anywhere_but_among_the_people_to_ask(guide: Guide) -> None:
    text = document_markdown(guide_document(guide))
    parts = {part.partition("\n")[0]: part for part in text.split("\n## ")}
    asking = [section.title for section in guide_document(guide).sections if section.key == ASKING]
    assert [title for title in parts if title in asking] == asking
    rest = " ".join(part for title, part in parts.items() if title not in asking)
    assert [word for word in ("Dana", "Okafor", "Owen", "Blake", "Mia", "Sorensen") if word in rest] == []
    assert "Dana Okafor" in parts[asking[0]]


def test_leavers_stand_nowhere_at_all(guide: Guide) -> None:
    assert "Owen" not in document_markdown(guide_document(guide))


def test_a_flow_is_told_from_where_to_where(guide: Guide) -> None:
    assert [(one.origins, one.targets, one.through) for one in guide.flows] == [
        (("Sheets",), ("CRM",), ("Upload of a colleague",))
    ]
    assert guide.inside == 4


def test_what_an_automation_writes_comes_from_where_it_runs_and_one_system_alone_is_no_flow(tmp_path: Path) -> None:
    guide = newcomers_guide(reading_of(tmp_path, FLOWS))
    assert [(one.origins, one.targets, one.through) for one in guide.flows] == [
        (("crm/prod/system/prod",), ("mail/x/system/x",), ("crm/prod/automation/w",)),
        (("mail/x/system/x",), ("crm/prod/system/prod",), ("crm/prod/automation/r",)),
    ]
    assert guide.inside == 2


def test_an_empty_workspace_still_has_a_guide(tmp_path: Path) -> None:
    guide = newcomers_guide(reading_of(tmp_path, "x:Person"))
    text = document_markdown(guide_document(guide))
    assert "No system was read yet" in text
    assert "Nothing that was read is known to be held together with tape." in text
