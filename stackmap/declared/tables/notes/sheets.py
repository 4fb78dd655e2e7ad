"""Spreadsheets that stand between systems, and who keeps them up to date."""

from __future__ import annotations

from collections.abc import Iterator

from stackmap.declared.tables.notes.wording import IF_SWITCHED_OFF, Told, outcomes_of, somebody
from stackmap.model import EdgeKind, Fact, How, NodeKind
from stackmap.sdk import Cell, Column, Export, Row, Scope

__all__ = ["SPREADSHEETS", "spreadsheet"]


def spreadsheet(row: Row, at: Scope) -> Iterator[Fact]:
    """A spreadsheet, what it feeds, and how it is refreshed. Its owner answers for all of that."""
    told, home = Told.of(at, row["name"]), row["where"]
    sheet_id = told.id(NodeKind.DATASET, home)
    sheet = told.node(NodeKind.DATASET, sheet_id, row["name"], {"used_for": row.get("used_for")})
    yield from told.within(sheet, home)
    yield from told.owned(sheet_id, row.get("owner"))
    if row.get("feeds"):
        feed_id = told.id(NodeKind.INTEGRATION, home, "feed:")
        feed = told.node(NodeKind.INTEGRATION, feed_id, f"Feed from {row['name']}", {"via": "spreadsheet"})
        yield from told.within(feed, home)
        yield told.edge(EdgeKind.READS_FROM, feed_id, sheet_id)
        yield from told.flows(EdgeKind.WRITES_TO, feed_id, row["feeds"])
        yield from told.owned(feed_id, row.get("owner"))
    if row.get("refreshed_by"):
        yield from _refresh(told, sheet_id, row)


def _refresh(told: Told, sheet_id: str, row: Row) -> Iterator[Fact]:
    """What brings new content in. Where somebody does it by hand, `if_switched_off` says what that means."""
    home, who, outcomes = row["where"], somebody(row["refreshed_by"]), outcomes_of(row)
    refresh_id = told.id(NodeKind.AUTOMATION, home, "refresh:")
    properties = {"automation_type": "refresh", "trigger": row.get("how_often")}
    refresh = told.node(NodeKind.AUTOMATION, refresh_id, f"Refresh of {row['name']}", properties)
    yield from told.within(refresh, home)
    yield told.edge(EdgeKind.WRITES_TO, refresh_id, sheet_id)
    yield from told.owned(refresh_id, row.get("owner"))
    yield from told.flows(EdgeKind.READS_FROM, refresh_id, row.get("fed_from", ()))
    yield from told.login_facts(home, who)
    yield told.edge(EdgeKind.RUNS_AS, refresh_id, told.login(home, who), outcomes)


SPREADSHEETS = Export(
    "spreadsheets",
    "Spreadsheets",
    "Which spreadsheets stand between systems, who keeps them up to date, and what they feed.",
    "Fill it in: ask whoever sends, uploads or refreshes a spreadsheet regularly.",
    (
        Column("name", "what it is called", ("Spreadsheet", "File"), required=True, example="Territory list"),
        Column("where", "where it lies", ("Location", "Kept in"), required=True, example="Google Sheets"),
        Column("owner", "who answers for it: Name <address>", example="Dana Kim <d.kim@example.com>"),
        Column("feeds", "systems that get data from it", ("Feeds what", "Goes to"), Cell.LIST, example="Salesforce"),
        Column("fed_from", "systems that its data comes from", ("Comes from",), Cell.LIST, example="HubSpot"),
        Column(
            "refreshed_by",
            "as whose login, or by whose hand, it is refreshed: Name <address>",
            ("Updated by",),
            example="Dana Kim <d.kim@example.com>",
        ),
        IF_SWITCHED_OFF,
        Column("how_often", "how often", ("Frequency",), example="every Monday"),
        Column("used_for", "what it is for", ("Purpose",), example="Who gets which lead"),
    ),
    spreadsheet,
    frozenset(
        {
            NodeKind.SYSTEM,
            NodeKind.ACCOUNT,
            NodeKind.PERSON,
            NodeKind.DATASET,
            NodeKind.INTEGRATION,
            NodeKind.AUTOMATION,
            EdgeKind.PART_OF,
            EdgeKind.OWNED_BY,
            EdgeKind.READS_FROM,
            EdgeKind.WRITES_TO,
            EdgeKind.RUNS_AS,
        }
    ),
    How.DECLARED,
    marks=("name", "where", "refreshed_by"),
)
