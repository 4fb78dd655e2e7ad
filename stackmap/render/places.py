"""Where things lie, as answers about what is supposed name them."""

from __future__ import annotations

from urllib.parse import unquote

from stackmap.model import NodeKind, StackGraph, system_id, system_of
from stackmap.render.guards import plain

__all__ = ["name_with_place", "place_name"]

_BY_SYSTEM = frozenset({NodeKind.ACCOUNT, NodeKind.GRANT, NodeKind.CREDENTIAL})


def name_with_place(graph: StackGraph, node_id: str) -> str:
    """What something is called, so that it tells which, and can be given again. Names of logins and tokens say little
    without their system; so do those of things that are called as others elsewhere.
    """
    name, vertex = plain(graph.called(node_id)), graph.get(node_id)
    if vertex is None or (vertex.kind not in _BY_SYSTEM and graph.is_called_alone(node_id)):
        return name
    system = "" if vertex.kind is NodeKind.SYSTEM else plain(place_name(graph, node_id))
    return f"{name} in {system}" if system else name


def place_name(graph: StackGraph, node_id: str) -> str:
    """The system that something lies in, also where only its id tells; "" for none."""
    prefix = system_of(node_id)
    if graph.systems_of(node_id) or not prefix:
        return graph.system_name(node_id)
    system = system_id(*map(unquote, prefix.split("/", 1)))
    return graph.system_name(system) if system in graph else prefix
