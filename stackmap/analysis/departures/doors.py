"""Addresses that only we know of: what a workflow may be called by, and what stands behind each."""

from __future__ import annotations

from stackmap.model import EdgeKind, StackGraph

__all__ = ["behind_door"]


def behind_door(graph: StackGraph, node: str) -> str:
    """The one thing that answers at an internal address: no system shows that, so people are told of the thing. Of
    anything else the node itself.
    """
    vertex = graph.get(node)
    if vertex is None or vertex.properties.get("internal") is not True:
        return node
    servers = {link.target for link in graph.out(node, EdgeKind.SERVED_BY)}
    return servers.pop() if len(servers) == 1 else node
