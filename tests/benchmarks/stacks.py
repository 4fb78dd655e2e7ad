"""The made-up stacks that are measured: several products, many logins, real circles of flows."""

from __future__ import annotations

from pathlib import Path

from tests.functional.large import write_large

__all__ = ["write_stack"]

_EDGES_PER_NODE = 2.5
_SEED = 20261122
_LEAST = 1_000


def write_stack(path: Path, nodes: int) -> int:
    """Write a fact file of so many nodes and return how many they are.

    Below a thousand there is room for little beside the planted leaver's part, so those hold that alone: some 500.
    """
    edges = int(nodes * _EDGES_PER_NODE) if nodes >= _LEAST else 0
    return write_large(path, nodes, edges, _SEED).counts["node"]
