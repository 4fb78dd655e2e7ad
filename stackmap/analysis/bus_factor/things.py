"""How few people stand between each thing and its failure, and who exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from stackmap.analysis.compiling.care import Carer, care_node
from stackmap.analysis.departures.answer import Analysis
from stackmap.analysis.gates.cut_sets import CutSets, smallest_break
from stackmap.analysis.gates.marks import Reading, mark_of, run_of
from stackmap.analysis.stack import unseen
from stackmap.model import State

__all__ = ["BusFactor", "Count", "bus_factors"]

Count: TypeAlias = int | Literal["unknown"] | None
"""How many people it takes; 0: it is so already; None: no set of people does it."""

_ORDER = 3


@dataclass(frozen=True, slots=True)
class BusFactor:
    """The numbers of one thing, in both readings.

    `minimal_sets` and `care_sets` hold all minimal sets (proven) of up to `sets_complete_to_order` people; where the
    smallest is larger than that, one smallest.
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

    @property
    def bus_factor(self) -> int | None:
        """The smaller known one of `running` and `care`."""
        known = [count for count in (self.running, self.care) if isinstance(count, int)]
        return min(known, default=None)


def bus_factors(analysis: Analysis, *, order: int = _ORDER) -> Iterator[BusFactor]:
    """The bus factor of every counted thing, by id. Minimal sets are complete up to `order` people."""
    work = _BusFactors(analysis, order)
    for thing in analysis.counted:
        yield work.of(thing)


class _BusFactors:
    def __init__(self, analysis: Analysis, order: int) -> None:
        self._analysis = analysis
        self._order = order
        self._running = {reading: self._cut_sets(reading, State.STARVES) for reading in Reading}
        self._care = {reading: self._cut_sets(reading, State.STOPS) for reading in Reading}

    def _cut_sets(self, reading: Reading, level: State) -> CutSets:
        return CutSets(self._analysis.network, reading, level, self._order)

    def of(self, thing: str) -> BusFactor:
        running_sets = self._sets(self._running, Reading.PROVEN, thing, State.STARVES)
        running_worst = self._sets(self._running, Reading.WORST, thing, State.STARVES)
        care_sets = self._sets(self._care, Reading.PROVEN, care_node(thing), State.STOPS)
        care_worst = self._sets(self._care, Reading.WORST, care_node(thing), State.STOPS)
        carers = self._analysis.care.carers(thing)
        sure = [carer for carer in carers if carer.sure]
        nobody = self._nobody(thing)
        return BusFactor(
            thing,
            _smallest(running_sets),
            _smallest(care_sets) if carers else nobody,
            _smallest(running_worst),
            _smallest(care_worst) if sure else nobody,
            running_sets,
            care_sets if carers else (((),) if nobody == 0 else ()),
            self._practised(sure, nobody),
            self._order,
        )

    def _nobody(self, thing: str) -> Count:
        """Without any carer: 0 only where a complete inventory lists the administrators, else unknown (rule 30)."""
        return 0 if self._analysis.stack.admins_readable(thing) else "unknown"

    def _sets(
        self, cuts: dict[Reading, CutSets], reading: Reading, node: str, level: State
    ) -> tuple[tuple[str, ...], ...]:
        found = cuts[reading].minimal(node)
        if not found:
            mark = mark_of(run_of(reading), level)
            larger = smallest_break(self._analysis.solver, node, mark, cuts[reading].people)
            found = [larger] if larger is not None else []
        return tuple(found)

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


def _smallest(sets: Sequence[tuple[str, ...]]) -> int | None:
    return len(sets[0]) if sets else None
