"""The fewest holds to back up so that one person's leaving loses nothing.

For each person by themselves, which is exact: backing up what somebody else holds cannot help when this person leaves.
A hold whose loss alone loses something is forced. Where the forced ones are not enough, the rest is a smallest hitting
set (Reiter 1987): every group of holds that together lose something needs one that is backed up.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import or_
from typing import Generic, TypeVar

from stackmap.analysis.sets.budget import Budget, Steps
from stackmap.analysis.sets.hitting_sets import smallest_hitting
from stackmap.analysis.sets.wiring import places

__all__ = ["Fewest", "Proof", "fewest"]

_STEPS = 500_000
"""So much is spent on one person whose forced holds are not enough; nobody in a stack that was read came near it."""

_HoldT = TypeVar("_HoldT")
_Loses = Callable[[Collection[_HoldT]], Collection[str]]


class Proof(Enum):
    """Why there is no smaller plan."""

    FORCED = "forced"
    SEARCHED = "searched"
    NOT_PROVEN = "not proven"


@dataclass(frozen=True, slots=True)
class Fewest(Generic[_HoldT]):
    """The holds to back up, in the order given; no plan has fewer than `at_least`."""

    chosen: tuple[_HoldT, ...]
    proof: Proof
    at_least: int


def fewest(holds: Sequence[_HoldT], loses: _Loses[_HoldT], *, steps: int = _STEPS) -> Fewest[_HoldT]:
    """The fewest of `holds` whose backing up leaves nothing to lose. `loses` tells what is lost with some of them.

    Of equally small ones that with the earliest holds. Where so many `steps` of search are not enough: some of which
    none can be left out, unproven.
    """
    if not loses(holds):
        return Fewest((), Proof.FORCED, 0)
    forced = [hold for hold in holds if loses((hold,))]
    rest = [hold for hold in holds if hold not in forced]
    if not loses(rest):
        return Fewest(tuple(forced), Proof.FORCED, len(forced))
    more = _searched(rest, loses, Steps(steps))
    chosen = tuple(hold for hold in holds if hold in forced or hold in more.chosen)
    return Fewest(chosen, more.proof, len(forced) + more.at_least)


def _searched(holds: Sequence[_HoldT], loses: _Loses[_HoldT], budget: Budget) -> Fewest[_HoldT]:
    """A smallest choice among holds of which none loses anything alone. Sets of holds are bits of a number."""
    groups: list[int] = []
    at_least = 0
    while (backed := _smallest(groups, budget)) is not None:
        at_least = backed.bit_count()
        open_ = [place for place in range(len(holds)) if not backed >> place & 1]
        if not loses([holds[place] for place in open_]):
            return Fewest(tuple(holds[place] for place in places(backed)), Proof.SEARCHED, at_least)
        groups.append(
            sum(1 << place for place in _least(open_, lambda some: bool(loses([holds[one] for one in some]))))
        )
    enough = _least(
        range(len(holds)), lambda some: not loses([holds[one] for one in range(len(holds)) if one not in some])
    )
    proof = Proof.SEARCHED if len(enough) == at_least else Proof.NOT_PROVEN
    return Fewest(tuple(holds[place] for place in enough), proof, at_least)


def _smallest(groups: Iterable[int], budget: Budget) -> int | None:
    """A smallest choice that has one of every group; None when the budget is spent."""
    chosen = 0
    for some in _apart(groups):
        backed = smallest_hitting(some, budget)
        if backed is None:
            return None
        chosen |= backed
    return chosen


def _apart(groups: Iterable[int]) -> list[list[int]]:
    """The groups sorted into such as share nothing: what is smallest for each is so for all together."""
    parts: list[tuple[int, list[int]]] = []
    for group in groups:
        touching = [part for part in parts if part[0] & group]
        held = reduce(or_, (part[0] for part in touching), group)
        together = [*(one for part in touching for one in part[1]), group]
        parts = [*(part for part in parts if not part[0] & group), (held, together)]
    return [part[1] for part in parts]


def _least(holds: Sequence[int], suffices: Callable[[Collection[int]], bool]) -> list[int]:
    """As few of these as suffice, none of them left out without harm: the latest go first."""
    kept = list(holds)
    for hold in reversed(holds):
        fewer = [one for one in kept if one != hold]
        if suffices(fewer):
            kept = fewer
    return kept
