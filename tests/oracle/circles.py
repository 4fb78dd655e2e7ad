"""Circles in which something is supply, and which of their edges are."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tests.oracle.facts import Edge, Stack
from tests.oracle.gates import Gate, requirements

Arc = tuple[Gate, Gate, Edge | None]


@dataclass(frozen=True, slots=True)
class Circle:
    """Gates that hang on one another; most are a single one.

    `supplied`: some edge inside is supply. `mixed`: some are and some are not, and somebody should be told.
    """

    gates: tuple[Gate, ...]
    supplied: bool = False
    mixed: bool = False


@lru_cache(maxsize=4)
def circles(stack: Stack, gates: tuple[Gate, ...]) -> tuple[Circle, ...]:
    """Every gate in one circle, each after all that it hangs on; where nothing is supply, all of them together."""
    if not any(edge.properties.get("supply") is True for edge in stack.edges):
        return (Circle(gates),)
    arcs = list(_arcs(stack))
    reached = {gate: _reached(gate, arcs) for gate in gates}
    groups = {tuple(other for other in gates if _together(reached, gate, other)) for gate in gates}
    ordered = sorted(groups, key=lambda group: (len(reached[group[0]] | set(group)), group))
    return tuple(_circle(stack, group, arcs) for group in ordered)


def _arcs(stack: Stack) -> Iterator[Arc]:
    """Every edge by which a gate hangs on another, whatever it passes; None leads from a content to its place."""
    for gate, group in requirements(stack).items():
        if gate.node in stack.nodes:
            for needs in (needs for needs in group if not needs.own_start):
                for target, edges in needs.members.items():
                    yield from ((gate, target, edge) for edge in edges or (None,))


def _reached(gate: Gate, arcs: list[Arc]) -> set[Gate]:
    found: set[Gate] = set()
    waiting = [gate]
    while waiting:
        here = waiting.pop()
        fresh = {target for start, target, _ in arcs if start == here} - found
        found |= fresh
        waiting += fresh
    return found


def _together(reached: dict[Gate, set[Gate]], gate: Gate, other: Gate) -> bool:
    return gate == other or (other in reached[gate] and gate in reached[other])


def _circle(stack: Stack, group: tuple[Gate, ...], arcs: list[Arc]) -> Circle:
    inner = [edge for start, target, edge in arcs if start in group and target in group and edge is not None]
    supplied = {is_supply(stack, edge) for edge in inner}
    return Circle(group, supplied=True in supplied, mixed=len(supplied) > 1)


@lru_cache(maxsize=4096)
def is_supply(stack: Stack, edge: Edge) -> bool:
    """Does any source say so of an edge of this kind between these two?"""
    twins = (twin for twin in stack.of(edge.kind) if (twin.start, twin.end) == (edge.start, edge.end))
    return any(twin.properties.get("supply") is True for twin in twins)
