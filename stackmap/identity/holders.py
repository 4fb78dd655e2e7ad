"""Tokens whose holder no API tells, and somebody has written down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from stackmap.model import Edge, EdgeKind, Fact, How, Node, NodeKind, Outcomes, is_unread, system_of

__all__ = ["settle_holders"]

_HOLDERS = frozenset({NodeKind.ACCOUNT, NodeKind.PERSON})


def settle_holders(facts: Sequence[Fact]) -> list[Fact]:
    """The facts without the unread holders of tokens whose real holder is declared.

    Only what people declare settles that, and only a login or a person that some source lists: an id that leads
    nowhere leaves the doubt. A holder in the token's own system of whom nothing else is said takes over what the
    platform does to the unread one.
    """
    unread = _unread_holders(facts)
    if not unread:
        return list(facts)
    listed = {fact.id for fact in facts if isinstance(fact, Node) and fact.kind in _HOLDERS}
    settled = {
        fact.source
        for fact in facts
        if isinstance(fact, Edge) and fact.source in unread and fact.target in listed and _declares_holder(fact)
    }
    kept: list[Fact] = []
    for fact in facts:
        if not isinstance(fact, Edge) or fact.kind is not EdgeKind.AUTHORIZED_BY or fact.source not in settled:
            kept.append(fact)
        elif not is_unread(fact.target):
            kept.append(_taught(fact, unread[fact.source]))
    return kept


def _unread_holders(facts: Sequence[Fact]) -> Mapping[str, set[Outcomes]]:
    """Tokens that hang on a login nobody could read, with what their platforms do to such a token."""
    found: dict[str, set[Outcomes]] = defaultdict(set)
    for fact in facts:
        if isinstance(fact, Edge) and fact.kind is EdgeKind.AUTHORIZED_BY and is_unread(fact.target):
            found[fact.source] |= {fact.outcomes} if fact.outcomes is not None else set()
    return found


def _declares_holder(edge: Edge) -> bool:
    declared = any(evidence.how is How.DECLARED for evidence in edge.evidence)
    return declared and edge.kind is EdgeKind.AUTHORIZED_BY and not is_unread(edge.target)


def _taught(edge: Edge, said: set[Outcomes]) -> Edge:
    """The edge with the platform's outcomes, where it has none and they are beyond doubt."""
    if edge.outcomes is None and len(said) == 1 and system_of(edge.source) == system_of(edge.target):
        return replace(edge, outcomes=next(iter(said)))
    return edge
