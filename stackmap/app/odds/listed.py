"""A list of odds as people write it: who may leave, and how likely, one a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from stackmap.app.lists import Said, lines_in, masked, unquoted
from stackmap.errors import UsageError
from stackmap.render.guards import plain
from stackmap.render.words import counted

__all__ = ["TOLD_AT_ONCE", "Line", "read_odds", "refused"]

_HEADING = re.compile(r"probability|chance|odds|likelihood|wahrscheinlichkeit", re.IGNORECASE)
_EXPONENT = r"(?:e[+-]?\d{1,3})?"
_PERCENT = r"\s*(?P<percent>[%\uff05\ufe6a\u066a]|percent)?"
_CHANCE = re.compile(rf"(?P<number>(?:\d{{1,40}}(?:[.,]\d{{1,40}})?|\.\d{{1,40}}){_EXPONENT}){_PERCENT}", re.IGNORECASE)
_AFTER_A_COMMA = re.compile(rf"\d{{1,40}}{_EXPONENT}{_PERCENT}\s*", re.IGNORECASE)
_HALF_A_NUMBER = re.compile(r",\s*[\d.]{1,40},\s*$")
_COLUMNS = (";", "\t")
_COMMA = ","
_COLON = ":"
"""Parts a name from how likely only where that follows it: logins have colons too."""

_EXAMPLE = 'write, say: "Dana Okafor", 30 %'
TOLD_AT_ONCE = 10
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
        for line, why in troubles[:TOLD_AT_ONCE]
    ]
    if len(troubles) > TOLD_AT_ONCE:
        told.append(f"and {counted(len(troubles) - TOLD_AT_ONCE, 'more line')} that cannot be used")
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
    marks = (*_COLUMNS, *([_COLON] if _follows_a_colon(text) else []), _COMMA)
    mark = next((mark for mark in marks if mark in hidden), None)
    if mark is None:
        return None
    end = hidden.rindex(mark)
    if mark == _COMMA and (before := _decimals(hidden)) is not None:
        end = before
    return unquoted(text[:end].strip()), unquoted(text[end + 1 :].strip())


def _follows_a_colon(text: str) -> bool:
    """Whether nothing but a number follows the last colon: with a space before it, or a percentage without a comma."""
    name, _, last = text.rpartition(_COLON)
    match = _CHANCE.fullmatch(last.strip())
    percentage = match is not None and match["percent"] and _COMMA not in last
    return bool(name and match and (percentage or last != last.lstrip()))


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
    number = Fraction(match["number"].replace(",", "."))  # exact: nothing is rounded before it is judged
    share = number / 100 if match["percent"] else number
    if share > 1:
        return 1.0, _too_much(number, percent=bool(match["percent"]))
    if share not in {0, 1} and (chance := float(share)) in {0.0, 1.0}:
        return chance, f"that is too near to {chance:.0%} to be told from it: write fewer digits".replace("%", " %")
    return float(share), ""


def _too_much(number: Fraction, *, percent: bool) -> str:
    if percent or number > 100:
        return "how likely must be at most 100 %"
    return "how likely must be at most 1, unless a % stands behind it"
