"""The other questions: bus factors, everybody's departure, findings."""

from __future__ import annotations

from collections.abc import Mapping

from stackmap.analysis import bus_factors, everyone, login_fates
from stackmap.analysis.bus_factor.of_stack import stack_bus_factor
from stackmap.analysis.departures.besides import besides
from stackmap.analysis.departures.milder import blocked_last_days, stops_later
from stackmap.analysis.sets.budget import Budget
from stackmap.app.opening import Reading
from stackmap.app.what_if.comparing import FewPeople, bus_factors_told
from stackmap.render.bus_factor import BusFactorReport
from stackmap.render.bus_factor_everyone import EveryoneReport
from stackmap.render.bus_factor_gone import Gone
from stackmap.rules import Case, Verdicts, evaluate

__all__ = ["check", "every_departure", "gone_people", "how_few"]


def how_few(reading: Reading, budget: Budget | None = None) -> BusFactorReport:
    """How few people stand between each thing and its failure; `budget`: what the search for it may cost."""
    analysis = reading.analysis()
    # Half for the things, so that something is left for the stack as a whole.
    factors = tuple(bus_factors(analysis, budget=None if budget is None else budget.share(2)))
    later = stops_later(analysis, None if budget is None else budget.share(4))
    stack = stack_bus_factor(analysis, budget)
    blocks = blocked_last_days(analysis)
    taken_at, graph, gone = reading.snapshot.taken_at, reading.stack.graph, gone_people(reading)
    # Two searches that ended by the clock cannot be compared.
    compared = budget is None
    supposed = bus_factors_told(reading, FewPeople(factors, stack, later, blocks)) if compared else reading.supposed
    return BusFactorReport(
        taken_at,
        graph,
        reading.coverage,
        factors,
        gone,
        supposed=supposed,
        stack=stack,
        circular=analysis.circular,
        later=later,
        blocks=blocks,
        weights=reading.policy.weights,
    )


def every_departure(reading: Reading) -> EveryoneReport:
    """What each person alone would break, and what hangs on logins that could be anybody's."""
    analysis = reading.analysis()
    people = tuple(everyone(analysis))
    return EveryoneReport(
        reading.snapshot.taken_at,
        reading.stack.graph,
        reading.coverage,
        people,
        gone_people(reading),
        supposed=reading.supposed,
        besides=besides(analysis, [one.person for one in people if not any(one.counts.values())]),
        anybodys=login_fates(analysis, ()),  # nobody leaves: only those remain that anybody could hold
    )


def gone_people(reading: Reading) -> Mapping[str, Gone]:
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
