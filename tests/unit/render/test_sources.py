"""Verdicts name the departures rows they rest on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from stackmap.analysis import Analysis, Stack
from stackmap.app.leaving import departure_report
from stackmap.model import (
    Act,
    Certainty,
    Edge,
    EdgeKind,
    Evidence,
    Fact,
    Judgement,
    Node,
    NodeKind,
    Outcome,
    Outcomes,
    Policy,
    build_graph,
)
from stackmap.render.departure import DepartureReport, departure_json
from stackmap.render.departure_text import departure_text

SEEN = (Evidence("crm", "apps", "7"),)
TAKEN = datetime(2026, 11, 22, 9, tzinfo=UTC)
STOPS = Judgement(Outcome.STOPS, Certainty.CERTAIN)
SURVIVES = Judgement(Outcome.SURVIVES, Certainty.CERTAIN)
TOKEN_ROW = Outcomes({Act.DEACTIVATED: STOPS}, "crm:oauth-token")
OWNER_ROW = Outcomes({Act.DEACTIVATED: SURVIVES}, "crm:flow-owner")


def facts() -> list[Fact]:
    """An app with Dana's token; a list it fills; a flow that she owns and that goes on; a sync of the notes."""
    nodes = {
        "dana": NodeKind.PERSON,
        "d": NodeKind.ACCOUNT,
        "app": NodeKind.INTEGRATION,
        "token": NodeKind.GRANT,
        "list": NodeKind.DATASET,
        "reader": NodeKind.AUTOMATION,
        "flow": NodeKind.AUTOMATION,
        "script": NodeKind.INTEGRATION,
    }
    human = {"d": {"account_type": "human"}}
    edges = (
        (EdgeKind.HAS_ACCOUNT, "dana", "d", None),
        (EdgeKind.AUTHENTICATES_WITH, "app", "token", None),
        (EdgeKind.AUTHORIZED_BY, "token", "d", TOKEN_ROW),
        (EdgeKind.WRITES_TO, "app", "list", None),
        (EdgeKind.READS_FROM, "reader", "list", None),
        (EdgeKind.OWNED_BY, "flow", "d", OWNER_ROW),
        (EdgeKind.RUNS_AS, "script", "d", Outcomes.always(Outcome.STOPS)),
    )
    return [
        *(Node(kind, node_id, node_id, SEEN, human.get(node_id, {})) for node_id, kind in nodes.items()),
        *(Edge(kind, source, target, SEEN, outcomes) for kind, source, target, outcomes in edges),
    ]


def report() -> DepartureReport:
    analysis = Analysis(Stack(build_graph(facts()), (), date(2026, 11, 22), Policy()))
    return departure_report(analysis, ["dana"], "deactivated", 1, TAKEN)


def line_of(text: str, start: str) -> str:
    """The paragraph of one thing, in one line."""
    lines = text.splitlines()
    begin = next(number for number, line in enumerate(lines) if line.strip() == start)
    return " ".join(" ".join(lines[begin + 1 : begin + 4]).split()).partition(" fix:")[0]


def test_a_line_names_the_row_at_the_end_of_its_chain() -> None:
    text = departure_text(report())
    assert line_of(text, "app").endswith("[crm apps, 22 Nov] [crm:oauth-token]")
    assert line_of(text, "reader").endswith("[crm:oauth-token]")


def test_what_follows_from_no_row_names_none() -> None:
    text = departure_text(report())
    assert line_of(text, "script").endswith("[crm apps, 22 Nov]")
    unowned = text[text.index("RUNS ON, NOBODY LEFT") : text.index("SURVIVES  (")]
    assert "crm:flow-owner" not in unowned


def test_what_survives_names_the_row_that_says_so() -> None:
    text = departure_text(report())
    assert line_of(text[text.index("SURVIVES  (") :], "flow").endswith("[crm:flow-owner]")


def why(text: str) -> list[str]:
    """What stands between the lists that were not read and what to do next."""
    lines = text.splitlines()
    begin = next(number for number, line in enumerate(lines) if line.startswith("Why we say so"))
    return lines[begin : lines.index("", begin)]


def test_the_answer_names_the_command_that_prints_the_sources() -> None:
    assert why(departure_text(report())) == ["Why we say so: stackmap explain crm:flow-owner, crm:oauth-token"]


def test_the_rows_are_told_in_sentences_where_they_are_known_and_notes_do_not_override_them() -> None:
    said = {"crm:flow-owner": "A flow goes on.", "crm:oauth-token": "No new token is given.", "crm:other": "Nothing."}
    told = replace(report(), platforms_say=said)
    assert why(departure_text(told))[1:] == [
        "  crm:flow-owner: A flow goes on.",
        "  crm:oauth-token: No new token is given.",
    ]
    noted = replace(told, noted_rows=frozenset({"crm:flow-owner"}))
    assert why(departure_text(noted))[1:] == ["  crm:oauth-token: No new token is given."]


def test_the_name_of_a_row_is_never_broken_over_lines() -> None:
    for length in range(1, 40):
        name = f"crm:{'x' * length}-token-of-somebody"
        told = [
            replace(fact, outcomes=Outcomes(TOKEN_ROW.by_act, name))
            if isinstance(fact, Edge) and fact.outcomes == TOKEN_ROW
            else fact
            for fact in facts()
        ]
        analysis = Analysis(Stack(build_graph(told), (), date(2026, 11, 22), Policy()))
        text = departure_text(departure_report(analysis, ["dana"], "deactivated", 1, TAKEN))
        assert text.count(f"[{name}]") == 3
        assert why(text)[0].endswith(name)


def test_a_row_that_your_notes_override_says_so() -> None:
    noted = Policy(rows={"crm:flow-owner": Outcomes({Act.DEACTIVATED: STOPS}, "crm:flow-owner")})
    analysis = Analysis(Stack(build_graph(facts()), (), date(2026, 11, 22), noted))
    text = departure_text(departure_report(analysis, ["dana"], "deactivated", 1, TAKEN))
    assert line_of(text[text.index("STOPS  (") :], "flow").endswith("[crm:flow-owner, your notes]")
    assert "[crm:oauth-token]" in text


def test_an_answer_without_rows_has_no_such_line() -> None:
    bare = [fact for fact in facts() if not (isinstance(fact, Edge) and fact.outcomes and fact.outcomes.row)]
    analysis = Analysis(Stack(build_graph(bare), (), date(2026, 11, 22), Policy()))
    assert "Why we say so" not in departure_text(departure_report(analysis, ["dana"], "deactivated", 1, TAKEN))


def test_json_names_the_row_of_each_edge_and_null_where_there_is_none() -> None:
    document = json.loads(departure_json(report()))
    rows = {(row["thing"]["id"], row["outcome"]): row["because"][0]["edge"] for row in document["outcomes"]}
    assert rows["app", "stops"]["row"] is None
    assert document["via"]["token"]["because"][0]["edge"]["row"] == "crm:oauth-token"
    assert rows["flow", "survives"]["row"] == "crm:flow-owner"
