"""What falls with what among gates that are still being written, in the one way that is being asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from stackmap.analysis.gates.gate import Gate
from stackmap.analysis.gates.network import OFF
from stackmap.model import State

__all__ = ["can_be_lost", "lost_at_worst", "stopped_already"]

_Uses: TypeAlias = dict[str, list[int]]
"""The gates that a node is a member of, by number."""


def stopped_already(gates: Sequence[Gate]) -> frozenset[str]:
    """The nodes that stop in the proven baseline."""
    stops = State.STOPS
    uses: _Uses = defaultdict(list)
    left: list[int] = []
    for number, gate in enumerate(gates):
        left.append(len(gate.members) - gate.need + 1)
        for member in gate.members:
            if member.cap is stops and not member.unknown:
                uses[member.node].append(number)
    return frozenset(_fallen([OFF], uses, left, gates))


def can_be_lost(gates: Sequence[Gate], falling: Iterable[str]) -> list[Gate]:
    """Drop gates of which so many members can never fail that the gate cannot be lost, whatever of these falls."""
    uses, left = _at_worst(gates)
    _fallen([OFF, *falling], uses, left, gates)
    return [gate for gate, missing in zip(gates, left, strict=True) if missing <= 0]


def lost_at_worst(gates: Sequence[Gate], state: State = State.LATER) -> set[str]:
    """The nodes that are in that state, or worse, in the baseline at worst."""
    uses, left = _at_worst(gates, state)
    return _fallen([OFF], uses, left, gates)


def _at_worst(gates: Sequence[Gate], state: State = State.WORKS) -> tuple[_Uses, list[int]]:
    """Who is a member of what, and with how many members lost each gate is."""
    uses: _Uses = defaultdict(list)
    left: list[int] = []
    for number, gate in enumerate(gates):
        left.append(1 if gate.assumed else len(gate.members) - gate.need + 1)
        for member in gate.members:
            if member.cap >= state:
                uses[member.node].append(number)
    return uses, left


def _fallen(falling: Iterable[str], uses: _Uses, left: list[int], gates: Sequence[Gate]) -> set[str]:
    """What falls with some nodes, each gate when as many of its members have as are `left`: these are counted down."""
    waiting = list(falling)
    fallen = set(waiting)
    while waiting:
        for number in uses.get(waiting.pop(), ()):
            left[number] -= 1
            if left[number] <= 0:
                owner = gates[number].node
                if owner not in fallen:
                    fallen.add(owner)
                    waiting.append(owner)
    return fallen
