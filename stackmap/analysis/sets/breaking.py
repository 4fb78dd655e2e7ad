"""The smallest sets that lose some nodes, where families hold none: by hitting sets.

If everybody but a few may leave and the node still stands, one of those few is in every set that loses it. Such
groups are collected until a smallest set that hits them all does lose the node (an implicit hitting set; Reiter 1987).
Cut short, what was collected still proves that no set is smaller than one that hits it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from stackmap.analysis.sets.bounds import bounds
from stackmap.analysis.sets.budget import Budget, Meter, SpentError
from stackmap.analysis.sets.family import Family
from stackmap.analysis.sets.hitting_sets import smallest_hitting
from stackmap.analysis.sets.keeping import Answer, Keeping, Question
from stackmap.analysis.sets.tally import Bits
from stackmap.analysis.sets.wiring import Wiring, places

__all__ = ["Breaking", "smallest_sets"]

_AT_ONCE = 16
"""So many groups are gone through in one step."""

_COLUMNS = 512
"""So many nodes are asked about at once at most."""


@dataclass
class Breaking:
    """What is known of the smallest sets that lose a node.

    `least`: it takes so many; `found`: a set that does it, `first` of the smallest or not. `people`: nobody else has a
    say. `groups`: of each somebody must leave; `chosen`: a smallest set that hits them all. Sets as bits.
    """

    node: int
    people: int
    least: int
    found: int
    groups: list[int] = field(default_factory=list)
    chosen: int = 0
    first: bool = False

    @property
    def proven(self) -> bool:
        """Whether no smaller set does it."""
        return self.found.bit_count() == self.least

    def done(self, *, only_number: bool) -> bool:
        """Whether nothing is left to search for."""
        return self.first or (self.proven and (only_number or self.found == self.people))

    def note_loss(self, gone: int) -> None:
        """These people lose the node."""
        if (gone & self.people).bit_count() < self.found.bit_count():
            self.found = gone & self.people


def smallest_sets(
    wiring: Wiring, families: Mapping[int, Family], nodes: Iterable[int], budget: Budget, *, only_numbers: bool
) -> Mapping[int, Breaking]:
    """What is known of some nodes whose families hold nothing, when the budget is spent, or when all is known.

    All is known: the first of the smallest sets, or the number alone where only numbers are asked for.
    """
    wanted = sorted(nodes)
    if not wanted:
        return {}
    known = bounds(wiring, families, budget.share(4))
    found = {node: Breaking(node, known[node].people, known[node].least, known[node].found) for node in wanted}
    left = [one for one in found.values() if not one.done(only_number=only_numbers)]
    if left:
        _Search(wiring, left, budget, only_numbers=only_numbers).go_on()
    return found


class _Search:
    """All searches side by side: what keeps or loses one node mostly keeps or loses others, so each learns from all."""

    def __init__(self, wiring: Wiring, searches: Sequence[Breaking], budget: Budget, *, only_numbers: bool) -> None:
        self._keeping = Keeping(wiring, Meter(budget))
        self._searches = searches
        self._budget = budget
        self._only_numbers = only_numbers
        self._kept: dict[int, Bits] = {}

    def go_on(self) -> None:
        """In rounds, until all is known or the budget is spent."""
        left: Sequence[int] = range(len(self._searches))
        try:
            while left := [number for number in left if self._is_open(number, len(left))]:
                for first in range(0, len(left), _COLUMNS):
                    self._ask(left[first : first + _COLUMNS])
        except SpentError:
            return

    def _is_open(self, number: int, left: int) -> bool:
        """Whether another group is needed: of those that are known all hit the set chosen. False also when given up."""
        one = self._searches[number]
        budget = self._budget.share(left)
        while not one.done(only_number=self._only_numbers):
            chosen = smallest_hitting(one.groups, budget)
            if chosen is None or not budget.spend(len(self._kept) // _AT_ONCE):
                return False
            one.chosen = chosen
            one.least = max(one.least, chosen.bit_count())
            group = self._known(number, one)
            if not group:
                return True
            one.groups.append(group)
        return False

    def _known(self, number: int, one: Breaking) -> int:
        """The smallest known group that keeps the node, and of whom nobody is chosen; nobody where there is none."""
        groups = (
            group & one.people
            for group, standing in self._kept.items()
            if standing >> number & 1 and not group & one.chosen
        )
        return min(groups, key=int.bit_count, default=0)

    def _ask(self, numbers: Sequence[int]) -> None:
        """One group more for each, or the answer. Raises SpentError."""
        asked = [self._searches[number] for number in numbers]
        answer = self._keeping.ask([Question(one.node, one.people, one.chosen) for one in asked])
        for one, group, lost in zip(asked, answer.groups, answer.lost, strict=True):
            if group:
                one.groups.append(group)
            else:
                one.found, one.first = one.chosen, True
            for column in places(lost):
                one.note_loss(asked[column].chosen)
        self._note_kept(numbers, asked, answer)

    def _note_kept(self, numbers: Sequence[int], asked: Sequence[Breaking], answer: Answer) -> None:
        """Who else is kept by the groups found, as far as nobody else has a say in it."""
        columns: dict[tuple[int, int], Bits] = {}
        for column, (one, group) in enumerate(zip(asked, answer.groups, strict=True)):
            if group:
                columns[group, one.people] = columns.get((group, one.people), 0) | 1 << column
        for (group, people), those in columns.items():
            standing = 0
            for number, one, kept in zip(numbers, asked, answer.kept, strict=True):
                if kept & those and not one.people & ~people:
                    standing |= 1 << number
            self._kept[group] = self._kept.get(group, 0) | standing
