"""The workspace's salt. A store that holds readings gets one at once; a new one with its first reading."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and the salt where there are readings already."""
    table = op.create_table(
        "workspace",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("salt", sa.Text(), nullable=False),
    )
    read = op.get_bind().execute(sa.text("SELECT 1 FROM snapshots LIMIT 1")).first()
    if read is not None:
        op.bulk_insert(table, [{"id": 1, "salt": secrets.token_hex(32)}])


def downgrade() -> None:
    """Drop the salt: pseudonyms and hashed ids will be others from then on."""
    op.drop_table("workspace")
