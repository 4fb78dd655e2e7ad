"""The kinds of tables that belong to no product."""

from __future__ import annotations

from stackmap.declared.tables.kinds import Kind
from stackmap.declared.tables.notes import EXPORTS
from stackmap.declared.tables.staff import STAFF_LIST
from stackmap.declared.tables.staff_shape import CLOSED, NEEDS, NEVER, SHAPE

__all__ = ["OUR_KINDS"]

OUR_KINDS: tuple[Kind, ...] = (
    Kind(STAFF_LIST, on_request=True, needs=NEEDS, shape=SHAPE, never=NEVER, closed=CLOSED),
    *map(Kind, EXPORTS),
)
