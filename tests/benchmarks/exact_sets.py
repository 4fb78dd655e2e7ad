"""The exact bus factor of every node of a network: all sets of up to three people, and how many it takes beyond."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stackmap.analysis.gates.network import Network, is_aside
from stackmap.analysis.gates.solve import Solver
from stackmap.analysis.sets.budget import Steps
from stackmap.analysis.sets.cut_sets import CutSets
from tests.benchmarks.figures import Figure, Missing, Target, timed
from tests.benchmarks.measuring import Effort, Run, repeated, seconds_of
from tests.benchmarks.thresholds import MARK

__all__ = ["exact_sets_of"]

_STEPS = 200_000_000
"""More than enough for every number to be proven; where it is not, the figure is missing and says so."""


def exact_sets_of(what: str, network: Network, effort: Effort, target: Target) -> Iterator[Figure | Missing]:
    """One reading, one level, every node; making gates and arrays ready is not part of it."""
    solver = Solver(network)
    nodes = [name for name in network.names if not is_aside(name)]
    unproven: list[int] = []

    def ask() -> Run:
        return seconds_of(lambda: unproven.append(_unproven(solver, nodes)))

    told = f"exact bus factors of everything, {what}"
    seconds = [run.seconds for run in repeated(effort, ask)]
    yield Missing(told, f"{unproven[-1]} not proven") if any(unproven) else timed(told, seconds, "s", target)


def _unproven(solver: Solver, nodes: Sequence[str]) -> int:
    cuts = CutSets(solver, MARK, nodes, Steps(_STEPS), only_numbers=True)
    return sum(not cuts.of(node).proven for node in nodes)
