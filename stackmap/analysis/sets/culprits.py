"""The smallest sets of a few people who bring a loss about together, all of them: by trying every combination at once.

Whoever is in every such set is found first. Of those who are left each combination is a departure, one bit wide: all
of them up to a number of people, beyond it all pairs, then all threes, as far as the budget goes. Losses that ask for
the same departures, or for few, are asked together: what they hang on is gone through once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import combinations, islice, takewhile
from math import comb

from stackmap.analysis.sets.asking import Question, answers
from stackmap.analysis.sets.breaking import smallest_sets
from stackmap.analysis.sets.budget import Budget
from stackmap.analysis.sets.families import LARGEST, families
from stackmap.analysis.sets.family import Family
from stackmap.analysis.sets.scenarios import Scenarios, leaving_in
from stackmap.analysis.sets.sparing import spared
from stackmap.analysis.sets.tally import Bits
from stackmap.analysis.sets.wiring import places

__all__ = ["MOST_TOLD", "Culprits", "culprits"]

MOST_TOLD = 10
"""So many sets of the smallest size are told."""

_ALL_TRIED = 16
"""Of so many people every combination is tried: 65,536 of sixteen."""

_COMBINATIONS = 1 << 17
"""So many combinations of one size are tried: all fours of forty people."""

_WRITTEN = 1 << 6
"""What it takes to write down one person of one of them, in bits worked out."""


@dataclass(frozen=True, slots=True)
class Culprits:
    """The smallest sets of people, by ids, `MOST_TOLD` of them at most.

    `more`: there are other sets, or may be, from which nobody can be spared. `at_least`: where it is not proven that
    fewer people cannot do it, the fewest it takes; then one set is told from which nobody can be spared, or, where the
    budget ended before, nobody as far as was tried.
    """

    sets: tuple[tuple[str, ...], ...]
    more: bool
    at_least: int | None = None


def culprits(
    scenarios: Scenarios, bundles: Iterable[int], budget: Budget, to_search: Budget, to_spare: Budget
) -> dict[int, Culprits]:
    """The smallest sets of people whose leaving together loses a bundle, for each of some.

    A step of `budget`: one bit of one number worked out. `to_search` is spent on sets too large to try them all, and
    `to_spare`, in steps like those of `budget`, on finding whom of such a set can be spared.
    """
    choices = _choices(scenarios, bundles, budget)
    found = _all_tried(scenarios, choices, budget)
    crowded = {bundle: choice for bundle, choice in choices.items() if bundle not in found}
    known = _searched(scenarios, crowded, to_search)
    for bundle, one in known.items():
        if one.all_told:
            more = one.least > crowded.pop(bundle).always.bit_count()
            found[bundle] = Culprits(_named(scenarios, one.sets), more)
    by_size, least = _sizes_tried(scenarios, crowded, known, budget)
    left = {bundle: (known[bundle].sets[0], fewest) for bundle, fewest in least.items()}
    return found | by_size | _one_told(scenarios, left, to_spare)


@dataclass(frozen=True, slots=True)
class _Choice:
    """All of `always` are in every set; the rest is to be chosen from `free`, the others who have a say. As bits."""

    always: int
    free: int

    @property
    def width(self) -> int:
        """Of how many it is to be chosen."""
        return self.free.bit_count()


def _choices(scenarios: Scenarios, bundles: Iterable[int], budget: Budget) -> dict[int, _Choice]:
    """For all bundles at once. Whose staying suffices to keep one: all others leave in a departure for each."""
    asked = [*bundles]
    everybody = range(len(scenarios.people))
    every = (1 << len(everybody)) - 1
    behind = scenarios.touched([1 << person for person in everybody])
    question = Question(asked, len(everybody), {person: every ^ 1 << person for person in everybody})
    lost = next((lost for _, lost in answers(scenarios, [question], budget)), dict.fromkeys(asked, every))
    return {bundle: _Choice(every & ~lost[bundle], behind[bundle] & lost[bundle]) for bundle in asked}


@dataclass(frozen=True, slots=True)
class _AllTried(Question):
    """Departure number n is that of the people whose bits are set in n, of those from whom to choose."""

    choice: _Choice


def _all_tried(scenarios: Scenarios, choices: Mapping[int, _Choice], budget: Budget) -> dict[int, Culprits]:
    """All sets, of those bundles for which all combinations can be tried."""
    found: dict[int, Culprits] = {}
    for question, lost in answers(scenarios, _all_combinations(choices), budget):
        known: dict[Bits, Culprits] = {}
        for bundle, departures in lost.items():
            if departures not in known:
                budget.spend(question.departures * question.choice.width)
                known[departures] = _least(scenarios, question, departures)
            found[bundle] = known[departures]
    return found


def _all_combinations(choices: Mapping[int, _Choice]) -> Iterator[_AllTried]:
    """One question for all bundles with the same choice; for all with the same people, where that is no more to try."""
    alike: dict[int, dict[_Choice, list[int]]] = {}
    for bundle, choice in choices.items():
        alike.setdefault(choice.always | choice.free, {}).setdefault(choice, []).append(bundle)
    for people, groups in alike.items():
        together = _Choice(0, people)
        if together.width <= _ALL_TRIED and 1 << together.width <= sum(1 << choice.width for choice in groups):
            yield _every_one(together, [bundle for bundles in groups.values() for bundle in bundles])
        else:
            yield from (_every_one(one, bundles) for one, bundles in groups.items() if one.width <= _ALL_TRIED)


def _every_one(choice: _Choice, bundles: Sequence[int]) -> _AllTried:
    departures = 1 << choice.width
    every = (1 << departures) - 1
    leaving = dict.fromkeys(places(choice.always), every)
    leaving |= {person: _with(place, every) for place, person in enumerate(places(choice.free))}
    return _AllTried(bundles, departures, leaving, choice)


def _least(scenarios: Scenarios, question: _AllTried, lost: Bits) -> Culprits:
    free = [*places(question.choice.free)]
    spared = 0
    for place, person in enumerate(free):
        spared |= (lost & ~question.leaving[person]) << (1 << place)
    least = list(_ones(lost & ~spared))
    fewest = min(map(int.bit_count, least))
    found = [departure for departure in least if departure.bit_count() == fewest]
    sets = (question.choice.always | _bits(free[place] for place in places(departure)) for departure in found)
    return Culprits(_named(scenarios, sets), len(least) > min(len(found), MOST_TOLD))


def _with(place: int, every: Bits) -> Bits:
    """All numbers of departures in which a bit is set."""
    return every ^ every // ((1 << (1 << place)) + 1)


def _ones(bits: Bits) -> Iterator[int]:
    """The places of the bits that are set, lowest first, of very long numbers too."""
    digits = f"{bits:b}"[::-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)


def _bits(people: Iterable[int]) -> int:
    return sum(1 << person for person in people)


def _named(scenarios: Scenarios, sets: Iterable[int]) -> tuple[tuple[str, ...], ...]:
    """The first of some sets, by ids. All are of one size."""
    return tuple(nsmallest(MOST_TOLD, (scenarios.wiring.names(one) for one in sets)))


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
    """The first of the sets of the smallest size: a family has them in order."""
    least = family.smallest() or 0
    smallest = takewhile(lambda one: one.bit_count() == least, family.sets(people))
    return _Known(least, [*islice(smallest, MOST_TOLD)], all_told=True)


@dataclass(frozen=True, slots=True)
class _OneSize(Question):
    """A departure for each of some sets of one size, besides those who are in all of them."""

    always: int
    chosen: Sequence[tuple[int, ...]]
    size: int


def _sizes_tried(
    scenarios: Scenarios, choices: Mapping[int, _Choice], known: Mapping[int, _Known], budget: Budget
) -> tuple[dict[int, Culprits], dict[int, int]]:
    """All sets of as many as it takes, if so many can be tried; else how many people it takes at least.

    All of the people suffice, so there are some.
    """
    found: dict[int, Culprits] = {}
    sizes = {bundle: max(known[bundle].least - one.always.bit_count(), 0) for bundle, one in choices.items()}
    left: Iterable[int] = choices
    while groups := _by_choice_and_size(left, choices, sizes):
        left = []
        for question, lost in answers(scenarios, _one_size_each(groups, budget), budget):
            for bundle, departures in lost.items():
                if departures:
                    found[bundle] = _of_one_size(scenarios, question, departures)
                else:
                    sizes[bundle] += 1
                    left.append(bundle)
    return found, {
        bundle: max(known[bundle].least, choice.always.bit_count() + sizes[bundle])
        for bundle, choice in choices.items()
        if bundle not in found
    }


def _by_choice_and_size(
    bundles: Iterable[int], choices: Mapping[int, _Choice], sizes: Mapping[int, int]
) -> dict[tuple[_Choice, int], list[int]]:
    groups: dict[tuple[_Choice, int], list[int]] = {}
    for bundle in bundles:
        groups.setdefault((choices[bundle], sizes[bundle]), []).append(bundle)
    return groups


def _one_size_each(groups: Mapping[tuple[_Choice, int], Sequence[int]], budget: Budget) -> Iterator[_OneSize]:
    for (choice, size), bundles in groups.items():
        tried = comb(choice.width, size)
        if tried <= _COMBINATIONS and budget.reserve(tried * size * _WRITTEN):
            chosen = [*combinations(places(choice.free), size)]
            leaving = leaving_in(chosen) | dict.fromkeys(places(choice.always), (1 << tried) - 1)
            yield _OneSize(bundles, tried, leaving, choice.always, chosen, size)


def _of_one_size(scenarios: Scenarios, question: _OneSize, lost: Bits) -> Culprits:
    first = islice(_ones(lost), MOST_TOLD)  # sets that share some people are in the order of the others
    sets = (question.always | _bits(question.chosen[place]) for place in first)
    return Culprits(_named(scenarios, sets), more=question.size > 0)


def _one_told(scenarios: Scenarios, asked: Mapping[int, tuple[int, int]], budget: Budget) -> dict[int, Culprits]:
    """Of each bundle the set that was found, and how many people it takes at least: told without whom it can spare."""
    larger = {bundle: one for bundle, (one, least) in asked.items() if least < one.bit_count()}
    found = {bundle: one for bundle, (one, _) in asked.items()} | spared(scenarios, larger, budget)
    return {
        bundle: Culprits(
            _named(scenarios, [one]), True, least if (least := asked[bundle][1]) < one.bit_count() else None
        )
        for bundle, one in found.items()
    }
