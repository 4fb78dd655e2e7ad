"""Staff lists of every shape and in a few languages: recognised without a word, or refused once and with the way."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from stackmap.collect import find_connectors
from stackmap.declared.tables import (
    OUR_KINDS,
    DayOrder,
    Taken,
    UnknownTableError,
    find_kind,
    gather_kinds,
    read_table,
    take_facts,
)
from stackmap.errors import ConfigError
from stackmap.model import Node, NodeKind
from stackmap.sdk import Scope

KINDS = gather_kinds(find_connectors().connectors.values(), OUR_KINDS)
STAFF = find_kind(KINDS, "staff-list")
TODAY = date(2026, 11, 22)
AT = Scope("files", "unknown", "staff-list", "people", datetime(2026, 10, 3, tzinfo=UTC), {}, "salt")


def taken(folder: Path, *lines: str, order: DayOrder | None = None, named: bool = False) -> Taken:
    """What is taken of a list whose kind nobody named."""
    file = folder / "list.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    table = read_table(file, KINDS, kind=STAFF if named else None, order=order)
    assert table.kind.name == "staff-list"
    return take_facts(table, AT, TODAY)


def people(found: Taken) -> dict[str, tuple[str, object]]:
    """Who was taken: the name, and whether they are here."""
    nodes = [fact for fact in found.facts if isinstance(fact, Node) and fact.kind is NodeKind.PERSON]
    return {node.id: (node.name, node.properties.get("active")) for node in nodes}


@pytest.mark.parametrize(
    "head",
    [
        "Employee ID,Name,Work Email,Status,End Date,Hire Date,Manager",
        "Name,Email,Department,Manager",
        "First Name,Last Name,Employee Number,Team,Title",
        "Full Name,Email,Start Date,End Date",
        "Personalnummer,Vorname,Nachname,E-Mail,Status,Austrittsdatum",
        "Personalnummer,Name,Vorname,Abteilung,Position",
        "Name,E-Mail,Vorgesetzter,Team,Eintrittsdatum",
        "Matricule,Prénom,Nom,Courriel,Poste,Date d'entrée",
        "Nombre,Apellidos,Correo electrónico,Departamento,Puesto",
    ],
)
def test_a_list_of_everyday_shape_is_recognised(tmp_path: Path, head: str) -> None:
    file = tmp_path / "list.csv"
    file.write_text(f"{head}\n", encoding="utf-8")
    assert read_table(file, KINDS).kind.name == "staff-list"


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ("Name,Email,Status", "staff-list: no heading for two of status, manager, department, .* was recognised"),
        ("Name,ID,Start,End", "staff-list: no heading for an e-mail address or an employee number was recognised"),
        ("Name,Email,Title,Department,Lead Source", "staff-list: it has a column Lead Source, as other lists have"),
        ("Name,Email,Status,Team,Last login", "staff-list: it has a column Last Login, as other lists have"),
    ],
)
def test_what_may_be_another_list_is_not_guessed_and_the_way_is_told(tmp_path: Path, head: str, says: str) -> None:
    file = tmp_path / "list.csv"
    file.write_text(f"{head}\n", encoding="utf-8")
    with pytest.raises(UnknownTableError, match=f"{says}; if it is one all the same: --kind staff-list"):
        read_table(file, KINDS)
    assert read_table(file, KINDS, kind=STAFF).kind is STAFF


def test_without_a_column_of_names_that_is_told_once_and_not_of_every_row(tmp_path: Path) -> None:
    rows = [f"{number},p{number}@acme.test,aktiv" for number in range(9)]
    with pytest.raises(ConfigError) as error:
        taken(tmp_path, "Personalnummer,E-Mail,Rufname", *rows, named=True)
    assert str(error.value).count("no heading for the name was recognised") == 1
    assert "this row has no name" not in str(error.value)


def test_a_german_list_is_read_as_it_was_exported(tmp_path: Path) -> None:
    found = taken(
        tmp_path,
        "Personalnummer;Name;Vorname;E-Mail;Abteilung;Status;Eintrittsdatum;Austrittsdatum",
        "1;von der Heide;Uwe;uwe@acme.test;Vertrieb;aktiv;01.03.2021;",
        "2;Kim;Dana;dana@acme.test;Vertrieb;ausgeschieden;01.03.2020;31.12.2025",
        order=DayOrder.DMY,
    )
    assert people(found) == {"staff/1": ("Uwe von der Heide", True), "staff/2": ("Dana Kim", False)}
    assert found.bad == ()


def test_a_whole_name_beside_a_column_of_first_names_stays_as_it_is(tmp_path: Path) -> None:
    found = taken(tmp_path, "Name,First Name,Email,Title,Team", '"Kim, Dana",Dana,d@acme.test,Lead,Ops')
    assert [name for name, _ in people(found).values()] == ["Dana Kim"]


def test_a_kind_that_is_sure_wins_over_a_shape(tmp_path: Path) -> None:
    file = tmp_path / "users.csv"
    file.write_text("Full Name,Email,Username,Profile,Title,Department,Manager,Active\n", encoding="utf-8")
    assert read_table(file, KINDS).kind.name == "salesforce-users"


def test_where_several_kinds_fit_equally_once_named_it_is_said_which_and_by_what(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("User ID,Email,First name,Last name,Super Admin,Status,Last login\n", encoding="utf-8")
    with pytest.raises(UnknownTableError) as error:
        read_table(file, KINDS)
    said = str(error.value)
    assert "--kind hubspot-users (User ID, Email, First name and 4 more fit)" in said
    assert "It could be read as hubspot-users or as staff-list, and no heading tells which it is: name the kind" in said
