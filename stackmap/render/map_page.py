"""What the map shows, already decided: the values that `stackmap.render.map` draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from stackmap.analysis.lanes import Lane
from stackmap.errors import UsageError
from stackmap.model import Coverage
from stackmap.render.map_words import RISK_TAGS, RISK_WORDS, STANDINGS, WORDS, Wording

__all__ = [
    "MAX_DRAWN",
    "Administrators",
    "Aside",
    "Fix",
    "Heir",
    "Left",
    "Line",
    "Look",
    "MapLink",
    "MapNode",
    "MapPage",
    "Proof",
    "Risk",
    "check_crowd",
]


MAX_DRAWN = 2_000
"""More boxes than this are no picture any more; the page is refused above it."""


def check_crowd(drawn: int) -> None:
    """Raises UsageError where so many boxes are too many, with what to do."""
    if drawn > MAX_DRAWN:
        raise UsageError(
            f"{drawn:,} boxes, or more, would have to be drawn: too many for one picture (at most {MAX_DRAWN:,}). "
            "As a list: stackmap bus-factor --all. For a picture of some of the systems, read only those, in a folder "
            "of its own: stackmap collect --only NAME"
        )


class Look(StrEnum):
    """The shape a thing has on the map."""

    PERSON = "person"
    LOGIN = "login"
    SERVICE = "service"
    SHARED = "shared"
    LINK = "link"
    SYSTEM = "system"
    DATASET = "dataset"
    ENDPOINT = "endpoint"
    FOLD = "fold"
    OTHER = "other"


class Risk(StrEnum):
    """What is wrong with a thing as it stands, before anybody leaves."""

    NONE = ""
    TAPE = "tape"
    UNOWNED = "unowned"
    OWNER_GONE = "owner-gone"
    NOT_READ = "not-read"
    ALREADY_BROKEN = "already-broken"


class Line(StrEnum):
    """How a link is drawn. `ORIGIN` (where data comes from) shows only on selection: that keeps the map legible."""

    MANAGED = "managed"
    TAPE = "tape"
    INFERRED = "inferred"
    LEFT = "left"
    ORIGIN = "origin"


@dataclass(frozen=True, slots=True)
class Fix:
    """What to do about a thing that hangs on a cause: once it is sure, and while nobody knows."""

    sure: str
    unsure: str


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody who has left already: who says so, in words, and what `check` finds open because of it.

    `open` holds of each finding its code, the id of what it is about, and its sentence, the worst first.
    """

    said: str
    open: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Heir:
    """To whom a platform hands a thing: the words for it, and the ids of the people behind it, if they are known."""

    name: str
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Administrators:
    """Who administers a system, by person id; `idle`: whoever of them was not seen there for long."""

    people: tuple[str, ...]
    idle: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """An outcome that passes nothing on: shown when the node `gone` stops and `thing` does not.

    Both are indices into the gates' nodes, as are `stays`: every one of them (who gets what moves) has to stay at
    worst. `certainty` is 0 possible to 2 certain. `heirs` is None where nothing is handed on, empty where nobody says
    to whom; `text` is the sentence of the others.
    """

    gone: int
    thing: int
    outcome: str
    certainty: int
    text: str = ""
    stays: tuple[int, ...] = ()
    heirs: tuple[Heir, ...] | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """One row of evidence, as texts. `link` leads into the vendor's own screen, "" when its form is not known."""

    system: str
    inventory: str
    record: str
    how: str
    read_at: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class MapNode:
    """A node of the page. One that is not `drawn` is found by search and named in explanations only.

    `within` names the drawn fold that stands for it. `thing`: it is counted and given outcomes. `x` is the left
    edge, `y` the middle (`stackmap.analysis.lanes.Position`). `sub` is a second line ("from HubSpot"), `badges`
    short words in the box, `details` label and text, `search` further words to find it by, `off`: switched off
    or left, `important`: drawn with a bar. `initials` stand in a person's circle; "": those of the name. `standing` is
    a key of `map_words.STANDINGS`, which everything has that is counted, and `stands` says in words how it is as it
    stands. A fold has the weakest standing of what is in it. `open` are the codes of what `check` finds open about it.
    """

    id: str
    kind: str
    lane: Lane
    look: Look
    name: str
    x: float = 0.0
    y: float = 0.0
    sub: str = ""
    system: str = ""
    badges: tuple[str, ...] = ()
    risk: Risk = Risk.NONE
    standing: str = ""
    stands: str = ""
    open: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Proof, ...] = ()
    search: str = ""
    thing: bool = False
    off: bool = False
    important: bool = False
    drawn: bool = True
    within: str = ""
    initials: str = ""


