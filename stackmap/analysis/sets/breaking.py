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
from stackmap.analysis.sets.hitting_sets import Hitting
from stackmap.analysis.sets.supports import Supports
from stackmap.analysis.sets.wiring import Wiring, places

__all__ = ["Breaking", "smallest_sets"]

_ROUNDS = 4
"""So often what is left of the budget is shared out: what the quick ones leave is there for the others."""


@dataclass
class Breaking:
    """What is known of the smallest sets that lose a node.

    `least`: it takes so many; `found`: a set that does it, `first` of the smallest or not. `people`: nobody else has a
    say. `groups`: of each somebody must leave. Sets as bits.
    """

    node: int
    people: int
    least: int
    found: int
    groups: list[int] = field(default_factory=list)
    first: bool = False

    @property
    def proven(self) -> bool:
        """Whether no smaller set does it."""
        return self.found.bit_count() == self.least

    def done(self, *, only_number: bool) -> bool:
        """Whether nothing is left to search for."""
        return self.first or (self.proven and (only_number or self.found == self.people))


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
        _search(wiring, left, budget, only_numbers=only_numbers)
    return found


def _search(wiring: Wiring, left: Sequence[Breaking], budget: Budget, *, only_numbers: bool) -> None:
    try:
        supports = Supports(wiring, [one.node for one in left], Meter(budget))
    except SpentError:
        return
    for number in range(_ROUNDS):
        last = number == _ROUNDS - 1
        if last:
            _spare_all(left, supports, budget)
        round_ = budget if last else budget.share(2)
        for place, one in enumerate(left):
            _search_one(one, supports, round_.share(len(left) - place), only_number=only_numbers)
        left = [one for one in left if not one.done(only_number=only_numbers)]


def _spare_all(left: Sequence[Breaking], supports: Supports, budget: Budget) -> None:
    """Of sets that were found and may not be smallest, smaller ones from which nobody can be spared."""
    unproven = [one for one in left if not one.proven]
    for place, one in enumerate(unproven):
        meter = Meter(budget.share(len(unproven) - place))
        try:
            for person in [*places(one.found)][::-1]:
                if not supports.stands(one.node, one.found & ~(1 << person), meter):
                    one.found &= ~(1 << person)
        except SpentError:
            continue


def _search_one(one: Breaking, supports: Supports, budget: Budget, *, only_number: bool) -> None:
    """As far as the budget lasts: how many people it takes, then the first of such sets."""
    meter, before = Meter(budget), 0
    try:
        while not one.done(only_number=only_number):
            hitting, proven = Hitting(one.groups, budget), one.proven
            chosen = hitting.smallest(0 if proven else one.least)
            if proven and chosen.bit_count() == one.least:
                chosen = before = hitting.first(one.least, before)
            one.least = max(one.least, chosen.bit_count())
            if group := supports.group(one.node, chosen, meter):
                one.groups.append(group)
            else:
                one.found, one.first = chosen, proven
    except SpentError:
        return
