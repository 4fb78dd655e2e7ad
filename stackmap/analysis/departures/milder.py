"""What leaving does to things short of stopping them at once: who makes them stop later, whose last day they block,
and from whom they pass to somebody else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.compiling.routes import BY_ACT
from stackmap.analysis.departures.answer import Analysis
from stackmap.analysis.departures.meanings import Meanings
from stackmap.analysis.departures.under import people_under
from stackmap.analysis.gates.marks import Run, mark_of, state_of
from stackmap.analysis.gates.network import Network
from stackmap.analysis.sets.budget import Budget, Steps
from stackmap.analysis.sets.cut_sets import Cuts, CutSets
from stackmap.analysis.sets.families import LARGEST
from stackmap.model import EdgeKind, Outcome, State

__all__ = ["Later", "blocked_last_days", "changed_hands", "stops_later"]

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


def stops_later(
    analysis: CompiledStack, budget: Budget | None = None, things: Collection[str] | None = None
) -> Mapping[str, Later]:
    """The things that some people's leaving stops later, by id; of these only where `things` are given.

    Who only may stop it later is told where nobody's leaving makes the thing worse than that, even at worst.
    """
    budget = budget or Steps(_EFFORT)
    late = sorted(_asked(analysis, things) & _may_be_late(analysis.network))
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


def blocked_last_days(analysis: Analysis, things: Collection[str] | None = None) -> Mapping[str, tuple[str, ...]]:
    """Whose last day each thing blocks: the people whose login the platform refuses to switch off, as an answer about
    each of them alone tells. By id; of these only where `things` are given.
    """
    return _by_one(analysis, Outcome.REFUSED, things)


def changed_hands(
    analysis: Analysis, things: Collection[str] | None = None, away: Collection[str] = ()
) -> Mapping[str, tuple[str, ...]]:
    """From whom each thing silently passes to somebody else, told and asked in the same way.

    Once those `away` have left: to them nothing passes. What has passed on with them is told of one more only where
    that one's leaving alone tells so too.
    """
    return _by_one(analysis, Outcome.MOVED, things, away)


def _by_one(
    analysis: Analysis, outcome: Outcome, things: Collection[str] | None, away: Collection[str] = ()
) -> Mapping[str, tuple[str, ...]]:
    meanings, asked = Meanings(analysis), _asked(analysis, things)
    logins = set(meanings.telling(outcome))
    if things is not None:
        logins.intersection_update(_logins_behind(analysis, asked))
    nodes = {node for login in logins for _, node in meanings.acts[login]}
    found: dict[str, list[str]] = {}
    before = _with_outcome(analysis, away, outcome) if away else frozenset()
    for person in sorted(_leaving_any(analysis, nodes, away)):
        told = _with_outcome(analysis, (*away, person), outcome) & asked
        if told & before:
            told -= before - _with_outcome(analysis, (person,), outcome)
        for thing in told:
            found.setdefault(thing, []).append(person)
    return {thing: tuple(found[thing]) for thing in sorted(found)}


def _with_outcome(analysis: Analysis, people: Iterable[str], outcome: Outcome) -> Set[str]:
    """Of which things the answer about these people tells this."""
    return frozenset(thing for thing, what in analysis.outcomes(people) if what is outcome)


def _asked(analysis: CompiledStack, things: Collection[str] | None) -> Set[str]:
    return analysis.counted.keys() if things is None else analysis.counted.keys() & set(things)


def _logins_behind(analysis: CompiledStack, things: Iterable[str]) -> Iterator[str]:
    """The logins to which things lead, or the tokens they sign in with."""
    graph = analysis.stack.graph
    for thing in things:
        for one in (thing, *(link.target for link in graph.out(thing, EdgeKind.AUTHENTICATES_WITH))):
            yield from (link.target for link in graph.out(one, *BY_ACT))


def _leaving_any(analysis: CompiledStack, nodes: Set[int], away: Collection[str] = ()) -> Iterator[str]:
    """The people whose leaving makes any of these nodes fall that have not fallen with those away."""
    left = nodes - analysis.solver.leaving(away).keys() if away else nodes
    if left:
        names = analysis.network.names
        for person in people_under(analysis.network, (names[node] for node in left)):
            if person not in away and not left.isdisjoint(analysis.solver.leaving((*away, person))):
                yield person
