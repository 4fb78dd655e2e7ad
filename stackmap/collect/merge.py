"""Repeats within one inventory: facts with one key become one fact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from stackmap.model import Edge, EdgeKey, Evidence, Fact, Judgement, Node, Outcome, Outcomes, Properties

__all__ = ["MOST_EVIDENCE", "Merged"]

MOST_EVIDENCE = 20
"""Evidences kept per fact: enough to question it, and a million log-in rows stay small."""

_SURER_USE = {"unknown": 0, "no": 1, "yes": 2}
_WORSE = (
    Outcome.SURVIVES,
    Outcome.MOVED,
    Outcome.REFUSED,
    Outcome.CASCADE,
    Outcome.LATER,
    Outcome.STARVES,
    Outcome.STOPS,
    Outcome.UNKNOWN,
)


class Merged:
    """Facts by key, in the order in which they were first seen."""

    def __init__(self) -> None:
        self._facts: dict[str | EdgeKey, Fact] = {}

    def __len__(self) -> int:
        return len(self._facts)

    def add(self, facts: Iterable[Fact]) -> None:
        """Take facts in. The first name and the first of differing properties stand; lists are united."""
        for fact in facts:
            known = self._facts.get(fact.key)
            self._facts[fact.key] = fact if known is None else _unite(known, fact)

    def facts(self) -> tuple[Fact, ...]:
        """All of them."""
        return tuple(self._facts.values())


def _unite(known: Fact, repeat: Fact) -> Fact:
    evidence = _evidence(known.evidence, repeat.evidence)
    properties = _properties(known.properties, repeat.properties)
    if known.kind is repeat.kind and _adds_nothing(known, repeat, evidence, properties):
        return known
    if isinstance(known, Node) and isinstance(repeat, Node):
        return replace(known, name=known.name or repeat.name, evidence=evidence, properties=properties)
    if isinstance(known, Edge) and isinstance(repeat, Edge):
        outcomes = _outcomes(known.outcomes, repeat.outcomes)
        return replace(known, evidence=evidence, properties=properties, outcomes=outcomes)
    raise ValueError(f"{known.key} is a node and an edge at once")


def _adds_nothing(known: Fact, repeat: Fact, evidence: tuple[Evidence, ...], properties: Properties) -> bool:
    """Whether a repeat brings no news, as the hundredth log-in of one login does."""
    if evidence is not known.evidence or properties is not known.properties:
        return False
    if isinstance(known, Edge) and isinstance(repeat, Edge):
        return known.outcomes == repeat.outcomes
    return isinstance(known, Node) and isinstance(repeat, Node) and bool(known.name or not repeat.name)


def _evidence(known: tuple[Evidence, ...], repeat: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    if len(known) >= MOST_EVIDENCE or set(repeat) <= set(known):
        return known
    return tuple(sorted({*known, *repeat})[:MOST_EVIDENCE])


def _properties(known: Properties, repeat: Properties) -> Properties:
    if not repeat or known == repeat:
        return known
    united = dict(known)
    for name, value in repeat.items():
        united[name] = _value(name, united[name], value) if name in united else value
    return known if united == known else united


def _value(name: str, known: Any, repeat: Any) -> Any:
    if name == "used_within" and isinstance(known, dict) and isinstance(repeat, dict):
        windows = {**known, **repeat}
        return {days: _surer(known.get(days, "unknown"), repeat.get(days, "unknown")) for days in windows}
    if name == "last_used" and isinstance(known, str) and isinstance(repeat, str):
        return max(known, repeat)
    if isinstance(known, list) and isinstance(repeat, list):
        return [*known, *(item for item in repeat if item not in known)]
    return known


def _surer(known: str, repeat: str) -> str:
    return max(known, repeat, key=lambda word: _SURER_USE.get(word, 0))


def _outcomes(known: Outcomes | None, repeat: Outcomes | None) -> Outcomes | None:
    if known is None or repeat is None or known == repeat:
        return known or repeat
    acts = {**known.by_act, **repeat.by_act}
    return Outcomes({act: _worse(known.of(act), repeat.of(act)) for act in acts}, known.row)


def _worse(known: Judgement, repeat: Judgement) -> Judgement:
    return max(known, repeat, key=lambda judgement: _WORSE.index(judgement.outcome))
