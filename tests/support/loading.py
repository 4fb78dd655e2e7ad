"""From fact-file lines, as tests write them, to the stack that the analysis judges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from stackmap.analysis import Stack
from stackmap.model import (
    Act,
    Certainty,
    Coverage,
    Edge,
    EdgeKind,
    Evidence,
    Fact,
    How,
    Judgement,
    Node,
    NodeKind,
    Outcome,
    Outcomes,
    Reach,
    Sort,
    build_graph,
)

AS_OF = date(2026, 11, 22)


def stack_of(lines: Iterable[Mapping[str, Any]], as_of: date = AS_OF) -> Stack:
    """The stack of one or several sources; a `source` line opens a section."""
    source, facts, coverage = "test", list[Fact](), list[Coverage]()
    for line in lines:
        match line["type"]:
            case "source":
                source = line["name"]
            case "node":
                facts.append(_node(line, source))
            case "edge":
                facts.append(_edge(line, source))
            case "coverage":
                coverage.append(_coverage(line, source))
    return Stack(build_graph(facts, coverage), tuple(coverage), as_of)


def _evidence(line: Mapping[str, Any], source: str) -> tuple[Evidence, ...]:
    said = line.get("evidence", {})
    first = said[0] if isinstance(said, list) else said
    return (Evidence(source, "facts", "", How(first.get("how", "observed"))),)


def _node(line: Mapping[str, Any], source: str) -> Node:
    return Node(
        NodeKind(line["kind"]), line["id"], line.get("name", ""), _evidence(line, source), line.get("properties", {})
    )


def _outcomes(line: Mapping[str, Any]) -> Outcomes | None:
    if "outcomes" in line:
        by_act = line["outcomes"].items()
        return Outcomes({Act(act): Judgement(Outcome(word), Certainty.of(grade)) for act, (word, grade) in by_act})
    if "outcome" in line:
        return Outcomes.always(Outcome(line["outcome"]), Certainty.of(line.get("certainty", "certain")))
    return None


def _edge(line: Mapping[str, Any], source: str) -> Edge:
    return Edge(
        EdgeKind(line["kind"]),
        line["from"],
        line["to"],
        _evidence(line, source),
        _outcomes(line),
        line.get("group") or "",
        line.get("need", 1),
        line.get("proven"),
        line.get("slot") or "",
        line.get("properties", {}),
    )


def _kind(word: str) -> NodeKind | EdgeKind:
    return NodeKind(word) if word in set(NodeKind) else EdgeKind(word)


def _coverage(line: Mapping[str, Any], source: str) -> Coverage:
    return Coverage(
        source,
        line["system"],
        line["inventory"],
        Reach(line["state"]),
        frozenset(_kind(word) for word in line["kinds"]),
        Sort(line.get("sort", "state")),
        reason=line.get("reason", "not read"),
    )
