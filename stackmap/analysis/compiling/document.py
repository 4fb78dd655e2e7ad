"""The gates as data (`stackmap.gates/1`), for a page that works out departures by itself.

Whoever reads it needs one loop and no rule of the field: let the leavers' seeds stop, then raise every node to the
k-th best of what the members of its state gates pass, until nothing changes. Care and notice gates are looked at last.
A loss is as sure as the strongest grade at which it still holds when weaker members pass nothing: the same loop again,
from that grade's baseline.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.gates.gate import Gate
from stackmap.analysis.gates.marks import RUN_MARKS, Reading, run_of, state_of
from stackmap.analysis.gates.network import word_of
from stackmap.model import Certainty

__all__ = ["gates_document"]

_ASPECTS = ("care", "notice")
_GRADES = (Certainty.LIKELY, Certainty.CERTAIN)


def gates_document(compiled: CompiledStack) -> dict[str, Any]:
    """Nodes, gates, seeds and baselines, by index.

    A member is `[node, cap, certainty, unknown]`, with states 0 works to 3 stops and grades 0 possible to 2 certain.
    Nodes that only serve the computation start with "~". Baselines leave out what works; there is one for each reading,
    and for each grade above the weakest the proven one without weaker members.
    """
    index = _index(compiled)
    return {
        "schema": "stackmap.gates/1",
        "nodes": list(index),
        "gates": [_entry(gate, node, aspect, index) for gate, node, aspect in _placed(compiled)],
        "seeds": {person: _seeds(compiled, person) for person in compiled.stack.people},
        "baseline": {
            **{reading.value: _baseline(compiled, reading) for reading in Reading},
            **{grade.word: _baseline(compiled, Reading.PROVEN, grade) for grade in _GRADES},
        },
    }


def _index(compiled: CompiledStack) -> dict[str, int]:
    """The network's nodes, then the things of which only care or notice can be lost."""
    nodes = dict.fromkeys(compiled.network.names)
    nodes.update(dict.fromkeys(node for _, node, _ in _placed(compiled)))
    return {name: number for number, name in enumerate(nodes)}


def _placed(compiled: CompiledStack) -> Iterator[tuple[Gate, str, str]]:
    """Every gate with the node and the aspect it is shown under.

    What others hang on has a state too: the care of a System is a member of that of the things in it.
    """
    gates = compiled.network.gates
    used = {member.node for gate in gates for member in gate.members}
    for gate in gates:
        aspect, thing = word_of(gate.node)
        if aspect not in _ASPECTS or gate.node in used:
            yield gate, gate.node, "state"
        if aspect in _ASPECTS and _is_told(compiled, aspect, thing):
            yield gate, thing, aspect


def _is_told(compiled: CompiledStack, aspect: str, thing: str) -> bool:
    """Whether losing the care or notice of a thing is news: it is counted, and somebody surely cared."""
    cared = aspect == "notice" or any(carer.sure for carer in compiled.care.carers(thing))
    return cared and thing in compiled.counted


def _entry(gate: Gate, node: str, aspect: str, index: Mapping[str, int]) -> dict[str, Any]:
    members = [[index[one.node], int(one.cap), int(one.certainty), one.unknown] for one in gate.members]
    return {"node": index[node], "aspect": aspect, "members": members, "need": gate.need, "assumed": gate.assumed}


def _seeds(compiled: CompiledStack, person: str) -> dict[str, list[int]]:
    fallen = compiled.network.fallen((person,))
    return {
        reading.value: [node for node, marks in fallen if marks & RUN_MARKS[run_of(reading)]] for reading in Reading
    }


def _baseline(compiled: CompiledStack, reading: Reading, grade: Certainty = Certainty.POSSIBLE) -> dict[str, int]:
    run = run_of(reading, grade)
    states = (state_of(marks, run) for marks in compiled.solver.baseline)
    return {str(number): int(state) for number, state in enumerate(states) if state}
