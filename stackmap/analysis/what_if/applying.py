"""Changes applied to facts: what is not spoken of stays as it was read, and in its order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from stackmap.analysis.what_if.changes import (
    Added,
    Change,
    Doubled,
    Removed,
    Repointed,
    Switch,
    Switched,
    supposed_evidence,
)
from stackmap.model import Edge, EdgeKind, Fact, How, Node

__all__ = ["apply_changes"]

_Key: TypeAlias = "tuple[EdgeKind, str] | str"
"""What a change speaks of: the edges of a kind from a node, or a node."""

_PRESENCE = frozenset({"active", "frozen", "left_on"})
"""What is read of whether something or somebody is on."""

_ALTERNATIVES = "either"


def apply_changes(facts: Iterable[Fact], changes: Iterable[Change]) -> tuple[Fact, ...]:
    """The facts as they would be after these changes, one on top of the other.

    `facts` are resolved ones: who is who is not asked again. Raises ValueError for a change of what nobody read.
    """
    wanted = tuple(changes)
    board = _Board.of(facts, wanted)
    for change in wanted:
        board.take(change)
    return tuple(board.facts())


@dataclass(slots=True)
class _Board:
    """Facts that a change speaks of, by what it is, as they were read and as they are now; and all others."""

    rest: list[Fact] = field(default_factory=list)
    read: dict[_Key, tuple[Fact, ...]] = field(default_factory=dict)
    now: dict[_Key, list[Fact]] = field(default_factory=dict)

    @classmethod
    def of(cls, facts: Iterable[Fact], changes: Sequence[Change]) -> _Board:
        """Facts and what is to be done to them."""
        board = cls(now={_spoken_of(change): [] for change in changes})
        for fact in facts:
            board.now.get(_key(fact), board.rest).append(fact)
        board.read = {key: tuple(found) for key, found in board.now.items()}
        return board

    def facts(self) -> Iterator[Fact]:
        """Everything as it is now."""
        yield from self.rest
        for found in self.now.values():
            yield from found

    def take(self, change: Change) -> None:
        """One change more."""
        key = _spoken_of(change)
        found = self.now[key]
        match change:
            case Added(fact):
                self.now[key] = found if fact in found else [*found, fact]
            case Removed():
                self.now[key] = [one for one in _edges(found) if one.target != change.target]
            case Repointed():
                self.now[key] = list(self._repointed(change, key))
            case Doubled():
                self.now[key] = list(_doubled(change, _edges(found)))
            case Switched():
                self.now[key] = list(self._switched(change, key))

    def _repointed(self, change: Repointed, key: _Key) -> Iterator[Edge]:
        as_read = [edge for edge in _edges(self.read[key]) if _moves(edge)]
        before = as_read or [edge for edge in _edges(self.now[key]) if _moves(edge)]
        if not before:
            raise ValueError(f"nothing was read of what {change.source} {change.kind.value}")
        yield from (edge for edge in _edges(self.now[key]) if not _moves(edge))
        for edge in before:
            yield edge if edge.target == change.target else _led_to(edge, change.target)

    def _switched(self, change: Switched, key: _Key) -> Iterator[Node]:
        as_read = list(_nodes(self.read[key]))
        if not _nodes(self.now[key]):
            raise ValueError(f"nobody read {change.node}")
        if change.to is Switch.ON and as_read and not any(map(_is_off, as_read)):
            yield from as_read
            return
        silent = [_unsaid(node) for node in as_read or _nodes(self.now[key])]
        yield from silent
        # Observed, not declared: an app that somebody declared is no longer personal use (semantics, rule 15).
        yield Node(silent[0].kind, change.node, "", supposed_evidence(change.node, How.OBSERVED), _said(change.to))


def _key(fact: Fact) -> _Key:
    return fact.id if isinstance(fact, Node) else (fact.kind, fact.source)


def _spoken_of(change: Change) -> _Key:
    if isinstance(change, Added):
        return _key(change.fact)
    return change.node if isinstance(change, Switched) else (change.kind, change.source)


def _edges(facts: Iterable[Fact]) -> list[Edge]:
    return [fact for fact in facts if isinstance(fact, Edge)]


def _nodes(facts: Iterable[Fact]) -> list[Node]:
    return [fact for fact in facts if isinstance(fact, Node)]


def _moves(edge: Edge) -> bool:
    """Whether it says what hangs on whom; an owner without an outcome only answers for something."""
    return edge.kind is not EdgeKind.OWNED_BY or edge.outcomes is not None


def _led_to(edge: Edge, target: str) -> Edge:
    """The same edge to another end; declared only if it was: a group of tokens becomes proven by a declared member."""
    declared = any(item.how is How.DECLARED for item in edge.evidence)
    evidence = supposed_evidence("", How.DECLARED if declared else How.OBSERVED)
    return replace(edge, target=target, evidence=evidence)


def _doubled(change: Doubled, edges: Sequence[Edge]) -> Iterator[Edge]:
    """Both ways as one group. A group is local to its source, so the way that was read is told by this one too."""
    if len({edge.target for edge in edges}) != 1 or any(edge.group for edge in edges):
        raise ValueError(f"{change.source} hangs on several by {change.kind.value}: an alternative to which?")
    evidence = supposed_evidence("")
    for target in dict.fromkeys((edges[0].target, change.target)):
        for edge in edges:
            yield replace(edge, target=target, evidence=evidence, group=_ALTERNATIVES, need=1, proven=True)


def _is_off(node: Node) -> bool:
    said = node.properties
    return said.get("active") is False or said.get("frozen") is True or bool(said.get("left_on"))


def _unsaid(node: Node) -> Node:
    if _PRESENCE.isdisjoint(node.properties):
        return node
    return replace(node, properties={key: value for key, value in node.properties.items() if key not in _PRESENCE})


def _said(to: Switch) -> dict[str, bool]:
    return {"frozen": True} if to is Switch.FROZEN else {"active": to is Switch.ON}
