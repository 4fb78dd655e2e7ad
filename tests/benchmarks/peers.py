"""Everybody's departure as a good user of a graph library would work it out, each way of doing it.

A peer is made ready once, with its graph, and then asked: for these people, each leaving alone, how many (person, node)
pairs are lost. What is timed is the asking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

import networkx as nx

from tests.benchmarks.courses import Course
from tests.benchmarks.methods import Ask, Method
from tests.benchmarks.thresholds import ThresholdGraph

__all__ = ["PEERS"]

_MOST = 200_000
_Successors: TypeAlias = Callable[[int], Iterable[int]]


def _networkx_graph(graph: ThresholdGraph) -> nx.DiGraph[int]:
    made: nx.DiGraph[int] = nx.DiGraph()
    made.add_nodes_from(range(len(graph.inputs)))
    made.add_edges_from(graph.edges())
    return made


def _networkx_worklist(course: Course) -> Ask:
    return _worklist(course.graph, _networkx_graph(course.graph).successors)


def _networkx_copies(course: Course) -> Ask:
    graph = course.graph
    whole = _networkx_graph(graph)
    nx.set_node_attributes(whole, dict(enumerate(graph.needs())), "need")

    def lost(falls: Sequence[int]) -> int:
        left, waiting, counted = whole.copy(), list(falls), 0
        while waiting:
            node = waiting.pop()
            if node in left:
                after = list(left.successors(node))
                left.remove_node(node)
                counted += node < graph.counted
                waiting.extend(one for one in after if left.in_degree(one) < left.nodes[one]["need"])
        return counted

    return _each(graph, lost)


def _networkx_reach(course: Course) -> Ask:
    graph = course.graph
    whole = _networkx_graph(graph)
    return _reach(graph, lambda node: nx.descendants(whole, node))


def _rustworkx_worklist(course: Course) -> Ask:
    graph = course.graph
    from rustworkx import PyDiGraph

    whole = PyDiGraph()
    whole.add_nodes_from(range(len(graph.inputs)))
    whole.add_edges_from_no_data(list(graph.edges()))
    return _worklist(graph, whole.successor_indices)


def _rustworkx_copies(course: Course) -> Ask:
    graph = course.graph
    from rustworkx import PyDiGraph

    whole = PyDiGraph()
    whole.add_nodes_from(graph.needs())
    whole.add_edges_from_no_data(list(graph.edges()))

    def lost(falls: Sequence[int]) -> int:
        left, waiting, counted = whole.copy(), list(falls), 0
        while waiting:
            node = waiting.pop()
            if left.has_node(node):
                after = left.successor_indices(node)
                left.remove_node(node)
                counted += node < graph.counted
                waiting.extend(one for one in after if left.in_degree(one) < left[one])
        return counted

    return _each(graph, lost)


def _rustworkx_reach(course: Course) -> Ask:
    graph = course.graph
    from rustworkx import PyDiGraph, descendants

    whole = PyDiGraph()
    whole.add_nodes_from(range(len(graph.inputs)))
    whole.add_edges_from_no_data(list(graph.edges()))
    return _reach(graph, lambda node: descendants(whole, node))


def _worklist(graph: ThresholdGraph, successors: _Successors) -> Ask:
    """No copy: count the lost inputs of the nodes that are reached, and go on from those that have lost enough."""
    slack = graph.slack

    def lost(falls: Sequence[int]) -> int:
        gone, waiting, hits = set(falls), list(falls), dict[int, int]()
        for node in waiting:  # what is lost on the way joins the end
            for after in successors(node):
                hit = hits[after] = hits.get(after, 0) + 1
                if hit == slack[after] and after not in gone:
                    gone.add(after)
                    waiting.append(after)
        return sum(node < graph.counted for node in gone)

    return _each(graph, lost)


def _reach(graph: ThresholdGraph, descendants: Callable[[int], set[int]]) -> Ask:
    """Whatever can be reached: the answer of those who have no "either will do"."""

    def lost(falls: Sequence[int]) -> int:
        found = set(falls).union(*map(descendants, falls))
        return sum(node < graph.counted for node in found)

    return _each(graph, lost)


def _each(graph: ThresholdGraph, lost: Callable[[Sequence[int]], int]) -> Ask:
    return lambda people: sum(lost(graph.falls[person]) for person in people)


PEERS = (
    Method("rustworkx, worklist", _rustworkx_worklist),
    Method("networkx, worklist", _networkx_worklist),
    Method("rustworkx, copy and remove", _rustworkx_copies, slow=True),
    Method("networkx, copy and remove", _networkx_copies, slow=True, most=_MOST),
    Method("rustworkx, descendants", _rustworkx_reach, exact=False),
    Method("networkx, descendants", _networkx_reach, exact=False, slow=True, most=_MOST),
)
