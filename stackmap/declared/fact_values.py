"""Plain values (of a JSON line, of a YAML entry) to nodes, edges and coverage, and back.

Everything here raises ValueError with a reason that a person can act on; where it stands, the caller says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar, cast

from stackmap.declared.written import nearest
from stackmap.model import (
    Act,
    Certainty,
    Coverage,
    Edge,
    EdgeKind,
    Evidence,
    Fact,
    FixBy,
    How,
    Judgement,
    Node,
    NodeKind,
    Outcome,
    Outcomes,
    Reach,
    Sort,
    day_of,
)

__all__ = [
    "COVERAGE_KEYS",
    "EDGE_KEYS",
    "NODE_KEYS",
    "Origin",
    "Values",
    "check_keys",
    "coverage_of",
    "edges_of",
    "nodes_of",
    "text_of",
    "time_of",
    "word_of",
]

Values: TypeAlias = Mapping[str, Any]

NODE_KEYS = frozenset({"type", "kind", "id", "name", "properties", "evidence"})
EDGE_KEYS = frozenset(
    {"type", "kind", "from", "to", "outcome", "certainty", "outcomes", "row"}
    | {"group", "need", "proven", "slot", "properties", "evidence"}
)
COVERAGE_KEYS = frozenset(
    {"type", "inventory", "system", "kinds", "state", "fix_by", "reason"}
    | {"sort", "needs", "records", "read_at", "vendor_code"}
)
_EVIDENCE_KEYS = frozenset({"source", "inventory", "record", "how", "link"})

_KINDS: Mapping[str, NodeKind | EdgeKind] = {
    **{kind.value: kind for kind in NodeKind},
    **{kind.value: kind for kind in EdgeKind},
}

WordT = TypeVar("WordT", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a fact's evidence says where the fact itself leaves it out."""

    source: str
    inventory: str = "facts"
    record: str = ""
    how: How = How.OBSERVED


def check_keys(values: Values, allowed: frozenset[str], what: str) -> None:
    """Name the first unknown key, with the nearest known one."""
    if not values.keys() <= allowed:
        unknown = min(values.keys() - allowed)
        raise ValueError(f"unknown key {unknown!r} in {what}{nearest(unknown, allowed)}")


def word_of(kind: type[WordT], value: object, what: str) -> WordT:
    """The member of a vocabulary that a word names."""
    found = kind._value2member_map_.get(value) if isinstance(value, str) else None
    if found is not None:
        return cast(WordT, found)
    words = [member.value for member in kind]
    near = nearest(value, words) if isinstance(value, str) else ""
    hint = near or f"; one of {', '.join(words)}"
    raise ValueError(f"unknown {what} {_shown(value)}{hint}")


def text_of(values: Values, key: str, default: str | None = None) -> str:
    """The text below a key; without a default it must be there and not be empty."""
    value = values.get(key, default)
    if not isinstance(value, str):
        raise ValueError(f"{key!r} is missing" if value is None else f"{key!r} must be a text")
    if default is None and not value.strip():
        raise ValueError(f"{key!r} must not be empty")
    return value


_MANY = 10**12
"""No list has so many records."""


def time_of(values: Values, key: str) -> datetime | None:
    """The moment below a key in UTC, None where it is not given. One without an offset is refused."""
    value = values.get(key)
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"{key!r} must be a time such as 2026-11-22T09:00:00Z") from None
    if moment.tzinfo is None:
        raise ValueError(f"{key!r} needs its time zone; end it with Z for UTC")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{key!r} lies outside the years 1 to 9999") from None


def nodes_of(values: Values, origin: Origin) -> list[Fact]:
    """One node, as often as its evidence names different inventories."""
    check_keys(values, NODE_KEYS, "a node")
    kind = word_of(NodeKind, values.get("kind"), "kind of node")
    properties, node_id, name = _known_of_node(values), text_of(values, "id"), text_of(values, "name", "")
    return [Node(kind, node_id, name, evidence, properties) for evidence in _evidence(values, origin, origin.how)]


def edges_of(values: Values, origin: Origin) -> list[Fact]:
    """One edge, as often as its evidence names different inventories."""
    check_keys(values, EDGE_KEYS, "an edge")
    kind = word_of(EdgeKind, values.get("kind"), "kind of edge")
    properties, how = _properties(values), origin.how
    if "how" in properties:
        how = word_of(How, properties["how"], "how")
        properties = {key: value for key, value in properties.items() if key != "how"}
    need, proven = values.get("need", 1), values.get("proven")
    if type(need) is not int or need > _MANY:
        raise ValueError("'need' must be a whole number, and no more than there can be members")
    if proven is not None and not isinstance(proven, bool):
        raise ValueError("'proven' must be true or false")
    source, target = text_of(values, "from"), text_of(values, "to")
    group = text_of(values, "group", "") if "group" in values else ""
    slot = text_of(values, "slot", "") if "slot" in values else ""
    outcomes = _outcomes(values)
    return [
        Edge(kind, source, target, evidence, outcomes, group, need, proven, slot, properties)
        for evidence in _evidence(values, origin, how)
    ]


