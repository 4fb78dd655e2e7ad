"""Facts and coverage as rows, and back. The only place that knows how a value is written down.

A fact becomes its *content* (a tuple, key first; the columns of its table in order) and its *value*: the volatile
properties, or None. Two facts say the same exactly when their contents are equal.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from sqlalchemy import Table

from stackmap.model import (
    VOLATILE_PROPERTIES,
    Act,
    Certainty,
    Coverage,
    Edge,
    EdgeKind,
    Evidence,
    FixBy,
    How,
    Judgement,
    Node,
    NodeKind,
    Outcome,
    Outcomes,
    Properties,
    Reach,
    Sort,
)
from stackmap.store import schema

__all__ = [
    "EDGES",
    "NODES",
    "Content",
    "Layout",
    "Place",
    "Value",
    "decode_coverage",
    "decode_time",
    "encode_coverage",
    "encode_time",
]

Content: TypeAlias = tuple[Any, ...]
Value: TypeAlias = str | None

F = TypeVar("F", Node, Edge)


class Place(NamedTuple):
    """Where a fact was read: its row names the inventory, so its evidence need not repeat it."""

    source: str
    inventory: str


@dataclass(frozen=True, slots=True)
class Layout(Generic[F]):
    """How one sort of fact lies in its tables. The first `keys` columns of a content are the fact's key.

    `encode` refuses, with ValueError, a fact whose evidence is not all from the given place.
    """

    facts: Table
    values: Table
    keys: int
    encode: Callable[[F, Place], tuple[Content, Value]]
    decode: Callable[[Content, Value, Place], F]


_NODE_KINDS = {kind.value: kind for kind in NodeKind}
_EDGE_KINDS = {kind.value: kind for kind in EdgeKind}
_KINDS: Mapping[str, NodeKind | EdgeKind] = {**_NODE_KINDS, **_EDGE_KINDS}
_HOWS = {how.value: how for how in How}

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")


_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_plain).encode
_from_json: Callable[[str], Any] = json.JSONDecoder().decode
_quoted = json.encoder.encode_basestring


def _text(text: str) -> str:
    """`text` as UTF-8 can hold it: half a surrogate pair, which a vendor's JSON may carry, becomes U+FFFD."""
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


def _json(value: object) -> str:
    return _text(_to_json(value))


def _encode_evidence(evidence: tuple[Evidence, ...], place: Place) -> str:
    for one in evidence:
        if one.inventory != place.inventory or one.source != place.source:
            raise ValueError(f"evidence from {one.source}/{one.inventory} in a fact of {'/'.join(place)}")
    if len(evidence) == 1 and _is_usual(evidence[0]):
        return _text(f"[[{_quoted(evidence[0].record)}]]")  # nearly every fact: spare it the encoder
    return _json([[one.record] if _is_usual(one) else [one.record, one.how.value, one.link] for one in evidence])


def _is_usual(evidence: Evidence) -> bool:
    return evidence.how is How.OBSERVED and not evidence.link


def _decode_evidence(text: str, place: Place) -> tuple[Evidence, ...]:
    record = text[3:-3]
    if '"' not in record and "\\" not in record and text == f'[["{record}"]]':
        return (Evidence(*place, record),)  # nearly every fact: spare it the decoder
    return tuple(
        Evidence(*place, said[0]) if len(said) == 1 else Evidence(*place, said[0], _HOWS[said[1]], said[2])
        for said in _from_json(text)
    )


def _encode_properties(properties: Properties) -> tuple[str | None, Value]:
    if not properties:
        return None, None
    if VOLATILE_PROPERTIES.isdisjoint(properties):
        return _json(dict(properties)), None
    lasting = {name: said for name, said in properties.items() if name not in VOLATILE_PROPERTIES}
    volatile = {name: said for name, said in properties.items() if name in VOLATILE_PROPERTIES}
    return _json(lasting) if lasting else None, _json(volatile)


def _decode_properties(text: str | None, value: Value) -> Properties:
    lasting = _from_json(text) if text else {}
    return {**lasting, **_from_json(value)} if value else lasting


