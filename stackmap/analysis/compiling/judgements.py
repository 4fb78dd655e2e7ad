"""What the sources say that acts do, edge by edge: rows, the notes on them, and what a kind passes by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stackmap.analysis.stack import Stack
from stackmap.model import EDGE_KINDS, Act, Certainty, Edge, EdgeKind, Judgement, Outcome, Outcomes

__all__ = ["judgements", "needs_place", "refuses"]

# Bound once, for these are asked of every edge: Python 3.11 takes longer to look a member up in its enum than to call.
_CERTAIN = Certainty.CERTAIN
_WRITES_TO = EdgeKind.WRITES_TO


def refuses(stack: Stack, fact: Edge, act: Act | None) -> bool:
    """Whether the platform refuses an act as long as this edge stands."""
    if act is None or fact.outcomes is None:
        return False
    return any(one.outcome is Outcome.REFUSED for one in judgements(stack, fact, (act,)))


def judgements(stack: Stack, fact: Edge, acts: Iterable[Act], end: str = "") -> Sequence[Judgement]:
    """What one source says these acts do, without repeats; as sure as its evidence at most (semantics, rule 7).

    `end` is the end that is lost: of a writer's edge it decides who hangs on whom.
    """
    grade = fact.certainty
    if fact.outcomes is None:
        said: Sequence[Judgement] = (_WRITERS_PLACE if needs_place(fact, end) else _OF_KIND[fact.kind],)
    else:
        said = _said(_overridden(stack, fact.outcomes), acts)
    if grade is _CERTAIN:
        return said
    return [one if one.certainty <= grade else Judgement(one.outcome, grade) for one in said]


def _said(outcomes: Outcomes, acts: Iterable[Act]) -> list[Judgement]:
    said: list[Judgement] = []
    for act in acts:
        judgement = outcomes.of(act)
        if judgement not in said:
            said.append(judgement)
    return said


def _overridden(stack: Stack, outcomes: Outcomes) -> Outcomes:
    """A row as your notes have it: the acts they name, and the connector's for the others."""
    noted = stack.policy.rows.get(outcomes.row)
    return Outcomes({**outcomes.by_act, **noted.by_act}, outcomes.row) if noted else outcomes


def _of_kind(kind: EdgeKind) -> Judgement:
    """What an edge passes of which no source says it. An owner of whom nothing else is said passes nothing."""
    if kind is EdgeKind.NOTIFIES:
        return Judgement(Outcome.STOPS, _CERTAIN)
    if kind is EdgeKind.OWNED_BY:
        return Judgement(Outcome.SURVIVES, _CERTAIN)
    outcome = EDGE_KINDS[kind].outcome
    return Judgement(outcome, _CERTAIN) if outcome else Outcomes().of(Act.DEACTIVATED)


_OF_KIND = {kind: _of_kind(kind) for kind in EdgeKind}
_WRITERS_PLACE = Judgement(Outcome.STOPS, _CERTAIN)


def needs_place(fact: Edge, end: str) -> bool:
    """Whether it is the place of what is written to that is lost by this edge, seen from its writer."""
    return fact.kind is _WRITES_TO and end == fact.target
