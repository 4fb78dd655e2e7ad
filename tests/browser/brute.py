"""What a gate network says, computed the slow way: sweep over all gates until nothing moves.

Written from the contract alone, to be compared with what the page's script finds.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

_WORDS = {1: "later", 2: "starves", 3: "stops"}
_GRADES = {"likely": 1, "certain": 2}
READINGS = ("proven", "worst", *_GRADES)

Network = Mapping[str, Any]
Gate = Mapping[str, Any]
Row = tuple[str, str | None, int | None]
"""Outcome, at worst, how sure."""


def level(gate: Mapping[str, Any], state: Sequence[int], reading: str) -> int:
    """The best level that enough members still reach."""
    worst = reading == "worst"
    need = len(gate["members"]) if gate["assumed"] and worst else gate["need"]
    for value in range(4):
        fit = sum(
            (0 if (unknown and not worst) or sure < _GRADES.get(reading, 0) else min(cap, state[member])) <= value
            for member, cap, sure, unknown in gate["members"]
        )
        if fit >= need:
            return value
    return 3


def states(network: Network, leavers: Sequence[str], reading: str) -> list[int]:
    state = [network["baseline"][reading].get(str(n), 0) for n in range(len(network["nodes"]))]
    for leaver in leavers:
        for node in network["seeds"][leaver]["worst" if reading == "worst" else "proven"]:
            state[node] = 3
    moved = True
    while moved:
        moved = False
        for gate in network["gates"]:
            if gate["aspect"] == "state" and level(gate, state, reading) > state[gate["node"]]:
                state[gate["node"]] = level(gate, state, reading)
                moved = True
    return state


@dataclass(frozen=True)
class Runs:
    """What a network looks like before and after these people left, in every reading."""

    network: Network
    before: Mapping[str, Sequence[int]]
    after: Mapping[str, Sequence[int]]

    def stopped(self, node: int, reading: str = "proven") -> bool:
        return self.after[reading][node] == 3

    def newly_stopped(self, node: int) -> bool:
        return self.stopped(node) and self.before["proven"][node] != 3

    def lost(self, gate: Gate, reading: str = "proven") -> bool:
        return level(gate, self.after[reading], reading) == 3

    def newly_lost(self, gate: Gate) -> bool:
        return self.lost(gate) and level(gate, self.before["proven"], "proven") != 3


def surest(holds: Callable[[str], bool]) -> int:
    """The strongest grade at which something still holds."""
    return 2 if holds("certain") else 1 if holds("likely") else 0


def answer(network: Network, asides: Sequence[Mapping[str, Any]], leavers: Sequence[str]) -> dict[int, set[Row]]:
    """Rows by node."""
    runs = Runs(network, *({reading: states(network, who, reading) for reading in READINGS} for who in ((), leavers)))
    rows: dict[int, set[Row]] = {}
    for node, row in (*chain_rows(runs), *gate_rows(runs), *aside_rows(runs, asides)):
        rows.setdefault(node, set()).add(row)
    return rows


def chain_rows(runs: Runs) -> Iterator[tuple[int, Row]]:
    for node in range(len(runs.network["nodes"])):
        sure, feared = runs.after["proven"][node], runs.after["worst"][node]
        if sure > runs.before["proven"][node]:
            grade = surest(partial(_reaches, runs, node, sure))
            yield node, (_WORDS[sure], None if feared == sure else _WORDS[feared], grade)
        elif feared > runs.before["worst"][node]:
            yield node, ("unknown", _WORDS[feared], None)


def gate_rows(runs: Runs) -> Iterator[tuple[int, Row]]:
    for aspect, word in (("care", "unowned"), ("notice", "muted")):
        gates = [gate for gate in runs.network["gates"] if gate["aspect"] == aspect]
        for node in {gate["node"] for gate in gates if runs.newly_lost(gate) and not runs.stopped(gate["node"])}:
            own = [gate for gate in gates if gate["node"] == node]
            yield node, (word, None, surest(partial(_any_lost, runs, own)))


def aside_rows(runs: Runs, asides: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, Row]]:
    """One for each thing and word: of several, how sure the surest is."""
    best: dict[tuple[int, str], int] = {}
    for one in asides:
        stays = not any(runs.stopped(heir, "worst") for heir in one["stays"])
        if runs.newly_stopped(one["gone"]) and not runs.stopped(one["thing"]) and stays:
            sure = min(one["certainty"], surest(partial(_reaches, runs, one["gone"], 3)))
            key = one["thing"], one["outcome"]
            best[key] = max(sure, best.get(key, 0))
    for (thing, outcome), sure in best.items():
        yield thing, (outcome, None, sure)


def _reaches(runs: Runs, node: int, state: int, reading: str) -> bool:
    return runs.after[reading][node] >= state


def _any_lost(runs: Runs, gates: Sequence[Gate], reading: str) -> bool:
    return any(runs.lost(gate, reading) for gate in gates)


def a_network(seed: int) -> tuple[dict[str, Any], list[dict[str, Any]], list[list[str]]]:
    """A made-up network with cycles, groups, unknown members and things broken before, and who may leave."""
    chance = random.Random(seed)
    size = chance.randint(4, 16)
    people = [f"p{n}" for n in range(chance.randint(1, 4))]
    nodes = people + [f"n{n}" for n in range(size)]
    gates = [_a_gate(chance, len(nodes), len(people)) for _ in range(chance.randint(size // 2, 2 * size))]
    network: dict[str, Any] = {"schema": "stackmap.gates/1", "nodes": nodes, "gates": gates, "seeds": {}}
    for number, person in enumerate(people):
        held = sorted(chance.sample(range(len(people), len(nodes)), chance.randint(0, 2)))
        feared = sorted({*held, chance.randrange(len(people), len(nodes))})
        network["seeds"][person] = {"proven": [number, *held], "worst": [number, *feared]}
    _break_some(chance, network, len(people))
    asides = [_an_aside(chance, len(nodes)) for _ in range(chance.randint(0, 3))]
    leavers = [chance.sample(people, chance.randint(1, len(people))) for _ in range(3)]
    return network, asides, leavers


def _an_aside(chance: random.Random, size: int) -> dict[str, Any]:
    return {
        "gone": chance.randrange(size),
        "thing": chance.randrange(size),
        "outcome": chance.choice(["refused", "moved", "survives"]),
        "certainty": chance.randrange(3),
        "text": "",
        "stays": chance.sample(range(size), chance.choice([0, 0, 1])),
        "heirs": None,
    }


def _a_gate(chance: random.Random, size: int, people: int) -> dict[str, Any]:
    count = chance.choice([1, 1, 1, 2, 3])
    return {
        "node": chance.randrange(people, size),
        "aspect": chance.choice(["state"] * 5 + ["care", "notice"]),
        "members": [
            [node, chance.choice([1, 2, 3, 3]), chance.randrange(3), chance.random() < 0.25]
            for node in chance.sample(range(size), min(count, size))
        ],
        "need": chance.randint(1, count),
        "assumed": chance.random() < 0.3,
    }


def _break_some(chance: random.Random, network: dict[str, Any], people: int) -> None:
    """Baseline: some nodes are broken already, and all that follows from it in each reading."""
    broken = {str(node): chance.randint(1, 3) for node in range(people, len(network["nodes"])) if chance.random() < 0.1}
    network["baseline"] = dict.fromkeys(READINGS, broken)
    network["baseline"] = {
        reading: {str(node): value for node, value in enumerate(states(network, (), reading)) if value}
        for reading in READINGS
    }
