"""Days as files write them. 03/04 is never guessed: whoever imports says which number is the month."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import StrEnum

__all__ = ["DayOrder", "UndecidedDayError", "day_in", "day_of"]

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}.*)?")
_NUMBERS = re.compile(r"(\d{1,4})[./ -]+(\d{1,2})[./ -]+(\d{1,4})\.?")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er)?[. -]+(?:de )?([^\W\d_]{3,10})[., -]+(?:de )?(\d{4})")
_MONTH_DAY = re.compile(r"([^\W\d_]{3,10})[. ]+(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})")
_CLOCK = re.compile(r"[, T]+\d{1,2}:\d{2}\S*( ?[AaPp]\.?[Mm]\.?)?(?: \S+)?$")
_IN_A_NAME = re.compile(r"(?<!\d)(20\d{2})([-_.]?)(\d{2})\2(\d{2})(?!\d)")
_MONTHS = tuple(
    line.split()
    for line in """january januar janvier enero
february februar fevrier febrero
march marz mrz mars marzo
april avril abril
may mai mayo
june juni juin junio
july juli juillet julio
august aout agosto
september septembre septiembre
october oktober octobre octubre
november novembre noviembre
december dezember decembre diciembre""".splitlines()
)
"""In English, German, French and Spanish, without accents. Short forms are their beginnings."""

_SERIAL = range(20_000, 80_000)
"""What spreadsheets keep for the days from 1954 to 2119: the number of days since 1900 (Microsoft's page on the DATE
function: support.microsoft.com/en-us/office/date-function-e36c0c8c-4104-49da-ab83-82328b832349)."""

_WRITE = "write it as 2026-10-03"
_SHORT_YEAR = re.compile(r"\d{1,2}([./ -])\d{1,2}\1\d{2}\.?")
_NO_DAY = frozenset({"0000-00-00", "00/00/0000", "00.00.0000"})


class DayOrder(StrEnum):
    """The order of day, month and year in dates that are not ISO."""

    DMY = "DMY"
    MDY = "MDY"
    YMD = "YMD"


class UndecidedDayError(ValueError):
    """A day that is not ISO, and nobody said in which order it is written. Not a matter of one row."""


def day_of(text: str, order: DayOrder | None) -> date | None:
    """The day that a cell holds, None for one that means "no day".

    Raises UndecidedDayError where the order has to be told and would help, ValueError saying what stands there for what
    is no day in any order.
    """
    if text in _NO_DAY:
        return None
    if found := _ISO.fullmatch(text):
        return _day(*found.groups())
    bare = _CLOCK.sub("", text)
    if (named := _by_month_name(bare)) is not None:
        return named
    if not any(_reads(bare, one) for one in DayOrder):
        raise ValueError(_instead(bare))
    if order is None:
        raise UndecidedDayError("a day that is not written as 2026-10-03")
    return _ordered(bare, order)


def _reads(text: str, order: DayOrder) -> bool:
    try:
        _ordered(text, order)
    except ValueError:
        return False
    return True


def _instead(text: str) -> str:
    """What a cell holds that is no day in any order, in words: it is not repeated."""
    whole, _, rest = text.partition(".")
    if whole.isascii() and whole.isdigit() and (rest.isdigit() or not rest) and int(whole) in _SERIAL:
        return (
            "this is no day but the number by which a spreadsheet counts days: format the column as a date there, best "
            "as 2026-10-03, and save the file again"
        )
    if not any(char.isdigit() for char in text):
        return f"this is no day but words: {_WRITE}, or leave the cell empty"
    if _SHORT_YEAR.fullmatch(text):
        return f"this is a day with a year of two digits: {_WRITE}, or with all four digits of the year and --dates"
    return f"this is no day that can be read: {_WRITE}"


def day_in(name: str) -> date | None:
    """The day in a file's name (users-2026-10-03.csv, 20261003), None where there is none or there are several."""
    found = set()
    for match in _IN_A_NAME.finditer(name):
        try:
            found.add(_day(match[1], match[3], match[4]))
        except ValueError:
            continue
    return found.pop() if len(found) == 1 else None


def _by_month_name(text: str) -> date | None:
    """A day whose month is a word, in whatever order: nobody has to say which number is the month."""
    if found := _DAY_MONTH.fullmatch(text):
        month, day, year = found[2], found[1], found[3]
    elif found := _MONTH_DAY.fullmatch(text):
        month, day, year = found[1], found[2], found[3]
    else:
        return None
    return _day(year, _month(month), day)


def _ordered(text: str, order: DayOrder) -> date:
    found = _NUMBERS.fullmatch(text)
    if found is None:
        raise ValueError("this is no day: write it as 2026-10-03")
    parts = dict(zip(order.value, found.groups(), strict=True))
    if len(parts["Y"]) != 4:
        raise ValueError(f"this is no day in the order {order.value}, with a year of four digits")
    return _day(parts["Y"], parts["M"], parts["D"])


def _month(word: str) -> str:
    plain = "".join(char for char in unicodedata.normalize("NFKD", word.casefold()) if char.isalpha())
    found = [number for number, names in enumerate(_MONTHS, 1) if any(name.startswith(plain) for name in names)]
    if len(found) != 1:
        raise ValueError("this names no month")
    return str(found[0])


def _day(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError("there is no such day in the calendar, in this order") from None
