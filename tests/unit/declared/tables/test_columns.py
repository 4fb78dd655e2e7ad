"""Which heading is which column: as a person would see it, and never somebody else's."""

from pathlib import Path

import pytest

from stackmap.declared.tables import OUR_KINDS, UnknownTableError, find_kind, read_table
from stackmap.declared.tables.columns import Vocabulary

STAFF = find_kind(OUR_KINDS, "staff-list")


def _columns(*headings: str) -> dict[str, str]:
    """The heading of each column that was found."""
    return {name: headings[place] for name, place in Vocabulary.of(STAFF).places(headings).items()}


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("E-Mail (geschäftlich)", "email"),
        ("E-mail - Work", "email"),
        ("Work e-mail address", "email"),
        ("Geschäftliche E-Mail-Adresse", "email"),
        ("Courriel professionnel", "email"),
        ("Correo electrónico de trabajo", "email"),
        ("Manager's Email (work)", "manager_email"),
        ("E-Mail (Vorgesetzter)", "manager_email"),
        ("Name (legal)", "full_name"),
        ("Hire Date (YYYY-MM-DD)", "start_date"),
        ("Austrittsdatum [TT.MM.JJJJ]", "end_date"),
    ],
)
def test_a_qualifier_that_changes_nothing_is_passed_over(heading: str, column: str) -> None:
    assert _columns("Team", heading) == {"team": "Team", column: heading}


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "E-mail (private)",
            "Personal email",
            "Emergency contact email",
            "E-Mail (HR-Partner)",
        ),
        *("End Date (probation)", "Name (Manager)", "Status - Visa", "Company Name", "Office Manager", "Work"),
    ],
)
def test_a_qualifier_that_makes_it_another_thing_is_none(heading: str) -> None:
    assert _columns("Team", heading) == {"team": "Team"}


def test_of_two_qualified_headings_none_is_taken_and_the_plain_one_before_any() -> None:
    assert _columns("E-Mail (Arbeit)", "E-Mail (primary)") == {}
    assert _columns("E-Mail (Arbeit)", "E-Mail") == {"email": "E-Mail"}


def _read(folder: Path, *lines: str, named: bool = True) -> tuple[dict[str, str], tuple[str, ...]]:
    file = folder / "list.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    table = read_table(file, [STAFF], kind=STAFF if named else None)
    return dict(table.columns), table.notes


def test_of_two_columns_of_status_the_one_counts_that_says_who_is_here(tmp_path: Path) -> None:
    rows = ["Dana,d@acme.test,Full-Time,Active", "Kim,k@acme.test,Part-Time,Terminated"]
    columns, _ = _read(tmp_path, "Name,Email,Employment Status,Status", *rows)
    assert columns["status"] == "Status"
    columns, _ = _read(tmp_path, "Name,Email,Status,Employment Status", *rows)
    assert columns["status"] == "Employment Status"


def test_a_staff_list_without_addresses_says_which_column_may_hold_them(tmp_path: Path) -> None:
    head = "Employee ID,Name,Team,Kontakt,Notiz"
    _, notes = _read(tmp_path, head, "1,Dana,Ops,d@acme.test,", "2,Kim,Ops,k@acme.test,x", "3,Lee,Ops,,@y")
    assert notes[0] == (
        "no e-mail address was read, and logins are tied to people by their addresses: the column 'Kontakt' holds "
        "addresses; if they are the work addresses, head it 'Work Email', or import it with --map, which asks what "
        "each column is"
    )
    _, notes = _read(tmp_path, head, "1,Dana,Ops,5,", "2,Kim,Ops,6,a@b.test x", "3,Lee,Ops,,no")
    assert notes[0].endswith("by their addresses: ask for a list with the work addresses")


def test_where_an_address_was_read_other_columns_of_addresses_are_no_matter(tmp_path: Path) -> None:
    _, notes = _read(tmp_path, "Name,Email,Team,Privat", "Dana,d@acme.test,Ops,x@home.test")
    assert notes == ()


def test_a_list_that_is_not_recognised_for_want_of_addresses_says_which_column_holds_them(tmp_path: Path) -> None:
    with pytest.raises(UnknownTableError, match="recognised; the column 'Kontakt' holds addresses"):
        _read(tmp_path, "Name,Kontakt,Abteilung,Status", "Dana,d@acme.test,Ops,aktiv", named=False)
