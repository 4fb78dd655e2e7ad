"""What an answer supposes beside what was read, to be said first in every output."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from stackmap.analysis.what_if.difference import Difference

__all__ = ["Ending", "Instead", "Supposed", "Supposition"]


@dataclass(frozen=True, slots=True)
class Supposition:
    """One sentence: `subject` and `object` are ids ("" for no object), `verb` the words between.

    `by`: the logins through which it holds. `beside`: who holds a login already that somebody more is to hold, where it
    would go off with them; it is shared then. `new_login`: a login in `by` was not read and is supposed with it.
    `already`: it is so, or was read so; nothing changes.
    """

    subject: str
    verb: str
    object: str = ""
    by: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    new_login: bool = False
    already: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """A token or a login of which a date was read on which it ends, with the things that sign in with it, by id."""

    node: str
    day: date
    things: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Instead:
    """A login that was asked about and that nobody is known to hold, and who holds it as it is supposed, by id."""

    login: str
    person: str


@dataclass(frozen=True, slots=True)
class Supposed:
    """All that an answer supposes. `on`: the day for which it is asked, with what ends by then. `instead`: who is meant
    by logins that were asked about. `difference`: what the suppositions change in the answer; None where that was not
    looked at.
    """

    suppositions: tuple[Supposition, ...] = ()
    on: date | None = None
    endings: tuple[Ending, ...] = ()
    instead: tuple[Instead, ...] = ()
    difference: Difference | None = None

    def __bool__(self) -> bool:
        return bool(self.suppositions) or self.on is not None
