"""The staff list: one person a row, judged together, and nobody's future told."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from stackmap.declared.tables import OUR_KINDS, Taken, find_kind, read_table, take_facts
from stackmap.declared.tables.staff_shape import CLOSED
from stackmap.errors import ConfigError
from stackmap.model import Edge, EdgeKind, Node, NodeKind
from stackmap.sdk import Scope

STAFF = find_kind(OUR_KINDS, "staff-list")
TODAY = date(2026, 11, 22)
AT = Scope("files", "unknown", "staff-list", "people", datetime(2026, 10, 3, tzinfo=UTC), {}, "salt")


def taken(folder: Path, *lines: str) -> Taken:
    file = folder / "staff.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return take_facts(read_table(file, [STAFF], kind=STAFF), AT, TODAY)


def people(found: Taken) -> dict[str, Node]:
    return {fact.id: fact for fact in found.facts if isinstance(fact, Node) and fact.kind is NodeKind.PERSON}


def edges(found: Taken, kind: EdgeKind) -> set[tuple[str, str]]:
    return {(fact.source, fact.target) for fact in found.facts if isinstance(fact, Edge) and fact.kind is kind}


def reasons(found: Taken) -> list[tuple[int, str]]:
    return [(bad.number, bad.reason) for bad in found.bad]


HEAD = "Employee ID,Name,Work Email,Job Title,Status,Hire Date,Termination Date"


def test_a_row_becomes_a_person_with_what_the_list_says(tmp_path: Path) -> None:
    head = "Employee ID,Worker,Work Email,Other Emails,Job Title,Department,Team,Worker Status,Hire Date"
    found = taken(tmp_path, head, '4711,"Okafor, Dana",d@acme.test,a@acme.test;b@acme.test,Lead,GTM,Ops,On Leave,')
    person = people(found)["staff/4711"]
    assert (person.name, dict(person.properties)) == (
        "Dana Okafor",
        {
            "email": "d@acme.test",
            "title": "Lead",
            "department": "GTM",
            "aliases": ["a@acme.test", "b@acme.test"],
            "active": True,
        },
    )
    assert edges(found, EdgeKind.MEMBER_OF) == {("staff/4711", "team/ops")}
    assert {fact.name for fact in found.facts if isinstance(fact, Node)} == {"Dana Okafor", "Ops"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Okafor, Dana", "Dana Okafor"), ("Dana Kim, PhD", "Dana Kim, PhD"), ("Dana Okafor", "Dana Okafor")],
)
def test_the_first_name_comes_first(tmp_path: Path, name: str, shown: str) -> None:
    found = taken(tmp_path, HEAD, f'1,"{name}",d@acme.test,,,,')
    assert people(found)["staff/1"].name == shown


def test_a_person_without_number_has_an_id_that_shows_no_address(tmp_path: Path) -> None:
    found = taken(tmp_path, "First Name,Last Name,Email", "Dana,Okafor,Dana@acme.test")
    (person,) = people(found)
    assert person == f"staff/{AT.hashed('dana@acme.test')}"
    assert all("@" not in evidence.record for fact in found.facts for evidence in fact.evidence)


def test_a_number_that_is_an_address_is_hashed(tmp_path: Path) -> None:
    (person,) = people(taken(tmp_path, HEAD, "d@acme.test,Dana,,,,,"))
    assert person == f"staff/{AT.hashed('d@acme.test')}"


def test_a_row_needs_a_name_and_something_to_know_the_person_by(tmp_path: Path) -> None:
    found = taken(tmp_path, HEAD, "1,,d@acme.test,,,,", ",Dana,,,,,", "3,Lee,,,,,", "4,Kim,,,sleeping,,")
    assert reasons(found) == [
        (2, "this row has no name"),
        (3, "this row has neither an e-mail address nor an employee number"),
        (
            5,
            f"column 'Status': 'sleeping' {CLOSED['status']}",
        ),
    ]
    assert list(people(found)) == ["staff/3"]


@pytest.mark.parametrize(
    ("word", "here"),
    [
        *(
            (word, True)
            for word in ("Active", "Aktiv", "Elternzeit", "Actif", "En congé", "Activo", "Alta", "Baja médica")
        ),
        *((word, False) for word in ("Left", "Ausgetreten", "Ausgeschieden", "Parti", "Sortie", "Cesado", "Jubilada")),
    ],
)
def test_who_is_here_may_be_said_in_four_languages(tmp_path: Path, word: str, here: bool) -> None:
    found = taken(tmp_path, HEAD, f"1,Dana,d@acme.test,,{word},,")
    assert [node.properties.get("active") for node in people(found).values()] == [here]


@pytest.mark.parametrize("word", ["gekündigt", "notice period"])
def test_a_word_for_notice_is_none_that_is_known(tmp_path: Path, word: str) -> None:
    assert people(taken(tmp_path, HEAD, f"1,Dana,d@acme.test,,{word},,")) == {}


def test_a_last_day_settles_a_status_that_says_nothing(tmp_path: Path) -> None:
    found = taken(tmp_path, HEAD, "1,Dana,d@acme.test,,Full-Time,,2026-06-30")
    assert [node.properties.get("active") for node in people(found).values()] == [False]


@pytest.mark.parametrize("word", ["Inactive", "Inaktiv", "Inactif", "Baja"])
def test_inactive_alone_may_be_a_leave_and_is_asked_about(tmp_path: Path, word: str) -> None:
    head = f"{HEAD},Is Terminated"
    found = taken(
        tmp_path,
        head,
        f"1,Either,e@acme.test,,{word},,,",
        f"2,Gone,g@acme.test,,{word},,2026-06-30,",
        f"3,Off,o@acme.test,,{word},,,yes",
        f"4,No,n@acme.test,,{word},,,no",
        f"5,Soon,s@acme.test,,{word},,2026-12-31,",
    )
    asked = (
        "the status may mean somebody who has left or somebody on leave: write left or on leave, or add the last day"
    )
    assert reasons(found) == [(2, asked), (5, asked)]
    here = {node.name: node.properties.get("active") for node in people(found).values()}
    assert here == {"Gone": False, "Off": False, "Soon": True}


def test_who_has_left_is_off_and_who_leaves_later_looks_like_everybody_else(tmp_path: Path) -> None:
    found = taken(
        tmp_path,
        HEAD,
        "1,Past,p@acme.test,,Terminated,,2026-06-30",
        "2,Yesterday,y@acme.test,,,,2026-11-21",
        "3,Today,t@acme.test,,Active,,2026-11-22",
        "4,Soon,s@acme.test,,Terminated,,2026-12-31",
        "5,Here,h@acme.test,,Active,,",
        "6,Gone,g@acme.test,,Terminated,,",
    )
    said = {
        node.name: (node.properties.get("active"), node.properties.get("left_on")) for node in people(found).values()
    }
    assert said == {
        "Past": (False, "2026-06-30"),
        "Yesterday": (False, "2026-11-21"),
        "Today": (True, None),
        "Soon": (True, None),
        "Here": (True, None),
        "Gone": (False, None),
    }
    assert found.notes == ("2 end dates in the future were not stored",)
    assert "2026-12-31" not in repr(found)


def test_a_first_day_after_the_last_one_is_that_of_somebody_hired_again(tmp_path: Path) -> None:
    found = taken(
        tmp_path,
        HEAD,
        "1,Again,a@acme.test,,Active,2025-05-01,2024-01-01",
        "2,Silent,s@acme.test,,,2025-05-01,2024-01-01",
        "3,Gone Again,g@acme.test,,Terminated,2025-05-01,2024-01-01",
    )
    said = {node.name: (node.properties.get("active"), "left_on" in node.properties) for node in people(found).values()}
    assert said == {"Again": (True, False), "Silent": (True, False), "Gone Again": (False, False)}
    assert found.notes == ()


def test_a_row_that_says_here_and_gone_decides_nothing_and_is_told(tmp_path: Path) -> None:
    found = taken(
        tmp_path,
        f"{HEAD},Is Terminated",
        "1,Both,b@acme.test,,Active,2020-03-01,2026-01-01,",
        "2,Away,w@acme.test,,On Leave,,2026-01-01,no",
        "3,Gone,g@acme.test,,Active,2020-03-01,2026-01-01,yes",
    )
    said = {node.name: (node.properties.get("active"), "left_on" in node.properties) for node in people(found).values()}
    assert said == {"Both": (None, False), "Away": (None, False), "Gone": (False, True)}
    (remark,) = found.notes
    assert remark.startswith("lines 2, 3: the status says that they are here, the last day that they have left")


def test_a_last_day_ahead_leaves_no_trace_where_the_list_has_no_status(tmp_path: Path) -> None:
    head = "Employee ID,Name,Email,Last Day,Terminated"
    found = taken(tmp_path, head, "1,Here,h@acme.test,,no", "2,Soon,s@acme.test,2026-12-31,yes")
    assert [set(node.properties) for node in people(found).values()] == [{"email"}, {"email"}]


def test_somebody_hired_again_counts_once_and_managers_follow(tmp_path: Path) -> None:
    head = f"{HEAD},Manager ID"
    found = taken(
        tmp_path,
        head,
        "1,Kim,kim@acme.test,,Terminated,2018-01-01,2020-01-01,",
        "9,Kim,KIM@acme.test,,Active,2024-01-01,,",
        "2,Lee,lee@acme.test,,Active,2019-01-01,,1",
    )
    assert {node: fact.properties["active"] for node, fact in people(found).items()} == {
        "staff/9": True,
        "staff/2": True,
    }
    assert edges(found, EdgeKind.REPORTS_TO) == {("staff/2", "staff/9")}
    assert found.notes == ("lines 2, 3 are one person, hired again: line 3 counts",)


def test_one_address_or_number_for_two_people_is_refused_with_both_rows(tmp_path: Path) -> None:
    found = taken(
        tmp_path,
        HEAD,
        "1,Kim,x@acme.test,,,2020-01-01,",
        "2,Lee,x@acme.test,,,,",
        "3,Max,m@acme.test,,,,",
        "3,Min,n@acme.test,,,,",
        "4,Ana,a@acme.test,,,,",
    )
    assert reasons(found) == [
        (2, "the same e-mail address as line 3: one of them is wrong"),
        (3, "the same e-mail address as line 2: one of them is wrong"),
        (4, "the same employee number as line 5: one of them is wrong"),
        (5, "the same employee number as line 4: one of them is wrong"),
    ]
    assert list(people(found)) == ["staff/4"]


@pytest.mark.parametrize(
    ("heading", "manager"),
    [
        ("Manager ID", "7"),
        ("Manager Email", "KIM@acme.test"),
        ("Manager Email", "kim.alias@acme.test"),
        ("Manager", "kim@acme.test"),
    ],
)
def test_a_manager_who_is_in_the_list_is_joined(tmp_path: Path, heading: str, manager: str) -> None:
    head = f"Employee ID,Name,Work Email,Email Aliases,{heading}"
    found = taken(tmp_path, head, f"1,Dana,d@acme.test,,{manager}", "7,Kim,kim@acme.test,kim.alias@acme.test,")
    assert edges(found, EdgeKind.REPORTS_TO) == {("staff/1", "staff/7")}


def test_numbers_of_the_hr_system_and_of_the_company_are_kept_apart(tmp_path: Path) -> None:
    head = "id,employeeNumber,displayName,workEmail,supervisorEId"
    found = taken(tmp_path, head, "7,1,Dana,d@acme.test,1", "1,7,Kim,k@acme.test,")
    assert edges(found, EdgeKind.REPORTS_TO) == {("staff/1", "staff/7")}


def test_a_manager_s_number_that_is_another_one_s_in_the_hr_system_makes_no_reporting_line(tmp_path: Path) -> None:
    head = "ID,Employee Number,Name,Work Email,Supervisor ID"
    found = taken(
        tmp_path,
        head,
        "50,1,Dana,d@acme.test,7",
        "7,3,Lee,l@acme.test,9",
        "51,7,Kim,k@acme.test,",
        "9,9,Jo,j@acme.test,",
    )
    assert edges(found, EdgeKind.REPORTS_TO) == {("staff/3", "staff/9")}, "where both numberings agree it is usable"
    (note,) = found.notes
    assert "(line 2): no reporting line was made of it; ask for the manager's address too" in note


def test_a_number_that_names_two_gives_way_to_the_manager_s_address(tmp_path: Path) -> None:
    head = "ID,Employee Number,Name,Work Email,Supervisor ID,Manager Email"
    rows = ["50,1,Dana,d@acme.test,7,k@acme.test", "7,3,Lee,l@acme.test,,", "51,7,Kim,k@acme.test,,"]
    found = taken(tmp_path, head, *rows)
    assert edges(found, EdgeKind.REPORTS_TO) == {("staff/1", "staff/7")}
    assert found.notes == ()


def test_a_manager_known_by_name_counts_where_one_person_of_the_list_has_it(tmp_path: Path) -> None:
    found = taken(
        tmp_path,
        "Employee ID,Name,Work Email,Manager",
        '1,Dana,d@acme.test,"Kim, Min"',
        '2,"Kim, Min",k@acme.test,',
        "3,Lee,l@acme.test,Jo Park",
        "4,Jo Park,j@acme.test,",
        "5,Jo Park,p@acme.test,",
        "6,Ann,a@acme.test,Nobody Here",
    )
    assert edges(found, EdgeKind.REPORTS_TO) == {("staff/1", "staff/2")}
    (told,) = found.notes
    assert told.startswith("the manager is given by a name that nobody or more than one person of the list has (lines")
    assert "(lines 4, 7)" in told


def test_a_manager_who_is_not_in_the_list_is_told(tmp_path: Path) -> None:
    found = taken(
        tmp_path, "Name,Work Email,Manager,Manager Email", "Lee,l@acme.test,Kim,x@acme.test", "Kim,k@acme.test,,"
    )
    assert edges(found, EdgeKind.REPORTS_TO) == set()
    assert found.notes == ("1 manager is not in the list: who reports to them was left out",)


@pytest.mark.parametrize("heading", ["Last Name, First Name", "Nachname, Vorname", "Nom, Prénom"])
def test_names_in_one_column_with_the_family_name_first_are_shown_the_other_way(tmp_path: Path, heading: str) -> None:
    found = taken(tmp_path, f'"{heading}",Email,Team,Title', '"Lindqvist, Tomas",t@acme.test,Ops,Lead')
    assert [node.name for node in people(found).values()] == ["Tomas Lindqvist"]


@pytest.mark.parametrize(
    "word", ["ruhend", "Freigestellt", "On leave", "Elternzeit", "Mutterschutz", "Suspended (Leave)", "Licencia"]
)
def test_who_is_away_for_a_while_is_here(tmp_path: Path, word: str) -> None:
    found = taken(tmp_path, HEAD, f"1,Dana,d@acme.test,,{word},,")
    assert [node.properties["active"] for node in people(found).values()] == [True]


def test_all_that_is_wrong_with_a_list_is_told_in_one_run(tmp_path: Path) -> None:
    rows = ("1,Dana,d@acme.test,,Pausiert,03/04/2020,", "2,Kim,kim,,Schwebend,03/04/2020,", "3,Lee,l@acme.test,,Hm,,")
    with pytest.raises(ConfigError) as error:
        taken(tmp_path, HEAD, *rows)
    said = str(error.value)
    assert "--dates DMY" in said.splitlines()[0]
    assert [word in said for word in ("'Pausiert'", "'Schwebend'", "'Hm'", "no e-mail address")] == [True] * 4
    assert reasons(taken(tmp_path, HEAD, "2,Kim,kim,,Schwebend,,"))[0][1].count("column") == 3
