"""In which ways things hang on a login."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping

from stackmap.analysis.stack import Stack
from stackmap.model import THING_KINDS, EdgeKind, Link, NodeKind, is_thing

__all__ = ["HANGS_BY_LOGIN", "Way", "things_behind", "ties_behind"]

Way = tuple[Link, ...]
"""The links from a thing to a login, in this order: each says what the one before it hangs on."""

HANGS_BY_LOGIN = (EdgeKind.RUNS_AS, EdgeKind.AUTHORIZED_BY, EdgeKind.ROUTES_TO, EdgeKind.OWNED_BY)
"""What may lead straight to a login."""

_ONTO = (*HANGS_BY_LOGIN, EdgeKind.AUTHENTICATES_WITH, EdgeKind.PROVISIONED_BY, EdgeKind.NOTIFIES, EdgeKind.DEPENDS_ON)


def things_behind(stack: Stack, login: str) -> tuple[str, ...]:
    """The things that hang on a login without another thing between, sorted; switched-off ones left out.

    Straight, by a token, by another login that goes off with it, by a group it is a member of, or by an alarm.
    """
    return tuple(ties_behind(stack, login))


def ties_behind(stack: Stack, login: str) -> Mapping[str, tuple[Way, ...]]:
    """The same things, each with every way in which it does. To what lies between, one of the shortest is told."""
    found: dict[str, list[Way]] = defaultdict(list)
    ways: dict[str, Way] = {login: ()}
    open_ = deque([login])
    while open_:
        at = open_.popleft()
        for node, link in _hanging_on(stack, at):
            vertex = stack.graph.get(node)
            if vertex is not None and vertex.kind in THING_KINDS and is_thing(vertex):
                if not vertex.switched_off:
                    found[node].append((link, *ways[at]))
            elif node not in ways:
                ways[node] = (link, *ways[at])
                open_.append(node)
    return {thing: tuple(found[thing]) for thing in sorted(found)}


def _hanging_on(stack: Stack, node: str) -> Iterator[tuple[str, Link]]:
    """What hangs on a node by one edge; owners without an outcome pass nothing."""
    for link in stack.graph.into(node, *_ONTO):
        if link.kind is not EdgeKind.OWNED_BY or any(fact.outcomes is not None for fact in link.facts):
            yield link.source, link
    for link in stack.graph.out(node, EdgeKind.MEMBER_OF):
        group = stack.graph.get(link.target)
        if group is not None and group.kind is NodeKind.GROUP:
            yield link.target, link
