"""Circles that may only feed themselves: where they are told, and where they are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from json import loads
from typing import Any

from stackmap.analysis import Analysis
from stackmap.analysis.compiling.supply import DoubtfulCircle
from stackmap.app.leaving import departure_report
from stackmap.model import Policy
from stackmap.render.circles import circles_lines, circles_told
from stackmap.render.departure import DepartureReport, departure_json
from stackmap.render.departure_text import departure_text
from stackmap.render.findings import check_json, check_markdown, check_text
from stackmap.rules import Case, evaluate
from tests.support.loading import stack_of

TAKEN = datetime(2026, 11, 22, 9, tzinfo=UTC)
SUPPLY = {"properties": {"supply": True}}
TOLD = "May only feed itself: Import, Router; what looks like a backup there may be none."


def node(kind: str, node_id: str, name: str = "", **properties: Any) -> dict[str, Any]:
    return {"type": "node", "kind": kind, "id": node_id, "name": name or node_id, "properties": properties}


def edge(kind: str, start: str, end: str, **fields: Any) -> dict[str, Any]:
    return {"type": "edge", "kind": kind, "from": start, "to": end, **fields}


STACK = [
    *(node("Person", person) for person in ("ana", "ben")),
    *(node("Account", f"{person}-login", account_type="human") for person in ("ana", "ben")),
    *(edge("HAS_ACCOUNT", person, f"{person}-login") for person in ("ana", "ben")),
    node("Automation", "source"),
    node("Automation", "other"),
    edge("RUNS_AS", "source", "ana-login", outcome="stops", certainty="certain"),
    edge("RUNS_AS", "other", "ben-login", outcome="stops", certainty="certain"),
    node("Automation", "import", "Import"),
    node("Automation", "router", "Router"),
    edge("DEPENDS_ON", "router", "source", group="feeds", outcome="stops", **SUPPLY),
    edge("DEPENDS_ON", "router", "import", group="feeds", outcome="stops", **SUPPLY),
    edge("CALLS", "import", "router"),
]


def leaving(person: str) -> DepartureReport:
    return departure_report(Analysis(stack_of(STACK)), [person], "deactivated", 7, TAKEN)


def test_leave_tells_a_circle_of_which_something_may_stop() -> None:
    assert TOLD in " ".join(departure_text(leaving("ana")).split())
    answer = loads(departure_json(leaving("ana")))
    assert answer["circular"] == [["import", "router"]]
    assert {row["thing"]["id"] for row in answer["outcomes"] if row["outcome"] == "unknown"} == {"import", "router"}


def test_leave_is_silent_about_a_circle_that_the_leaver_does_not_touch() -> None:
    assert "feed itself" not in departure_text(leaving("ben"))
    assert "circular" not in loads(departure_json(leaving("ben")))


def test_check_tells_it_under_what_was_not_judged() -> None:
    analysis = Analysis(stack_of(STACK))
    verdicts, graph = evaluate(Case(analysis, Policy())), analysis.stack.graph
    told = "Import, Router: may only feed one another, so what looks like a backup there may be none."
    text = check_text(verdicts, graph, everything=True)
    assert told in " ".join(text[text.index("Not judged in full") :].split())
    assert f"- {told}" in check_markdown(verdicts, graph)
    assert loads(check_json(verdicts, []))["circular"] == [["import", "router"]]
    silent = replace(verdicts, circular=())
    assert "feed one another" not in check_text(silent, graph, everything=True)
    assert "circular" not in loads(check_json(silent, []))


def test_what_to_do_is_told_where_something_can_be_done() -> None:
    graph = stack_of(STACK).graph
    mixed, large = DoubtfulCircle(("import", "router"), mixed=True), DoubtfulCircle(("import", "router"), mixed=False)
    assert "say it of all that only feed" in " ".join(" ".join(circles_lines(graph, [mixed])).split())
    assert circles_told(graph, [large])[0].endswith("may be none. It is too large to tell in every case.")


def test_of_many_things_the_first_six_are_named_and_the_others_counted() -> None:
    things = tuple(f"flow-{number}" for number in range(8))
    graph = stack_of([node("Automation", one) for one in things]).graph
    (told,) = circles_told(graph, [DoubtfulCircle(things, mixed=False)])
    assert told.startswith("flow-0, flow-1, flow-2, flow-3, flow-4, flow-5 and 2 more: may only feed one another")
