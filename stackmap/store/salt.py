"""The workspace's salt: one random text per workspace, by which ids and pseudonyms of one mean nothing in another."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, insert, select

from stackmap.errors import StoreError
from stackmap.store import schema

__all__ = ["fresh_salt", "keep_salt", "load_salt"]

_BYTES = 32


def fresh_salt() -> str:
    """A new one."""
    return secrets.token_hex(_BYTES)


def load_salt(connection: Connection) -> str:
    """The stored one, "" before the first reading."""
    return connection.scalar(select(schema.workspace.c.salt)) or ""


def keep_salt(connection: Connection, salt: str) -> None:
    """Store the salt that a reading was made with; "" for a reading that needed none.

    Raises StoreError where the workspace has another: ids made with the two would not meet.
    """
    known = load_salt(connection)
    if known and salt not in {"", known}:
        raise StoreError(
            "another command stored this workspace's first reading meanwhile; nothing was stored, run the command again"
        )
    if not known:
        connection.execute(insert(schema.workspace), {"id": 1, "salt": salt or fresh_salt()})
