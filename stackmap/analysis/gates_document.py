"""The gates as data (`stackmap.gates/1`), for a page that works out departures by itself.

Whoever reads it needs one loop and no rule of the field: let the leavers' seeds stop, then raise every node to the
k-th best of what the members of its state gates pass, until nothing changes. Care and notice gates are looked at last.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from stackmap.analysis.compiled import CompiledStack
from stackmap.analysis.network import Gate, Reading, is_aside, word_of

__all__ = ["gates_document"]

_ASPECTS = ("care", "notice")

_Entry: TypeAlias = dict[str, Any]


def gates_document(compiled: CompiledStack) -> dict[str, Any]:
    """Nodes, gates, seeds and baselines, by index.

    A member is `[node, cap, certainty, unknown]`, with states 0 works to 3 stops and grades 0 possible to 2 certain.
    Names of nodes that only serve the computation start with "~" and mean nothing. Baselines leave out what works.
    """
    network = compiled.network
    nodes = [f"~{number}" if is_aside(name) else name for number, name in enumerate(network.names)]
    return {
        "schema": "stackmap.gates/1",
        "nodes": nodes,
        "gates": list(_entries(compiled)),
        "seeds": {person: _seeds(compiled, person) for person in compiled.stack.people},
        "baseline": {reading.value: _baseline(compiled, reading) for reading in Reading},
    }


def _entries(compiled: CompiledStack) -> Iterator[_Entry]:
    gates, index = compiled.network.gates, compiled.network.index
    used = {member.node for gate in gates for member in gate.members}
    for gate in gates:
        aspect, thing = word_of(gate.node)
        if aspect not in _ASPECTS or gate.node in used:
            yield _entry(compiled, gate, index[gate.node], "state")
        if aspect in _ASPECTS and _is_told(compiled, aspect, thing):
            yield _entry(compiled, gate, index[thing], aspect)


def _is_told(compiled: CompiledStack, aspect: str, thing: str) -> bool:
    """Whether losing care or notice of a thing is news: it is counted, and somebody surely cared."""
    if thing not in compiled.counted or thing not in compiled.network.index:
        return False
    return aspect == "notice" or any(carer.sure for carer in compiled.care.carers(thing))


def _entry(compiled: CompiledStack, gate: Gate, node: int, aspect: str) -> _Entry:
    index = compiled.network.index
    members = [[index[one.node], int(one.cap), int(one.certainty), one.unknown] for one in gate.members]
    return {"node": node, "aspect": aspect, "members": members, "need": gate.need, "assumed": gate.assumed}


def _seeds(compiled: CompiledStack, person: str) -> dict[str, list[int]]:
    return {reading.value: compiled.network.fallen((person,), reading) for reading in Reading}


def _baseline(compiled: CompiledStack, reading: Reading) -> dict[str, int]:
    states = compiled.solver(reading).baseline
    return {str(number): state for number, state in enumerate(states) if state}
