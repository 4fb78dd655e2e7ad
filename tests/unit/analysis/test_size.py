"""Long chains and deep ladders are answered, and their explanations stay as small as the stack."""

from __future__ import annotations

from typing import Any

from stackmap.analysis import Analysis
from stackmap.model import Outcome
from tests.support.loading import stack_of

Line = dict[str, Any]

_START: list[Line] = [
    {"type": "node", "kind": "Person", "id": "P"},
    {"type": "node", "kind": "Account", "id": "a", "properties": {"account_type": "human"}},
    {"type": "edge", "kind": "HAS_ACCOUNT", "from": "P", "to": "a"},
]


def _automation(name: str) -> Line:
    return {"type": "node", "kind": "Automation", "id": name}


def _hangs(name: str, kind: str, end: str, **said: Any) -> Line:
    return {"type": "edge", "kind": kind, "from": name, "to": end, **said}


def test_a_chain_of_twenty_thousand_calls_is_explained_step_by_step() -> None:
    length = 20_000
    lines = [*_START, _automation("x0"), _hangs("x0", "RUNS_AS", "a", outcome="stops")]
    for step in range(1, length):
        lines += [_automation(f"x{step}"), _hangs(f"x{step}", "CALLS", f"x{step - 1}")]
    departure = Analysis(stack_of(lines)).leave(["P"])
    assert len(departure.rows) == length
    assert all(len(row.because) == 1 for row in departure.rows)
    assert set(departure.via) == {"a"}


def test_a_ladder_of_forty_groups_has_two_causes_a_rung() -> None:
    rungs = 40
    lines = [*_START]
    for side in "lr":
        lines += [_automation(f"{side}0"), _hangs(f"{side}0", "RUNS_AS", "a", outcome="stops")]
    for rung in range(1, rungs):
        for side in "lr":
            lines.append(_automation(f"{side}{rung}"))
            lines += [_hangs(f"{side}{rung}", "DEPENDS_ON", f"{end}{rung - 1}", group="g") for end in "lr"]
    departure = Analysis(stack_of(lines)).leave(["P"])
    assert [row.outcome for row in departure.rows] == [Outcome.STOPS] * 2 * rungs
    causes = [len(row.because) for row in departure.rows]
    assert (max(causes), sum(causes)) == (2, 2 * (2 * rungs - 1))
