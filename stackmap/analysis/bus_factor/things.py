"""How few people stand between each thing and its failure, and who exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from stackmap.analysis.compiling.care import Carer, care_node
from stackmap.analysis.departures.answer import Analysis
from stackmap.analysis.gates.marks import Reading, mark_of, run_of
from stackmap.analysis.sets.budget import Budget, Steps
from stackmap.analysis.sets.cut_sets import Cuts, CutSets
from stackmap.analysis.sets.families import LARGEST
from stackmap.analysis.stack import unseen
from stackmap.model import State

__all__ = ["BusFactor", "Count", "Unproven", "bus_factors"]

Count: TypeAlias = int | Literal["unknown"] | None
"""How many people it takes; 0: it is so already; None: no set of people does it."""

_EFFORT = 12_000_000
"""So many steps are spent on all things of a stack: beyond, some numbers stay unproven.

About 20 seconds; a stack of 10,000 things of the usual shape, mostly local, takes a hundredth of it.
"""


@dataclass(frozen=True, slots=True)
class Unproven:
    """A number of which only this is proven: it takes `at_least` so many people. `at_most`: so many were found to do.

    Of `care`, else of running; `at_worst`, else proven.
    """

    care: bool
    at_worst: bool
    at_least: int
    at_most: int


@dataclass(frozen=True, slots=True)
class BusFactor:
    """The numbers of one thing, in both readings.

    `minimal_sets` and `care_sets` hold all minimal sets (proven) of up to `sets_complete_to_order` people; where the
    smallest is larger than that, one smallest. `unproven` lists the numbers that are only known not to be smaller;
    then the one set is the smallest that was found.
    """

    thing: str
    running: int | None
    care: Count
    running_at_worst: int | None
    care_at_worst: Count
    minimal_sets: tuple[tuple[str, ...], ...]
    care_sets: tuple[tuple[str, ...], ...]
    care_practised: Count
    sets_complete_to_order: int
    unproven: tuple[Unproven, ...] = ()

    @property
    def bus_factor(self) -> int | None:
        """The smaller known one of `running` and `care`."""
        known = [count for count in (self.running, self.care) if isinstance(count, int)]
        return min(known, default=None)

    @property
    def bus_factor_at_most(self) -> int | None:
        """The smaller one of the sets that were found for them: larger than `bus_factor` where that is not proven."""
        found = [count for count in (self.at_most(), self.at_most(care=True)) if count is not None]
        return min(found, default=None)

    def at_most(self, *, care: bool = False, at_worst: bool = False) -> int | None:
        """So many people were found to do it; the number itself where that is proven, None where it is not known."""
        for one in self.unproven:
            if (one.care, one.at_worst) == (care, at_worst):
                return one.at_most
        running = self.running_at_worst if at_worst else self.running
        count = (self.care_at_worst if at_worst else self.care) if care else running
        return count if isinstance(count, int) else None


def bus_factors(analysis: Analysis, *, order: int = LARGEST, budget: Budget | None = None) -> Iterator[BusFactor]:
    """The bus factor of every counted thing, by id.

    Minimal sets are complete up to `order` people, three at most, and fewer where the budget is spent; without one
    given, after as many steps as no ordinary stack takes.
    """
    work = _BusFactors(analysis, order, budget or Steps(_EFFORT))
    for thing in analysis.counted:
        yield work.of(thing)


class _BusFactors:
    def __init__(self, analysis: Analysis, order: int, budget: Budget) -> None:
        self._analysis = analysis
        self._order = order
        things = sorted(analysis.counted)
        cared_for = [care_node(thing) for thing in things]
        self._care = self._cut_sets(cared_for, State.STOPS, Reading.PROVEN, budget.share(4))
        self._care_at_worst = self._cut_sets(cared_for, State.STOPS, Reading.WORST, budget.share(3))
        self._running = self._cut_sets(things, State.STARVES, Reading.PROVEN, budget.share(2))
        self._running_at_worst = self._cut_sets(things, State.STARVES, Reading.WORST, budget)

    def _cut_sets(self, nodes: Sequence[str], state: State, reading: Reading, budget: Budget) -> CutSets:
        """The cut sets of one number; at worst nobody asks who it is."""
        solver, mark = self._analysis.solver, mark_of(run_of(reading), state)
        only_numbers = reading is Reading.WORST
        return CutSets(solver, mark, nodes, budget, largest=self._order, only_numbers=only_numbers)

    def of(self, thing: str) -> BusFactor:
        running = _Both(self._running.of(thing), self._running_at_worst.of(thing))
        care = _Both(self._care.of(care_node(thing)), self._care_at_worst.of(care_node(thing)))
        carers = self._analysis.care.carers(thing)
        sure = [carer for carer in carers if carer.sure]
        nobody = self._nobody(thing)
        return BusFactor(
            thing,
            running.least,
            care.least if carers else nobody,
            running.at_worst.smallest,
            care.at_worst.smallest if sure else nobody,
            running.proven.sets,
            care.proven.sets if carers else (((),) if nobody == 0 else ()),
            self._practised(sure, nobody),
            min(self._order, running.proven.complete_to, care.proven.complete_to),
            (*running.unproven(), *(care.unproven(care=True) if carers else ())),
        )

    def _nobody(self, thing: str) -> Count:
        """Without any carer: 0 only where a complete inventory lists the administrators, else unknown (rule 30)."""
        return 0 if self._analysis.stack.admins_readable(thing) else "unknown"

    def _practised(self, carers: Sequence[Carer], nobody: Count) -> Count:
        """Of how many carers a log-in within 90 days was read; unknown where any of them could not be looked at."""
        if not carers:
            return nobody
        used = [self._practises(carer) for carer in carers]
        if None in used:
            return "unknown"
        return len({carer.person for carer, yes in zip(carers, used, strict=True) if yes})

    def _practises(self, carer: Carer) -> bool | None:
        account = carer.account
        if account is None:
            held = self._analysis.stack.accounts_of.get(carer.person, ())
            readings = [self._used(one.id) for one in held if not one.off]
            if True in readings:
                return True
            return None if None in readings or not readings else False
        return self._used(account.id)

    def _used(self, account_id: str) -> bool | None:
        vertex = self._analysis.stack.graph.get(account_id)
        properties = vertex.properties if vertex else {}
        windows = properties.get("used_within")
        read = "last_used" in properties or (isinstance(windows, dict) and windows.get("90") in {"yes", "no"})
        return not unseen(properties, self._analysis.stack.as_of) if read else None


@dataclass(frozen=True, slots=True)
class _Both:
    """One number in both readings. What does it proven does it at worst too, so each bounds the other."""

    proven: Cuts
    at_worst: Cuts

    @property
    def least(self) -> int | None:
        """So many it takes, proven."""
        if self.proven.smallest is None or self.at_worst.smallest is None:
            return self.proven.smallest
        return max(self.proven.smallest, self.at_worst.smallest)

    def unproven(self, *, care: bool = False) -> Iterator[Unproven]:
        """Which of the two numbers are not proven."""
        least, found = self.least, self.proven.at_most
        worst, found_at_worst = self.at_worst.smallest, self.at_worst.at_most
        if least is not None and found is not None and least < found:
            yield Unproven(care, False, least, found)
        if worst is not None and found_at_worst is not None:
            most = found_at_worst if found is None else min(found, found_at_worst)
            if worst < most:
                yield Unproven(care, True, worst, most)
