"""The benchmark of odds measures what it says."""

from __future__ import annotations

from tests.benchmarks.measuring import Effort
from tests.benchmarks.networks import made_up_network
from tests.benchmarks.odds import odds_of


def test_odds_are_measured_against_their_target() -> None:
    ready, drawn = odds_of("made-up, 300", made_up_network(300), Effort(most=1, seconds=0, warms_up=False))
    assert "made ready" in ready.what
    assert "16,384 futures" in drawn.what
    assert drawn.target is not None
    assert drawn.target.bound == 16_384 / 10_000
    assert drawn.best > 0
