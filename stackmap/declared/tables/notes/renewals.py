"""Contracts for systems: when each ends, by when notice is due, and who answers for it."""

from __future__ import annotations

from collections.abc import Iterator

from stackmap.declared.tables.notes.wording import Told
from stackmap.model import EdgeKind, Fact, How, NodeKind
from stackmap.sdk import Cell, Column, Export, Row, Scope

__all__ = ["RENEWALS", "renewal"]


def renewal(row: Row, at: Scope) -> Iterator[Fact]:
    """What a contract adds to a system. As in all notes, it goes by the name that people give it."""
    told = Told.of(at, row["system"])
    system = told.system(row["system"]).id
    days = {name: row[name].isoformat() for name in ("contract_end", "notice_by") if name in row}
    properties = {**days, "cost": row.get("cost"), "vendor": row.get("vendor")}
    yield told.node(NodeKind.SYSTEM, system, row["system"], properties)
    yield from told.owned(system, row.get("contact"))


RENEWALS = Export(
    "renewals",
    "Contracts and renewals",
    "When the contract for each system ends, by when notice is due, and who answers for it.",
    "Fill it in from the contracts; purchasing has them.",
    (
        Column("system", "the system", ("Tool", "Product"), required=True, example="HubSpot"),
        Column("vendor", "with whom the contract is", ("Supplier",), example="HubSpot, Inc."),
        Column("contract_end", "day on which it ends", ("Contract ends", "Renewal date"), Cell.DAY, True, "2027-06-30"),
        Column("notice_by", "last day for notice", ("Notice", "Cancel by"), Cell.DAY, example="2027-03-31"),
        Column("contact", "who answers for it: Name <address>", ("Owner",), example="Dana Kim <d.kim@example.com>"),
        Column("cost", "what it costs", ("Price", "Annual cost"), example="24,000 EUR a year"),
    ),
    renewal,
    frozenset({NodeKind.SYSTEM, NodeKind.PERSON, EdgeKind.OWNED_BY}),
    How.DECLARED,
    marks=("system", "contract_end", "notice_by"),
)
