"""How one object of an org is listed: described first, then asked, page by page, and judged by one permission."""

from __future__ import annotations

from typing import TypeAlias

from connectors.salesforce.describe import described
from connectors.salesforce.queries import Query
from connectors.salesforce.refusals import judged
from stackmap.model import EdgeKind, NodeKind
from stackmap.sdk import Inventory, Mapper, Paging

__all__ = ["Kinds", "object_list"]

Kinds: TypeAlias = frozenset[NodeKind | EdgeKind]


def object_list(
    name: str,
    query: Query,
    facts: Mapper,
    emits: Kinds,
    *,
    needs: tuple[str, ...],
    says: str,
    lists: Kinds = frozenset(),
    edition: str = "",
    pages: Paging | None = None,
    required: tuple[str, ...] = (),
    calls: int = 2,
) -> Inventory:
    """A list of one object. The permission named last is the one that opens it."""
    return Inventory(
        name,
        query.get(),
        facts,
        emits=emits,
        lists=lists,
        needs=needs,
        says=says,
        records="records",
        pages=pages or described(query),
        outcome=judged(needs[-1], edition=edition),
        expected_calls=calls,
        required=required or ("Id",),
    )
