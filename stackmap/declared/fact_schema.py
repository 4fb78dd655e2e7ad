"""The JSON Schema of one line of a fact file, made from the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from stackmap.declared.fact_values import COVERAGE_KEYS, EDGE_KEYS, NODE_KEYS
from stackmap.declared.factfile import SCHEMA, SOURCE_KEYS
from stackmap.model import Act, Certainty, EdgeKind, FixBy, How, NodeKind, Outcome, Reach, Sort

__all__ = ["fact_schema"]

_TEXT: Mapping[str, Any] = {"type": "string"}


def _words(*kinds: type[StrEnum]) -> dict[str, Any]:
    return {"enum": [member.value for kind in kinds for member in kind]}


_CERTAINTY = {"enum": [certainty.word for certainty in Certainty]}
_PAIR = {"type": "array", "prefixItems": [_words(Outcome), _CERTAINTY], "minItems": 2, "maxItems": 2}
_TIME = {"type": "string", "format": "date-time"}
_TEXTS = {"type": "array", "items": _TEXT}
_EVIDENCE = {
    "type": "object",
    "properties": {"source": _TEXT, "inventory": _TEXT, "record": _TEXT, "how": _words(How), "link": _TEXT},
    "additionalProperties": False,
}
_OF_KEY: Mapping[str, Any] = {
    "schema": {"const": SCHEMA},
    "taken_at": _TIME,
    "read_at": {"anyOf": [_TIME, {"type": "null"}]},
    "state": _words(Reach),
    "sort": _words(Sort),
    "fix_by": {"anyOf": [_words(FixBy), {"type": "null"}]},
    "kinds": {"type": "array", "items": _words(NodeKind, EdgeKind)},
    "needs": _TEXTS,
    "records": {"type": "integer", "minimum": 0},
    "properties": {"type": "object"},
    "evidence": {"anyOf": [_EVIDENCE, {"type": "array", "items": _EVIDENCE}]},
    "outcome": _words(Outcome),
    "certainty": _CERTAINTY,
    "outcomes": {"type": "object", "propertyNames": _words(Act), "additionalProperties": _PAIR},
    "need": {"type": "integer", "minimum": 1},
    "proven": {"type": ["boolean", "null"]},
}


def fact_schema() -> dict[str, Any]:
    """What a line may hold, by its type. Keys without an entry of their own are texts."""
    return {
        "oneOf": [
            _line("source", SOURCE_KEYS, ("name",)),
            _line("coverage", COVERAGE_KEYS, ("state",)),
            _line("node", NODE_KEYS, ("kind", "id"), kind=_words(NodeKind)),
            _line("edge", EDGE_KEYS, ("kind", "from", "to"), kind=_words(EdgeKind)),
        ]
    }


def _line(name: str, keys: Iterable[str], required: Iterable[str], **special: Any) -> dict[str, Any]:
    known = {**_OF_KEY, **special, "type": {"const": name}}
    return {
        "title": f"{name} line",
        "type": "object",
        "properties": {key: known.get(key, _TEXT) for key in sorted(keys)},
        "required": ["type", *required],
        "additionalProperties": False,
    }
