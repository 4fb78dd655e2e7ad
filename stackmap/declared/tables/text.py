"""The lines of a table, whatever it was saved as. A file is never held whole: a line is the most that is in memory."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

from charset_normalizer import from_bytes

from stackmap.errors import ConfigError

__all__ = ["MOST_CHARACTERS", "Lines", "TableText", "opened"]

MOST_CHARACTERS = 1_000_000
"""The longest line that is taken: a person's row has a few hundred characters."""

_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_START = 4096
_UTF_8 = "utf-8-sig"
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_OLDER = ["cp1252", "latin_1", "cp1250", "cp1251", "mac_roman", "cp932", "gb18030", "big5", "euc_kr"]
"""What spreadsheets save where nobody chose UTF-8."""

_LATIN = ("cp1252", "cp1250", "latin_1", "mac_roman")
"""From the most usual to the least."""

_TYPOGRAPHY = "\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u20ac\u00a0\u00b0\u00ae\u2122"

_CSV = "save it as CSV UTF-8"
_BY_EXCEL = 'open it in Excel, choose File > Save As and the type "CSV UTF-8 (Comma delimited)", and import that file'
"""Microsoft's page "Save a workbook to text format (.txt or .csv)": support.microsoft.com/en-us/office/
save-a-workbook-to-text-format-txt-or-csv-3e9a9d6c-70da-4255-aa28-fcacf1f081e6"""

_BY_OFFICE = (
    "open it in LibreOffice, choose File > Save As, the type Text CSV and the character set UTF-8, and import that file"
)
"""LibreOffice's page "Opening and Saving Text CSV Files": help.libreoffice.org, scalc/guide/csv_files.html"""

_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", f"this is an Excel workbook of the old form, or one with a password: {_BY_EXCEL}"),
    (b"%PDF", "this is a PDF, in which no table can be read for certain: ask whoever made it for the same list as CSV"),
    (b"\x1f\x8b", "this is a packed file (gzip): unpack it first"),
    (b"SQLite format 3", "this is a database, no table"),
    (b"\x89PNG", "this is a picture: export the list as CSV instead"),
)
_WEB = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta")

Lines: TypeAlias = Iterator[tuple[int, str]]
"""Lines with their numbers, their ends included."""


@dataclass(frozen=True, slots=True)
class TableText:
    """An open table. `note` says what it was read as where that is not UTF-8, else ""."""

    name: str
    lines: Lines
    note: str = ""


@contextmanager
def opened(path: Path) -> Iterator[TableText]:
    """Open a table for reading.

    Raises ConfigError, on opening or with the line while reading: what cannot be opened, what is no text at all
    (a workbook, a web page), what is text in no encoding that can be told, and a line that never ends.
    """
    try:
        with path.open("rb") as file:
            _refuse_foreign(path.name, file.read(_START))
            encoding = _encoding(path.name, file)
            file.seek(0)
            text = io.TextIOWrapper(file, encoding=encoding, newline="")
            yield TableText(path.name, _lines(path.name, text), _note(encoding))
    except OSError as error:
        raise ConfigError(f"{path.name} cannot be read: {error.strerror or error}") from error


def _note(encoding: str) -> str:
    if encoding == _UTF_8:
        return ""
    shown = {"cp1252": "windows-1252", "cp1250": "windows-1250", "cp1251": "windows-1251"}.get(encoding, encoding)
    doubt = "" if encoding == "utf-16" else ": check that names with accents look right"
    return f"read as {shown}{doubt}"


def _refuse_foreign(name: str, start: bytes) -> None:
    if start.startswith(b"PK\x03\x04"):
        raise ConfigError(f"{name}: {_packed(start, Path(name).suffix.lower())}")
    for mark, what in _FOREIGN:
        if start.startswith(mark):
            raise ConfigError(f"{name}: {what}")
    if start.removeprefix(codecs.BOM_UTF8).lstrip().lower().startswith(_WEB):
        raise ConfigError(f"{name}: this is a web page with another name: open it in a spreadsheet and {_CSV}")
    if not start.startswith(tuple(_MARKS)) and 4 * start.count(0) > len(start) > 0:
        raise ConfigError(f"{name}, line 1: this is no text, or UTF-16 without its mark: {_CSV}")


def _packed(start: bytes, suffix: str) -> str:
    """What a ZIP file is: workbooks are ones inside, and none says early in the file what it is without fail."""
    if b"opendocument.spreadsheet" in start or suffix == ".ods":
        return f"this is an OpenDocument spreadsheet: {_BY_OFFICE}"
    if suffix == ".numbers":
        return "this is a spreadsheet of Numbers: export it as CSV there, and import that file"
    if b"xl/" in start or b"[Content_Types].xml" in start or suffix in {".xlsx", ".xlsm", ".xlsb"}:
        return f"this is an Excel workbook: {_BY_EXCEL}"
    return "this is a ZIP file: unpack it first"


def _encoding(name: str, file: BinaryIO) -> str:
    """UTF-8 where it is; what is likeliest otherwise."""
    file.seek(0)
    start = file.read(2)
    if start in _MARKS:
        return _MARKS[start]
    file.seek(0)
    wrong = _not_utf_8(file)
    if wrong is None:
        return _UTF_8
    file.seek(max(0, wrong - _SAMPLE // 2))
    sample = file.read(_SAMPLE)
    best = from_bytes(sample, cp_isolation=_OLDER, threshold=0.5).best()
    if best is None:
        line = _line_of(file, wrong)
        raise ConfigError(f"{name}, line {line}: this is not UTF-8, nor what older spreadsheets save: {_CSV}")
    if best.encoding not in _LATIN:
        return best.encoding
    return next((encoding for encoding in _LATIN if _reads_as_letters(sample, encoding)), best.encoding)


def _reads_as_letters(sample: bytes, encoding: str) -> bool:
    """Whether all that is not ASCII would be letters: a few names tell no more of one Latin encoding or another."""
    try:
        odd = {char for char in sample.decode(encoding) if not char.isascii()}
    except UnicodeDecodeError:
        return False
    return all(char.isalpha() or char in _TYPOGRAPHY for char in odd)


def _not_utf_8(file: BinaryIO) -> int | None:
    """Where the first byte stands that UTF-8 does not know."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    position = 0
    while True:
        chunk = file.read(_CHUNK)
        waiting = len(decoder.getstate()[0])
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            return position - waiting + error.start
        if not chunk:
            return None
        position += len(chunk)


def _line_of(file: BinaryIO, position: int) -> int:
    file.seek(0)
    line = 1
    while position > 0 and (chunk := file.read(min(_CHUNK, position))):
        line += chunk.count(b"\n")
        position -= len(chunk)
    return line


def _lines(name: str, text: io.TextIOWrapper) -> Lines:
    number = 0
    while True:
        number += 1
        try:
            line = text.readline(MOST_CHARACTERS + 1)
        except UnicodeDecodeError:
            raise ConfigError(f"{name}, line {number} or shortly after: this is no text: {_CSV}") from None
        if not line:
            return
        if len(line) > MOST_CHARACTERS:
            raise ConfigError(f"{name}, line {number}: a line of more than {MOST_CHARACTERS:,} characters is no row")
        yield number, line
