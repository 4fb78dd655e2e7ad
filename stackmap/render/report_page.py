"""What the bus-factor report says, already decided: the values that `stackmap.render.report` words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stackmap.analysis.bus_factor.standing import Standing
from stackmap.model import Coverage, StackGraph
from stackmap.render.sight_words import ReadSource
from stackmap.rules import Verdicts

__all__ = ["Hanging", "Loss", "Paired", "Report", "Uncared", "Unsure", "Way"]


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a thing is lost: why, in words, where that was seen, and the departures rows that say so.

    `already`: no leaver brings it about, it was so before. `seen` holds each piece of evidence with the address of the
    vendor's own screen, or "".
    """

    why: str
    already: bool
    seen: tuple[tuple[str, str], ...]
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """What happens to a thing when one person's logins go, in words: every way, the live ones first; what to do."""

    outcome: str
    certainty: str
    ways: tuple[Way, ...]
    fix: str


@dataclass(frozen=True, slots=True)
class Hanging:
    """A thing that hangs on one person's login. `weight`: in words, "" where your notes are silent.

    `stakes`: what the business notices of what is lost with it, where nothing is written down of itself.
    """

    name: str
    system: str
    means: str
    noticed_after: str
    cost_per_day: str
    weight: str
    stakes: str
    losses: tuple[Loss, ...]
    takes_along: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unsure:
    """A thing that may hang on one person's login: in which ways, and how to find out."""

    name: str
    system: str
    means: str
    ways: tuple[Way, ...]
    fix: str


@dataclass(frozen=True, slots=True)
class Uncared:
    """A thing that nobody, or one person, looks after (`who`, "" for nobody); `also`: what shares that fate.

    `gone` says whom people wrote down as owner, where these are not here any more; with `who` None it was not read who
    else there is.
    """

    name: str
    system: str
    means: str
    who: str | None
    also: tuple[str, ...]
    gone: str = ""


@dataclass(frozen=True, slots=True)
class Paired:
    """A thing that two people together stop, of whom neither does alone: which pairs, by name, and where it stands."""

    name: str
    system: str
    pairs: Sequence[Sequence[str]]
    stands: Standing


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report. `hanging`, `unsure`, `uncared` and `paired` come worst first.

    `only_noted` and `only_named`: systems that were not read themselves, from your notes, and from other systems alone.
    `may_be_paired`: of how many more things two people may do so, at worst; `all_pairs`: all pairs were looked for.
    `care_read` and `care_not_read`: of how many things it could be read who looks after them, and of how many not.
    `systems`: how many of the things that `standings` counts are systems.
    `platforms_say`: a sentence for each departures row that is known, but not for those that your notes override.
    """

    read_on: str
    as_of: str
    graph: StackGraph
    sources: Sequence[ReadSource]
    only_noted: Sequence[str]
    only_named: Sequence[str]
    untied: int
    coverage: Sequence[Coverage]
    standings: Mapping[Standing, int]
    hanging: Sequence[Hanging]
    unsure: Sequence[Unsure]
    uncared: Sequence[Uncared]
    verdicts: Verdicts
    platforms_say: Mapping[str, str]
    systems: int = 0
    paired: Sequence[Paired] = ()
    may_be_paired: int = 0
    all_pairs: bool = True
    care_read: int = 0
    care_not_read: int = 0
