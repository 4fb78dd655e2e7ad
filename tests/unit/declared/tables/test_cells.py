"""What a cell means: never evaluated, never guessed, never repeated."""

from datetime import date

import pytest

from stackmap.declared.tables.cells import bare, fold_heading, is_secret_heading, value_of
from stackmap.declared.tables.days import DayOrder, UndecidedDayError, day_in, day_of
from stackmap.sdk import Cell, Column

THIRD_OF_APRIL = date(2026, 4, 3)
FOURTH_OF_MARCH = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('="00123"', "00123"),
        ('="say ""hi"""', 'say "hi"'),
        ("'+49 221", "+49 221"),
        ("'=SUM(1)", "=SUM(1)"),
        ("'t Hooft", "'t Hooft"),
        ('=HYPERLINK("https://x","y")', '=HYPERLINK("https://x","y")'),
        ("-1+1", "-1+1"),
        ("@cmd", "@cmd"),
        ("\ufeff Dana\u00a0", "Dana"),
    ],
)
def test_what_exports_wrap_round_cells_is_taken_off_and_nothing_is_evaluated(written: str, shown: str) -> None:
    assert bare(written) == shown
    assert value_of(written, Column("note", ""), None) == shown


@pytest.mark.parametrize(
    "heading", ["E-Mail Address", "emailAddress", "EMAIL ADDRESS", '="Email Address"', "email_address"]
)
def test_headings_are_compared_without_case_blanks_and_punctuation(heading: str) -> None:
    assert fold_heading(heading) == "emailaddress"


@pytest.mark.parametrize("heading", ["Password", "API key", "client_secret", "Access Token", "token", "Passwort"])
def test_headings_of_secrets_are_known(heading: str) -> None:
    assert is_secret_heading(heading)


@pytest.mark.parametrize("heading", ["Token name", "Keyword", "Secretary", "Name", "API only user", "Monkey"])
def test_other_headings_are_none_of_secrets(heading: str) -> None:
    assert not is_secret_heading(heading)


@pytest.mark.parametrize(
    "text",
    ["-----BEGIN RSA PRIVATE KEY-----", "eyJhbGciOiJ9.eyJzdWIiOiJ9.abc", "ghp_" + "a" * 36, "xoxb-" + "1" * 12],
)
def test_a_cell_that_looks_like_a_secret_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(ValueError, match="looks like a secret") as error:
        value_of(text, Column("note", ""), None)
    assert text not in str(error.value)


@pytest.mark.parametrize(
    ("cell", "text", "value"),
    [
        (Cell.YES_NO, "TRUE", True),
        (Cell.YES_NO, "n", False),
        (Cell.NUMBER, "1234.50", "1234.50"),
        (Cell.EMAIL, "mailto:Dana@acme.test", "Dana@acme.test"),
        (Cell.LIST, "a; b;; a", ("a", "b")),
        (Cell.LIST, "a, b", ("a", "b")),
        (Cell.LIST, "Okafor, Dana; Kim, Min", ("Okafor, Dana", "Kim, Min")),
        (Cell.TEXT, " two\n lines ", "two lines"),
        (Cell.DAY, "--", None),
        (Cell.EMAIL, "n/a", None),
        (Cell.TEXT, "-", "-"),
        (Cell.DAY, "0000-00-00", None),
    ],
)
def test_a_cell_is_read_as_what_its_column_holds(cell: Cell, text: str, value: object) -> None:
    assert value_of(text, Column("x", "", cell=cell), None) == value


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Cell.YES_NO, "maybe"),
        (Cell.NUMBER, "1,234"),
        (Cell.NUMBER, "٣"),
        (Cell.EMAIL, "dana"),
        (Cell.EMAIL, "a@b@c"),
        (Cell.TEXT, "a\x1b[31m"),
        (Cell.TEXT, "a\x00b"),
        (Cell.TEXT, "x" * 2_001),
        (Cell.DAY, "45203"),
        (Cell.DAY, "2026-02-30"),
        (Cell.DAY, "soon"),
    ],
)
def test_what_a_cell_cannot_mean_is_refused_without_its_content(cell: Cell, text: str) -> None:
    with pytest.raises(ValueError, match=r".") as error:
        value_of(text, Column("x", "", cell=cell), None)
    assert text not in str(error.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("soon", "no day but words"),
        ("45992", "the number by which a spreadsheet counts days: format the column as a date"),
        ("45992.5", "the number by which a spreadsheet counts days"),
        ("03.04.26", "a year of two digits"),
        ("Q3 2026", "no day that can be read: write it as 2026-10-03"),
        ("20261003", "no day that can be read: write it as 2026-10-03"),
    ],
)
def test_what_no_order_of_days_would_help_is_told_as_what_it_is(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says) as error:
        day_of(text, None)
    assert not isinstance(error.value, UndecidedDayError)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("WAHR", True),
        ("Faux", False),
        ("verdadero", True),
        ("Ja", True),
        ("nein", False),
        ("oui", True),
        ("Non", False),
        ("sí", True),
    ],
)
def test_yes_and_no_may_be_german_french_or_spanish(text: str, means: bool) -> None:
    assert value_of(text, Column("on", "", cell=Cell.YES_NO), None) is means


