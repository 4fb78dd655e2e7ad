"""What may be supposed beside what was read: a few values, each a change of facts and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from stackmap.model import Certainty, Edge, EdgeKind, Evidence, Fact, How, Outcomes

__all__ = [
    "SUPPOSED_SOURCE",
    "Added",
    "Change",
    "Doubled",
    "Removed",
    "Repointed",
    "Switch",
    "Switched",
    "supposed_edge",
    "supposed_evidence",
]

SUPPOSED_SOURCE = "what-if"
"""The source of what somebody only supposes."""

_INVENTORY = "supposed"
_HOW = {
    Certainty.CERTAIN: How.DECLARED,
    Certainty.LIKELY: How.INFERRED_KEY,
    Certainty.POSSIBLE: How.INFERRED_NAME,
}


@dataclass(frozen=True, slots=True)
class Added:
    """A node or an edge more, which nobody read."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class Removed:
    """No edge of that kind leads from `source` to `target` any more, whoever read it."""

    kind: EdgeKind
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Repointed:
    """What leads from `source` by edges of that kind leads to `target` instead.

    Outcomes, groups, slots and properties stay: what an act does is decided by the platform and the kind of thing, not
    by whose login it is. Owners without an outcome stay too: who answers for something is another question than what
    it hangs on. Back to where an edge led when it was read, it is the edge that was read.
    """

    kind: EdgeKind
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Doubled:
    """What leads from `source` by edges of that kind leads to `target` as well, and either will do.

    A declared, and so a proven, group of alternatives (semantics, rule 9).
    """

    kind: EdgeKind
    source: str
    target: str


class Switch(Enum):
    """How something is read then."""

    ON = "on"
    OFF = "off"
    FROZEN = "frozen"


@dataclass(frozen=True, slots=True)
class Switched:
    """A login, a token, a thing or a person is read so, whatever was read."""

    node: str
    to: Switch


Change: TypeAlias = Added | Removed | Repointed | Doubled | Switched


def supposed_evidence(record: str, how: How = How.DECLARED) -> tuple[Evidence, ...]:
    """The evidence of what is supposed. Declared is as sure as what people write in their notes."""
    return (Evidence(SUPPOSED_SOURCE, _INVENTORY, record, how),)


def supposed_edge(
    kind: EdgeKind,
    source: str,
    target: str,
    *,
    outcomes: Outcomes | None = None,
    slot: str = "",
    grade: Certainty = Certainty.CERTAIN,
) -> Edge:
    """An edge that nobody read. `grade`: how sure it counts; a second holder as sure as the first, for instance."""
    return Edge(kind, source, target, supposed_evidence("", _HOW[grade]), outcomes, slot=slot)
