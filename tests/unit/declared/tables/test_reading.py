"""Finding the heading row and the kind, and rows that are left out with number and reason."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from stackmap.declared import BadLine
from stackmap.declared.tables import DayOrder, Kind, Table, UnknownTableError, read_table, refused
from stackmap.declared.tables.kinds import Some
from stackmap.errors import ConfigError
from stackmap.model import Fact, NodeKind
from stackmap.sdk import Cell, Column, Export, Row, Scope


def nothing(_row: Row, _at: Scope) -> Iterator[Fact]:
    yield from ()


def kind(name: str, *columns: Column, marks: tuple[str, ...] = ()) -> Kind:
    return Kind(Export(name, name, "", "", columns, nothing, frozenset({NodeKind.ACCOUNT}), marks=marks))


USERS = kind(
    "users",
    Column("login", "", ("User Name", "Username"), required=True),
    Column("email", "", ("Work Email", "E-Mail"), Cell.EMAIL, required=True),
    Column("since", "", ("Created",), Cell.DAY),
)
ZAPS = kind("zaps", Column("type", "", required=True), Column("title", "", ("Name",), required=True))
OTHER = kind("other", Column("user_name", "", required=True), Column("mail", "", ("E-Mail",), required=True))


def table(folder: Path, text: str, *kinds: Kind, named: Kind | None = None, order: DayOrder | None = None) -> Table:
    """What is read of a file with this text."""
    file = folder / "table.csv"
    file.write_text(text, encoding="utf-8", newline="")
    return read_table(file, kinds or (USERS, ZAPS), kind=named, order=order)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_heading_row_tells_what_parts_the_cells(tmp_path: Path, mark: str) -> None:
    found = table(tmp_path, f"USERNAME{mark}e mail\r\ndana{mark}d@acme.test\r\n")
    assert (found.kind.name, found.rows) == ("users", ((2, {"login": "dana", "email": "d@acme.test"}),))


def test_titles_blank_lines_and_comments_above_the_headings_are_passed_over(tmp_path: Path) -> None:
    top = '"# a comment, with a comma",,\n\nAll users,,\nRun by Kim; 3 Oct,,\n' + "x,,\n" * 18
    found = table(tmp_path, f"{top}Username,E-Mail,Created\ndana,d@acme.test,2026-10-03\n")
    assert found.rows == ((24, {"login": "dana", "email": "d@acme.test", "since": date(2026, 10, 3)}),)


def test_headings_below_more_than_twenty_rows_are_not_found(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no known kind|no table"):
        table(tmp_path, "x,,\n" * 21 + "Username,E-Mail\ndana,d@acme.test\n")


def test_a_blank_or_unknown_column_is_passed_over_and_a_double_one_refused(tmp_path: Path) -> None:
    found = table(tmp_path, "Username,,E-Mail,Phone,Phone\ndana,x,d@acme.test,1,2\n")
    assert found.rows == ((2, {"login": "dana", "email": "d@acme.test"}),)
    with pytest.raises(ConfigError, match=r"table\.csv, line 1: two columns are headed 'E-Mail': delete or rename"):
        table(tmp_path, "Username,E-Mail,e-mail\ndana,a@acme.test,b@acme.test\n")


def test_of_several_headings_for_one_column_the_first_named_counts(tmp_path: Path) -> None:
    found = table(tmp_path, "Username,E-Mail,Work Email\ndana,private@home.test,d@acme.test\n")
    assert found.rows[0][1]["email"] == "d@acme.test"


def test_a_table_of_no_known_kind_names_the_nearest_and_what_they_miss(tmp_path: Path) -> None:
    with pytest.raises(UnknownTableError) as error:
        table(tmp_path, "Username,Created,Phone\ndana,,1\n")
    assert str(error.value).splitlines()[:2] == [
        "table.csv: this is no known kind of file; the nearest:",
        "  users: no column Work Email",
    ]
    assert error.value.header.headings == ("Username", "Created", "Phone")


def test_a_kind_that_shares_a_single_heading_is_not_called_near(tmp_path: Path) -> None:
    with pytest.raises(UnknownTableError) as error:
        table(tmp_path, "Username,Phone\ndana,1\n")
    assert str(error.value).splitlines()[0] == "table.csv: this is no known kind of file"


def test_a_table_of_two_kinds_asks_which(tmp_path: Path) -> None:
    text = "User Name,E-Mail\ndana,d@acme.test\n"
    with pytest.raises(UnknownTableError, match=r"line 1: this may be users or other; the headings fit each") as error:
        table(tmp_path, text, USERS, OTHER)
    assert [line.split(":")[-1] for line in str(error.value).splitlines()[1:]] == [" User Name, E-Mail"] * 2
    assert table(tmp_path, text, USERS, OTHER, named=OTHER).kind is OTHER


def test_the_file_that_a_template_makes_is_of_its_kind_whatever_else_it_resembles(tmp_path: Path) -> None:
    assert table(tmp_path, "user_name,mail\ndana,d@acme.test\n", OTHER).kind is OTHER
    rival = kind("rival", Column("id", "", ("user_name",), required=True))
    assert table(tmp_path, "user_name,mail\ndana,d@acme.test\n", OTHER, rival).kind is OTHER


def test_a_kind_that_has_its_marks_wins_over_one_of_everyday_shape(tmp_path: Path) -> None:
    shape = (Some("a login", (("user_name", "mail"),)),)
    everyday = replace(kind("everyday", Column("user_name", ""), Column("mail", "", ("E-Mail",))), shape=shape)
    assert table(tmp_path, "User Name,E-Mail\ndana,d@acme.test\n", USERS, everyday).kind is USERS
    assert table(tmp_path, "User_Name,Phone\ndana,5\n", USERS, everyday).kind is everyday


def test_rows_that_cannot_be_understood_are_told_with_number_column_and_reason(tmp_path: Path) -> None:
    rows = "dana,d@acme.test,\nlee,nobody,\nkim\nmin,m@acme.test,,5\n,x@acme.test,\nmax,m2@acme.test,soon\n"
    found = table(tmp_path, f"Username,E-Mail,Created\n{rows}")
    assert [line for line, _ in found.rows] == [2]
    assert [(bad.number, bad.reason) for bad in found.bad] == [
        (3, "column 'E-Mail': this is no e-mail address"),
        (4, "1 cell, where the headings are 3"),
        (5, "4 cells, where the headings are 3: a comma inside a cell needs quotes round the cell"),
        (6, "the column 'Username' is empty"),
        (7, "column 'Created': this is no day but words: write it as 2026-10-03, or leave the cell empty"),
    ]


def test_days_in_an_order_that_nobody_told_are_no_matter_of_one_row(tmp_path: Path) -> None:
    text = "Username,E-Mail,Created\ndana,d@acme.test,13/04/2026\n"
    with pytest.raises(ConfigError, match=r"table\.csv, line 2, column 'Created': .*--dates DMY"):
        table(tmp_path, text)
    assert table(tmp_path, text, order=DayOrder.DMY).rows[0][1]["since"] == date(2026, 4, 13)


def test_the_lines_below_a_report_are_a_footer_only_where_no_row_follows(tmp_path: Path) -> None:
    rows = "Username,E-Mail\ndana,d@acme.test\n\nAll users\nConfidential\n"
    found = table(tmp_path, rows)
    assert (len(found.rows), found.bad) == (1, ())
    assert found.notes == ("what stands from line 4 on was taken for a footer and left out",)
    found = table(tmp_path, f"{rows}lee,l@acme.test\n")
    assert ([line for line, _ in found.rows], [bad.number for bad in found.bad]) == ([2, 6], [4, 5])


def test_examples_are_never_taken_and_columns_of_secrets_never_read(tmp_path: Path) -> None:
    found = table(tmp_path, "Username,E-Mail,API key\n#example dana,d@acme.test,x\nlee,l@acme.test,s3cr3t\n")
    assert found.rows == ((3, {"login": "lee", "email": "l@acme.test"}),)
    assert found.notes == (
        "the template's example row was not taken",
        "the column 'API key' was not read, for it seems to hold secrets: delete it from the file",
    )


def test_columns_that_nobody_looked_at_are_named(tmp_path: Path) -> None:
    found = table(tmp_path, "Username,E-Mail,,Cost centre,Work Email,Password\ndana,x@home.test,,7,d@acme.test,s\n")
    assert (found.unused, found.columns["email"]) == (("E-Mail", "Cost centre"), "Work Email")


def test_bad_rows_with_one_reason_are_told_together_and_skipping_is_advised_only_where_rows_remain() -> None:
    bad = [BadLine(line, "odd") for line in range(2, 10)] + [BadLine(12, "queer")]
    assert str(refused("t.csv", bad, others=True)).splitlines() == [
        "t.csv, lines 2, 3, 4, 5, 6 and 3 more: odd",
        "t.csv, line 12: queer",
        "Nothing was taken. To take the other rows: --skip-bad",
    ]
    assert "--skip-bad" not in str(refused("t.csv", bad, others=False))
