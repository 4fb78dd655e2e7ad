"""Where a thing stands: the one group of the bus-factor answers that it is counted in."""

from __future__ import annotations

from enum import Enum

from stackmap.analysis.bus_factor.things import BusFactor

__all__ = ["Standing", "standing"]


class Standing(Enum):
    """The groups, weakest first. Every counted thing is in exactly one."""

    BROKEN = "broken"
    ONE_PERSON = "one person"
    MAYBE_ONE_PERSON = "maybe one person"
    NO_CARER = "no carer"
    ONE_CARER = "one carer"
    CARE_NOT_READ = "care not read"
    TWO_PEOPLE = "two people"
    MAYBE_TWO_PEOPLE = "maybe two people"
    TWO_CARERS = "two carers"
    MORE = "more"


def standing(factor: BusFactor) -> Standing:
    """The group of a thing, by the at-worst reading; fine is only what is fine at worst.

    A number that is not proven counts as the lowest that it can be.
    """
    running, care = factor.running_at_worst, factor.care_at_worst
    if 0 in {running, factor.running}:
        return Standing.BROKEN
    if running == 1:
        return Standing.ONE_PERSON if factor.running == 1 else Standing.MAYBE_ONE_PERSON
    if care == "unknown":
        return Standing.CARE_NOT_READ
    if care == 0:
        return Standing.NO_CARER
    if care == 1:
        return Standing.ONE_CARER
    if running == 2:
        return Standing.TWO_PEOPLE if factor.running == 2 else Standing.MAYBE_TWO_PEOPLE
    return Standing.TWO_CARERS if care == 2 else Standing.MORE