def coverage_of(values: Values, source: str, taken_at: datetime) -> Coverage:
    """How one inventory fared. What was read without a time of its own was read when the file was taken."""
    check_keys(values, COVERAGE_KEYS, "a coverage line")
    state = word_of(Reach, values.get("state"), "state")
    read_at = time_of(values, "read_at")
    if read_at is None and state in {Reach.COMPLETE, Reach.PARTIAL} and "read_at" not in values:
        read_at = taken_at
    fix_by = values.get("fix_by")
    records = values.get("records", 0)
    if type(records) is not int or not 0 <= records <= _MANY:
        raise ValueError("'records' must be a whole number that can be a count")
    reason = text_of(values, "reason", "")
    return Coverage(
        source,
        text_of(values, "system", ""),
        text_of(values, "inventory", "facts"),
        state,
        frozenset(_kind(word) for word in _texts(values, "kinds")),
        word_of(Sort, values.get("sort", Sort.STATE.value), "sort"),
        None if fix_by is None else word_of(FixBy, fix_by, "fix_by"),
        reason or ("" if state is Reach.COMPLETE else "the file gives no reason"),
        tuple(_texts(values, "needs")),
        records,
        read_at,
        text_of(values, "vendor_code", ""),
    )


def _kind(word: str) -> NodeKind | EdgeKind:
    try:
        return _KINDS[word]
    except KeyError:
        raise ValueError(f"unknown kind {word!r}{nearest(word, _KINDS)}") from None


def _texts(values: Values, key: str) -> Sequence[str]:
    found = values.get(key, ())
    if not isinstance(found, list | tuple) or not all(isinstance(item, str) for item in found):
        raise ValueError(f"{key!r} must be a list of texts")
    return found


def _properties(values: Values) -> dict[str, Any]:
    found = values.get("properties")
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise ValueError("'properties' must be an object")
    return found


def _known_of_node(values: Values) -> dict[str, Any]:
    found = _properties(values)
    last = found.get("left_on")
    if last not in (None, "") and day_of(last) is None:
        raise ValueError(f"'left_on' must be a day such as 2026-11-22, not {_shown(last)}")
    return found


def _evidence(values: Values, origin: Origin, how: How) -> Iterable[tuple[Evidence, ...]]:
    """The evidence, apart per inventory, as one inventory's facts live and end together."""
    given = values.get("evidence")
    if not given:
        return ((Evidence(origin.source, origin.inventory, origin.record, how),),)
    if isinstance(given, list) and len(given) == 1:
        return ((_one_evidence(given[0], origin, how),),)
    found: dict[str, list[Evidence]] = {}
    for item in given if isinstance(given, list) else (given,):
        evidence = _one_evidence(item, origin, how)
        found.setdefault(evidence.inventory, []).append(evidence)
    return map(tuple, found.values())


def _one_evidence(item: object, origin: Origin, how: How) -> Evidence:
    if not isinstance(item, dict):
        raise ValueError("'evidence' must be an object or a list of objects")
    check_keys(item, _EVIDENCE_KEYS, "evidence")
    given = item.get("how")
    if given is not None:
        how = word_of(How, given, "how")
    if item.get("source", origin.source) != origin.source:
        raise ValueError(f"evidence of source {item['source']!r} below the source {origin.source!r}")
    link = text_of(item, "link", "") if "link" in item else ""
    if link and not link.startswith("https://"):
        raise ValueError("'link' must start with https://")
    return Evidence(
        origin.source,
        text_of(item, "inventory", origin.inventory),
        text_of(item, "record", origin.record),
        how,
        link,
    )


def _outcomes(values: Values) -> Outcomes | None:
    row, per_act = text_of(values, "row", ""), values.get("outcomes")
    if "outcome" in values:
        if per_act is not None:
            raise ValueError("give either 'outcome' or 'outcomes', not both")
        pair = _pair((values["outcome"], values.get("certainty", "certain")))
        return _known(row, tuple((act.value, *pair) for act in Act))
    if "certainty" in values:
        raise ValueError("'certainty' says how sure an outcome is, but there is no 'outcome'")
    if per_act is None:
        return _known(row, ()) if row else None
    if not isinstance(per_act, dict):
        raise ValueError("'outcomes' must be an object: an act, and a pair of outcome and certainty")
    return _known(row, tuple((act, *_pair(pair)) for act, pair in per_act.items()))


@lru_cache(maxsize=4096)
def _known(row: str, judgements: tuple[tuple[str, str, str], ...]) -> Outcomes:
    """One value for the many edges that a departures row stands on."""
    return Outcomes({word_of(Act, act, "act"): _judgement(*pair) for act, *pair in judgements}, row)


def _pair(pair: object) -> tuple[str, str]:
    if not isinstance(pair, list | tuple) or len(pair) != 2 or not all(isinstance(word, str) for word in pair):
        raise ValueError('an outcome and its certainty are texts, such as ["stops", "certain"]')
    return pair[0], pair[1]


def _judgement(outcome: str, certainty: str) -> Judgement:
    return Judgement(word_of(Outcome, outcome, "outcome"), Certainty.of(certainty))


def _shown(value: object) -> str:
    return "(none given)" if value is None else repr(value)[:60]
