"""The smallest set that loses one node, where families hold none: by hitting sets.

If everybody but a few may leave and the node still stands, one of those few is in every set that loses it. Such
groups are collected until a smallest set that hits them all does lose the node (an implicit hitting set; Reiter 1987).
Cut short, what was collected still proves that no set is smaller than one that hits it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from stackmap.analysis.sets.budget import Budget
from stackmap.analysis.sets.hitting_sets import smallest_hitting
from stackmap.analysis.sets.wiring import Wiring, places

__all__ = ["Breaking", "Falls"]


class Falls:
    """Nodes of a wiring that are lost, person by person; the latest person is taken back in one step."""

    def __init__(self, wiring: Wiring) -> None:
        self.lost: set[int] = set()
        self.steps = 0
        self._log: list[list[int]] = []
        self._falling: list[list[int]] = [[] for _ in wiring.people]
        self._needed_by: dict[int, list[int]] = {node: [] for node in wiring.nodes}
        self._among: dict[int, list[int]] = {node: [] for node in wiring.nodes}
        self._owners: list[int] = []
        self._left: list[int] = []
        for node, hanging in wiring.nodes.items():
            for place in places(hanging.people):
                self._falling[place].append(node)
            for below in sorted(hanging.needs):
                self._needed_by[below].append(node)
            for spared, members in hanging.gates:
                for member in members:
                    self._among[member].append(len(self._owners))
                self._owners.append(node)
                self._left.append(len(members) - spared)

    def fall(self, place: int) -> None:
        """Let a person leave."""
        lost, left = self.lost, self._left
        log = [node for node in self._falling[place] if node not in lost]
        lost.update(log)
        for node in log:  # what is lost on the way joins the end
            for above in self._needed_by[node]:
                if above not in lost:
                    lost.add(above)
                    log.append(above)
            for gate in self._among[node]:
                left[gate] -= 1
                if not left[gate] and (owner := self._owners[gate]) not in lost:
                    lost.add(owner)
                    log.append(owner)
        self.steps += len(log) + 1
        self._log.append(log)

    def undo(self, times: int = 1) -> None:
        """Take the latest people back."""
        for _ in range(times):
            log = self._log.pop()
            self.lost.difference_update(log)
            for node in log:
                for gate in self._among[node]:
                    self._left[gate] += 1


@dataclass
class Breaking:
    """What is known of the smallest sets that lose a node.

    `least`: it takes so many; `found`: a set that does it; `people`: nobody else has a say. Sets as bits.
    """

    node: int
    people: int
    least: int
    found: int
    groups: list[int] = field(default_factory=list)

    @property
    def proven(self) -> bool:
        """Whether no smaller set does it."""
        return self.found.bit_count() == self.least

    def go_on(self, falls: Falls, budget: Budget) -> None:
        """Search until the first of the smallest sets is found, or the budget is spent."""
        if self.proven and self.found == self.people:  # there is no other
            return
        while (chosen := smallest_hitting(self.groups, budget)) is not None:
            self.least = max(self.least, chosen.bit_count())
            group = self._group(falls, chosen, budget)
            if group is None:
                return
            if not group:
                self.found = chosen
                return
            self.groups.append(group)

    def _group(self, falls: Falls, gone: int, budget: Budget) -> int | None:
        """A minimal group whose staying keeps the node though everybody else leaves.

        Nobody when the node is lost already; None when the budget is spent.
        """
        before, left, stay = falls.steps, 0, 0
        try:
            for place in places(gone):
                falls.fall(place)
                left += 1
            if self.node in falls.lost:
                return 0
            for place in places(self.people & ~gone):
                falls.fall(place)
                if self.node in falls.lost:
                    falls.undo()
                    stay |= 1 << place
                else:
                    left += 1
            return stay if budget.spend(falls.steps - before) else None
        finally:
            falls.undo(left)
