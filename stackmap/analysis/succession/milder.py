"""What is to be known of a thing beside what a plan mends: no second holder is planned for that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from stackmap.analysis.departures.answer import Analysis
from stackmap.analysis.departures.milder import Later, blocked_last_days, changed_hands, stops_later
from stackmap.analysis.gates.marks import Run, mark_of
from stackmap.analysis.sets.budget import Steps
from stackmap.analysis.sets.cut_sets import CutSets
from stackmap.analysis.succession.remains import OneMore, remaining_running
from stackmap.model import Outcome, State

__all__ = ["Milder", "milder"]

_EFFORT = 200_000
"""So many steps are spent on how few people are enough at worst, a tenth of what `stops_later` may take; beyond,
nothing is told of it."""


@dataclass(frozen=True, slots=True)
class Milder:
    """By whose leaving alone a thing stops later, or may, whose last day it blocks, and from whom it silently passes to
    somebody else: people by id.

    None of them is among those who leave first; `gone_later`: it stops later with these already, `gone_over`: it
    passes to somebody else with these already. `at_worst`: so few people leaving together, two or more, may stop it, or
    leave it on old data, while that needs more to be certain, or is not at all; None where that is not so, or once
    some have left.
    """

    later: tuple[str, ...] = ()
    may_be_later: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    passes_from: tuple[str, ...] = ()
    gone_later: bool = False
    gone_over: bool = False
    at_worst: int | None = None


def milder(analysis: Analysis, things: Iterable[str], away: Collection[str] = ()) -> Mapping[str, Milder]:
    """Of these things those of which there is something to tell, once those `away` have left; by id."""
    asked, gone = sorted(set(things)), frozenset(away)
    found = stops_later(analysis, things=asked)
    blocked, passing = blocked_last_days(analysis, asked), changed_hands(analysis, asked, sorted(gone))
    gone_over = _passed_on(analysis, gone)
    fewer = {} if gone else _fewer_at_worst(analysis, asked)
    told = {
        thing: Milder(
            *_late(found.get(thing), gone),
            blocks=tuple(person for person in blocked.get(thing, ()) if person not in gone),
            passes_from=passing.get(thing, ()),
            gone_later=_is_gone(found.get(thing), gone),
            gone_over=thing in gone_over,
            at_worst=fewer.get(thing),
        )
        for thing in asked
    }
    return {thing: one for thing, one in told.items() if one != Milder()}


def _passed_on(analysis: Analysis, away: Collection[str]) -> frozenset[str]:
    """What silently passes to somebody else with those away, all of them gone."""
    told = analysis.outcomes(away) if away else ()
    return frozenset(thing for thing, what in told if what is Outcome.MOVED)


def _late(found: Later | None, away: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who is enough by themselves for it to stop later, and who may be."""
    sure, unsure = (found.sets, found.may) if found is not None else ((), ())
    return tuple(sorted(set(_alone(sure, away)))), tuple(sorted(set(_alone(unsure, away))))


def _is_gone(found: Later | None, away: frozenset[str]) -> bool:
    return found is not None and any(away.issuperset(people) for people in found.sets)


def _alone(sets: Iterable[Collection[str]], away: frozenset[str]) -> Iterator[str]:
    """Who is enough by themselves with those away; of sets that are gone already nobody."""
    for people in sets:
        rest = [person for person in people if person not in away]
        if len(rest) == 1:
            yield rest[0]


def _fewer_at_worst(analysis: Analysis, things: Collection[str]) -> Mapping[str, int]:
    """How few people are enough at worst, where that is known, and fewer than are known to be needed for certain."""
    with_one = {one.thing for one in remaining_running(OneMore(analysis, things=things), things, ())}
    left = [thing for thing in things if thing not in with_one]
    proven, worst = (
        CutSets(analysis.solver, mark_of(run, State.STARVES), left, Steps(_EFFORT), only_numbers=True)
        for run in (Run.POSSIBLE, Run.WORST)
    )
    found: dict[str, int] = {}
    for thing in left:
        sure, unsure = proven.of(thing), worst.of(thing)
        few = unsure.smallest if unsure.proven else None
        if few is not None and few > 1 and (sure.smallest is None or few < sure.smallest):
            found[thing] = few
    return found
