"""The other questions: bus factors, everybody's departure, findings."""

from __future__ import annotations

from collections.abc import Mapping

from stackmap.analysis import bus_factors, everyone
from stackmap.analysis.bus_factor.of_stack import stack_bus_factor
from stackmap.analysis.sets.budget import Budget
from stackmap.app.opening import Reading
from stackmap.render.bus_factor import BusFactorReport, EveryoneReport, Gone
from stackmap.rules import Case, Verdicts, evaluate

__all__ = ["check", "every_departure", "how_few"]


def how_few(reading: Reading, budget: Budget | None = None) -> BusFactorReport:
    """How few people stand between each thing and its failure; `budget`: what the search for it may cost."""
    analysis = reading.analysis()
    # Half for the things, so that something is left for the stack as a whole.
    factors = tuple(bus_factors(analysis, budget=None if budget is None else budget.share(2)))
    stack = stack_bus_factor(analysis, budget)
    taken_at, graph, gone = reading.snapshot.taken_at, reading.stack.graph, _gone(reading)
    return BusFactorReport(
        taken_at,
        graph,
        reading.coverage,
        factors,
        gone,
        supposed=reading.supposed,
        stack=stack,
        circular=analysis.circular,
    )


def every_departure(reading: Reading) -> EveryoneReport:
    """What each person alone would break."""
    people = tuple(everyone(reading.analysis()))
    taken_at, graph, gone = reading.snapshot.taken_at, reading.stack.graph, _gone(reading)
    return EveryoneReport(taken_at, graph, reading.coverage, people, gone, supposed=reading.supposed)


def _gone(reading: Reading) -> Mapping[str, Gone]:
    """Of those who are not here any more: that they have left, or only that their logins are off."""
    stack = reading.stack
    return {
        person: Gone.LEFT if stack.whereabouts[person].here is False else Gone.LOGINS_OFF
        for person in stack.people
        if not stack.is_here(person)
    }


def check(reading: Reading) -> Verdicts:
    """What is held together with tape, whoever stays."""
    return evaluate(Case(reading.analysis(), reading.policy))
