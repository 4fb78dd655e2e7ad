"""Where things lie, as answers about what is supposed name them."""

from __future__ import annotations

from urllib.parse import unquote

from stackmap.model import NodeKind, StackGraph, system_id, system_of
from stackmap.render.guards import plain

__all__ = ["name_with_place", "place_name"]

_BY_SYSTEM = frozenset({NodeKind.ACCOUNT, NodeKind.GRANT, NodeKind.CREDENTIAL})


def name_with_place(graph: StackGraph, node_id: str) -> str:
    """What something is called. Names of logins and tokens say little without their system."""
    name, vertex = plain(graph.name(node_id)), graph.get(node_id)
    system = plain(place_name(graph, node_id)) if vertex and vertex.kind in _BY_SYSTEM else ""
    return f"{name} in {system}" if system else name


def place_name(graph: StackGraph, node_id: str) -> str:
    """The system that something lies in, also where only its id tells; "" for none."""
    prefix = system_of(node_id)
    if graph.systems_of(node_id) or not prefix:
        return graph.system_name(node_id)
    system = graph.get(system_id(*map(unquote, prefix.split("/", 1))))
    return system.name if system and system.name else prefix
