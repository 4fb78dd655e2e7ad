"""`python -m tests.benchmarks.one_method NODES METHOD`: everybody's departure by one method, in a process of its own.

So that its memory can be told from that of the others: nothing is made but the network and what the method needs.
Prints how many pairs it found.
"""

from __future__ import annotations

import gc
import sys

from tests.benchmarks.courses import Course, Shape
from tests.benchmarks.networks import made_up_network
from tests.benchmarks.ours import OURS
from tests.benchmarks.thresholds import ThresholdGraph, falls_of

if __name__ == "__main__":
    nodes, name = sys.argv[1:]
    gc.disable()  # as the commands do while they judge a reading
    network = made_up_network(int(nodes))
    graph = ThresholdGraph(len(network.names), (), (), falls_of(network))
    people = len(graph.falls)
    shape = Shape(nodes, len(network.names), edges=0, people=people, circles=(), pairs=0, touched=0)
    method = next(one for one in OURS if one.name == name)
    ask = method.ready(Course(network, graph, (), shape))
    sys.stdout.write(f"{ask(range(people))}\n")
