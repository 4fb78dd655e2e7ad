"""A gate network in the one form that graph libraries can hold: nodes, edges, and a number at each node.

That is a network in one run at one level. Where a node has several gates, those that survive one lost input become
nodes of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stackmap.analysis.gates.arrays import passed_by
from stackmap.analysis.gates.gate import Gate
from stackmap.analysis.gates.marks import Run, mark_of
from stackmap.analysis.gates.network import OFF, Network
from stackmap.model import State

__all__ = ["MARK", "ThresholdGraph", "falls_of", "threshold_graph"]

MARK = mark_of(Run.POSSIBLE, State.STOPS)
"""What is asked of every method: proven, and stopped."""


@dataclass(frozen=True, slots=True)
class ThresholdGraph:
    """Node n has the inputs `inputs[n]` and is lost with `slack[n]` of them.

    The first `counted` nodes are those of the network, by its numbers. `falls`: for each person, in the network's
    order, the nodes that fall.
    """

    counted: int
    inputs: Sequence[Sequence[int]]
    slack: Sequence[int]
    falls: Sequence[Sequence[int]]

    def edges(self) -> Iterator[tuple[int, int]]:
        """From each input to the node that hangs on it."""
        return ((source, node) for node, sources in enumerate(self.inputs) for source in sources)

    def needs(self) -> list[int]:
        """How many inputs each node needs; those that fall with a person need none."""
        pairs = zip(self.inputs, self.slack, strict=True)
        return [len(sources) - spare + 1 if sources else 0 for sources, spare in pairs]


def threshold_graph(network: Network) -> ThresholdGraph:
    """The graph of a network. Raises ValueError where something is lost before anybody leaves."""
    names = len(network.names)
    inputs: list[dict[int, None]] = [{} for _ in range(names)]
    slack = [1] * names
    for node, gates in network.gates_of.items():
        several = len(gates) > 1
        for gate in (network.gates[number] for number in gates):
            place = network.index[node]
            spare = len(gate.members) - gate.need + 1
            if several and spare > 1:
                inputs[place][len(inputs)] = None
                place = len(inputs)
                inputs.append({})
                slack.append(spare)
            slack[place] = spare
            inputs[place].update((source, None) for source in _sources(network, gate) if source != place)
    return ThresholdGraph(names, [tuple(sources) for sources in inputs], slack, falls_of(network))


def falls_of(network: Network) -> list[list[int]]:
    """For each person the nodes that fall when he or she leaves."""
    return [[node for node, marks in network.fallen((person,)) if marks & MARK] for person in network.seeds]


def _sources(network: Network, gate: Gate) -> Iterator[int]:
    for member in gate.members:
        if member.node == OFF:
            raise ValueError(f"{gate.node} is lost before anybody leaves")
        if passed_by(member) & MARK:
            yield network.index[member.node]
