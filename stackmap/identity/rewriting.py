"""Facts under other ids: the same thing, seen under two names, gets one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from stackmap.model import Edge, Evidence, Fact, How, Node

__all__ = ["follow", "renamed"]

_STRONG = {How.OBSERVED, How.DECLARED}


def follow(aliases: Mapping[str, str], node_id: str) -> str:
    """The id that an id stands for in the end."""
    seen = {node_id}
    while (further := aliases.get(node_id, node_id)) not in seen:
        node_id = further
        seen.add(node_id)
    return node_id


def renamed(
    facts: Iterable[Fact],
    aliases: Mapping[str, str],
    inferred_to: frozenset[str] = frozenset(),
    inferred_from: frozenset[str] = frozenset(),
) -> list[Fact]:
    """The facts with every id replaced by what it stands for.

    Where that was concluded (`inferred_to` for edges that lead there, `inferred_from` for what the node says itself),
    the evidence says so. Edges that would lead from a node to itself are left out.
    """
    if not aliases:
        return list(facts)
    found: list[Fact] = []
    for fact in facts:
        if isinstance(fact, Node):
            found.append(_node(fact, aliases, inferred_from) if fact.id in aliases else fact)
            continue
        moved_to = fact.properties.get("moved_to")
        if fact.source not in aliases and fact.target not in aliases and moved_to not in aliases:
            found.append(fact)
            continue
        weak = fact.target in inferred_to or fact.source in inferred_from
        edge = _edge(fact, aliases, weak)
        if edge.source != edge.target or fact.source == fact.target:
            found.append(edge)
    return found


def _node(node: Node, aliases: Mapping[str, str], inferred: frozenset[str]) -> Node:
    evidence = _weakened(node.evidence) if node.id in inferred else node.evidence
    return replace(node, id=follow(aliases, node.id), evidence=evidence)


def _edge(edge: Edge, aliases: Mapping[str, str], weak: bool) -> Edge:
    properties = edge.properties
    if properties.get("moved_to") in aliases:
        properties = {**properties, "moved_to": follow(aliases, properties["moved_to"])}
    return replace(
        edge,
        source=follow(aliases, edge.source),
        target=follow(aliases, edge.target),
        properties=properties,
        evidence=_weakened(edge.evidence) if weak else edge.evidence,
    )


def _weakened(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The same evidence, known only by a key that fits."""
    return tuple(replace(item, how=How.INFERRED_KEY) if item.how in _STRONG else item for item in evidence)
