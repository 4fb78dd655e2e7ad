"""What a gate network says, computed the slow way: sweep over all gates until nothing moves.

Written from the contract alone, to be compared with what the page's script finds.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

_WORDS = {1: "later", 2: "starves", 3: "stops"}

Network = Mapping[str, Any]
Row = tuple[str, str | None]


def level(gate: Mapping[str, Any], state: Sequence[int], worst: bool) -> int:
    """The best level that enough members still reach."""
    need = len(gate["members"]) if gate["assumed"] and worst else gate["need"]
    for value in range(4):
        fit = sum(
            (0 if unknown and not worst else min(cap, state[member])) <= value
            for member, cap, _, unknown in gate["members"]
        )
        if fit >= need:
            return value
    return 3


def states(network: Network, leavers: Sequence[str], worst: bool) -> list[int]:
    reading = "worst" if worst else "proven"
    state = [network["baseline"][reading].get(str(n), 0) for n in range(len(network["nodes"]))]
    for leaver in leavers:
        for node in network["seeds"][leaver][reading]:
            state[node] = 3
    moved = True
    while moved:
        moved = False
        for gate in network["gates"]:
            if gate["aspect"] == "state" and level(gate, state, worst) > state[gate["node"]]:
                state[gate["node"]] = level(gate, state, worst)
                moved = True
    return state


def answer(network: Network, asides: Sequence[Sequence[Any]], leavers: Sequence[str]) -> dict[int, set[Row]]:
    """Rows as (outcome, at worst) per node."""
    before, after = ([states(network, who, worst) for worst in (False, True)] for who in ((), leavers))
    rows: dict[int, set[Row]] = {}
    for node in range(len(network["nodes"])):
        sure, feared = after[0][node], after[1][node]
        if sure > before[0][node]:
            rows.setdefault(node, set()).add((_WORDS[sure], None if feared == sure else _WORDS[feared]))
        elif feared > before[1][node]:
            rows.setdefault(node, set()).add(("unknown", _WORDS[feared]))
    for gate in network["gates"]:
        word = {"care": "unowned", "notice": "muted"}.get(gate["aspect"])
        lost = [level(gate, state[0], False) == 3 for state in (before, after)]
        if word and lost == [False, True] and after[0][gate["node"]] != 3:
            rows.setdefault(gate["node"], set()).add((word, None))
    for node, thing, outcome, _, heirs in asides:
        stays = all(after[1][heir] != 3 for heir in heirs)
        if after[0][node] == 3 and before[0][node] != 3 and after[0][thing] != 3 and stays:
            rows.setdefault(thing, set()).add((outcome, None))
    return rows


def a_network(seed: int) -> tuple[dict[str, Any], list[list[Any]], list[list[str]]]:
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
    asides = [
        [chance.randrange(len(nodes)), chance.randrange(len(nodes)), word, word, _heirs(chance, len(nodes))]
        for word in chance.sample(["refused", "moved", "survives"], chance.randint(0, 3))
    ]
    leavers = [chance.sample(people, chance.randint(1, len(people))) for _ in range(3)]
    return network, asides, leavers


def _heirs(chance: random.Random, size: int) -> list[int]:
    return chance.sample(range(size), chance.choice([0, 0, 1]))


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
    network["baseline"] = {"proven": broken, "worst": broken}
    found = [states(network, (), worst) for worst in (False, True)]
    network["baseline"] = {
        reading: {str(node): value for node, value in enumerate(state) if value}
        for reading, state in zip(("proven", "worst"), found, strict=True)
    }