def test_words_of_an_export_are_turned_into_what_is_meant() -> None:
    column = Column("active", "", cell=Cell.YES_NO, words={"enabled": "yes", "blocked": "no"})
    assert (value_of("Enabled", column, None), value_of("blocked", column, None)) == (True, False)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2026-04-03", None, THIRD_OF_APRIL),
        ("2026-04-03T23:59:00Z", None, THIRD_OF_APRIL),
        ("2026-04-03 09:14", DayOrder.MDY, THIRD_OF_APRIL),
        ("03/04/2026", DayOrder.DMY, THIRD_OF_APRIL),
        ("03/04/2026", DayOrder.MDY, FOURTH_OF_MARCH),
        ("3.4.2026", DayOrder.DMY, THIRD_OF_APRIL),
        ("3/4/2026, 9:14 AM", DayOrder.MDY, FOURTH_OF_MARCH),
        ("2026/04/03", DayOrder.YMD, THIRD_OF_APRIL),
        ("3 Apr 2026", DayOrder.DMY, THIRD_OF_APRIL),
        ("April 3, 2026", DayOrder.MDY, THIRD_OF_APRIL),
    ],
)
def test_days_are_read_in_the_order_that_was_told(text: str, order: DayOrder | None, day: date) -> None:
    assert day_of(text, order) == day


@pytest.mark.parametrize(
    "text",
    ["6 May 2019", "6. Mai 2019", "May 6, 2019", "6-May-2019", "06 mai 2019", "6 de mayo de 2019", "6th May 2019"],
)
def test_a_month_that_is_a_word_needs_nobody_to_say_the_order(text: str) -> None:
    assert day_of(text, None) == date(2019, 5, 6)


@pytest.mark.parametrize(
    ("word", "month"),
    [("März", 3), ("Mrz", 3), ("Okt.", 10), ("déc", 12), ("août", 8), ("juil.", 7), ("ene", 1), ("jui", 0), ("xyz", 0)],
)
def test_months_are_known_in_four_languages_and_no_beginning_of_two_is_guessed(word: str, month: int) -> None:
    if month:
        assert day_of(f"6 {word} 2019", None) == date(2019, month, 6)
    else:
        with pytest.raises(ValueError, match="this names no month"):
            day_of(f"6 {word} 2019", None)


@pytest.mark.parametrize("text", ["03/04/2026", "13/04/2026", "31.12.2026", "2026/04/03"])
def test_no_order_of_days_is_guessed_even_where_only_one_would_do(text: str) -> None:
    with pytest.raises(UndecidedDayError):
        day_of(text, None)


@pytest.mark.parametrize(
    ("text", "order"), [("13/04/2026", DayOrder.MDY), ("3/4/26", DayOrder.DMY), ("3 Foo 2026", DayOrder.DMY)]
)
def test_what_is_no_day_in_that_order_is_refused(text: str, order: DayOrder) -> None:
    with pytest.raises(ValueError, match=r"day|month"):
        day_of(text, order)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("users-2026-10-03", date(2026, 10, 3)),
        ("20261003_users", date(2026, 10, 3)),
        ("users 2026.10.03 (1)", date(2026, 10, 3)),
        ("users-20269999", None),
        ("120261003", None),
        ("2026-10-03 to 2026-10-04", None),
        ("users", None),
    ],
)
def test_a_day_in_a_files_name_is_taken_where_it_is_the_only_one(name: str, day: date | None) -> None:
    assert day_in(name) == day
