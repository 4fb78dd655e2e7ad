"""What the rows of somebody's own table become: logins of a system, things with their owners, or people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time

from stackmap.declared.tables.kinds import Some
from stackmap.declared.tables.notes.wording import Told, somebody
from stackmap.declared.tables.staff import STAFF_LIST
from stackmap.declared.tables.staff_shape import NEEDS
from stackmap.model import EdgeKind, Fact, How, NodeKind
from stackmap.sdk.exports import Cell, Column, Export, Row, RowMapper
from stackmap.sdk.records import used_within
from stackmap.sdk.scope import Scope

__all__ = ["LOGINS", "PEOPLE", "THINGS", "Target"]


@dataclass(frozen=True, slots=True)
class Target:
    """What rows can be, and what one is. `facts` makes the mapping function for the system that they belong to.

    `needs`: columns of which some have to be explained. `like`: the export as which such a table counts, and whose
    source it takes the place of; it belongs to no system.
    """

    name: str
    one: str
    says: str
    columns: tuple[Column, ...]
    facts: Callable[[str], RowMapper]
    emits: frozenset[NodeKind | EdgeKind]
    how: How
    needs: tuple[Some, ...] = ()
    like: Export | None = None


def _logins(system: str) -> RowMapper:
    def facts(row: Row, at: Scope) -> Iterator[Fact]:
        told = Told.of(at, row["login"])
        account, place = told.id(NodeKind.ACCOUNT, system), told.system(system)
        email = row.get("email") or (row["login"] if "@" in row["login"] else None)
        known = {
            "login": row["login"],
            "email": email,
            "active": row.get("active"),
            "used_within": _used(row, at),
        }
        yield from told.within(told.node(NodeKind.ACCOUNT, account, row.get("name") or row["login"], known), system)
        if row.get("admin"):
            yield told.edge(EdgeKind.ADMINISTERS, account, place.id)

    return facts


def _things(system: str) -> RowMapper:
    def facts(row: Row, at: Scope) -> Iterator[Fact]:
        told = Told.of(at, row["thing"])
        thing = told.id(NodeKind.INTEGRATION, system)
        known = {"active": row.get("active"), "used_within": _used(row, at)}
        yield from told.within(told.node(NodeKind.INTEGRATION, thing, row["thing"], known), system)
        yield from told.owned(thing, row.get("owner"))
        if "runs_as" in row:
            login = somebody(row["runs_as"])
            yield from told.login_facts(system, login)
            yield told.edge(EdgeKind.RUNS_AS, thing, told.login(system, login))

    return facts


def _used(row: Row, at: Scope) -> dict[str, str] | None:
    day = row.get("last_used")
    return None if day is None else used_within(datetime.combine(day, time(), UTC), at.taken_at)


LOGINS = Target(
    "logins",
    "login",
    "the logins of",
    (
        Column("login", "what somebody signs in with", required=True),
        Column("name", "the name of whoever signs in"),
        Column("email", "the e-mail address", cell=Cell.EMAIL),
        Column("active", "whether the login is on", cell=Cell.YES_NO),
        Column("admin", "whether the login may administer the system", cell=Cell.YES_NO),
        Column("last_used", "the day of the last sign-in", cell=Cell.DAY),
    ),
    _logins,
    frozenset({NodeKind.SYSTEM, NodeKind.ACCOUNT, EdgeKind.PART_OF, EdgeKind.ADMINISTERS}),
    How.OBSERVED,
)

THINGS = Target(
    "things",
    "thing",
    "the things in",
    (
        Column("thing", "its name: a sheet, a script, a connection", required=True),
        Column("owner", "the owner's e-mail address"),
        Column("runs_as", "the e-mail address of the login that it runs as"),
        Column("active", "whether it is on", cell=Cell.YES_NO),
        Column("last_used", "the day of the last use", cell=Cell.DAY),
    ),
    _things,
    frozenset(
        {NodeKind.SYSTEM, NodeKind.INTEGRATION, NodeKind.ACCOUNT, NodeKind.PERSON}
        | {EdgeKind.PART_OF, EdgeKind.OWNED_BY, EdgeKind.RUNS_AS}
    ),
    How.DECLARED,
)

_ASKED = (
    *("full_name", "first_name", "last_name", "email", "person_id", "manager_email", "manager_id", "manager_name"),
    *("team", "department", "title", "status", "start_date", "end_date"),
)
"""In the order in which they are asked. What HR systems export besides comes under headings that are known."""

PEOPLE = Target(
    "people",
    "person",
    "who works here",
    tuple(
        sorted(
            (column for column in STAFF_LIST.columns if column.name in _ASKED), key=lambda one: _ASKED.index(one.name)
        )
    ),
    lambda _: STAFF_LIST.facts,
    STAFF_LIST.emits,
    STAFF_LIST.how,
    NEEDS,
    STAFF_LIST,
)
