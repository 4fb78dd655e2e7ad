"""What the newcomer's guide says, already decided: the values that `stackmap.render.guide` words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from stackmap.render.sight_words import ReadSource

__all__ = ["Asked", "Flow", "Gone", "Guide", "LeaveAlone", "Room", "Tape", "Taped", "TapedGroup", "Tied"]


class Tape(Enum):
    """What is the matter with something, in the order in which the guide tells it."""

    BROKEN = "broken"
    MAYBE_BROKEN = "maybe broken"
    SPACE = "personal space"
    RUNS_AS = "runs as"
    SIGNS_IN = "signs in"
    OTHER = "other"
    UNOWNED = "unowned"


class Tied(Enum):
    """How something hangs on a login, in the order in which the guide tells it."""

    RUNS_AS = "runs as it"
    SIGNS_IN = "signs in with what it authorised"
    OWNED = "belongs to it"
    WORK = "hands work to it"
    QUEUE = "hands work to a queue it is in"
    OTHER = "hangs on it in another way"
    ALARMS = "alarms it"


class Gone(Enum):
    """Why nobody of those who are written down can be asked."""

    LEFT = "left"
    LOGIN_OFF = "login off"


@dataclass(frozen=True, slots=True)
class Room:
    """A system: what the business would notice without it, and what it holds, in words."""

    name: str
    means: str
    noticed_after: str
    holds: str


@dataclass(frozen=True, slots=True)
class Flow:
    """From where to where data goes, and through what. Two different systems at least are named."""

    origins: tuple[str, ...]
    targets: tuple[str, ...]
    through: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to ask about something. `administrators` is None where their list was not read.

    `owners_gone` and `backups_gone`: somebody is written down, and none of them is here.
    """

    name: str
    where: str
    owners: tuple[str, ...]
    backups: tuple[str, ...]
    administrators: tuple[str, ...] | None = ()
    runbook: str = ""
    owners_gone: Gone | None = None
    backups_gone: Gone | None = None


@dataclass(frozen=True, slots=True)
class LeaveAlone:
    """A login that is no newcomer's to touch: what it is, the names of what hangs on it, and why to leave it."""

    name: str
    system: str
    what: str
    hangs: tuple[tuple[Tied, tuple[str, ...]], ...]
    why: str


@dataclass(frozen=True, slots=True)
class Taped:
    """Something that is held together with tape, or broken: what one sees; `told`: somebody wrote that down."""

    name: str
    system: str
    sees: str
    noticed_after: str
    told: bool


@dataclass(frozen=True, slots=True)
class TapedGroup:
    """Things of which the same is the matter, what matters most first. `more`: how many are not shown."""

    what: Tape
    things: tuple[Taped, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Guide:
    """The whole guide. People's names stand in `ask_systems` and `ask_things` only, as people to ask.

    `inside`: of how many things it is not told between which systems they work.
    """

    read_on: str
    sources: Sequence[ReadSource]
    unread: int
    rooms: Sequence[Room]
    flows: Sequence[Flow]
    inside: int
    ask_systems: Sequence[Asked]
    ask_things: Sequence[Asked]
    leave_alone: Sequence[LeaveAlone]
    tape: Sequence[TapedGroup]
    tasks: Sequence[str]
