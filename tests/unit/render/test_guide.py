"""The guide as a document."""

from dataclasses import replace

from stackmap.render.document import Bullets, Document, Heading, Table
from stackmap.render.document_markdown import document_markdown
from stackmap.render.guide import ASKING, guide_document
from stackmap.render.guide_page import Asked, Flow, Gone, Guide, LeaveAlone, Room, Tape, Taped, TapedGroup, Tied
from stackmap.render.sight_words import ReadSource

GUIDE = Guide(
    read_on="22 Nov 2026",
    sources=(ReadSource("crm", ("CRM",), "22 Nov 2026", "Lena Vogt", 1, 2),),
    unread=1,
    rooms=(Room("CRM", "sales stops", "1 hour", "2 automations"), Room("Sheets", "", "", "nothing that was read")),
    flows=(Flow(("Sheets",), ("CRM",), ("Upload",)), Flow((), ("CRM", "Sheets"), ("Form", "Sync"))),
    inside=3,
    ask_systems=(Asked("CRM", "", ("Ravi",), ("Mia",), ("Ravi",)), Asked("Sheets", "", (), (), None)),
    ask_things=(Asked("Upload", "Sheets", ("Ops",), (), runbook="https://wiki.test/upload"),),
    leave_alone=(LeaveAlone("svc-sync", "CRM", "login of a program", (), "things run as it"),),
    tape=(
        TapedGroup(Tape.BROKEN, (Taped("Digest", "CRM", "this automation does not work", "", False),), 0),
        TapedGroup(
            Tape.RUNS_AS,
            (
                Taped("Upload", "Sheets", "no leads", "1 day", True),
                Taped("Form", "CRM", "this link stops working", "", False),
            ),
            4,
        ),
    ),
    tasks=("Find out what Sheets is for.",),
)
EMPTY = Guide("22 Nov 2026", (), 0, (), (), 0, (), (), (), (), ())


def rows(document: Document, key: str) -> list[tuple[str, ...]]:
    (section,) = (section for section in document.sections if section.key == key)
    tables = [block for block in section.blocks if isinstance(block, Table)]
    return [tuple(cell.text for cell in row) for table in tables for row in table.rows]


def test_the_stack_fits_on_a_page_and_says_what_is_not_known() -> None:
    assert rows(guide_document(GUIDE), "stack") == [
        ("CRM", "sales stops", "2 automations"),
        ("Sheets", "not written down yet", "nothing that was read"),
        ("Sheets", "CRM", "Upload"),
        ("not known", "CRM, Sheets", "Form and Sync"),
        ("crm", "CRM", "22 Nov 2026", "1 of 2"),
    ]


def test_who_read_it_is_nobody_to_ask_and_is_not_named() -> None:
    assert "Lena" not in document_markdown(guide_document(GUIDE))


def test_people_to_ask_are_told_with_what_is_not_known() -> None:
    assert rows(guide_document(GUIDE), ASKING) == [
        ("CRM", "Ravi", "Mia", "Ravi"),
        ("Sheets", "not written down yet", "–", "their list was not read"),
        ("Upload", "Ops", "–", "open"),
    ]
    assert "[open](<https://wiki.test/upload>)" in document_markdown(guide_document(GUIDE))


def test_of_whoever_is_written_down_and_gone_it_is_said_without_a_name() -> None:
    asked = (Asked("Load", "", (), (), owners_gone=Gone.LEFT, backups_gone=Gone.LOGIN_OFF),)
    assert rows(guide_document(replace(EMPTY, ask_things=asked)), ASKING) == [
        ("Load", "whoever is written down has left", "the login of whoever is written down is off or frozen", "")
    ]


def test_a_login_of_which_nothing_is_known_is_not_called_unused() -> None:
    ((_, _, runs, _),) = rows(guide_document(GUIDE), "logins")
    assert runs == "nothing that was read; that is no proof"


def test_what_hangs_on_a_login_is_told_by_how_it_does() -> None:
    hangs = ((Tied.RUNS_AS, ("Digest",)), (Tied.SIGNS_IN, ("Form", "Sync")), (Tied.ALARMS, ("Upload", "Batch")))
    login = LeaveAlone("a personal login", "CRM", "switched off", hangs, "these still point to it")
    ((_, _, told, _),) = rows(guide_document(replace(GUIDE, leave_alone=(login,))), "logins")
    assert told == (
        "Digest runs as it; Form and Sync sign in with what it authorised; the alarms of Upload and Batch come to it"
    )


def test_tape_is_told_by_kind_with_what_one_sees_and_what_is_not_shown_is_counted() -> None:
    assert rows(guide_document(GUIDE), "tape") == [("no leads", "Upload"), ("this link stops working", "Form")]
    text = document_markdown(guide_document(GUIDE))
    assert "### Runs as one person's login" in text
    assert "And 4 more of the kind." in text


def test_where_nobody_wrote_down_what_one_sees_the_things_are_named_alone() -> None:
    (section,) = (section for section in guide_document(GUIDE).sections if section.key == "tape")
    assert Heading("Does not work at present") in section.blocks
    assert Bullets(("Digest (CRM)",)) in section.blocks


def test_only_an_owner_that_there_is_can_be_asked_for_administrators() -> None:
    owned, loose = Asked("CRM", "", ("Ravi",), (), ()), Asked("Sheets", "", (), (), ())
    told = rows(guide_document(replace(GUIDE, ask_systems=(owned, loose), ask_things=())), ASKING)
    assert [row[3] for row in told] == ["none is known; ask the owner", "none is known"]


def test_the_to_do_list_can_be_ticked_off() -> None:
    (section,) = (section for section in guide_document(GUIDE).sections if section.key == "open")
    assert Bullets(("Find out what Sheets is for.",), tasks=True) in section.blocks


def test_an_empty_guide_says_so_and_promises_nothing() -> None:
    text = document_markdown(guide_document(EMPTY))
    assert "There may be some all the same." in text
    assert "Everything that this guide asks for is written down." in text
