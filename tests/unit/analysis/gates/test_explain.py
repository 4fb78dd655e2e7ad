"""Of several reasons for a loss the earliest is told, and of those the first by ids, however the gates are ordered."""

from __future__ import annotations

from itertools import permutations

import pytest

from stackmap.analysis.gates.explain import Cause, Explainer
from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import Reading, Run
from stackmap.analysis.gates.network import Network
from stackmap.model import Certainty, State


def _lost_with(node: str, *members: str, need: int = 1) -> Gate:
    return Gate(node, tuple(Member(one, State.STOPS, Certainty.CERTAIN) for one in members), need)


@pytest.mark.parametrize(
    ("gates", "told"),
    [
        ((_lost_with("x", "b"), _lost_with("x", "a"), _lost_with("x", "c")), ("a",)),
        ((_lost_with("x", "b", "d"), _lost_with("x", "a", "e"), _lost_with("x", "c")), ("a", "e")),
        ((_lost_with("x", "z"), _lost_with("x", "k"), _lost_with("k", "a")), ("z",)),
        ((_lost_with("x", "k", "d"), _lost_with("x", "z"), _lost_with("k", "a")), ("z",)),
        ((_lost_with("x", "d", "k", need=2), _lost_with("x", "z"), _lost_with("k", "a")), ("d",)),
    ],
    ids=["by id", "groups by ids", "earliest", "a group with its last", "one too many with its first"],
)
def test_the_earliest_reason_is_told_and_of_equals_the_first_by_ids(
    gates: tuple[Gate, ...], told: tuple[str, ...]
) -> None:
    for ordered in permutations(gates):
        network = Network(ordered, {"p": dict.fromkeys(Reading, tuple("abcdez"))})
        causes = Explainer(network, Run.POSSIBLE, ["p"]).because(["x"], State.STOPS)
        assert causes == tuple(Cause(one, None) for one in told)
