"""Networks that everybody's departure is asked of, with the right answer, worked out the plainest way there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stackmap.analysis.gates.components import components
from stackmap.analysis.gates.network import Network
from tests.benchmarks.thresholds import ThresholdGraph, threshold_graph

__all__ = ["Course", "Shape", "course"]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a network is like.

    `circles`: the sizes of the strongly connected components of more than one node, ascending. `pairs`: how many there
    are of a person and a node that is lost when he or she leaves alone. `touched`: over how many edges these losses
    lead.
    """

    name: str
    nodes: int
    edges: int
    people: int
    circles: tuple[int, ...]
    pairs: int
    touched: int


@dataclass(frozen=True, slots=True)
class Course:
    """A network that all are asked of. `lost`: the right answer, how many nodes are lost when each person leaves."""

    network: Network
    graph: ThresholdGraph
    lost: tuple[int, ...]
    shape: Shape


def course(name: str, network: Network) -> Course:
    """Work out the right answer for a network."""
    graph = threshold_graph(network)
    after: list[list[int]] = [[] for _ in graph.inputs]
    for source, node in graph.edges():
        after[source].append(node)
    lost: list[int] = []
    touched = 0
    for falls in graph.falls:
        gone = _gone(graph, after, falls)
        lost.append(sum(node < graph.counted for node in gone))
        touched += sum(len(after[node]) for node in gone)
    edges = sum(map(len, graph.inputs))
    circles = tuple(sorted(_circles(graph, after)))
    shape = Shape(name, len(network.names), edges, len(lost), circles, sum(lost), touched)
    return Course(network, graph, tuple(lost), shape)


def _gone(graph: ThresholdGraph, after: Sequence[Sequence[int]], falls: Sequence[int]) -> set[int]:
    gone, waiting = set(falls), list(falls)
    left: dict[int, int] = {}
    while waiting:
        for node in after[waiting.pop()]:
            left[node] = left.get(node, graph.slack[node]) - 1
            if not left[node] and node not in gone:
                gone.add(node)
                waiting.append(node)
    return gone


def _circles(graph: ThresholdGraph, after: Sequence[Sequence[int]]) -> Iterator[int]:
    for group in components(len(after), after.__getitem__):
        size = sum(node < graph.counted for node in group)
        if size > 1:
            yield size
