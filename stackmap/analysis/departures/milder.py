"""What leaving does to things short of stopping them at once: who makes them stop later, whose last day they block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.departures.answer import Analysis
from stackmap.analysis.departures.meanings import Meanings
from stackmap.analysis.gates.marks import Run, mark_of, state_of
from stackmap.analysis.gates.network import Network
from stackmap.analysis.sets.budget import Budget, Steps
from stackmap.analysis.sets.cut_sets import Cuts, CutSets
from stackmap.analysis.sets.families import LARGEST
from stackmap.model import Outcome, State

__all__ = ["Later", "blocked_last_days", "stops_later"]

_EFFORT = 2_000_000
"""So many steps are spent on what stops later: a sixth of what the bus factors may take."""


@dataclass(frozen=True, slots=True)
class Later:
    """Sets of people whose leaving makes a thing stop later, and not at once, by size and ids.

    `sets`: it will. `may`: it only may, as far as was read. Of each all minimal ones of up to `complete_to` people, and
    where the smallest is larger than that, one.
    """

    sets: tuple[tuple[str, ...], ...]
    may: tuple[tuple[str, ...], ...]
    complete_to: int


def stops_later(analysis: CompiledStack, budget: Budget | None = None) -> Mapping[str, Later]:
    """The things that some people's leaving stops later, by id.

    Who only may stop it later is told where nobody's leaving makes the thing worse than that, even at worst.
    """
    budget = budget or Steps(_EFFORT)
    late = sorted(analysis.counted.keys() & _may_be_late(analysis.network))
    falls = analysis.solver.leaving(analysis.network.seeds)
    never_worse = [thing for thing in late if _state(analysis, falls, thing, Run.WORST) <= State.LATER]
    proven = _cuts(analysis, late, Run.POSSIBLE, budget.share(2))
    at_worst = _cuts(analysis, never_worse, Run.WORST, budget)
    found: dict[str, Later] = {}
    for thing in sorted(proven.keys() | at_worst.keys()):
        sure, unsure = proven.get(thing, _NONE), at_worst.get(thing, _NONE)
        sets = _sets(analysis, thing, sure, {Run.POSSIBLE: State.LATER})
        may = _sets(analysis, thing, unsure, {Run.WORST: State.LATER, Run.POSSIBLE: State.WORKS})
        if sets or may:
            found[thing] = Later(sets, may, min(sure.complete_to, unsure.complete_to))
    return found


_NONE = Cuts(None, None, LARGEST)


def _cuts(analysis: CompiledStack, things: Iterable[str], run: Run, budget: Budget) -> Mapping[str, Cuts]:
    """The sets with whom each of these things stops later, or worse; what is broken already is left out."""
    asked = [thing for thing in things if analysis.solver.state(thing, run) is State.WORKS]
    if not asked:
        return {}
    cuts = CutSets(analysis.solver, mark_of(run, State.LATER), asked, budget)
    return {thing: cuts.of(thing) for thing in asked}


def _sets(analysis: CompiledStack, thing: str, cuts: Cuts, wanted: Mapping[Run, State]) -> tuple[tuple[str, ...], ...]:
    """Those of some sets that bring a thing into exactly these states."""

    def does(people: tuple[str, ...]) -> bool:
        gained = analysis.solver.leaving(people)
        return all(_state(analysis, gained, thing, run) is state for run, state in wanted.items())

    return tuple(filter(does, cuts.sets))


def _state(analysis: CompiledStack, gained: Mapping[int, int], thing: str, run: Run) -> State:
    number = analysis.network.index[thing]
    return state_of(analysis.solver.baseline[number] | gained.get(number, 0), run)


def _may_be_late(network: Network) -> set[str]:
    """The nodes that hang, however far, on something that passes no more than `later`."""
    reached = {gate.node for gate in network.gates if any(member.cap is State.LATER for member in gate.members)}
    above: dict[str, list[str]] = {}
    for gate in network.gates if reached else ():
        for member in gate.members:
            above.setdefault(member.node, []).append(gate.node)
    waiting = list(reached)
    for node in waiting:  # what is reached on the way joins the end
        fresh = [owner for owner in above.get(node, ()) if owner not in reached]
        reached.update(fresh)
        waiting.extend(dict.fromkeys(fresh))
    return reached


def blocked_last_days(analysis: Analysis) -> Mapping[str, tuple[str, ...]]:
    """Whose last day each thing blocks: the people whose login the platform refuses to switch off, as an answer about
    each of them alone tells. By id.
    """
    refusing = frozenset(Meanings(analysis).refusing)
    found: dict[str, list[str]] = {}
    for person in sorted(_leaving_any(analysis, refusing)):
        for thing, outcome in analysis.outcomes((person,)):
            if outcome is Outcome.REFUSED:
                found.setdefault(thing, []).append(person)
    return {thing: tuple(found[thing]) for thing in sorted(found)}


def _leaving_any(analysis: CompiledStack, nodes: frozenset[int]) -> Iterator[str]:
    """The people whose leaving makes any of these nodes fall."""
    if nodes:
        for person in analysis.network.seeds:
            if not nodes.isdisjoint(analysis.solver.leaving((person,))):
                yield person