@dataclass(frozen=True, slots=True)
class MapLink:
    """A link, drawn left to right: person, login, link, system.

    `words` are read as *source words target*; where it is `backward`, as *target words source*.
    """

    source: str
    target: str
    words: str
    style: Line = Line.MANAGED
    badge: str = ""
    evidence: tuple[Proof, ...] = ()
    backward: bool = False


@dataclass(frozen=True, slots=True)
class MapPage:
    """Everything the map shows. `gates` is `stackmap.gates/1`.

    `logins` maps those of the gates' nodes that stand for a login going off to the login, `doors` those that are an
    address of ours to the thing behind it, under whose name they are told. `tokens` are keys and
    connections that nothing is known to sign in with: they are told apart from things. `heirs` are by what may be
    handed on and by what it hangs on. `administrators` are by system, as far as they were read. `fixes` are by
    thing and by what it hangs on, `outcome_fixes` by outcomes that ask for the same whatever the cause, `token_fix` is
    that of every token. `left` are those who have left already, by id: that nothing stops without them is no news, and
    no all-clear. `hidden` says what is not drawn and how many: ("logins that nothing runs as", 37). `supposing` are
    sentences that are taken for true beside what was read.
    """

    title: str
    subtitle: str
    read_on: str
    audience: str
    nodes: tuple[MapNode, ...]
    links: tuple[MapLink, ...]
    gates: Mapping[str, Any]
    coverage: Sequence[Coverage] = ()
    asides: tuple[Aside, ...] = ()
    logins: Mapping[str, str] = field(default_factory=dict)
    doors: Mapping[str, str] = field(default_factory=dict)
    tokens: tuple[str, ...] = ()
    heirs: Mapping[str, Mapping[str, tuple[Heir, ...]]] = field(default_factory=dict)
    administrators: Mapping[str, Administrators] = field(default_factory=dict)
    fixes: Mapping[str, Mapping[str, Fix]] = field(default_factory=dict)
    outcome_fixes: Mapping[str, Fix] = field(default_factory=dict)
    token_fix: str = ""
    left: Mapping[str, Left] = field(default_factory=dict)
    hidden: tuple[tuple[str, int], ...] = ()
    supposing: tuple[str, ...] = ()
    words: Mapping[str, Wording] = field(default_factory=lambda: WORDS)
    risk_words: Mapping[str, str] = field(default_factory=lambda: RISK_WORDS)
    risk_tags: Mapping[str, str] = field(default_factory=lambda: RISK_TAGS)

    def __post_init__(self) -> None:
        _check_gates(self.gates)
        known = {node.id for node in self.nodes}
        if len(known) != len(self.nodes):
            raise ValueError("two nodes of the map have one id")
        if unjudged := {node.id for node in self.nodes if node.thing and node.standing not in STANDINGS}:
            raise ValueError(f"nothing says where {min(unjudged)} stands: it would look fine")
        for link in self.links:
            if not {link.source, link.target} <= known:
                raise ValueError(f"the map has no node for an end of {link.source} -> {link.target}")
        if strays := {node.within for node in self.nodes if node.within} - known:
            raise ValueError(f"the map has no fold {min(strays)}")
        self._check_names(known)

    def _check_names(self, known: Set[str]) -> None:
        """Whatever the page may name has a node."""
        if nameless := {name for name in self.gates["nodes"] if not name.startswith("~")} - known - self.doors.keys():
            raise ValueError(f"an explanation could name {min(nameless)}, of which the map has no node")
        if nameless := {*self.logins.values(), *self.doors.values()} - known:
            raise ValueError(f"the map has no node for {min(nameless)}, which stands for another")
        people = {person for known_of in self.administrators.values() for person in known_of.people}
        if nameless := (self.administrators.keys() | people) - known:
            raise ValueError(f"the map has no node for {min(nameless)}, of the administrators")
        if nameless := self.left.keys() - known:
            raise ValueError(f"the map has no node for {min(nameless)}, who has left")


def _check_gates(gates: Mapping[str, Any]) -> None:
    if gates.get("schema") != "stackmap.gates/1":
        raise ValueError(f"the map reads stackmap.gates/1, got {gates.get('schema')!r}")
    size = len(gates["nodes"])
    for gate in gates["gates"]:
        ends = [gate["node"], *(member[0] for member in gate["members"])]
        if not all(0 <= end < size for end in ends) or not 1 <= gate["need"] <= len(gate["members"]):
            raise ValueError(f"a gate of {gate['node']} names no node, or needs more than it has: {gate}")
