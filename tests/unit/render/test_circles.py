"""Circles that may only feed themselves: where they are told, and where they are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from json import loads
from typing import Any
from unittest.mock import patch

from stackmap.analysis import Analysis, Cause, DoubtfulCircle, Row
from stackmap.analysis.compiling import compile as compile_
from stackmap.analysis.compiling import compiled, supply
from stackmap.app.leaving import departure_report
from stackmap.model import Certainty, Outcome, Policy
from stackmap.render.circles import circles_lines, circles_told
from stackmap.render.departure import DepartureReport, departure_json
from stackmap.render.departure_text import departure_text
from stackmap.render.departure_ways import ways_told
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


def test_they_are_looked_for_once_in_an_answer() -> None:
    with (
        patch.object(compiled, "circles", wraps=supply.circles) as told,  # counts, changes nothing
        patch.object(compile_, "circles", wraps=supply.circles) as judged,  # as above
    ):
        assert departure_text(leaving("ana"))
    assert told.call_count + judged.call_count == 1


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


def answer_of(size: int) -> DepartureReport:
    """Flows that all feed one another; the last in the alphabet, which runs as the leaver, feeds all of them."""
    flows = [f"flow-{number:02}" for number in range(size)]
    feeds = [(flow, one) for flow in flows for one in (*flows, "source") if one != flow]
    told = [edge("DEPENDS_ON", flow, one, group="feeds", outcome="stops", **SUPPLY) for flow, one in feeds]
    stack = [*STACK[:10], *(node("Automation", flow) for flow in flows), *told]
    return departure_report(Analysis(stack_of(stack)), ["ana"], "deactivated", 7, TAKEN)


def test_of_a_dense_circle_each_thing_names_what_is_outside_of_it_and_counts_what_is_inside() -> None:
    report = answer_of(20)
    text = departure_text(report)
    assert (
        "flow-05 depends on source, which runs as ana's login ana-login [test facts, 22 Nov] and hangs on 19 "
        "things that hang on it in turn: flow-00, flow-01, flow-02 and 16 more (each: --all) fix:"
    ) in " ".join(text.split())
    assert len(text.splitlines()) < 80
    causes = {row["thing"]["id"]: len(row["because"]) for row in loads(departure_json(report))["outcomes"]}
    assert causes["flow-05"] == 20


def test_where_everything_is_asked_for_every_way_through_a_dense_circle_is_told() -> None:
    text = departure_text(answer_of(6), everything=True)
    assert "in turn" not in text
    assert text.count("    depends on flow-05") == 5


def test_of_a_small_circle_every_way_is_told() -> None:
    text = departure_text(answer_of(4))
    assert "in turn" not in text
    assert text.count("    depends on flow-03") == 3


def test_of_what_hangs_on_many_outside_a_dense_circle_the_first_six_are_told_and_the_others_counted() -> None:
    inside = [Cause(f"in-{number}", None) for number in range(4)]
    outside = [Cause(f"out-{number}", None) for number in range(8)]
    rows = [Row(one.node, Outcome.STOPS, Certainty.CERTAIN, None, True, (Cause("thing", None),)) for one in inside]
    row = Row("thing", Outcome.STOPS, Certainty.CERTAIN, None, True, (*inside, *outside))
    departure = replace(leaving("ana").departure, rows=(*rows, row))
    ways = ways_told(departure, row, everything=False)
    assert [cause.node for cause in ways.told] == [f"out-{number}" for number in range(6)]
    assert ways.counted(leaving("ana").graph) == (
        "and hangs on 4 things that hang on it in turn: in-0, in-1, in-2 and 1 more, and on 2 others (each: --all)"
    )
    alone = ways_told(departure, replace(row, because=tuple(inside)), everything=False)
    assert [cause.node for cause in alone.told] == ["in-0"], "one way is told, for somebody may follow it"
    assert alone.counted(leaving("ana").graph).endswith("in turn: in-1, in-2, in-3 (each: --all)")


def test_of_many_circles_the_first_dozen_are_told_and_the_others_counted() -> None:
    pairs = [DoubtfulCircle((f"flow-{number:02}", f"more-{number:02}"), mixed=True) for number in range(14)]
    graph = stack_of([node("Automation", one) for pair in pairs for one in pair.things]).graph
    text = "\n".join(circles_lines(graph, pairs))
    assert text.count("May only feed itself") == 12
    assert "And 2 more circles like these: --format json names them." in text
    assert "more circle" not in "\n".join(circles_lines(graph, pairs[:12]))
