"""Fact files, the way out: what is exported and read again says the same."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stackmap.declared.factfile import SCHEMA
from stackmap.model import Act, Coverage, Edge, Evidence, Fact, How, Node, Outcomes, SourceReading

__all__ = ["SourceHead", "write_facts", "write_readings"]


@dataclass(frozen=True, slots=True)
class SourceHead:
    """What a `source` line says: the name, when it was read, and as whom ("" where unknown)."""

    name: str
    taken_at: datetime
    collector: str = ""


def write_readings(readings: Sequence[SourceReading]) -> Iterator[str]:
    """The lines of a fact file that holds these readings."""
    heads = [SourceHead(reading.source, reading.taken_at, reading.collector) for reading in readings]
    facts = [fact for reading in readings for fact in reading.facts]
    return write_facts(facts, [item for reading in readings for item in reading.coverage], heads)


def write_facts(
    facts: Iterable[Fact], coverage: Iterable[Coverage], sources: Iterable[SourceHead] = ()
) -> Iterator[str]:
    """The lines of a fact file, each ending in a newline, sorted, one section per source.

    A source without a head was taken when its inventories were last read. Raises ValueError where neither is known.
    A fact's evidence of several sources is written below each of them.
    """
    heads = {head.name: head for head in sources}
    covered: dict[str, list[Coverage]] = defaultdict(list)
    for item in coverage:
        covered[item.source].append(item)
    stated: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        for source in {evidence.source for evidence in fact.evidence}:
            stated[source].append(fact)
    for name in sorted(heads.keys() | covered.keys() | stated.keys()):
        head = heads.get(name) or _head(name, covered[name])
        yield from _section(head, covered[name], stated[name])


def _head(name: str, coverage: Sequence[Coverage]) -> SourceHead:
    times = [item.read_at for item in coverage if item.read_at is not None]
    if not times:
        raise ValueError(f"nothing says when source {name!r} was read")
    return SourceHead(name, max(times))


def _section(head: SourceHead, coverage: Sequence[Coverage], facts: Sequence[Fact]) -> Iterator[str]:
    collector = {"collector": head.collector} if head.collector else {}
    opening = {"type": "source", "schema": SCHEMA, "name": head.name, **collector}
    yield _line({**opening, "taken_at": _time(head.taken_at)})
    for item in sorted(coverage, key=lambda item: item.inventory):
        yield _line(_coverage(item))
    nodes = (_line(_node(fact, head.name)) for fact in facts if isinstance(fact, Node))
    yield from sorted(nodes)
    edges = (_line(_edge(fact, head.name)) for fact in facts if isinstance(fact, Edge))
    yield from sorted(edges)


def _line(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, allow_nan=False, separators=(", ", ": ")) + "\n"


def _time(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _coverage(item: Coverage) -> dict[str, Any]:
    optional = {
        "fix_by": item.fix_by.value if item.fix_by else None,
        "reason": item.reason,
        "needs": list(item.needs),
        "records": item.records,
        "vendor_code": item.vendor_code,
    }
    return {
        "type": "coverage",
        "inventory": item.inventory,
        "system": item.system,
        "kinds": sorted(kind.value for kind in item.kinds),
        "state": item.state.value,
        "sort": item.sort.value,
        **{key: value for key, value in optional.items() if value},
        "read_at": _time(item.read_at) if item.read_at else None,
    }


def _node(node: Node, source: str) -> dict[str, Any]:
    return {
        "type": "node",
        "kind": node.kind.value,
        "id": node.id,
        "name": node.name,
        **_tail(node, source),
    }


def _edge(edge: Edge, source: str) -> dict[str, Any]:
    optional = {
        "group": edge.group or None,
        "need": edge.need if edge.need != 1 else None,
        "proven": edge.proven,
        "slot": edge.slot or None,
    }
    return {
        "type": "edge",
        "kind": edge.kind.value,
        "from": edge.source,
        "to": edge.target,
        **(_outcomes(edge.outcomes) if edge.outcomes is not None else {}),
        **{key: value for key, value in optional.items() if value is not None},
        **_tail(edge, source),
    }


def _outcomes(outcomes: Outcomes) -> dict[str, Any]:
    row = {"row": outcomes.row} if outcomes.row else {}
    judgement = outcomes.uniform
    if judgement is not None and len(outcomes.by_act) == len(Act):
        return {"outcome": judgement.outcome.value, "certainty": judgement.certainty.word, **row}
    per_act = {act.value: [item.outcome.value, item.certainty.word] for act, item in outcomes.by_act.items()}
    return {"outcomes": per_act, **row}


def _tail(fact: Fact, source: str) -> dict[str, Any]:
    evidence = [_evidence(item) for item in fact.evidence if item.source == source]
    properties = {"properties": _plain(fact.properties)} if fact.properties else {}
    return {**properties, "evidence": evidence}


def _plain(value: Any) -> Any:
    """Mappings by sorted key, so that equal facts give equal lines."""
    if isinstance(value, Mapping):
        return {key: _plain(value[key]) for key in sorted(value)}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _evidence(evidence: Evidence) -> dict[str, str]:
    optional = {"record": evidence.record, "link": evidence.link}
    how = {"how": evidence.how.value} if evidence.how is not How.OBSERVED else {}
    return {"inventory": evidence.inventory, **{key: value for key, value in optional.items() if value}, **how}
