"""A SOQL statement in its parts, and the platform's way of saying what is wrong with one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

__all__ = [
    "Both",
    "Call",
    "Comparison",
    "Condition",
    "Literal",
    "Not",
    "Ordering",
    "Path",
    "Query",
    "Selected",
    "SoqlError",
    "Term",
    "pointed",
]

_AROUND = 32


class SoqlError(Exception):
    """A refused statement: the platform's error code and its message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Path:
    """A field, with the relationships that lead to it, where it stands in the statement."""

    parts: tuple[str, ...]
    row: int
    column: int

    def __str__(self) -> str:
        return ".".join(self.parts)


@dataclass(frozen=True, slots=True)
class Call:
    """An aggregate; COUNT() has no argument."""

    function: str
    argument: Path | None
    row: int
    column: int


Term: TypeAlias = Path | Call


@dataclass(frozen=True, slots=True)
class Literal:
    """A value: `kind` is string, number, boolean, null, date, datetime or range.

    A range (TODAY, LAST_N_DAYS:30) holds its name and number; strings have lost their escapes, except in `raw`, which
    LIKE needs.
    """

    kind: str
    value: Any
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`operator` is =, !=, <, <=, >, >=, LIKE, IN or NOT IN; the last two may have several values."""

    term: Term
    operator: str
    values: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """Several conditions: all of them, or any."""

    every: bool
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary."""

    part: Condition


Condition: TypeAlias = Comparison | Both | Not


@dataclass(frozen=True, slots=True)
class Selected:
    """One thing asked for, with its alias if it has one."""

    term: Term
    alias: str | None


@dataclass(frozen=True, slots=True)
class Ordering:
    """One key of the order. Empty values come first unless the statement says otherwise."""

    term: Term
    descending: bool = False
    empty_last: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A whole statement."""

    text: str
    selected: tuple[Selected, ...]
    table: str
    where: Condition | None
    group: tuple[Path, ...]
    having: Condition | None
    order: tuple[Ordering, ...]
    limit: int | None
    offset: int | None

    @property
    def aggregates(self) -> bool:
        """Whether rows are counted or grouped instead of listed."""
        return bool(self.group) or any(isinstance(one.term, Call) for one in self.selected)

    @property
    def counts(self) -> bool:
        """Whether it is SELECT COUNT() and nothing else."""
        first = self.selected[0].term
        return len(self.selected) == 1 and isinstance(first, Call) and first.argument is None

    def wrong(self, term: Term, message: str, code: str = "INVALID_FIELD") -> SoqlError:
        """The error that points at a term."""
        return pointed(self.text, term.row, term.column, code, message)


def pointed(text: str, row: int, column: int, code: str, message: str) -> SoqlError:
    """An error with the part of the statement around it and a caret below.

    How much of the statement the platform shows is not documented; observed messages begin about thirty characters
    before the fault.
    """
    line = (text.splitlines() or [""])[row - 1]
    start = max(0, column - 1 - _AROUND)
    shown, blanks = line[start : column - 1 + _AROUND], " " * (column - 1 - start)
    return SoqlError(code, f"\n{shown}\n{blanks}^\nERROR at Row:{row}:Column:{column}\n{message}")
