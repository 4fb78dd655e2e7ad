"""The engine and the oracle, asked the same questions about one stack; what they disagree on, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from stackmap.analysis import Analysis, BusFactor, Departure, Leaving, Row, bus_factors
from stackmap.model import Act
from tests.oracle import brute
from tests.support.loading import AS_OF, stack_of

Line = Mapping[str, Any]

ORDER = 3


@dataclass(frozen=True, slots=True)
class Question:
    """Who leaves, and what happens to their logins."""

    leavers: frozenset[str]
    act: Act


def departures_differ(lines: Sequence[Line], questions: Iterable[Question]) -> list[str]:
    """Where the answers to `leave` differ: rows, what goes on with less, what is broken already."""
    stack = stack_of(lines)
    analyses: dict[Act, Analysis] = {}
    found: list[str] = []
    for question in questions:
        analysis = analyses.setdefault(question.act, Analysis(stack, Leaving(question.act)))
        ours = answer(analysis.leave(question.leavers))
        theirs = _oracle_answer(lines, question)
        about = f"{question.act.value} {sorted(question.leavers)}"
        found.extend(f"{about} {part}: {one}" for part in ours for one in _unlike(ours[part], theirs[part]))
    return found


def bus_factors_differ(lines: Sequence[Line], act: Act) -> list[str]:
    """Where the bus factors differ, thing by thing."""
    theirs = brute.bus_factor(lines, act.value, AS_OF)
    found: list[str] = []
    for factor in bus_factors(Analysis(stack_of(lines), Leaving(act)), order=ORDER):
        expected = theirs.pop(factor.thing)
        found.extend(f"{act.value} {factor.thing} {difference}" for difference in _numbers_differ(factor, expected))
    return [*found, *(f"not counted by the engine: {thing}" for thing in theirs)]


def some_questions(people: Sequence[str], rng: Random, count: int) -> list[Question]:
    """Some sets of leavers, of every size, each under some act; nobody is always among them."""
    sets = [frozenset[str]()]
    sets.extend(frozenset(rng.sample(people, rng.randint(1, len(people)))) for _ in range(count - 1) if people)
    return [Question(leavers, rng.choice(tuple(Act))) for leavers in dict.fromkeys(sets)]


def answer(departure: Departure) -> dict[str, list[dict[str, Any]]]:
    """A departure in the oracle's words: ids only."""
    return {
        "outcomes": [_row(row) for row in departure.rows],
        "partial": [{"thing": one.thing, "lost": list(one.lost)} for one in departure.partial],
        "already_broken": [
            {
                "thing": one.thing,
                "outcome": one.outcome.value,
                "certainty": None if one.certainty is None else one.certainty.word,
                "at_worst": one.at_worst and one.at_worst.name.lower(),
            }
            for one in departure.already_broken
        ],
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "thing": row.thing,
        "outcome": row.outcome.value,
        "certainty": None if row.certainty is None else row.certainty.word,
        "at_worst": None if row.at_worst is None else row.at_worst.name.lower(),
        "alone": row.alone,
    }


def _oracle_answer(lines: Sequence[Line], question: Question) -> dict[str, list[dict[str, Any]]]:
    leavers, how = question.leavers, question.act.value
    return {
        "outcomes": brute.outcomes(lines, leavers, how, AS_OF),
        "partial": brute.partial(lines, leavers, how, AS_OF),
        "already_broken": brute.already_broken(lines, AS_OF),
    }


def _unlike(ours: Collection[Any], theirs: Collection[Any]) -> Iterator[str]:
    yield from (f"engine only {one}" for one in ours if one not in theirs)
    yield from (f"oracle only {one}" for one in theirs if one not in ours)


def _numbers_differ(factor: BusFactor, expected: Mapping[str, Any]) -> Iterator[str]:
    ours = {
        "running": factor.running,
        "care": factor.care,
        "at_worst": {"running": factor.running_at_worst, "care": factor.care_at_worst},
    }
    for word, value in ours.items():
        if value != expected[word]:
            yield f"{word}: engine {value}, oracle {expected[word]}"
    for word, sets in (("minimal_sets", factor.minimal_sets), ("care_sets", factor.care_sets)):
        if not _same_sets(sets, expected[word]):
            yield f"{word}: engine {sets}, oracle {expected[word]}"


def _same_sets(ours: Sequence[Sequence[str]], theirs: Sequence[Sequence[str]]) -> bool:
    """All sets of up to the stated order; beyond that, one of the smallest."""
    mine, all_sets = [list(one) for one in ours], [list(one) for one in theirs]
    small = [one for one in all_sets if len(one) <= ORDER]
    if small or not all_sets:
        return mine == small
    return len(mine) == 1 and mine[0] in all_sets and len(mine[0]) == len(all_sets[0])
