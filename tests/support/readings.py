"""Whole runs of one connector against its stand-in, what its mappings make of records, and ways to look at facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from stackmap.collect import run
from stackmap.model import Coverage, Edge, EdgeKind, Fact, Node, NodeKind, SourceReading, make_id
from stackmap.sdk import Connector, Inventory, Limits, Scope, StandIn, transport

__all__ = ["LIMITS", "TAKEN_AT", "Reader", "covered", "edge", "edges", "ends", "node", "of", "ties"]

TAKEN_AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
LIMITS = Limits(pause=lambda _seconds: None)


@dataclass(frozen=True)
class Reader:
    """A connector as its tests read it: the source's name, the tenant, the settings, and those its mappings see."""

    connector: Connector
    source: str
    tenant: str
    settings: Mapping[str, str] = field(default_factory=dict)
    seen: Mapping[str, str] = field(default_factory=dict)
    salt: str = ""

    def read(
        self,
        answers: StandIn,
        settings: Mapping[str, str] | None = None,
        *,
        limits: Limits = LIMITS,
        only: Sequence[str] = (),
        **changed: str,
    ) -> SourceReading:
        """A whole run against a stand-in, in this process."""
        given = {**(self.settings if settings is None else settings), **changed}
        quick, carrier = replace(self.connector, per_second=100_000), transport(answers)
        return run(
            quick, given, source=self.source, transport=carrier, limits=limits, clock=lambda: TAKEN_AT, only=only
        )

    def inventory(self, name: str) -> Inventory:
        """One of its lists."""
        return next(item for item in self.connector.inventories if item.name == name)

    def scope(self, name: str, **seen: str) -> Scope:
        """What the mapping of a list is given beside the record."""
        known = {**self.seen, **seen}
        return Scope(self.connector.product, self.tenant, self.source, name, TAKEN_AT, known, salt=self.salt)

    def facts(self, name: str, rows: Iterable[Mapping[str, Any]], **seen: str) -> list[Fact]:
        """What the mapping of a list makes of these records."""
        mapped, at = self.inventory(name).facts, self.scope(name, **seen)
        return [fact for row in rows for fact in mapped(row, at)]

    def ident(self, kind: NodeKind, vendor_id: str) -> str:
        """Our id of something of the tenant."""
        return make_id(self.connector.product, self.tenant, kind, vendor_id)

    def account(self, vendor_id: str) -> str:
        """Our id of a login of the tenant."""
        return self.ident(NodeKind.ACCOUNT, vendor_id)


def covered(reading: SourceReading) -> dict[str, Coverage]:
    """How far each list was read."""
    return {item.inventory: item for item in reading.coverage}


def of(reading: SourceReading, name: str) -> list[Fact]:
    """What one list told."""
    return [fact for fact in reading.facts if any(item.inventory == name for item in fact.evidence)]


def node(found: Iterable[Fact], node_id: str) -> dict[str, Any]:
    """All that is said of one node, name included."""
    said: dict[str, Any] = {}
    for fact in found:
        if isinstance(fact, Node) and fact.id == node_id:
            said |= {**fact.properties, **({"name": fact.name} if fact.name else {})}
    return said


def edges(found: Iterable[Fact], kind: EdgeKind) -> list[Edge]:
    """All edges of a kind, repeats included."""
    return [item for item in found if isinstance(item, Edge) and item.kind is kind]


def edge(found: Iterable[Fact], kind: EdgeKind, source: str) -> Edge:
    """The first edge of a kind from there."""
    return next(item for item in edges(found, kind) if item.source == source)


def ties(found: Iterable[Fact], kind: EdgeKind) -> set[tuple[str, str]]:
    """From and to of every edge of a kind."""
    return {(item.source, item.target) for item in edges(found, kind)}


def ends(found: Iterable[Fact], kind: EdgeKind) -> set[tuple[str, str]]:
    """The same, each as the vendor's own id."""
    return {(source.rsplit("/", 1)[1], target.rsplit("/", 1)[1]) for source, target in ties(found, kind)}
