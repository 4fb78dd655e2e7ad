"""Facts: what a source says it saw. A fact is a `Node` or an `Edge`, and always carries its evidence.

Facts are values: checked when built, frozen afterwards. Two facts with one `key` speak of the same thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeAlias

from stackmap.model.ids import check_id
from stackmap.model.kinds import (
    CARRIED_OUTCOMES,
    EDGE_KINDS,
    AccountType,
    Act,
    Certainty,
    EdgeKind,
    End,
    How,
    NodeKind,
    Outcome,
)

__all__ = [
    "IDENTITY_SOURCE",
    "NOTES_SOURCE",
    "VOLATILE_PROPERTIES",
    "Edge",
    "EdgeKey",
    "Evidence",
    "Fact",
    "Judgement",
    "Node",
    "Outcomes",
    "Properties",
    "check_ends",
    "evidence_of",
]

Properties: TypeAlias = Mapping[str, Any]
"""JSON values by name. Reserved names: `design notes` in the README."""

VOLATILE_PROPERTIES = frozenset({"last_used", "used_within", "runs_seen", "failures_seen", "calls_today"})
"""Values that move without anything having changed: kept beside the fact, outside its history and hash."""

NOTES_SOURCE = "manifest"
"""The source of what people write in their notes."""

IDENTITY_SOURCE = "identity"
"""The source of what was concluded from the facts of others."""

_FLAGS = ("active", "frozen", "mailbox", "internal", "directory", "supply", "required")


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Where a fact was seen: the record of one inventory of one source.

    `link` leads into the vendor's own screen (https only) where its form is known, else "".
    """

    source: str
    inventory: str
    record: str = ""
    how: How = How.OBSERVED
    link: str = ""

    @property
    def of_notes(self) -> bool:
        """Whether people wrote it in their notes."""
        return self.source == NOTES_SOURCE

    @property
    def concluded(self) -> bool:
        """Whether it was concluded from other facts."""
        return self.source == IDENTITY_SOURCE


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one act does, and how sure that is."""

    outcome: Outcome
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What each act on the target does to the dependent. An act without a row is `unknown`, never a default.

    `row` names the departures row it came from (`n8n:workflow-owner`), so that notes can override it.
    """

    by_act: Mapping[Act, Judgement] = field(default_factory=dict)
    row: str = ""

    def __post_init__(self) -> None:
        for judgement in self.by_act.values():
            if judgement.outcome not in CARRIED_OUTCOMES:
                raise ValueError(f"{judgement.outcome.value} is computed, an edge cannot carry it")
        object.__setattr__(
            self, "by_act", MappingProxyType({act: self.by_act[act] for act in Act if act in self.by_act})
        )

    def __hash__(self) -> int:
        return hash((tuple(self.by_act.items()), self.row))

    def of(self, act: Act) -> Judgement:
        """The judgement for an act: `unknown`/`possible` where there is no row."""
        return self.by_act.get(act, _UNKNOWN)

    @classmethod
    def always(cls, outcome: Outcome, certainty: Certainty = Certainty.CERTAIN) -> Outcomes:
        """The same judgement whatever happens to the target."""
        judgement = Judgement(outcome, certainty)
        return cls(dict.fromkeys(Act, judgement))

    @property
    def uniform(self) -> Judgement | None:
        """The one judgement of every act, or None where acts differ."""
        found = {self.of(act) for act in Act}
        return found.pop() if len(found) == 1 else None


_UNKNOWN = Judgement(Outcome.UNKNOWN, Certainty.POSSIBLE)


def _frozen(properties: Properties) -> Properties:
    return MappingProxyType(dict(properties))


def _are_texts(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)


def _check_properties(owner: str, properties: Properties) -> None:
    for flag in _FLAGS:
        if flag in properties and not isinstance(properties[flag], bool):
            raise ValueError(f"{owner}: {flag} must be true or false, got {properties[flag]!r}")
    if "account_type" in properties:
        AccountType(properties["account_type"])
    for name in ("email", "directory_id", "manager", "moved_to", "act"):
        if name in properties and not isinstance(properties[name], str):
            raise ValueError(f"{owner}: {name} must be a text, got {properties[name]!r}")
    if "aliases" in properties and not _are_texts(properties["aliases"]):
        raise ValueError(f"{owner}: aliases must be a list of texts")
    if "act" in properties:
        Act(properties["act"])


