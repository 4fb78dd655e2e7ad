"""The intervals of facts: what a reading adds, changes and ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, bindparam, func, insert, select, update

from stackmap.errors import StoreError
from stackmap.model import Edge, Fact, Node, SourceReading
from stackmap.store.carry import closing_inventories
from stackmap.store.codec import EDGES, NODES, Content, F, Layout, Place, Value
from stackmap.store.schema import inventories

__all__ = ["end_source", "record_reading"]

_BATCH = 20_000

_node_order = attrgetter("id")
_edge_order = attrgetter("kind", "source", "target", "group", "slot")


def record_reading(connection: Connection, snapshot: int, reading: SourceReading) -> None:
    """Bring the facts of one source up to date, as of `snapshot`.

    Facts are written in the order of their keys, so that loading finds them all but sorted.
    """
    numbers = _inventories(connection, reading.source)
    closing = frozenset(numbers) if reading.whole else closing_inventories(reading)
    by_place = _grouped(reading.facts)
    for name in sorted(by_place.keys() | (closing & numbers.keys())):
        number = numbers.get(name) or _add_inventory(connection, reading.source, name)
        nodes, edges = by_place.get(name, ([], []))
        nodes.sort(key=_node_order)
        edges.sort(key=_edge_order)
        place = Place(reading.source, name)
        _Update(connection, NODES, snapshot, number).apply(_encoded(NODES, nodes, place), name in closing)
        _Update(connection, EDGES, snapshot, number).apply(_encoded(EDGES, edges, place), name in closing)


def end_source(connection: Connection, snapshot: int, source: str) -> None:
    """End every fact of a source, as of `snapshot`."""
    numbers = sorted(_inventories(connection, source).values())
    for table in (NODES.facts, EDGES.facts):
        ended = table.c.inventory.in_(numbers) & table.c.last.is_(None)
        connection.execute(update(table).where(ended).values(last=snapshot))


def _inventories(connection: Connection, source: str) -> dict[str, int]:
    found = select(inventories.c.name, inventories.c.id).where(inventories.c.source == source)
    return dict(connection.execute(found).all())


def _add_inventory(connection: Connection, source: str, name: str) -> int:
    added = connection.execute(insert(inventories).values(source=source, name=name))
    return added.lastrowid


def _grouped(facts: Iterable[Fact]) -> dict[str, tuple[list[Node], list[Edge]]]:
    found: dict[str, tuple[list[Node], list[Edge]]] = {}
    for fact in facts:
        nodes, edges = found.setdefault(fact.evidence[0].inventory, ([], []))
        if isinstance(fact, Node):
            nodes.append(fact)
        else:
            edges.append(fact)
    return found


def _encoded(layout: Layout[F], facts: Iterable[F], place: Place) -> Iterator[tuple[Content, Content, Value]]:
    """Key, content and value of sorted facts; a repeated fact once. Raises StoreError when two of one key differ."""
    before: tuple[Content, Content, Value] | None = None
    for fact in facts:
        content, value = layout.encode(fact, place)
        row = content[: layout.keys], content, value
        if before is None or row[0] != before[0]:
            yield row
        elif row != before:
            said = " ".join(part for part in row[0] if part)
            raise StoreError(
                f"{'/'.join(place)} says two different things of {said}: "
                "let it say one, or put them into two inventories; nothing was stored"
            )
        before = row


class _Known(NamedTuple):
    row: int
    content: Content
    value: Value


class _Update:
    """One inventory's facts of one layout, on their way from the last snapshot to this one."""

    def __init__(self, connection: Connection, layout: Layout[F], snapshot: int, inventory: int) -> None:
        self._connection = connection
        self._keys = layout.keys
        self._facts = layout.facts
        self._values = layout.values
        self._snapshot = snapshot
        self._inventory = inventory
        self._next_row = 1 + (connection.scalar(select(func.max(layout.facts.c.row))) or 0)
        self._new_facts = _Inserts(connection, layout.facts)
        self._new_values = _Inserts(connection, layout.values)

    def apply(self, fresh: Iterable[tuple[Content, Content, Value]], closes: bool) -> None:
        known = self._open()
        ended, ended_values = [], []
        for key, content, value in fresh:
            old = known.pop(key, None)
            if old is None or old.content != content:
                self._add(content, value)
                if old is not None:
                    ended.append(old.row)
            elif old.value != value:
                if old.value is not None:
                    ended_values.append(old.row)
                self._add_value(old.row, value)
        if closes:
            ended.extend(old.row for old in known.values())
        self._end(self._facts, "row", ended)
        self._end(self._values, "fact", ended_values)
        self._new_facts.flush()
        self._new_values.flush()

    def _open(self) -> dict[Content, _Known]:
        facts, values = self._facts, self._values
        _, _, _, _, *content = facts.c
        beside = facts.outerjoin(values, (values.c.fact == facts.c.row) & values.c.last.is_(None))
        query = (
            select(facts.c.row, values.c.value, *content)
            .select_from(beside)
            .where(facts.c.inventory == self._inventory, facts.c.last.is_(None))
        )
        width = 2 + self._keys
        return {tuple(row[2:width]): _Known(row[0], tuple(row[2:]), row[1]) for row in self._connection.execute(query)}

    def _add(self, content: Content, value: Value) -> None:
        self._new_facts.add((self._next_row, self._inventory, self._snapshot, None, *content))
        self._add_value(self._next_row, value)
        self._next_row += 1

    def _add_value(self, row: int, value: Value) -> None:
        if value is not None:
            self._new_values.add((row, self._snapshot, None, value))

    def _end(self, table: Table, column: str, rows: Sequence[int]) -> None:
        if rows:
            # What this snapshot itself began goes on: a full batch may lie in the table already.
            earlier = table.c.last.is_(None) & (table.c.first < self._snapshot)
            ended = update(table).where(table.c[column] == bindparam("ended"), earlier)
            self._connection.execute(ended.values(last=self._snapshot), [{"ended": row} for row in rows])


class _Inserts:
    """Rows for one table, handed to the driver in batches: as tuples, for a million dicts take longer to bind."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self._connection = connection
        self._statement = str(insert(table).compile(connection))
        self._rows: list[tuple[Any, ...]] = []

    def add(self, row: tuple[Any, ...]) -> None:
        self._rows.append(row)
        if len(self._rows) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        if self._rows:
            self._connection.exec_driver_sql(self._statement, self._rows)
            self._rows = []
