"""What the bus-factor report says, already decided: the values that `stackmap.render.report` words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stackmap.analysis.standing import Standing
from stackmap.model import Coverage, StackGraph
from stackmap.render.sight_words import ReadSource
from stackmap.rules import Verdicts

__all__ = ["Hanging", "Loss", "Report", "Uncared", "Unsure"]


@dataclass(frozen=True, slots=True)
class Loss:
    """What happens to a thing when one login goes, in words: why, what to do, and where that was seen."""

    outcome: str
    certainty: str
    why: str
    fix: str
    seen: tuple[tuple[str, str], ...]
    """Each piece of evidence with the address of the vendor's own screen, or ""."""


@dataclass(frozen=True, slots=True)
class Hanging:
    """A thing that hangs on one person's login. `weight`: its own and that of all that is lost with it."""

    name: str
    system: str
    means: str
    noticed_after: str
    cost_per_day: str
    losses: tuple[Loss, ...]
    takes_along: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Unsure:
    """A thing that may hang on one person's login: what could not be read, and how to find out."""

    name: str
    system: str
    means: str
    why: str
    fix: str


@dataclass(frozen=True, slots=True)
class Uncared:
    """A thing that nobody, or one person, looks after (`who`, "" for nobody); `also`: what shares that fate."""

    name: str
    system: str
    means: str
    who: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report. `hanging`, `unsure` and `uncared` come worst first."""

    read_on: str
    as_of: str
    graph: StackGraph
    sources: Sequence[ReadSource]
    only_noted: Sequence[str]
    untied: int
    coverage: Sequence[Coverage]
    standings: Mapping[Standing, int]
    hanging: Sequence[Hanging]
    unsure: Sequence[Unsure]
    uncared: Sequence[Uncared]
    verdicts: Verdicts
