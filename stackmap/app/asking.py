"""The other questions: bus factors, everybody's departure, findings."""

from __future__ import annotations

from stackmap.analysis import bus_factors, everyone
from stackmap.app.opening import Reading
from stackmap.render.bus_factor import BusFactorReport, EveryoneReport
from stackmap.rules import Case, Verdicts, evaluate

__all__ = ["check", "every_departure", "how_few"]


def how_few(reading: Reading) -> BusFactorReport:
    """How few people stand between each thing and its failure."""
    factors = tuple(bus_factors(reading.analysis()))
    stack = reading.stack
    gone = frozenset(person for person, held in stack.accounts_of.items() if all(account.off for account in held))
    return BusFactorReport(reading.snapshot.taken_at, stack.graph, reading.coverage, factors, gone)


def every_departure(reading: Reading) -> EveryoneReport:
    """What each person alone would break."""
    people = tuple(everyone(reading.analysis()))
    return EveryoneReport(reading.snapshot.taken_at, reading.stack.graph, reading.coverage, people)


def check(reading: Reading) -> Verdicts:
    """What is held together with tape, whoever stays."""
    return evaluate(Case(reading.analysis(), reading.policy))
