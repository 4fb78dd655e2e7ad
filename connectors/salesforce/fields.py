"""Reading one record's fields: texts, yes or no, and Ids in the one form in which they are compared."""

from __future__ import annotations

import re

from stackmap.model import EdgeKind, Fact, NodeKind
from stackmap.sdk import Record, Scope, lookup

__all__ = ["flag", "full_id", "last_part", "made_by", "text"]

_SHORT_ID = re.compile(r"[A-Za-z0-9]{15}")
_CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_AUTHORS = ((EdgeKind.CREATED_BY, "CreatedById"), (EdgeKind.MODIFIED_BY, "LastModifiedById"))


def text(row: Record, path: str) -> str:
    """The text at a dotted path, "" where there is none."""
    found = lookup(row, path)
    return found.strip() if isinstance(found, str) else ""


def flag(row: Record, name: str) -> bool | None:
    """Yes or no, None where the record does not say."""
    found = row.get(name)
    return found if isinstance(found, bool) else None


def full_id(value: str) -> str:
    """An Id in its form of 18 characters; anything else as it is.

    The last three say which of the others are capitals: five bits each, the first character in the lowest one.
    """
    if not _SHORT_ID.fullmatch(value):
        return value
    parts = (value[start : start + 5] for start in (0, 5, 10))
    return value + "".join(
        _CHECK[sum(1 << place for place, sign in enumerate(part) if sign.isupper())] for part in parts
    )


def made_by(row: Record, thing: str, at: Scope, record: object) -> list[Fact]:
    """Who created something and who saved it last: clues, never dependencies."""
    authors = [(kind, full_id(text(row, name))) for kind, name in _AUTHORS]
    return [at.edge(kind, thing, at.id(NodeKind.ACCOUNT, who), record) for kind, who in authors if who]


def last_part(node_id: str) -> str:
    """The vendor's own part of an id, as it stands there."""
    return node_id.rsplit("/", 1)[1]
