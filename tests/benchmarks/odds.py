"""Drawn futures: how long it takes to draw many, in each of which everybody may leave, and to tell what is lost."""

from __future__ import annotations

from collections.abc import Iterator

from stackmap.analysis.gates.network import Network, is_aside
from stackmap.analysis.gates.solve import Solver
from stackmap.analysis.odds.futures import drawn_futures
from stackmap.analysis.sets.scenarios import scenarios
from tests.benchmarks.figures import Figure, Target, timed
from tests.benchmarks.measuring import Effort, repeated, seconds_of
from tests.benchmarks.thresholds import MARK

__all__ = ["odds_of"]

_FUTURES = 1 << 14
_CHANCE = 0.05
_A_SECOND = 10_000
"""The target: so many futures a second, with a compiled kernel. Ours needs none: a column of bits for each node."""


def odds_of(what: str, network: Network, effort: Effort) -> Iterator[Figure]:
    """How often every node is lost. Boiling the network down is told by itself: it is done once for all futures."""
    solver = Solver(network)
    people = sorted(network.seeds)
    wanted = [number for number, name in enumerate(network.names) if not is_aside(name)]
    ready = scenarios(solver, MARK, people, wanted)

    def boil_down() -> None:
        scenarios(solver, MARK, people, wanted)

    def draw() -> None:
        for batch in drawn_futures([_CHANCE] * len(ready.people), _FUTURES):
            lost = [batch.share(columns) for columns in ready.lost(batch.leaving)]
            assert any(lost)

    told = f"odds of every node, {what}"
    seconds = [run.seconds for run in repeated(effort, lambda: seconds_of(boil_down))]
    yield timed(f"{told}: made ready for any number of futures", seconds, "s")
    seconds = [run.seconds for run in repeated(effort, lambda: seconds_of(draw))]
    yield timed(f"{told}: {_FUTURES:,} futures, plain Python", seconds, "s", Target(_FUTURES / _A_SECOND))
