"""What a table was saved as, and how its lines become rows."""

from pathlib import Path

import pytest

from stackmap.declared.tables.records import Record, records
from stackmap.declared.tables.text import MOST_CHARACTERS, opened
from stackmap.errors import ConfigError

NAMES = "Name;Ort\nJürgen Müller;Köln\nZoë Łukasik;Łódź\n"
WESTERN = "Name;Ort\nJürgen Müller;Köln\nRenée Lefèvre;Besançon\nBjörn Ångström;Malmö\n"


def lines_of(folder: Path, content: bytes) -> tuple[list[tuple[int, str]], str]:
    file = folder / "table.csv"
    file.write_bytes(content)
    with opened(file) as text:
        return list(text.lines), text.note


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_as_it_is(tmp_path: Path, code: str) -> None:
    lines, note = lines_of(tmp_path, NAMES.encode(code))
    assert "".join(line for _, line in lines) == NAMES
    assert [number for number, _ in lines] == [1, 2, 3]
    assert note == ("read as utf-16" if code == "utf-16" else "")


def test_what_an_older_spreadsheet_saved_is_read_and_told(tmp_path: Path) -> None:
    lines, note = lines_of(tmp_path, WESTERN.encode("cp1252"))
    assert "".join(line for _, line in lines) == WESTERN
    assert note == "read as windows-1252: check that names with accents look right"


def test_other_scripts_are_told_apart(tmp_path: Path) -> None:
    polish = "Imię;Miasto\nŁukasz Żółć;Łódź\nMałgorzata Święch;Częstochowa\nPaweł Gałązka;Białystok\n"
    lines, note = lines_of(tmp_path, polish.encode("cp1250"))
    assert ("".join(line for _, line in lines), note.split(":")[0]) == (polish, "read as windows-1250")


def test_a_few_accents_within_much_ascii_are_enough(tmp_path: Path) -> None:
    text = "Name,Town\n" + "Ann Lee,Bath\n" * 20_000 + "Jürgen Müller,Köln\n"
    lines, note = lines_of(tmp_path, text.encode("cp1252"))
    assert lines[-1] == (20_002, "Jürgen Müller,Köln\n")
    assert "windows-1252" in note


@pytest.mark.parametrize(
    ("start", "says"),
    [
        (b"PK\x03\x04....xl/workbook.xml", "an Excel workbook: open it in Excel, choose File > Save As"),
        (b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "OpenDocument .* in LibreOffice"),
        (b"PK\x03\x04....notes.txt", "a ZIP file: unpack it first"),
        (b"\xd0\xcf\x11\xe0", "an Excel workbook of the old form, or one with a password"),
        (b"\xef\xbb\xbf <HTML><table>", "a web page with another name"),
        (b"%PDF-1.7", "a PDF"),
        (b"N\0a\0m\0e\0,\0M\0a\0i\0l\0", "UTF-16 without its mark"),
    ],
)
def test_what_is_no_table_is_told_apart(tmp_path: Path, start: bytes, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        lines_of(tmp_path, start)


@pytest.mark.parametrize(
    ("name", "says"), [("x.xlsx", "Excel workbook"), ("x.ods", "OpenDocument"), ("x.numbers", "Numbers")]
)
def test_what_is_packed_is_also_told_apart_by_its_name(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04docProps/app.xml")
    with pytest.raises(ConfigError, match=says), opened(tmp_path / name):
        pass


def test_a_line_without_end_is_refused_with_its_number(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"table\.csv, line 2: a line of more than 1,000,000 characters"):
        lines_of(tmp_path, b"a,b\n" + b"x" * (MOST_CHARACTERS + 1))


def test_a_file_that_breaks_off_within_a_letter_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"table\.csv, line 2 or shortly after: this is no text"):
        lines_of(tmp_path, "Name\nŁódź".encode("utf-16")[:-1])


def rows_of(text: str, delimiter: str = ",") -> list[Record]:
    return list(records("t.csv", enumerate(text.splitlines(keepends=True), 1), delimiter))


def test_quotes_hold_marks_quotes_and_lines() -> None:
    assert rows_of('a,b\r\n"x, y","say ""hi""\nthere"\r\nz,1\r\n') == [
        Record(1, ("a", "b")),
        Record(2, ("x, y", 'say "hi"\nthere')),
        Record(4, ("z", "1")),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a,b\n1,"x\n2,y\n', 2),
        ('a,b\n1,2\n3,4\n5,"', 4),
        ('a,b\n"one",x\n"two ""2""","three\n4,5\n', 3),
        ('a,b\n1,"x\ny"z"\n', 2),
    ],
)
def test_an_open_quote_is_refused_where_it_was_opened(text: str, line: int) -> None:
    with pytest.raises(ConfigError, match=rf't\.csv, line {line}: a quote \("\) is opened here and never closed'):
        rows_of(text)


def test_text_behind_a_closing_quote_costs_its_row_only() -> None:
    found = rows_of('a,b\n"Dana "DK" Kim",1\nLee,2\n')
    assert found[1].trouble.startswith("text goes on after a closing quote")
    assert found[2] == Record(3, ("Lee", "2"))
