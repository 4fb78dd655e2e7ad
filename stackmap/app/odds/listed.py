"""A list of odds as people write it: who may leave, and how likely, one a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stackmap.app.what_if.scenario import lines_in
from stackmap.app.what_if.sentences import Said, masked, unquoted
from stackmap.errors import UsageError
from stackmap.render.guards import plain
from stackmap.render.words import counted

__all__ = ["Line", "read_odds", "refused"]

_HEADING = re.compile(r"probability|chance|odds|likelihood|wahrscheinlichkeit", re.IGNORECASE)
_CHANCE = re.compile(r"(?P<number>\d{1,20}(?:[.,]\d{1,20})?)\s*(?P<percent>%|percent)?", re.IGNORECASE)
_AFTER_A_COMMA = re.compile(r"\d{1,20}\s*(?:%|percent)?\s*", re.IGNORECASE)
_HALF_A_NUMBER = re.compile(r",\s*\d{1,20},\s*$")
_MARKS = (";", "\t", ",")
_EXAMPLE = 'write, say: "Dana Okafor", 30 %'
_MOST = 10
"""How many lines that cannot be used are told at once."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `person`: as they are called there; `chance`: 0 to 1. `wrong`: why it cannot be used, without a name;
    "" where it can.
    """

    said: Said
    person: str = ""
    chance: float = 0.0
    wrong: str = ""


def read_odds(text: str, file: str) -> list[Line]:
    """The lines of a list, as `NAME, 0.3` or `NAME, 30 %`; `file` is what it is called in errors.

    A first line of headings, empty lines and comments are passed over. Raises UsageError where nothing is left.
    """
    lines = [_line(said) for said in lines_in(text, file)]
    if lines and (parts := _parted(lines[0].said.text)) and _HEADING.fullmatch(parts[1]):
        del lines[0]
    if not lines:
        raise UsageError(f"the list of odds is empty ({plain(file)}); {_EXAMPLE}")
    return lines


def refused(troubles: Sequence[tuple[Line, str]], *, hushed: bool) -> UsageError:
    """What is wrong with these lines, all at once. Of `hushed` ones only the numbers are told: both the lines and the
    file's name may name people.
    """
    told = [
        f"line {line.said.line} of the list of odds: {why}" if hushed else f"{line.said.told}: {why}"
        for line, why in troubles[:_MOST]
    ]
    if len(troubles) > _MOST:
        told.append(f"and {counted(len(troubles) - _MOST, 'more line')} that cannot be used")
    if any(line.wrong for line, _ in troubles):
        told.append(f"A line names one person and how likely they are to leave; {_EXAMPLE}")
    return UsageError("\n".join(told))


def _line(said: Said) -> Line:
    parts = _parted(said.text)
    if parts is None:
        return Line(said, wrong="it does not say how likely")
    person, text = parts
    if not person:
        return Line(said, wrong="it names nobody")
    if _HALF_A_NUMBER.search(masked(said.text.removesuffix(text))):
        return Line(said, wrong="a comma parts columns, too: write the number with a point, or a semicolon before it")
    chance, wrong = _chance(text)
    return Line(said, person, chance, wrong)


def _parted(text: str) -> tuple[str, str] | None:
    """The name and what follows it, without quotation marks; what these enclose is never parted."""
    hidden = masked(text)
    mark = next((mark for mark in _MARKS if mark in hidden), None)
    if mark is None:
        return None
    end = hidden.rindex(mark)
    if mark == "," and (before := _decimals(hidden)) is not None:
        end = before
    return unquoted(text[:end].strip()), unquoted(text[end + 1 :].strip())


def _decimals(text: str) -> int | None:
    """Where the name ends, if the last comma is within a number, as in `NAME, 30,5 %`: only with the space that tells
    it from one more column.
    """
    head, _, last = text.rpartition(",")
    name, comma, whole = head.rpartition(",")
    spaced = comma and whole != whole.lstrip() and whole == whole.rstrip()
    return len(name) if spaced and whole.strip().isdecimal() and _AFTER_A_COMMA.fullmatch(last) else None


def _chance(text: str) -> tuple[float, str]:
    """A share or a percentage, or why it is none. Of a bare number above 1 nobody can tell which was meant."""
    match = _CHANCE.fullmatch(text)
    if match is None:
        return 0.0, "how likely must be a number between 0 and 1, or between 0 % and 100 %"
    value = float(match["number"].replace(",", "."))
    if match["percent"]:
        return value / 100, "" if value <= 100 else "how likely must be at most 100 %"
    return value, "" if value <= 1 else "how likely must be at most 1, unless a % stands behind it"
