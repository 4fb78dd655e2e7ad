"""The smallest sets of a few people who bring a loss about together, all of them: by trying every combination at once.

Whoever is in every such set is found first. Of those who are left each combination is a departure, one bit wide: all
of them up to a number of people, beyond it all pairs, then all threes, as far as the budget goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, takewhile
from math import comb

from stackmap.analysis.sets.breaking import smallest_sets
from stackmap.analysis.sets.budget import Budget
from stackmap.analysis.sets.families import LARGEST, families
from stackmap.analysis.sets.family import Family
from stackmap.analysis.sets.scenarios import Scenarios, leaving_in
from stackmap.analysis.sets.tally import Bits
from stackmap.analysis.sets.wiring import places

__all__ = ["MOST_TOLD", "Culprits", "culprits"]

MOST_TOLD = 10
"""So many sets of the smallest size are told."""

_ALL_TRIED = 16
"""Of so many people every combination is tried: 65,536 of sixteen."""

_COMBINATIONS = 1 << 17
"""So many combinations of one size are tried: all fours of forty people."""


@dataclass(frozen=True, slots=True)
class Culprits:
    """The smallest sets of people, by ids, `MOST_TOLD` of them at most.

    `more`: there are other sets, or may be, from which nobody can be spared. `at_least`: where it is not proven that
    fewer people cannot do it, the fewest it takes; then the one set told is one from which nobody can be spared.
    """

    sets: tuple[tuple[str, ...], ...]
    more: bool
    at_least: int | None = None


def culprits(scenarios: Scenarios, bundles: Iterable[int], budget: Budget, to_search: Budget) -> dict[int, Culprits]:
    """The smallest sets of people whose leaving together loses a bundle, for each of some.

    A step of `budget`: one bit of one number worked out. `to_search` is spent on sets too large to try them all.
    """
    found: dict[int, Culprits] = {}
    crowded: dict[int, tuple[_Question, list[int], list[int]]] = {}
    for bundle in bundles:
        question = _Question(scenarios, bundle)
        always = question.always()
        free = [person for person in question.people if person not in always]
        if len(free) <= _ALL_TRIED and budget.reserve(question.size << len(free)):
            found[bundle] = _all_tried(question, always, free)
        else:
            crowded[bundle] = question, always, free
    known = _searched(scenarios, crowded, to_search)
    return found | {bundle: _sizes_tried(*asked, known[bundle], budget) for bundle, asked in crowded.items()}


@dataclass(frozen=True, slots=True)
class _Known:
    """It takes `least` people. `sets`, as bits: all of so many where `all_told`, else the smallest that was found."""

    least: int
    sets: Sequence[int]
    all_told: bool


def _searched(scenarios: Scenarios, bundles: Iterable[int], budget: Budget) -> dict[int, _Known]:
    wiring, nodes = scenarios.wiring, {bundle: scenarios.nodes[bundle] for bundle in bundles}
    if not nodes:
        return {}
    small = families(wiring, LARGEST, budget.share(2))
    empty = [node for node in nodes.values() if small[node].smallest() is None]
    larger = smallest_sets(wiring, small, empty, budget, only_numbers=False)
    return {
        bundle: _Known(larger[node].least, [larger[node].found], all_told=False)
        if node in larger
        else _of_family(small[node], len(wiring.people))
        for bundle, node in nodes.items()
    }


def _of_family(family: Family, people: int) -> _Known:
    least = family.smallest() or 0
    return _Known(least, [*takewhile(lambda one: one.bit_count() == least, family.sets(people))], all_told=True)


class _Question:
    """One loss, asked of many combinations of the people on whom it hangs."""

    def __init__(self, scenarios: Scenarios, bundle: int) -> None:
        self._scenarios = scenarios
        self._bundle = bundle
        self._circles = scenarios.behind(bundle)
        self.people = scenarios.people_of(self._circles)
        self.size = sum(map(len, self._circles))

    def lost(self, leaving: Mapping[int, Bits]) -> Bits:
        """In which departures it is lost; whoever is not named stays."""
        columns = [leaving.get(person, 0) for person in range(len(self._scenarios.people))]
        return self._scenarios.lost(columns, self._circles)[self._bundle]

    def always(self) -> list[int]:
        """Whose staying suffices to keep it: all others leave in a departure for each."""
        every = (1 << len(self.people)) - 1
        lost = self.lost({person: every ^ 1 << place for place, person in enumerate(self.people)})
        return [person for place, person in enumerate(self.people) if not lost >> place & 1]

    def least_beginning(self, chosen: Iterable[int], others: Sequence[int]) -> int:
        """How many of the others, from the first on, must leave with those chosen. All of them suffice."""
        every = (2 << len(others)) - 1
        leaving = {person: every >> place << place for place, person in enumerate(others, 1)}
        lost = self.lost({**leaving, **dict.fromkeys(chosen, every)})
        return (lost & -lost).bit_length() - 1

    def named(self, sets: Iterable[Iterable[int]]) -> list[tuple[str, ...]]:
        """Sets of people by id, in order."""
        return sorted(tuple(self._scenarios.people[person] for person in sorted(one)) for one in sets)


def _all_tried(question: _Question, always: Sequence[int], free: Sequence[int]) -> Culprits:
    """Departure number n is that of the people whose bits are set in n."""
    every = (1 << (1 << len(free))) - 1
    leaving = {person: _with(place, every) for place, person in enumerate(free)}
    lost = question.lost({**leaving, **dict.fromkeys(always, every)})
    spared = 0
    for place, person in enumerate(free):
        spared |= (lost & ~leaving[person]) << (1 << place)
    least = list(_ones(lost & ~spared))
    fewest = min(map(int.bit_count, least))
    found = [departure for departure in least if departure.bit_count() == fewest]
    sets = question.named([*always, *(free[place] for place in _ones(departure))] for departure in found)
    return Culprits(tuple(sets[:MOST_TOLD]), len(least) > min(len(sets), MOST_TOLD))


def _with(place: int, every: Bits) -> Bits:
    """All numbers of departures in which a bit is set."""
    return every ^ every // ((1 << (1 << place)) + 1)


def _ones(bits: Bits) -> Iterator[int]:
    return (place for place, bit in enumerate(reversed(f"{bits:b}")) if bit == "1")


def _sizes_tried(
    question: _Question, always: Sequence[int], free: Sequence[int], known: _Known, budget: Budget
) -> Culprits:
    """All sets of as many as it takes, if so many can be tried; all of the people suffice, so there are some."""
    size = max(known.least - len(always), 0)
    while (tried := comb(len(free), size)) <= _COMBINATIONS and budget.reserve(question.size * tried):
        chosen = list(combinations(free, size))
        lost = question.lost({**leaving_in(chosen), **dict.fromkeys(always, (1 << tried) - 1)})
        if lost:
            sets = question.named((*always, *chosen[place]) for place in _ones(lost))
            return Culprits(tuple(sets[:MOST_TOLD]), more=size > 0)
        size += 1
    if known.all_told:
        return Culprits(tuple(question.named(map(places, known.sets))[:MOST_TOLD]), more=True)
    return _one_told(question, known.sets[0], max(known.least, len(always) + size))


def _one_told(question: _Question, found: int, at_least: int) -> Culprits:
    """A set from which nobody can be spared: the last of the shortest beginning that suffices is needed, and so on."""
    needed: list[int] = []
    others = [*places(found)]
    while fewest := question.least_beginning(needed, others):
        needed.append(others[fewest - 1])
        others = others[: fewest - 1]
    return Culprits(tuple(question.named([needed])), True, at_least if at_least < len(needed) else None)
