"""What is wrong with what a connector asks an administrator for. The conformance suite calls it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from stackmap.model import NodeKind
from stackmap.sdk.access import Access
from stackmap.sdk.connector import Connector

__all__ = ["access_mistakes"]

_PEOPLE = frozenset({NodeKind.ACCOUNT, NodeKind.PERSON})


def access_mistakes(connector: Connector) -> list[str]:
    """A sentence for each mistake; none where the connector does not tell what it asks for."""
    access = connector.access
    return [] if access is None else [*_tiers(connector, access), *_lists(connector, access)]


def _tiers(connector: Connector, access: Access) -> Iterator[str]:
    if not access.tiers:
        yield f"{connector.name} asks for no tier"
    for tier in access.tiers:
        for part in ("name", "inventories", "answers", "grant", "source"):
            if not getattr(tier, part):
                yield f"the tier {tier.name!r} has no {part}"
    if not access.revoke:
        yield "nothing says how the access is ended"


def _lists(connector: Connector, access: Access) -> Iterator[str]:
    tiered = Counter(name for tier in access.tiers for name in tier.inventories)
    told = {name for one in access.personal for name in one.inventories}
    known = {item.name for item in connector.inventories}
    for item in connector.inventories:
        if tiered[item.name] != 1:
            yield f"{item.name} is in {tiered[item.name]} tiers: it belongs in one"
        if item.emits & _PEOPLE and item.name not in told:
            yield f"{item.name} reads people's logins: say in `personal` what it takes of them"
    yield from (f"there is no inventory {name}" for name in sorted((tiered.keys() | told) - known))
