"""The gates as data give, through one loop that knows no rule, the same answers as the engine."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest

from stackmap.analysis import Analysis
from stackmap.analysis.compiling.document import gates_document
from stackmap.model import Outcome
from tests.oracle.stacks import random_stack
from tests.support.loading import stack_of
from tests.support.notation import notation

_STATES = ("works", "later", "starves", "stops")
_READINGS = ("proven", "worst", "likely", "certain")
_GRADES = {"likely": 1, "certain": 2}

_Line = tuple[str, str, str | None, int | None]
"""What it is about, outcome, at worst, how sure."""


def _passed(gate: dict[str, Any], states: list[int], reading: str) -> int:
    passes = sorted(
        0 if (unknown and reading != "worst") or sure < _GRADES.get(reading, 0) else min(cap, states[node])
        for node, cap, sure, unknown in gate["members"]
    )
    needed = len(passes) if gate["assumed"] and reading == "worst" else gate["need"]
    return passes[needed - 1]


def _states(document: dict[str, Any], leavers: list[str], reading: str) -> list[int]:
    states = [document["baseline"][reading].get(str(node), 0) for node in range(len(document["nodes"]))]
    for leaver in leavers:
        for node in document["seeds"][leaver]["worst" if reading == "worst" else "proven"]:
            states[node] = 3
    changed = True
    while changed:
        changed = False
        for gate in document["gates"]:
            value = _passed(gate, states, reading) if gate["aspect"] == "state" else 0
            if value > states[gate["node"]]:
                states[gate["node"]], changed = value, True
    return states


def _answer(document: dict[str, Any], leavers: list[str], counted: set[str]) -> set[_Line]:
    before = {reading: _states(document, [], reading) for reading in _READINGS}
    after = {reading: _states(document, leavers, reading) for reading in _READINGS}
    rows: set[_Line] = set()
    for node, name in enumerate(document["nodes"]):
        proven, worst = after["proven"][node], after["worst"][node]
        if name in counted and proven > before["proven"][node]:
            grade = max((sure for word, sure in _GRADES.items() if after[word][node] >= proven), default=0)
            rows.add((name, _STATES[proven], _STATES[worst] if worst != proven else None, grade))
        elif name in counted and worst > before["worst"][node]:
            rows.add((name, "unknown", _STATES[worst], None))
    for gate in document["gates"]:
        word = {"care": "unowned", "notice": "muted"}.get(gate["aspect"])
        news = _passed(gate, after["proven"], "proven") == 3 > _passed(gate, before["proven"], "proven")
        if word and news and after["proven"][gate["node"]] != 3:
            own = [one for one in document["gates"] if (one["node"], one["aspect"]) == (gate["node"], gate["aspect"])]
            held = [any(_passed(one, after[word], word) == 3 for one in own) for word in ("likely", "certain")]
            rows.add((document["nodes"][gate["node"]], word, None, 2 if held[1] else int(held[0])))
    return rows


_QUIET = {Outcome.REFUSED, Outcome.MOVED, Outcome.SURVIVES}


def _told(analysis: Analysis, leavers: list[str]) -> set[_Line]:
    return {
        (
            row.thing,
            row.outcome.value,
            None if row.at_worst is None else row.at_worst.name.lower(),
            None if row.certainty is None else int(row.certainty),
        )
        for row in analysis.leave(leavers).rows
        if row.outcome not in _QUIET
    }


@pytest.mark.parametrize("part", range(6))
def test_one_loop_over_the_document_gives_the_engines_rows(part: int) -> None:
    for seed in range(part * 50, part * 50 + 50):
        rng = Random(seed)
        analysis = Analysis(stack_of(random_stack(rng)))
        document = json.loads(json.dumps(gates_document(analysis)))
        people = list(analysis.stack.people)
        for size in (1, 2, len(people)):
            leavers = rng.sample(people, min(size, len(people)))
            told = _answer(document, leavers, set(analysis.counted))
            assert told == _told(analysis, leavers), f"seed {seed}, {leavers}"


def test_nobody_anonymous_can_be_chosen_as_a_leaver() -> None:
    analysis = Analysis(stack_of(notation("X:Automation -RUNS_AS-> a:Account {outcome=stops}")))
    assert gates_document(analysis)["seeds"] == {}


def test_a_thing_that_can_only_lose_its_carer_is_among_the_nodes() -> None:
    analysis = Analysis(stack_of(notation("flow:Automation -OWNED_BY-> P:Person")))
    document = gates_document(analysis)
    [care] = [gate for gate in document["gates"] if gate["aspect"] == "care"]
    assert document["nodes"][care["node"]] == "flow"


def test_what_is_off_whoever_leaves_stands_in_both_baselines() -> None:
    document = gates_document(Analysis(stack_of(notation("X:Automation -CALLS-> Y:Automation {}\nY {active=false}"))))
    names = {"X", "Y"} | {name for name in document["nodes"] if name.startswith("~off")}
    for reading in _READINGS:
        off = {document["nodes"][int(node)] for node, state in document["baseline"][reading].items() if state == 3}
        assert off == names
