"""What one person's leaving does to a thing short of stopping it at once: no second holder is planned for that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from stackmap.analysis.departures.answer import Analysis
from stackmap.analysis.departures.milder import Later, blocked_last_days, stops_later

__all__ = ["Milder", "milder"]


@dataclass(frozen=True, slots=True)
class Milder:
    """By whose leaving alone a thing stops later, or may, and whose last day it blocks: people by id.

    None of them is among those who leave first; `gone_later`: it stops later with these already.
    """

    later: tuple[str, ...] = ()
    may_be_later: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    gone_later: bool = False


def milder(analysis: Analysis, things: Iterable[str], away: Collection[str] = ()) -> Mapping[str, Milder]:
    """Of these things those of which there is something to tell, once those `away` have left; by id."""
    found, blocked = stops_later(analysis), blocked_last_days(analysis)
    told = {thing: _of(found.get(thing), blocked.get(thing, ()), frozenset(away)) for thing in sorted(set(things))}
    return {thing: one for thing, one in told.items() if one != Milder()}


def _of(later: Later | None, blocks: Iterable[str], away: frozenset[str]) -> Milder:
    sure, unsure = (later.sets, later.may) if later is not None else ((), ())
    return Milder(
        tuple(sorted(set(_alone(sure, away)))),
        tuple(sorted(set(_alone(unsure, away)))),
        tuple(person for person in blocks if person not in away),
        any(away.issuperset(people) for people in sure),
    )


def _alone(sets: Iterable[Collection[str]], away: frozenset[str]) -> Iterator[str]:
    """Who is enough by themselves with those away; of sets that are gone already nobody."""
    for people in sets:
        rest = [person for person in people if person not in away]
        if len(rest) == 1:
            yield rest[0]
