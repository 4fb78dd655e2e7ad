"""The other questions: bus factors, everybody's departure, findings."""

from __future__ import annotations

from collections.abc import Mapping

from stackmap.analysis import bus_factors, everyone
from stackmap.app.opening import Reading
from stackmap.render.bus_factor import BusFactorReport, EveryoneReport, Gone
from stackmap.rules import Case, Verdicts, evaluate

__all__ = ["check", "every_departure", "how_few"]


def how_few(reading: Reading) -> BusFactorReport:
    """How few people stand between each thing and its failure."""
    factors = tuple(bus_factors(reading.analysis()))
    return BusFactorReport(reading.snapshot.taken_at, reading.stack.graph, reading.coverage, factors, _gone(reading))


def every_departure(reading: Reading) -> EveryoneReport:
    """What each person alone would break."""
    people = tuple(everyone(reading.analysis()))
    return EveryoneReport(reading.snapshot.taken_at, reading.stack.graph, reading.coverage, people, _gone(reading))


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
