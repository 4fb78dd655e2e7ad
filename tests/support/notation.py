"""Pictures of stacks in text, and the fact-file lines that they stand for.

    x:Automation -RUNS_AS-> a:Account {outcome=stops certainty=certain}
    P:Person -HAS_ACCOUNT-> a
    b:Account {account_type=shared active=false}
    coverage acme/prod {kinds=Account,ADMINISTERS state=complete}
    source by-hand

A node is named with its kind once, anywhere; one that never is has no line and dangles. An account
is human unless it says otherwise. `frozen=stops/certain` on an edge is the outcome under that act.
"""

import re
from collections.abc import Iterator
from typing import Any

_REF = r"(?P<{0}>[^\s:{{}}]+)(?::(?P<{0}_kind>[A-Z][A-Za-z]*))?"
_ATTRIBUTES = r"(?:\s*\{(?P<attributes>[^}]*)\})?"
_EDGE = re.compile(rf"{_REF.format('start')}\s+-(?P<kind>[A-Z_]+)->\s+{_REF.format('end')}{_ATTRIBUTES}")
_NODE = re.compile(rf"{_REF.format('node')}{_ATTRIBUTES}")
_WORD_LINE = re.compile(rf"(?P<word>source|coverage)\s+(?P<name>[^\s{{}}]+){_ATTRIBUTES}")

_ACTS = ("deactivated", "frozen", "removed", "transferred")
_EDGE_FIELDS = ("outcome", "certainty", "group", "need", "proven", "slot")
_LISTS = ("kinds", "starts")

Line = dict[str, Any]


def notation(text: str) -> list[Line]:
    """The picture's lines, nodes before edges; raises ValueError with the line it cannot read."""
    sections: list[tuple[Line, list[Line]]] = [(_source("picture"), [])]
    nodes: dict[str, Line] = {}
    for raw in filter(None, map(str.strip, text.splitlines())):
        if match := _WORD_LINE.fullmatch(raw):
            _word_line(match, sections)
        elif match := _EDGE.fullmatch(raw):
            _name(nodes, match["start"], match["start_kind"], {})
            _name(nodes, match["end"], match["end_kind"], {})
            sections[-1][1].append(_edge(match))
        elif match := _NODE.fullmatch(raw):
            _name(nodes, match["node"], match["node_kind"], _attributes(match))
        else:
            raise ValueError(f"not a line of a picture: {raw!r}")
    return list(_in_order(sections, list(nodes.values())))


def _in_order(sections: list[tuple[Line, list[Line]]], nodes: list[Line]) -> Iterator[Line]:
    for position, (source, lines) in enumerate(sections):
        yield source
        if position == 0:
            yield from (_with_defaults(node) for node in nodes if node["kind"] is not None)
        yield from lines


def _source(name: str) -> Line:
    return {"type": "source", "name": name}


def _word_line(match: re.Match[str], sections: list[tuple[Line, list[Line]]]) -> None:
    if match["word"] == "source":
        sections.append((_source(match["name"]), []))
    else:
        said = {"kinds": [], "state": "complete", "inventory": "picture", **_attributes(match)}
        sections[-1][1].append({"type": "coverage", "system": match["name"], **said})


def _name(nodes: dict[str, Line], node: str, kind: str | None, properties: dict[str, Any]) -> None:
    line = nodes.setdefault(node, {"type": "node", "kind": kind, "id": node, "name": node, "properties": {}})
    if kind is not None and line["kind"] not in (None, kind):
        raise ValueError(f"{node} is drawn as {line['kind']} and as {kind}")
    line["kind"] = kind or line["kind"]
    line["properties"].update(properties)


def _with_defaults(node: Line) -> Line:
    if node["kind"] == "Account":
        node["properties"].setdefault("account_type", "human")
    return node


def _edge(match: re.Match[str]) -> Line:
    said = _attributes(match)
    line: Line = {"type": "edge", "kind": match["kind"], "from": match["start"], "to": match["end"]}
    line |= {field: said.pop(field) for field in _EDGE_FIELDS if field in said}
    if outcomes := {act: said.pop(act).split("/") for act in _ACTS if act in said}:
        line["outcomes"] = outcomes
    if "how" in said:
        line["evidence"] = {"how": said.pop("how")}
    return line | ({"properties": said} if said else {})


def _attributes(match: re.Match[str]) -> dict[str, Any]:
    pairs = (pair.partition("=") for pair in (match["attributes"] or "").split())
    return {key: _value(key, value) for key, _, value in pairs}


def _value(key: str, value: str) -> Any:
    if key in _LISTS:
        return value.split(",")
    if value in ("true", "false"):
        return value == "true"
    return int(value) if value.isdecimal() else value
