"""Scripts that move data between systems, where they run, and as whom."""

from __future__ import annotations

from collections.abc import Iterator

from stackmap.declared.tables.notes.wording import IF_SWITCHED_OFF, Told, outcomes_of, somebody
from stackmap.model import EdgeKind, Fact, How, NodeKind
from stackmap.sdk import Cell, Column, Export, Row, Scope

__all__ = ["SCRIPTS", "script"]


def script(row: Row, at: Scope) -> Iterator[Fact]:
    """A script, the systems that it reads and writes, and the login that it runs as."""
    told, home = Told.of(at, row["name"]), row["runs_where"]
    script_id = told.id(NodeKind.AUTOMATION, home, "script:")
    properties = {
        "automation_type": "script",
        "repository": row.get("repository"),
        "trigger": row.get("schedule"),
        "used_for": row.get("used_for"),
    }
    yield from told.within(told.node(NodeKind.AUTOMATION, script_id, row["name"], properties), home)
    yield from told.flows(EdgeKind.READS_FROM, script_id, row.get("from", ()))
    yield from told.flows(EdgeKind.WRITES_TO, script_id, row.get("to", ()))
    yield from told.owned(script_id, row.get("owner"))
    if runs_as := row.get("runs_as"):
        who, outcomes = somebody(runs_as), outcomes_of(row)
        yield from told.login_facts(home, who)
        yield told.edge(EdgeKind.RUNS_AS, script_id, told.login(home, who), outcomes)


SCRIPTS = Export(
    "scripts",
    "Scripts",
    "Which scripts move data between systems, where they run, and as whose login.",
    "Fill it in: ask whoever writes scripts, and look through the schedulers that you know of.",
    (
        Column("name", "what it is called", ("Script",), required=True, example="Lead upload"),
        Column("runs_where", "where it runs", ("Runs on", "Host"), required=True, example="Google Apps Script"),
        Column(
            "runs_as",
            "as whose login there it runs: Name <address>",
            ("Run as", "Login"),
            example="Dana Kim <d.kim@example.com>",
        ),
        IF_SWITCHED_OFF,
        Column("from", "systems that it reads", ("Reads from",), Cell.LIST, example="Google Sheets"),
        Column("to", "systems that it writes", ("Writes to",), Cell.LIST, example="Salesforce"),
        Column("repository", "where the code lies", ("Code",), example="git: marketing/lead-upload"),
        Column("schedule", "when it runs", ("How often",), example="every night"),
        Column("owner", "who answers for it: Name <address>", example="Dana Kim <d.kim@example.com>"),
        Column("used_for", "what it is for", ("Purpose",), example="Leads of the day into the CRM"),
    ),
    script,
    frozenset(
        {
            NodeKind.SYSTEM,
            NodeKind.ACCOUNT,
            NodeKind.PERSON,
            NodeKind.AUTOMATION,
            EdgeKind.PART_OF,
            EdgeKind.OWNED_BY,
            EdgeKind.READS_FROM,
            EdgeKind.WRITES_TO,
            EdgeKind.RUNS_AS,
        }
    ),
    How.DECLARED,
    marks=("name", "runs_where", "runs_as"),
)