@dataclass(frozen=True, slots=True)
class Node:
    """Something that is. Properties that nobody read are left out: absent means unknown, never "no"."""

    kind: NodeKind
    id: str
    name: str
    evidence: tuple[Evidence, ...]
    properties: Properties = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_id(self.id)
        if not self.evidence:
            raise ValueError(f"{self.id}: a fact needs evidence")
        _check_properties(self.id, self.properties)
        object.__setattr__(self, "properties", _frozen(self.properties))

    @property
    def key(self) -> str:
        """What makes two facts speak of the same node."""
        return self.id


@dataclass(frozen=True, slots=True, order=True)
class EdgeKey:
    """Identity of an edge: kind, ends, and the group and slot it belongs to ("" for none)."""

    kind: EdgeKind
    source: str
    target: str
    group: str = ""
    slot: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """`source` VERB `target`.

    `outcomes` is None where the table of kinds decides. `group` makes edges of one dependent alternatives of which
    `need` must work; `proven` says whether that is known (None: the kind's own rule). `slot` separates
    requirements that are no alternatives (the HubSpot and the Salesforce credential of one workflow).
    """

    kind: EdgeKind
    source: str
    target: str
    evidence: tuple[Evidence, ...]
    outcomes: Outcomes | None = None
    group: str = ""
    need: int = 1
    proven: bool | None = None
    slot: str = ""
    properties: Properties = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_id(self.source)
        check_id(self.target)
        where = f"{self.source} {self.kind.value} {self.target}"
        if not self.evidence:
            raise ValueError(f"{where}: a fact needs evidence")
        if isinstance(self.need, bool) or self.need < 1:
            raise ValueError(f"{where}: need must be a whole number from 1, got {self.need!r}")
        if self.need != 1 and not self.group:
            raise ValueError(f"{where}: need says how many of a group must work, but there is no group")
        self._check_outcomes(where)
        _check_properties(where, self.properties)
        object.__setattr__(self, "properties", _frozen(self.properties))

    def _check_outcomes(self, where: str) -> None:
        if self.outcomes is None:
            return
        meaning = EDGE_KINDS[self.kind]
        if self.kind is EdgeKind.WRITES_TO:
            raise ValueError(f"{where}: what a writer's loss does is fixed, an outcome cannot be given")
        if meaning.dependent is End.NONE or self.kind in {EdgeKind.HAS_ACCOUNT, EdgeKind.ADMINISTERS}:
            raise ValueError(f"{where}: {self.kind.value} passes nothing on, an outcome cannot be given")
        cascades = {Outcome.CASCADE, Outcome.SURVIVES, Outcome.UNKNOWN}
        given = {judgement.outcome for judgement in self.outcomes.by_act.values()}
        if self.kind is EdgeKind.PROVISIONED_BY and not given <= cascades:
            raise ValueError(f"{where}: PROVISIONED_BY takes cascade, survives or unknown")
        if self.kind is not EdgeKind.PROVISIONED_BY and Outcome.CASCADE in given:
            raise ValueError(f"{where}: cascade stands on PROVISIONED_BY only")

    @property
    def key(self) -> EdgeKey:
        """What makes two facts speak of the same edge."""
        return EdgeKey(self.kind, self.source, self.target, self.group, self.slot)

    @property
    def certainty(self) -> Certainty:
        """How sure its surest evidence is."""
        if len(self.evidence) == 1:
            return self.evidence[0].how.certainty
        return max(item.how.certainty for item in self.evidence)


Fact: TypeAlias = Node | Edge


def evidence_of(facts: Sequence[Fact]) -> tuple[Evidence, ...]:
    """Every source's word, once. Most things have one fact with one piece of evidence."""
    first = facts[0].evidence
    if len(facts) == 1 and len(first) == 1:
        return first
    return tuple(sorted({item for fact in facts for item in fact.evidence}))


def check_ends(edge: Edge, kinds: Mapping[str, NodeKind]) -> None:
    """Raise ValueError when a known end of an edge has a kind that this edge cannot join.

    Ends that nobody listed are let through: a dangling edge is kept and shown as unresolved.
    A Person may be the target of any dependency.
    """
    meaning = EDGE_KINDS[edge.kind]
    source, target = kinds.get(edge.source), kinds.get(edge.target)
    if source is not None and source not in meaning.sources:
        raise ValueError(_misfit(edge, "starts at", source, meaning.sources))
    person_target = target is NodeKind.PERSON and meaning.dependent is End.FROM
    if target is not None and target not in meaning.targets and not person_target:
        raise ValueError(_misfit(edge, "leads to", target, meaning.targets))


def _misfit(edge: Edge, verb: str, kind: NodeKind, allowed: Iterable[NodeKind]) -> str:
    words = ", ".join(sorted(kind.value for kind in allowed))
    return f"{edge.source} {edge.kind.value} {edge.target}: it {verb} a {kind.value}; allowed: {words}"
