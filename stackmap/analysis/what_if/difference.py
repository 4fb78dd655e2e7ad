"""What suppositions change in an answer: its groups held against those of the same answer without them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["Caveat", "CaveatKind", "Difference", "Shift", "shifts_between"]


@dataclass(frozen=True, slots=True)
class Shift:
    """A group of an answer that has other members with what is supposed (`now`: how many) than without it.

    `newly` and `no_longer` are ids, sorted.
    """

    group: str
    now: int
    without: int
    newly: tuple[str, ...]
    no_longer: tuple[str, ...]


class CaveatKind(StrEnum):
    """What the numbers of a difference could be taken for, and are not."""

    AS_MANY_ADMINISTRATORS = "as_many_administrators"
    MAIL_GOES_TO_LEAVER = "mail_goes_to_leaver"
    COUNTED_AS_STAYING_ON = "counted_as_staying_on"
    UNCARED_FOR = "uncared_for"


@dataclass(frozen=True, slots=True)
class Caveat:
    """Of what it is said, and who or what else belongs to it, by id.

    `AS_MANY_ADMINISTRATORS`: a System that the leavers administer in one of the answers only, and those left to it in
    both. `MAIL_GOES_TO_LEAVER`: a thing whose alarm counts as heard, and the logins it goes to, whose mail goes to
    a leaver. `COUNTED_AS_STAYING_ON`: a login that would go off otherwise, and those who hold it without what is
    supposed. `UNCARED_FOR`: a thing that nobody is left to care for either way.
    """

    kind: CaveatKind
    subject: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All groups that change. `same`: nothing else in the answer changes either, no reason and no sureness.

    `known_by`: of logins in the groups that nobody could read, what proves that they exist, by id.
    """

    shifts: tuple[Shift, ...]
    same: bool
    caveats: tuple[Caveat, ...] = ()
    known_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def shifts_between(now: Mapping[str, Collection[str]], without: Mapping[str, Collection[str]]) -> tuple[Shift, ...]:
    """The groups whose members differ, in the order of `now`; both have the same groups."""
    pairs = ((group, set(members), set(without[group])) for group, members in now.items())
    return tuple(_shift(group, members, before) for group, members, before in pairs if members != before)


def _shift(group: str, now: set[str], without: set[str]) -> Shift:
    return Shift(group, len(now), len(without), tuple(sorted(now - without)), tuple(sorted(without - now)))
