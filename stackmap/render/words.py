"""The words people read, in one place, and how dates and counts are written. Code keeps its own terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from stackmap.analysis import ANONYMOUS, anonymous_login
from stackmap.model import EdgeKind, Link, Outcome, StackGraph, is_unread

__all__ = [
    "CARE",
    "HEADINGS",
    "IDLE",
    "LOSES",
    "MAILED",
    "RUNNING",
    "and_listed",
    "counted",
    "day",
    "full_day",
    "loses",
    "person_name",
    "since",
    "stands_behind",
]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

RUNNING = "so few people's leaving stops it, or leaves it on old data"
CARE = "so few people's leaving leaves nobody who can look after it"
"""What the two numbers of a bus factor count."""

MAILED = "password resets; on some platforms codes to sign in and notices of failure, too"
"""What a platform writes to a login's address. Who says so stands beside rule PA09."""

IDLE = "no sign-in within 90 days was read"
"""Said of whoever stays and has not been seen for long."""

HEADINGS: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.STOPS: "STOPS",
        Outcome.STARVES: "RUNS ON OLD DATA",
        Outcome.LATER: "STOPS LATER",
        Outcome.REFUSED: "BLOCKS THE LAST DAY",
        Outcome.MOVED: "SILENTLY CHANGES HANDS",
        Outcome.UNKNOWN: "MAY STOP, NOT KNOWN FOR SURE",
        Outcome.UNOWNED: "RUNS ON, NOBODY LEFT TO CARE",
        Outcome.MUTED: "ALARM REACHES NOBODY",
        Outcome.SURVIVES: "SURVIVES",
    }
)
"""Outcomes as headings, in the order in which an answer tells them."""

LOSES: Mapping[EdgeKind, str] = MappingProxyType(
    {
        EdgeKind.PART_OF: "lies in",
        EdgeKind.HAS_ACCOUNT: "is the login of",
        EdgeKind.PROVISIONED_BY: "goes off together with",
        EdgeKind.ADMINISTERS: "is administered by",
        EdgeKind.RUNS_AS: "runs as",
        EdgeKind.AUTHENTICATES_WITH: "signs in with",
        EdgeKind.AUTHORIZED_BY: "was authorised by",
        EdgeKind.CONNECTS: "connects to",
        EdgeKind.READS_FROM: "reads from",
        EdgeKind.WRITES_TO: "is written by",
        EdgeKind.CALLS: "waits for",
        EdgeKind.TRIGGERS: "is set off by",
        EdgeKind.SERVED_BY: "is answered by",
        EdgeKind.ROUTES_TO: "hands work to",
        EdgeKind.MAILBOX_OF: "is the mailbox of",
        EdgeKind.NOTIFIES: "alarms",
        EdgeKind.OWNED_BY: "belongs to",
        EdgeKind.MEMBER_OF: "has as member",
        EdgeKind.DEPENDS_ON: "depends on",
    }
)
"""How what hangs on an edge says so: read as *dependent WORDS cause*, whichever end the edge starts at.

Of `WRITES_TO` either end hangs on the other: these are the words of what is written; `loses` knows both.
"""


def loses(link: Link, cause: str) -> str:
    """How what hangs on a link says so, when it is `cause`, one of its ends, that is lost."""
    return "writes to" if link.kind is EdgeKind.WRITES_TO and cause == link.target else LOSES[link.kind]


def person_name(graph: StackGraph, person: str) -> str:
    """A person's name; somebody whom no source names is whoever holds a login, or stands behind one nobody read."""
    if person == ANONYMOUS:
        return "somebody no list names"
    login = anonymous_login(person)
    if login is None:
        return graph.name(person)
    if login not in graph or is_unread(login):
        return stands_behind(graph, login)
    system = graph.system_name(login)
    return f"whoever holds {graph.name(login)}" + (f" in {system}" if system else "")


def stands_behind(graph: StackGraph, login: str) -> str:
    """Whoever holds a login that was not read: named by the tokens that prove it exists, else by its id."""
    tokens = [graph.name(link.source) for link in graph.into(login, EdgeKind.AUTHORIZED_BY)]
    return f"whoever stands behind {' and '.join(tokens) or login}"


def day(when: date) -> str:
    """A day as people read it: 22 Nov."""
    return f"{when.day} {_MONTHS[when.month - 1]}"


def since(when: date, latest: date | None) -> str:
    """A day, with its year where that is not the year of the latest reading."""
    return day(when) if latest is not None and when.year == latest.year else full_day(when)


def full_day(when: date) -> str:
    """A day with its year: 22 Nov 2026."""
    return f"{day(when)} {when.year}"


def and_listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them: A, B and C."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 thing, 2 things."""
    return f"{number} {one if number == 1 else many or one + 's'}"