@lru_cache(maxsize=1024)
def _encode_outcomes(outcomes: Outcomes) -> str:
    acts = {act.value: [said.outcome.value, said.certainty.word] for act, said in outcomes.by_act.items()}
    return _json({"acts": acts, "row": outcomes.row})


@lru_cache(maxsize=1024)
def _decode_outcomes(text: str) -> Outcomes:
    said = _from_json(text)
    return Outcomes(
        {
            Act(act): Judgement(Outcome(outcome), Certainty.of(certainty))
            for act, (outcome, certainty) in said["acts"].items()
        },
        said["row"],
    )


def _encode_node(node: Node, place: Place) -> tuple[Content, Value]:
    lasting, value = _encode_properties(node.properties)
    evidence = _encode_evidence(node.evidence, place)
    return (node.id, node.kind.value, _text(node.name), evidence, lasting), value


def _decode_node(content: Content, value: Value, place: Place) -> Node:
    node_id, kind, name, evidence, lasting = content
    return Node(
        _NODE_KINDS[kind],
        node_id,
        name,
        _decode_evidence(evidence, place),
        _decode_properties(lasting, value),
    )


def _encode_edge(edge: Edge, place: Place) -> tuple[Content, Value]:
    lasting, value = _encode_properties(edge.properties)
    content = (
        edge.kind.value,
        edge.source,
        edge.target,
        _text(edge.group),
        _text(edge.slot),
        edge.need,
        None if edge.proven is None else int(edge.proven),
        None if edge.outcomes is None else _encode_outcomes(edge.outcomes),
        _encode_evidence(edge.evidence, place),
        lasting,
    )
    return content, value


def _decode_edge(content: Content, value: Value, place: Place) -> Edge:
    kind, source, target, group, slot, need, proven, outcomes, evidence, lasting = content
    return Edge(
        _EDGE_KINDS[kind],
        source,
        target,
        _decode_evidence(evidence, place),
        outcomes=None if outcomes is None else _decode_outcomes(outcomes),
        group=group,
        need=need,
        proven=None if proven is None else bool(proven),
        slot=slot,
        properties=_decode_properties(lasting, value),
    )


NODES: Layout[Node] = Layout(schema.nodes, schema.node_values, 1, _encode_node, _decode_node)
EDGES: Layout[Edge] = Layout(schema.edges, schema.edge_values, 5, _encode_edge, _decode_edge)


def encode_time(moment: datetime) -> str:
    """ISO 8601 in UTC. Raises ValueError for a moment without time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return moment.astimezone(UTC).isoformat()


def decode_time(text: str) -> datetime:
    """The moment that `encode_time` wrote, in UTC."""
    return datetime.fromisoformat(text)


def encode_coverage(coverage: Coverage) -> dict[str, Any]:
    """The columns of the coverage table, the snapshot's number aside."""
    return {
        "source": coverage.source,
        "system": coverage.system,
        "inventory": coverage.inventory,
        "state": coverage.state.value,
        "kinds": _json(sorted(kind.value for kind in coverage.kinds)),
        "sort": coverage.sort.value,
        "fix_by": None if coverage.fix_by is None else coverage.fix_by.value,
        "reason": _text(coverage.reason),
        "needs": _json(coverage.needs),
        "records": coverage.records,
        "read_at": None if coverage.read_at is None else encode_time(coverage.read_at),
        "vendor_code": _text(coverage.vendor_code),
    }


def decode_coverage(row: Mapping[str, Any]) -> Coverage:
    """The coverage that `encode_coverage` wrote; other columns are ignored."""
    return Coverage(
        source=row["source"],
        system=row["system"],
        inventory=row["inventory"],
        state=Reach(row["state"]),
        kinds=frozenset(_KINDS[kind] for kind in _from_json(row["kinds"])),
        sort=Sort(row["sort"]),
        fix_by=None if row["fix_by"] is None else FixBy(row["fix_by"]),
        reason=row["reason"],
        needs=tuple(_from_json(row["needs"])),
        records=row["records"],
        read_at=None if row["read_at"] is None else decode_time(row["read_at"]),
        vendor_code=row["vendor_code"],
    )
