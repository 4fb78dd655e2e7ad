"""The words of the map: outcomes, what is wrong with a thing as it stands, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from stackmap.analysis import BusFactor, Count
from stackmap.analysis.bus_factor.standing import Standing, standing
from stackmap.model import Outcome
from stackmap.render.standing_words import STANDS
from stackmap.render.words import HEADINGS

__all__ = [
    "RISK_TAGS",
    "RISK_WORDS",
    "RISK_WORDS_OF_MANY",
    "STANDINGS",
    "TAPE_BESIDES",
    "TWO_OR_MORE",
    "WORDS",
    "Stand",
    "Wording",
    "is_weak",
    "standing_key",
    "standing_words",
]

TWO_OR_MORE = "two people away or more"
"""Said of what is known to be two people away or more, in running and in care, at worst."""

_BY_RUNNING = frozenset({Standing.BROKEN, Standing.ONE_PERSON, Standing.MAYBE_ONE_PERSON})
"""Groups that say nothing of care, for what runs is weaker."""

_BY_CARE: Mapping[Count, Standing] = {
    0: Standing.NO_CARER,
    1: Standing.ONE_CARER,
    "unknown": Standing.CARE_NOT_READ,
}


def standing_key(where: Standing) -> str:
    """The name of a group in the page: one word."""
    return where.value.replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Wording:
    """An outcome in people's words: on a tag, as a heading, and after a count of one and of many."""

    tag: str
    label: str
    one: str
    many: str


_SPOKEN: Mapping[Outcome, tuple[str, str, str]] = {
    Outcome.STOPS: ("stops", "stops", "stop"),
    Outcome.STARVES: ("old data", "runs on old data", "run on old data"),
    Outcome.LATER: ("later", "stops later", "stop later"),
    Outcome.MOVED: ("moves", "silently changes hands", "silently change hands"),
    Outcome.UNKNOWN: ("may stop", "may stop (not known for sure)", "may stop (not known for sure)"),
    Outcome.UNOWNED: ("no carer", "runs on with nobody to care", "run on with nobody to care"),
    Outcome.MUTED: ("mute", "alarm reaches nobody", "alarms reach nobody"),
    Outcome.REFUSED: ("blocks", "blocks the last day", "block the last day"),
    Outcome.SURVIVES: ("survives", "survives", "survive"),
}

WORDS: Mapping[str, Wording] = MappingProxyType(
    {
        outcome.value: Wording(tag, HEADINGS[outcome].capitalize(), one, many)
        for outcome, (tag, one, many) in _SPOKEN.items()
    }
)
"""The outcomes in the order in which the page names them."""

RISK_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "already-broken": "is broken already",
        "tape": "hangs on one person's login",
        "unowned": "nobody cares for it",
        "owner-gone": "its owner has left, or their login is off",
        "not-read": "could not be read",
    }
)

RISK_WORDS_OF_MANY: Mapping[str, str] = MappingProxyType(
    {
        "already-broken": "are broken already",
        "tape": "hang on one person's login",
        "unowned": "have nobody to care for them",
        "owner-gone": "have an owner who has left, or whose login is off",
    }
)
"""The same of several things, where it reads differently."""

RISK_TAGS: Mapping[str, str] = MappingProxyType(
    {
        "already-broken": "broken",
        "tape": "tape",
        "unowned": "no carer",
        "owner-gone": "owner gone",
        "not-read": "not read",
    }
)
"""The same on a tag in a box."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where things stand, in people's words: as the heading above them, on a tag in a box and after a count in a fold.

    `weak`: whether it asks for somebody's attention. Only what is not counts as two people away or more.
    """

    heading: str
    tag: str
    inside: str
    weak: bool = True


_STANDS: Mapping[Standing, tuple[str, str]] = {
    Standing.BROKEN: ("broken?", "broken, or may be"),
    Standing.ONE_PERSON: ("1 person", "one person away"),
    Standing.MAYBE_ONE_PERSON: ("1 person?", "may be one person away"),
    Standing.NO_CARER: ("no carer", "with nobody to care"),
    Standing.ONE_CARER: ("1 carer", "with one carer"),
    Standing.CARE_NOT_READ: ("carer?", "care not known"),
}

STANDINGS: Mapping[str, Stand] = MappingProxyType(
    {
        standing_key(standing): Stand(heading, *_STANDS.get(standing, ("", TWO_OR_MORE)), weak=standing in _STANDS)
        for standing, heading in STANDS.items()
    }
)
"""The groups of `bus-factor`, weakest first, by their keys."""

TAPE_BESIDES = (
    "hangs on one person's login, but does not stop at once without it",
    "hang on one person's login, but do not stop at once without it",
)
"""Of one thing and of several: tape that is not counted as one person away."""


def is_weak(standing: str) -> bool:
    """Whether a standing, by its key, asks for somebody's attention; "", of what is not counted, asks for none."""
    return standing in STANDINGS and STANDINGS[standing].weak


def standing_words(factor: BusFactor) -> tuple[str, ...]:
    """Where a thing stands: its heading, and what its care adds where the heading says nothing of it."""
    care = _BY_CARE.get(factor.care_at_worst) if standing(factor) in _BY_RUNNING else None
    said = (STANDS[standing(factor)], *((STANDS[care],) if care else ()))
    return tuple(f"{text[0].lower()}{text[1:]}" for text in said)
