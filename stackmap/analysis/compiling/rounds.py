"""Circles of supply as gates: who is fed is found round by round, and every round is written out.

Before the first round nothing is fed. In each round a node hangs on what was fed in the round before or, where that
has an earlier turn, in the same one. After as many rounds as its circle takes, whoever is not fed never is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TypeAlias

from stackmap.analysis.compiling.falling import lost_at_worst
from stackmap.analysis.compiling.feeding import in_order_of_feeding
from stackmap.analysis.compiling.supply import Circle, Circles
from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.network import OFF, aside, word_of
from stackmap.model import Certainty, EdgeKind, State

__all__ = ["grounded", "lost_at_worst_in"]

_WAYS = frozenset({"way", "unknown", "both", "off"})
"""What nodes are for that lead from a gate to what it hangs on."""

_Supply: TypeAlias = Collection[tuple[EdgeKind, str, str]]
_GatesOf: TypeAlias = Mapping[str, Sequence[Gate]]


def grounded(gates: Sequence[Gate], circles: Sequence[Circle], supply: _Supply) -> list[Gate]:
    """The same gates with these circles written out in rounds; without any, as they are.

    The last round is what others know as the nodes themselves. What a node merely needs is of no round.
    """
    if not circles:
        return list(gates)
    gates_of = _by_node(gates)
    inside = {node for circle in circles for node in circle.nodes}
    kept = [gate for gate in gates if gate.node not in inside]
    return [*kept, *(gate for one in circles for gate in _Written(one, gates_of, supply).gates())]


def lost_at_worst_in(
    gates: Sequence[Gate], judged: Sequence[Gate], circles: Circles, supply: _Supply
) -> Iterator[Gate]:
    """By what nodes of doubtful circles are lost at worst besides: whatever may only be fed through its own circle.

    `judged`: the gates with what is proven of circles written out. In a mixed circle, what is not fed even while nobody
    left has a feed that nobody told of, as it does work: that one stays out of it.
    """
    if not circles.at_worst:
        return
    gates_of = _by_node(gates)
    exact = [_Written(one, gates_of, supply, at_worst=True) for one in circles.at_worst if one.mixed and one.turns]
    lost = lost_at_worst([*judged, *(gate for one in exact for gate in one.gates())])
    for one in exact:
        fed = frozenset(node for node in one.circle.nodes if one.last(node) not in lost)
        yield from _Written(replace(one.circle, nodes=fed), gates_of, supply, at_worst=True).with_the_nodes()
    too_large = [circle for circle in circles.at_worst if not circle.turns]
    lost_at: dict[State, Set[str]] = {state: lost_at_worst(judged, state) for state in tuple(State)[1:] if too_large}
    for circle in too_large:
        if circle.mixed:
            yield from _with_any_support(circle, gates_of, lost_at)
        else:
            in_turn = _as_it_stands(circle, gates_of, lost_at)
            yield from _Written(in_turn, gates_of, supply, at_worst=True).with_the_nodes()


def _with_any_support(circle: Circle, gates_of: _GatesOf, lost: Mapping[State, Set[str]]) -> Iterator[Gate]:
    """A mixed circle that is too large: at worst it hangs on everything outside it that still works."""
    inside = circle.nodes | _leading_back(circle.nodes, gates_of)
    whole = aside("supply", "mixed", min(circle.nodes))
    found = {
        member: None
        for node in sorted(inside)
        for gate in gates_of.get(node, ())
        for member in gate.members
        if member.node not in inside and member.cap and member.node not in lost[member.cap]
    }
    yield from (Gate(whole, (member,)) for member in found)
    for node in sorted(circle.nodes):
        yield Gate(node, (Member(whole, State.STOPS, Certainty.CERTAIN, True, node),))


def _as_it_stands(circle: Circle, gates_of: _GatesOf, lost: Mapping[State, Set[str]]) -> Circle:
    """A circle that is too large, with its turns as it is fed while nobody left: so what works then is fed at once.

    Whoever hangs on a later one waits, though that one may feed it another way: at worst, rounds end before that.
    """
    fed = in_order_of_feeding([*circle.nodes, *_leading_back(circle.nodes, gates_of)], gates_of, lost)
    turns = {node: turn for turn, node in enumerate([*fed, *sorted(circle.nodes.difference(fed))])}
    return replace(circle, turns=turns)


def _by_node(gates: Iterable[Gate]) -> _GatesOf:
    found: dict[str, list[Gate]] = defaultdict(list)
    for gate in gates:
        found[gate.node].append(gate)
    return found


def _leading_back(nodes: frozenset[str], gates_of: _GatesOf) -> frozenset[str]:
    """What serves the computation between the nodes of a circle and leads from one to another."""
    leads: dict[str, bool] = {}

    def back(name: str) -> bool:
        if name in nodes:
            return True
        if word_of(name)[0] not in _WAYS:
            return False
        if name not in leads:
            leads[name] = False
            found = [back(member.node) for gate in gates_of.get(name, ()) for member in gate.members]
            leads[name] = any(found)
        return leads[name]

    for node in nodes:
        for gate in gates_of.get(node, ()):
            for member in gate.members:
                back(member.node)
    return frozenset(way for way, yes in leads.items() if yes)


@dataclass(frozen=True)
class _Written:
    """One circle, written out: in place of the nodes, or at worst beside them.

    In a mixed circle, a node that merely needs another is in the same round with it; else it needs it as it is.
    """

    circle: Circle
    gates_of: _GatesOf
    supply: _Supply
    at_worst: bool = False

    @property
    def _sort(self) -> str:
        return "mixed" if self.circle.mixed else "at worst" if self.at_worst else ""

    def with_the_nodes(self) -> Iterator[Gate]:
        """All rounds, and that the nodes are lost at worst with what they are in the last: others see them so."""
        yield from self.gates()
        for node in sorted(self.circle.nodes):
            yield Gate(node, (Member(self.last(node), State.STOPS, Certainty.CERTAIN, True, node),))

    def gates(self) -> Iterator[Gate]:
        """All rounds, each after the one it hangs on."""
        ways = _leading_back(self.circle.nodes, self.gates_of)
        for number in range(1, self.circle.rounds + 1):
            for node in sorted(self.circle.nodes):
                yield from self._of(node, number, ways)

    def last(self, node: str) -> str:
        """A node as the last round leaves it."""
        return self._name(node, self.circle.rounds)

    def _name(self, node: str, number: int) -> str:
        if self.at_worst:
            return aside("supply", self._sort, str(number), node) if number else OFF
        if number == self.circle.rounds:
            return node
        return aside("supply", str(number), node) if number else OFF

    def _of(self, owner: str, number: int, ways: Collection[str]) -> Iterator[Gate]:
        """The gates of a node in one round, and of its own copies of all that leads back into the circle."""
        copied: list[tuple[str, str, bool | None]] = [(owner, self._name(owner, number), None)]
        known: set[str] = set()
        for original, name, inherited in copied:
            for gate in self.gates_of.get(original, ()):
                members: list[Member] = []
                for member in gate.members:
                    fed = inherited if member.link is None else _is_supply(member, self.supply)
                    if member.node in ways:
                        copy = aside("supplied", self._sort, str(number), f"{fed}", owner, member.node)
                        if copy not in known:
                            copied.append((member.node, copy, fed))
                        known.add(copy)
                        members.append(_at(member, copy))
                    else:
                        members.append(_at(member, self._seen_from(owner, member.node, number, fed)))
                yield Gate(name, tuple(members), gate.need, gate.assumed)

    def _seen_from(self, owner: str, node: str, number: int, fed: bool | None) -> str:
        """What stands in one round for a node that another one of the circle, its owner, hangs on.

        `fed`: by supply; None: by no edge, as a content hangs on its place.
        """
        if node not in self.circle.nodes or (fed is False and not self.circle.mixed):
            return node
        turns = self.circle.turns or {}
        waits = turns[node] > turns[owner] or (fed is True and turns[node] == turns[owner])
        return self._name(node, number - 1 if waits else number)


def _is_supply(member: Member, supply: _Supply) -> bool:
    link = member.link
    return link is not None and (link.kind, link.source, link.target) in supply


def _at(member: Member, node: str) -> Member:
    if node == member.node:
        return member
    return Member(node, member.cap, member.certainty, member.unknown, member.cause, member.link)
