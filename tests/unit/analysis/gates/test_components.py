"""Components of random graphs against another library's, and their order."""

from random import Random

import networkx as nx

from stackmap.analysis.gates.components import components


def test_nodes_that_reach_one_another_are_one_component_and_sources_come_first() -> None:
    for seed in range(300):
        dice = Random(seed)
        count = dice.randint(1, 9)
        edges = [(dice.randrange(count), dice.randrange(count)) for _ in range(dice.randint(0, 18))]
        graph: nx.DiGraph[int] = nx.DiGraph(edges)
        graph.add_nodes_from(range(count))
        found = components(count, [[*graph.successors(node)] for node in range(count)].__getitem__)
        assert {frozenset(part) for part in found} == set(map(frozenset, nx.strongly_connected_components(graph)))
        place = {node: number for number, part in enumerate(found) for node in part}
        assert all(place[start] <= place[end] for start, end in edges)


def test_a_chain_longer_than_the_stack_of_calls_is_walked() -> None:
    length = 20_000
    found = components(length, lambda node: (node + 1,) if node + 1 < length else (0,))
    assert [sorted(part) for part in found] == [list(range(length))]


def test_nothing_has_no_component() -> None:
    assert components(0, lambda node: ()) == []
