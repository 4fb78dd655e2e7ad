"""What the rows of somebody's own table become: logins of a system, or things with their owners."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time

from stackmap.declared.tables.notes.wording import Told, somebody
from stackmap.model import EdgeKind, Fact, How, NodeKind
from stackmap.sdk.exports import Cell, Column, Row, RowMapper
from stackmap.sdk.records import used_within
from stackmap.sdk.scope import Scope

__all__ = ["LOGINS", "THINGS", "Target"]


@dataclass(frozen=True, slots=True)
class Target:
    """What rows can be. `facts` makes the mapping function for the system that they belong to."""

    name: str
    says: str
    columns: tuple[Column, ...]
    facts: Callable[[str], RowMapper]
    emits: frozenset[NodeKind | EdgeKind]
    how: How


def _logins(system: str) -> RowMapper:
    def facts(row: Row, at: Scope) -> Iterator[Fact]:
        told = Told.of(at, row["login"])
        account, place = told.id(NodeKind.ACCOUNT, system), told.system(system)
        email = row.get("email") or (row["login"] if "@" in row["login"] else None)
        known = {"email": email, "active": row.get("active"), "used_within": _used(row, at)}
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
