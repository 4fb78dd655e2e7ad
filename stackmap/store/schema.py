"""The tables of `stackmap.db`.

Whatever has a history carries `first` and `last`: it holds from the snapshot `first` until just before the snapshot
`last`; `last` is NULL while it still holds. So an unchanged reading writes no facts at all.

There is no unique index over a fact's key: the one writer compares keys in any case, and on a million nodes such an
index would double the file.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint

__all__ = [
    "REVISIONS",
    "coverage",
    "edge_values",
    "edges",
    "inventories",
    "manifests",
    "metadata",
    "node_values",
    "nodes",
    "person_ids",
    "snapshots",
    "sources",
    "workspace",
]

REVISIONS = ("0001", "0002")
"""Every revision of the schema this program knows, oldest first. A database at any other is newer."""

metadata = MetaData()


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


workspace = Table(
    "workspace",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("salt"),
)
"""One row: what belongs to the workspace and to no reading. Its salt is never printed and never exported."""

manifests = Table(
    "manifests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    _text("text"),
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("taken_at"),
    Column("manifest", ForeignKey("manifests.id"), nullable=False),
    sqlite_autoincrement=True,  # the number of a pruned snapshot is never given again
)

sources = Table(
    "sources",
    metadata,
    Column("snapshot", ForeignKey("snapshots.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    _text("read_at"),
    _text("collector"),
    sqlite_with_rowid=False,
)

coverage = Table(
    "coverage",
    metadata,
    Column("snapshot", ForeignKey("snapshots.id"), primary_key=True),
    Column("source", Text, primary_key=True),
    Column("system", Text, primary_key=True),
    Column("inventory", Text, primary_key=True),
    _text("state"),
    _text("kinds"),
    _text("sort"),
    Column("fix_by", Text),
    _text("reason"),
    _text("needs"),
    Column("records", Integer, nullable=False),
    Column("read_at", Text),
    _text("vendor_code"),
    sqlite_with_rowid=False,
)

person_ids = Table(
    "person_ids",
    metadata,
    Column("key", Text, primary_key=True),
    Column("first", ForeignKey("snapshots.id"), primary_key=True),
    _text("person"),
    sqlite_with_rowid=False,
)

inventories = Table(
    "inventories",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("source"),
    _text("name"),
    UniqueConstraint("source", "name"),
)


def _facts(name: str, *content: Column[str] | Column[int]) -> Table:
    table = Table(
        name,
        metadata,
        Column("row", Integer, primary_key=True),
        Column("inventory", ForeignKey("inventories.id"), nullable=False),
        Column("first", Integer, nullable=False),
        Column("last", Integer),
        *content,
    )
    Index(f"{name}_open", table.c.inventory, sqlite_where=table.c.last.is_(None))
    return table


def _values(name: str, facts: Table) -> Table:
    """Volatile values beside the facts. They are only read together with a fact that holds, so they end with it."""
    return Table(
        name,
        metadata,
        Column("fact", ForeignKey(facts.c.row), primary_key=True),
        Column("first", Integer, primary_key=True),
        Column("last", Integer),
        _text("value"),
        sqlite_with_rowid=False,
    )


# After the interval stand the columns of `stackmap.store.codec`, in its order: first the key, then what it says.
nodes = _facts("nodes", _text("id"), _text("kind"), _text("name"), _text("evidence"), Column("properties", Text))
node_values = _values("node_values", nodes)

edges = _facts(
    "edges",
    _text("kind"),
    _text("source"),
    _text("target"),
    _text("group"),
    _text("slot"),
    Column("need", Integer, nullable=False),
    Column("proven", Integer),
    Column("outcomes", Text),
    _text("evidence"),
    Column("properties", Text),
)
edge_values = _values("edge_values", edges)
