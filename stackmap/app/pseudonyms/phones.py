"""Telephone numbers, which are nobody's name and lead to somebody all the same."""

from __future__ import annotations

import re

__all__ = ["without_phones"]

_NO_PHONE = "[phone]"

_ABROAD = re.compile(r"(?<![\w+])(?:\+\d|\(\d{2,5}\)\s?\d)[\d ()./-]{5,}\d(?!\w)")
"""`+49 170 1234567` and `(030) 123 45 67`."""

_NO_DAY = r"(?!\d{4}-\d\d|\d\d?[./]\d\d?[./])"
_AT_HOME = re.compile(rf"(?<![\w+./-])0\d{{2,4}}[ /]{_NO_DAY}\d[\d -]{{4,9}}\d(?![\w./-])")
"""`0171 1234567` and `030/1234567`. A hyphen alone is no sign: ids are written so."""

_SAID_TO_BE = re.compile(
    rf"\b((?:tel|telephone|phone|mobile|mob|fax)\b[.:]{{0,2}}\s?){_NO_DAY}\d[\d ()./-]{{4,}}\d(?!\w)", re.IGNORECASE
)
"""Any other number only behind a word that says what it is."""

_SIGNS = ("tel", "phone", "mob", "fax")


def without_phones(text: str) -> str:
    """The text with each telephone number replaced."""
    if "+" in text or "(" in text:
        text = _ABROAD.sub(_NO_PHONE, text)
    if " 0" in text or "(0" in text or text[:1] == "0":
        text = _AT_HOME.sub(_NO_PHONE, text)
    low = text.lower()
    return _SAID_TO_BE.sub(rf"\1{_NO_PHONE}", text) if any(sign in low for sign in _SIGNS) else text
