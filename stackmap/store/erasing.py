"""Taking somebody out of every reading. Every function but the last works within the caller's transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, select, update

from stackmap.model import Fact
from stackmap.store import schema
from stackmap.store.codec import EDGES, NODES, F, Layout, Place

__all__ = ["Erased", "Erasing", "compact", "erase", "every_fact"]

_TEXTS: Mapping[Table, tuple[str, ...]] = {
    schema.sources: ("collector",),
    schema.coverage: ("reason", "needs", "vendor_code"),
}
"""Columns in which somebody may be named, beside facts, notes and ids. What sources, their lists and their systems are
called is not among them: the next reading is tied to this one by it."""


@dataclass(frozen=True, slots=True)
class Erasing:
    """What is to be left of what was stored.

    `fact` gives what stays of a fact, None for nothing; `text` what stays of any text; `notes` what stays of a
    stack.yaml as it was stored; `forgets` says of an identity key and its person whether to drop them; `quiet` of a
    fact whether what moved beside it (last use) goes.
    """

    fact: Callable[[Fact], Fact | None]
    text: Callable[[str], str]
    notes: Callable[[str], str]
    forgets: Callable[[str, str], bool]
    quiet: Callable[[Fact], bool]


@dataclass(frozen=True, slots=True)
class Erased:
    """How much it was: facts that are gone, facts and stored notes that were changed, identity keys dropped."""

    gone: int
    changed: int
    notes: int
    keys: int


def every_fact(connection: Connection) -> Iterator[Fact]:
    """Every fact of every reading, each state it was ever in."""
    places = _places(connection)
    yield from (fact for _, fact in _rows(connection, NODES, places))
    yield from (fact for _, fact in _rows(connection, EDGES, places))


def erase(connection: Connection, what: Erasing) -> Erased:
    """Bring every table to what is to be left, and say how much that changed."""
    places = _places(connection)
    gone, changed = 0, 0
    for one in (_Facts(connection, NODES, places), _Facts(connection, EDGES, places)):
        one.apply(what)
        gone, changed = gone + len(one.gone), changed + one.changed
    notes = _erase_notes(connection, what)
    keys = _erase_keys(connection, what)
    for table, columns in _TEXTS.items():
        _erase_texts(connection, table, columns, what)
    return Erased(gone, changed, notes, keys)


def _places(connection: Connection) -> Mapping[int, Place]:
    return {row.id: Place(row.source, row.name) for row in connection.execute(select(schema.inventories))}


def _rows(connection: Connection, layout: Layout[F], places: Mapping[int, Place]) -> Iterator[tuple[Any, F]]:
    facts = layout.facts
    _, _, _, _, *content = facts.c
    for row in list(connection.execute(select(facts.c.row, facts.c.inventory, *content))):
        yield row, layout.decode(tuple(row[2:]), None, places[row.inventory])


class _Facts:
    """The facts of one layout, on their way to what is left of them."""

    def __init__(self, connection: Connection, layout: Layout[Any], places: Mapping[int, Place]) -> None:
        self._connection = connection
        self._layout = layout
        self._places = places
        self.gone: list[int] = []
        self.changed = 0

    def apply(self, what: Erasing) -> None:
        fresh, quiet = [], []
        for row, fact in _rows(self._connection, self._layout, self._places):
            left = what.fact(fact)
            if left is None:
                self.gone.append(row.row)
                continue
            if what.quiet(fact):
                quiet.append(row.row)
            place = Place(left.evidence[0].source, left.evidence[0].inventory)
            content, _ = self._layout.encode(left, place)
            if content != tuple(row[2:]):
                fresh.append({"of": row.row} | dict(zip(self._names, content, strict=True)))
        self.changed = len(fresh)
        self._write(fresh, quiet)

    @property
    def _names(self) -> list[str]:
        return [f"new_{column.name}" for column in list(self._layout.facts.c)[4:]]

    def _write(self, fresh: list[dict[str, Any]], quiet: list[int]) -> None:
        facts, values = self._layout.facts, self._layout.values
        for rows, column in ((quiet, values.c.fact), (self.gone, values.c.fact), (self.gone, facts.c.row)):
            if rows:
                gone = delete(column.table).where(column == bindparam("of"))
                self._connection.execute(gone, [{"of": row} for row in rows])
        if fresh:
            new: dict[str, Any] = {column.name: bindparam(f"new_{column.name}") for column in list(facts.c)[4:]}
            self._connection.execute(update(facts).where(facts.c.row == bindparam("of")).values(new), fresh)


def _erase_notes(connection: Connection, what: Erasing) -> int:
    table, changed = schema.manifests, 0
    for number, text in connection.execute(select(table.c.id, table.c.text)).all():
        left = what.notes(text)
        if left == text:
            continue
        changed += 1
        digest = hashlib.sha256(left.encode()).hexdigest()
        same = connection.scalar(select(table.c.id).where(table.c.sha256 == digest))
        if same is None:
            connection.execute(update(table).where(table.c.id == number).values(sha256=digest, text=left))
            continue
        snapshots = schema.snapshots
        connection.execute(update(snapshots).where(snapshots.c.manifest == number).values(manifest=same))
        connection.execute(delete(table).where(table.c.id == number))
    return changed


def _erase_keys(connection: Connection, what: Erasing) -> int:
    table, gone = schema.person_ids, 0
    for key, person in connection.execute(select(table.c.key, table.c.person).distinct()).all():
        if what.forgets(key, person):
            gone += connection.execute(delete(table).where(table.c.key == key, table.c.person == person)).rowcount
    return gone


def _erase_texts(connection: Connection, table: Table, columns: tuple[str, ...], what: Erasing) -> None:
    for name in columns:
        column = table.c[name]
        for text in connection.scalars(select(column).distinct()).all():
            if (left := what.text(text)) != text:
                connection.execute(update(table).where(column == text).values({name: left}))


def compact(connection: Connection) -> None:
    """Write the file anew, without what was deleted: between transactions."""
    opened = connection.connection.driver_connection
    assert opened is not None  # a connection that is open has one
    opened.execute("VACUUM")
