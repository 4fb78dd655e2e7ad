"""The engine finds the minimal cut sets and the probabilities that are known of fault trees.

The trees of the Aralia benchmark are others' data and do not lie here: with STACKMAP_FAULT_TREES naming a folder that
has them in their text form (`input/Aralia/*.txt` of github.com/rakhimov/scram) they are checked too.
"""

from __future__ import annotations

import os
from itertools import combinations
from pathlib import Path

import pytest

from stackmap.analysis.gates.network import Network
from stackmap.analysis.gates.solve import Solver
from stackmap.analysis.sets.budget import Steps
from stackmap.analysis.sets.cut_sets import CutSets
from tests.oracles.fault_trees import STOPPED, TruthTable, fault_tree

_PUMPS = """
pumps of a made-up plant
p(motor1)=0.5
top:=(power | flow)
flow:=@(2,[one,two,three])
one:=(motor1 | valve)
two:=(motor2 | valve)
three:=(motor3 & spare)
"""

# tests/bench_chinese_tree_tests.cc, bench_baobab1_tests.cc and bench_baobab2_tests.cc of github.com/rakhimov/scram
_CHINESE = {2: 12, 4: 24, 5: 188, 6: 168}
_CHINESE_PROBABILITY = 0.0045691
_SMALL = {"chinese": {2: 12}, "baobab1": {2: 1, 3: 1}}


def _by_size(network: Network) -> dict[int, int]:
    """How many minimal sets of up to three events the engine tells."""
    cuts = CutSets(Solver(network), STOPPED, ["top", "r1"], Steps(10**9))
    sets = [*cuts.of("top").sets, *cuts.of("r1").sets]
    return {size: count for size in range(4) if (count := sum(len(one) == size for one in sets))}


def _published(name: str) -> Network:
    folder = os.environ.get("STACKMAP_FAULT_TREES")
    if not folder:
        pytest.skip("others' data: STACKMAP_FAULT_TREES names the folder that has it")
    return fault_tree((Path(folder) / f"{name}.txt").read_text(encoding="utf-8"))


def test_a_small_tree_has_the_cut_sets_that_one_finds_by_hand() -> None:
    network = fault_tree(_PUMPS)
    cuts = CutSets(Solver(network), STOPPED, ["top"], Steps(10**9))
    by_hand = (
        ("power",),
        ("valve",),
        ("motor1", "motor2"),
        ("motor1", "motor3", "spare"),
        ("motor2", "motor3", "spare"),
    )
    assert cuts.of("top").sets == by_hand
    table = TruthTable(network, "top")
    assert table.minimal_by_size() == {1: 2, 2: 1, 3: 2}
    lost = sum(
        any(set(cut) <= set(chosen) for cut in by_hand)
        for size in range(len(table.events) + 1)
        for chosen in combinations(table.events, size)
    )
    assert table.probability(0.5) == lost / 2 ** len(table.events)


def test_a_tree_with_a_negation_is_refused() -> None:
    with pytest.raises(ValueError, match="monotone"):
        fault_tree("top:=(a & ~b)")


@pytest.mark.parametrize("name", sorted(_SMALL))
def test_a_published_tree_has_its_small_cut_sets(name: str) -> None:
    assert _by_size(_published(name)) == _SMALL[name]


def test_the_chinese_tree_has_all_its_cut_sets_and_its_probability() -> None:
    table = TruthTable(_published("chinese"), "r1")
    assert table.minimal_by_size() == _CHINESE
    assert table.probability(0.02) == pytest.approx(_CHINESE_PROBABILITY, abs=1e-6)
