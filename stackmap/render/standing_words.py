"""The words for where a thing stands, in one place: the groups of `bus-factor` are those of the map."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from stackmap.analysis.bus_factor.standing import Standing

__all__ = ["STANDS"]

STANDS: Mapping[Standing, str] = MappingProxyType(
    {
        Standing.BROKEN: "Broken already, or may be",
        Standing.ONE_PERSON: "One person away from failing",
        Standing.MAYBE_ONE_PERSON: "May be one person away from failing",
        Standing.NO_CARER: "Nobody cares for it, as far as was read",
        Standing.ONE_CARER: "One person away from nobody knowing it",
        Standing.CARE_NOT_READ: "Who cares for it could not be read",
        Standing.TWO_PEOPLE: "Two people away from failing",
        Standing.MAYBE_TWO_PEOPLE: "May be two people away from failing",
        Standing.TWO_CARERS: "Two people away from nobody knowing it",
        Standing.MORE: "Three people or more, or nobody's leaving breaks it",
    }
)
"""The groups as headings, weakest first."""
