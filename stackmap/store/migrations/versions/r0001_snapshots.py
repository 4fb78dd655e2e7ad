"""Snapshots, coverage, person ids, and facts with the interval in which they hold."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    _snapshots()
    _coverage()
    _people()
    _facts("nodes", "node_values", _text("id", "kind", "name", "evidence"))
    _facts("edges", "edge_values", _edge_content())


def downgrade() -> None:
    """Drop every table, and with them everything that was ever read."""
    for name in (
        "edge_values",
        "edges",
        "node_values",
        "nodes",
        "inventories",
        "person_ids",
        "coverage",
        "sources",
        "snapshots",
        "manifests",
    ):
        op.drop_table(name)


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _snapshots() -> None:
    op.create_table(
        "manifests",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("sha256", sa.Text(), nullable=False, unique=True),
        *_text("text"),
    )
    op.create_table(
        "snapshots",
        sa.Column("id", sa.Integer(), primary_key=True),
        *_text("taken_at"),
        sa.Column("manifest", sa.Integer(), sa.ForeignKey("manifests.id"), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sources",
        sa.Column("snapshot", sa.Integer(), sa.ForeignKey("snapshots.id"), primary_key=True),
        sa.Column("name", sa.Text(), primary_key=True),
        *_text("read_at", "collector"),
        sqlite_with_rowid=False,
    )


def _coverage() -> None:
    op.create_table(
        "coverage",
        sa.Column("snapshot", sa.Integer(), sa.ForeignKey("snapshots.id"), primary_key=True),
        *(sa.Column(name, sa.Text(), primary_key=True) for name in ("source", "system", "inventory")),
        *_text("state", "kinds", "sort"),
        sa.Column("fix_by", sa.Text()),
        *_text("reason", "needs"),
        _number("records"),
        sa.Column("read_at", sa.Text()),
        *_text("vendor_code"),
        sqlite_with_rowid=False,
    )


def _people() -> None:
    op.create_table(
        "person_ids",
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("first", sa.Integer(), sa.ForeignKey("snapshots.id"), primary_key=True),
        *_text("person"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "inventories",
        sa.Column("id", sa.Integer(), primary_key=True),
        *_text("source", "name"),
        sa.UniqueConstraint("source", "name"),
    )


def _edge_content() -> list[sa.Column[str] | sa.Column[int]]:
    return [
        *_text("kind", "source", "target", "group", "slot"),
        _number("need"),
        _number("proven", nullable=True),
        sa.Column("outcomes", sa.Text()),
        *_text("evidence"),
    ]


def _facts(name: str, values: str, content: list[sa.Column[str]] | list[sa.Column[str] | sa.Column[int]]) -> None:
    op.create_table(
        name,
        sa.Column("row", sa.Integer(), primary_key=True),
        sa.Column("inventory", sa.Integer(), sa.ForeignKey("inventories.id"), nullable=False),
        _number("first"),
        _number("last", nullable=True),
        *content,
        sa.Column("properties", sa.Text()),
    )
    op.create_index(f"{name}_open", name, ["inventory"], sqlite_where=sa.text("last IS NULL"))
    op.create_table(
        values,
        sa.Column("fact", sa.Integer(), sa.ForeignKey(f"{name}.row"), primary_key=True),
        sa.Column("first", sa.Integer(), primary_key=True),
        _number("last", nullable=True),
        *_text("value"),
        sqlite_with_rowid=False,
    )
