"""The least fixpoint of a gate network, incrementally: let nodes fall, read what changed, take it back.

Counters per gate and level make one departure cost what it breaks, not the size of the stack.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from stackmap.analysis.gates.network import OFF, Network, Reading
from stackmap.model import Certainty, State

__all__ = ["Solver"]

_LEVELS = len(State) - 1

_Queue: TypeAlias = deque[tuple[int, int, int]]
"""Steps still to spread: a node, the state it had, the state it fell to."""


class Solver:
    """One reading of one network at one grade: members weaker than `grade` pass nothing.

    A new solver stands at the baseline, states(nobody). `fall` lets more nodes stop and is undone in one step.
    """

    def __init__(self, network: Network, reading: Reading, grade: Certainty = Certainty.POSSIBLE) -> None:
        self.network = network
        self.reading = reading
        self.grade = grade
        self.states = [0] * len(network.names)
        self._uses = self._wire()
        self._owners = network.owners
        self._left = [len(gate.members) - gate.needed(reading) + 1 for gate in network.gates for _ in range(_LEVELS)]
        self._undo: list[list[tuple[int, int]]] = []
        self.fall([network.index[OFF]])
        self._undo.clear()
        self.baseline: Sequence[int] = tuple(self.states)

    def _wire(self) -> list[list[tuple[int, int]]]:
        """For each node the gates it can bring down, and how far."""
        grade, proven = self.grade, self.reading is Reading.PROVEN
        return [
            [
                (gate, int(member.cap))
                for gate, member in uses
                if member.certainty >= grade and not (member.unknown and proven)
            ]
            for uses in self.network.uses
        ]

    def fall(self, nodes: Iterable[int]) -> list[int]:
        """Let nodes stop, and everything that follows. Returns the indices of the nodes that got worse, in order."""
        log: list[tuple[int, int]] = []
        queue: _Queue = deque()
        for node in nodes:
            self._worsen(node, _LEVELS, log, queue)
        while queue:
            self._spread(queue.popleft(), log, queue)
        self._undo.append(log)
        return list(dict.fromkeys(node for node, _ in log))

    def _worsen(self, node: int, state: int, log: list[tuple[int, int]], queue: _Queue) -> None:
        before = self.states[node]
        if state > before:
            log.append((node, before))
            self.states[node] = state
            queue.append((node, before, state))

    def _spread(self, step: tuple[int, int, int], log: list[tuple[int, int]], queue: _Queue) -> None:
        node, before, now = step
        left, owners = self._left, self._owners
        for gate, cap in self._uses[node]:
            for level in range(before, min(now, cap)):
                slot = gate * _LEVELS + level
                left[slot] -= 1
                if left[slot] == 0:
                    self._worsen(owners[gate], level + 1, log, queue)

    def undo(self) -> None:
        """Take the latest `fall` back."""
        left = self._left
        for node, before in reversed(self._undo.pop()):
            now = self.states[node]
            for gate, cap in self._uses[node]:
                for level in range(before, min(now, cap)):
                    left[gate * _LEVELS + level] += 1
            self.states[node] = before

    def leaving(self, people: Iterable[str]) -> dict[int, int]:
        """The state of every node that these people's leaving makes worse than the baseline, by index."""
        worse = {node: self.states[node] for node in self.fall(self.network.fallen(people, self.reading))}
        self.undo()
        return worse

    def state(self, node_id: str) -> State:
        """The state of a node as things stand; a node that nothing hangs on and that hangs on nothing works."""
        number = self.network.index.get(node_id)
        return State.WORKS if number is None else State(self.states[number])
