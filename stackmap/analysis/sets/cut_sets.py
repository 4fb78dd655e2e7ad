"""Smallest and minimal sets of people whose leaving loses a node: exact, whatever groups and cycles there are.

Three steps, all for many nodes at once. Families: all minimal sets of up to three people (Fussell and Vesely 1972 for
minimal cut sets, worked out bottom-up). Bounds: between which numbers the smallest set lies where families hold none.
Hitting sets: the first of the smallest ones there, by ids (Reiter 1987). Where the budget ends, what is proven so far
is the answer, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stackmap.analysis.gates.solve import Solver
from stackmap.analysis.sets.breaking import smallest_sets
from stackmap.analysis.sets.budget import Budget
from stackmap.analysis.sets.families import LARGEST, families
from stackmap.analysis.sets.wiring import NEVER, wiring_at

__all__ = ["CutSets", "Cuts"]


@dataclass(frozen=True, slots=True)
class Cuts:
    """The sets of one node.

    `smallest`: it takes so many people; 0: it is lost already; None: nobody's leaving does it. `at_most`: the size of
    the smallest set that was found; where that is larger, nothing between the two is proven. `sets`: all minimal ones
    of up to `complete_to` people, by size and then by ids; without any such, the smallest that was found.
    """

    smallest: int | None
    at_most: int | None
    complete_to: int
    sets: tuple[tuple[str, ...], ...] = ()

    @property
    def proven(self) -> bool:
        """Whether no smaller set does it."""
        return self.smallest == self.at_most


_ALREADY = Cuts(0, 0, LARGEST, ((),))
_NEVER = Cuts(None, None, LARGEST)


class CutSets:
    """The sets of some nodes at one mark.

    `largest`: families hold sets of up to so many people, three at most. `only_numbers`: the sets are not asked for,
    and none is told; then families end at pairs.
    """

    def __init__(
        self,
        solver: Solver,
        mark: int,
        nodes: Iterable[str],
        budget: Budget,
        *,
        largest: int = LARGEST,
        only_numbers: bool = False,
    ) -> None:
        self._index = index = solver.network.index
        targets = [number for node in nodes if (number := index.get(node)) is not None]
        self._lost = frozenset(number for number in targets if solver.baseline[number] & mark)
        self._wiring = wiring_at(solver, mark, targets)
        # pairs are quickly there; how many it takes beyond, a search tells sooner than all threes do
        self._families = families(self._wiring, min(largest, 2) if only_numbers else largest, budget.share(2))
        self._only_numbers = only_numbers
        found = {self._wiring.stands_for.get(target, NEVER) for target in targets} & self._families.keys()
        empty = [node for node in found if self._families[node].smallest() is None]
        self._larger = smallest_sets(self._wiring, self._families, empty, budget, only_numbers=only_numbers)

    def of(self, node: str) -> Cuts:
        """The sets of one of the nodes asked about; of any that the network does not know: nobody's leaving does it."""
        number = self._index.get(node, NEVER)
        if number in self._lost:
            return _ALREADY
        stands_for = self._wiring.stands_for.get(number, NEVER)
        family = self._families.get(stands_for)
        if family is None:
            return _NEVER
        if smallest := family.smallest():
            return Cuts(smallest, smallest, family.size, self._names(family.sets(len(self._wiring.people))))
        larger = self._larger[stands_for]
        return Cuts(larger.least, larger.found.bit_count(), family.size, self._names([larger.found]))

    def _names(self, sets: Iterable[int]) -> tuple[tuple[str, ...], ...]:
        return () if self._only_numbers else tuple(map(self._wiring.names, sets))
