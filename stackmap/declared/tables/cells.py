"""Cells into values. What a cell holds is never evaluated and never repeated in a message."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from stackmap.declared.tables.days import DayOrder, day_of
from stackmap.sdk.exports import Cell, Column

__all__ = ["bare", "fold_heading", "is_secret_heading", "value_of"]

_EMPTY = frozenset({"-", "--", "–", "—", "n/a", "na", "none", "null"})
_QUIET = frozenset({Cell.EMAIL, Cell.DAY, Cell.NUMBER, Cell.YES_NO, Cell.LIST})
"""Cells in which a dash or "n/a" can only mean "nothing"."""

_YES = frozenset({"yes", "y", "true", "1", "x", "✓", "ja", "oui", "sí", "si", "wahr", "vrai", "verdadero"})
_NO = frozenset({"no", "n", "false", "0", "nein", "non", "falsch", "faux", "falso"})
_WRAPPED = re.compile(r'="((?:[^"]|"")*)"')
_GUARDED = re.compile(r"'(?=[=+\-@\t\d])")
_ADDRESS = re.compile(r"[^\s@<>,;\"()]+@[^\s@<>,;\"()]+")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_MOST_TEXT = 2_000

_SECRET_HEADING = re.compile(
    r"password|passwort|passphrase|kennwort|(access|refresh|api|auth|bearer|security)token|apikey|apisecret"
    r"|clientsecret|secretkey|privatekey|^(token|secret|pwd|pin|otp)s?$"
)
_SECRET_VALUE = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|^eyJ[\w-]{8,}\.[\w-]{8,}\.|\bxox[abprs]-[\w-]{10,}|\bAKIA[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_\w{30,}|\bsk[-_](live|test|proj)[-_]\w{16,}|\bpat-[a-z]{2}\d-[0-9a-f-]{30,}"
)


@lru_cache(maxsize=8192)
def fold_heading(text: str) -> str:
    """A heading without case, blanks and punctuation: `E-Mail Address` and `emailAddress` are one."""
    return "".join(char for char in unicodedata.normalize("NFKC", bare(text)).casefold() if char.isalnum())


def is_secret_heading(heading: str) -> bool:
    """Whether a column of that heading holds what nobody may keep."""
    return bool(_SECRET_HEADING.search(fold_heading(heading)))


def bare(text: str) -> str:
    """A cell without blanks around it and without what exports wrap round it to keep spreadsheets from counting."""
    shown = text.strip()
    if not shown.isascii():
        shown = unicodedata.normalize("NFC", shown).strip("\ufeff\u200b").strip()
    if shown.startswith("=") and (found := _WRAPPED.fullmatch(shown)):
        shown = found[1].replace('""', '"')
    return _GUARDED.sub("", shown, count=1) if shown.startswith("'") else shown


def value_of(text: str, column: Column, order: DayOrder | None) -> Any:
    """What the cell means, None where it is empty. Raises ValueError saying why it cannot be read."""
    shown = bare(text)
    if column.words:
        shown = column.words.get(shown.casefold(), shown)
    if not shown or (column.cell in _QUIET and shown.casefold() in _EMPTY):
        return None
    _check(shown)
    match column.cell:
        case Cell.EMAIL:
            return _address(shown)
        case Cell.DAY:
            return day_of(shown, order)
        case Cell.YES_NO:
            return _yes_or_no(shown)
        case Cell.NUMBER:
            return _number(shown)
        case Cell.LIST:
            return _listed(shown) or None
        case _:
            return " ".join(shown.split())


def _check(text: str) -> None:
    if not text.isprintable():
        odd = [char for char in text if unicodedata.category(char) in {"Cc", "Cs"} and char not in "\t\r\n"]
        if odd:
            raise ValueError(f"a control character (U+{ord(odd[0]):04X}): remove it")
    if len(text) > _MOST_TEXT:
        raise ValueError(f"a text of more than {_MOST_TEXT:,} characters")
    if _SECRET_VALUE.search(text):
        raise ValueError("this looks like a secret (it is not repeated here): take it out of the file, and renew it")


def _address(text: str) -> str:
    found = text.removeprefix("mailto:")
    if not _ADDRESS.fullmatch(found):
        raise ValueError("this is no e-mail address")
    return found


def _yes_or_no(text: str) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        raise ValueError("write yes or no")
    return word in _YES


def _number(text: str) -> str:
    if not _NUMBER.fullmatch(text):
        raise ValueError("this is no plain number: write it as 1234.5")
    return text


def _listed(text: str) -> tuple[str, ...]:
    marks = ";\n" if ";" in text or "\n" in text else ","
    parts = re.split(f"[{marks}]", text)
    return tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))
