"""Apps that many people use, each for themselves: on the map one sentence each, not a line to everybody."""

from __future__ import annotations

from collections.abc import Mapping

from stackmap.analysis import Stack
from stackmap.analysis.compiling.requirements import requirements
from stackmap.model import EdgeKind, NodeKind

__all__ = ["personal_users"]

_ALIVE_BY_ITSELF = (EdgeKind.RUNS_AS, EdgeKind.OWNED_BY)


def personal_users(stack: Stack) -> Mapping[str, frozenset[str]]:
    """The logins behind each app of personal use (semantics, rule 15) that hold nothing else of it."""
    graph = stack.graph
    found: dict[str, frozenset[str]] = {}
    for app in graph.vertices(NodeKind.INTEGRATION):
        tokens = {end for need in requirements(stack, app.id) if need.personal for end in need.ends}
        if tokens:
            users = {way.target for token in tokens for way in graph.out(token, EdgeKind.AUTHORIZED_BY)}
            own = {link.target for link in graph.out(app.id, *_ALIVE_BY_ITSELF)}
            found[app.id] = frozenset(users - own)
    return found
