"""Days as files write them. 03/04 is never guessed: whoever imports says which number is the month."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

__all__ = ["DayOrder", "UndecidedDayError", "day_in", "day_of"]

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}.*)?")
_NUMBERS = re.compile(r"(\d{1,4})[./ -]+(\d{1,2})[./ -]+(\d{1,4})\.?")
_DAY_MONTH = re.compile(r"(\d{1,2})[. -]+([A-Za-z]{3,9})[., -]+(\d{4})")
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})[. ]+(\d{1,2}),? +(\d{4})")
_CLOCK = re.compile(r"[, T]+\d{1,2}:\d{2}\S*( ?[AaPp]\.?[Mm]\.?)?(?: \S+)?$")
_IN_A_NAME = re.compile(r"(?<!\d)(20\d{2})([-_.]?)(\d{2})\2(\d{2})(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
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

    Raises UndecidedDayError where the order has to be told first, ValueError for what is no day.
    """
    if text in _NO_DAY:
        return None
    if found := _ISO.fullmatch(text):
        return _day(*found.groups())
    if not any(char.isdigit() for char in text) or text.isdigit():
        raise ValueError("this is no day: write it as 2026-10-03")
    if order is None:
        raise UndecidedDayError("a day that is not written as 2026-10-03")
    return _ordered(_CLOCK.sub("", text), order)


def day_in(name: str) -> date | None:
    """The day in a file's name (users-2026-10-03.csv, 20261003), None where there is none or there are several."""
    found = set()
    for match in _IN_A_NAME.finditer(name):
        try:
            found.add(_day(match[1], match[3], match[4]))
        except ValueError:
            continue
    return found.pop() if len(found) == 1 else None


def _ordered(text: str, order: DayOrder) -> date:
    if found := _DAY_MONTH.fullmatch(text):
        return _day(found[3], _month(found[2]), found[1])
    if found := _MONTH_DAY.fullmatch(text):
        return _day(found[3], _month(found[1]), found[2])
    found = _NUMBERS.fullmatch(text)
    if found is None:
        raise ValueError("this is no day: write it as 2026-10-03")
    parts = dict(zip(order.value, found.groups(), strict=True))
    if len(parts["Y"]) != 4:
        raise ValueError(f"this is no day in the order {order.value}, with a year of four digits")
    return _day(parts["Y"], parts["M"], parts["D"])


def _month(word: str) -> str:
    short = word[:3].lower()
    if short not in _MONTHS:
        raise ValueError("this names no month")
    return str(_MONTHS.index(short) + 1)


def _day(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError("there is no such day in the calendar, in this order") from None
