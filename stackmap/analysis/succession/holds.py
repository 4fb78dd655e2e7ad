"""Holds: the ways in which things hang on one person, each to be lost or backed up by itself.

A hold is a login that goes off with its only holder, a group that loses a member with the person (whoever else is in
it), or an edge that leads to the person (what somebody does by hand, a mailbox, an owner whose leaving a platform
feels). Somebody's leaving is the loss of all their holds at once; one that a second person has as well is not lost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import Run, mark_of, marks_of
from stackmap.analysis.gates.network import Network, aside, gone_by
from stackmap.analysis.gates.solve import Fall, Solver
from stackmap.analysis.stack import Stack
from stackmap.analysis.succession.memberships import Memberships
from stackmap.model import Certainty, EdgeKey, State

__all__ = ["Hold", "Holding", "Way", "can_share"]

_FALLEN = marks_of(Run.POSSIBLE, State.STOPS)
_LOST = mark_of(Run.POSSIBLE, State.STARVES)


class Way(Enum):
    """How something hangs on somebody."""

    LOGIN = "login"
    MEMBER = "member"
    IN_PERSON = "in person"
    CARE = "care"


@dataclass(frozen=True, slots=True)
class Hold:
    """One way in which things hang on one person.

    `about` is the login, the group that loses a member with them, what hangs on the person by `edge`, or the place that
    they alone care for.
    """

    person: str
    way: Way
    about: str
    edge: EdgeKey | None = None

    @property
    def order(self) -> tuple[str, str, str, str]:
        """By ids."""
        return self.person, self.way.value, self.about, repr(self.edge)


def can_share(stack: Stack, person: str) -> bool:
    """Whether somebody can share a hold: they are here, and not read as gone."""
    return person in stack.graph and stack.is_here(person) and stack.still_here(person)


@dataclass
class Holding:
    """A compiled stack in which each hold of these people can be lost by itself. `wanted`: the things asked about.

    Those `away` have left before, and what their leaving takes is lost by no hold.
    """

    compiled: CompiledStack
    people: Collection[str]
    wanted: Collection[str]
    away: Collection[str] = ()

    @cached_property
    def holds(self) -> Mapping[str, Sequence[Hold]]:
        """The holds of everybody who has any, by person and then by ids."""
        found: dict[str, set[Hold]] = {}
        for _, members in self._held:
            for _, hold in members:
                found.setdefault(hold.person, set()).add(hold)
        return {person: sorted(found[person], key=_by_ids) for person in sorted(found)}

    @cached_property
    def _held(self) -> list[tuple[Gate, list[tuple[Member, Hold]]]]:
        """The gates that hang on one of these people, proven, and the members that do, with their holds."""
        found = []
        for gate in self.compiled.network.gates:
            members = [(member, hold) for member in gate.members if (hold := self._hold(gate, member))]
            if members:
                found.append((gate, members))
        return found

    def _hold(self, gate: Gate, member: Member) -> Hold | None:
        """What is lost with this member of a gate; None where it hangs on nobody, or only unproven."""
        person = self._memberships.person(member)
        if person is not None and member.link is not None:
            return Hold(person, Way.MEMBER, member.link.target)
        return _hold(gate, member) if member.node in self._people and _counts(gate, member) else None

    @cached_property
    def _people(self) -> frozenset[str]:
        return frozenset(self.people)

    @cached_property
    def _memberships(self) -> Memberships:
        return Memberships(self.compiled, self._people)

    @cached_property
    def _solver(self) -> Solver:
        held = {id(gate): {id(member): hold for member, hold in members} for gate, members in self._held}
        network = self.compiled.network
        gates = [_through_holds(gate, held.get(id(gate), {})) for gate in network.gates]
        gates.extend(_with_its_person(hold) for holds in self.holds.values() for hold in holds)
        return Solver(Network(tuple(gates), {}))

    @cached_property
    def _wanted(self) -> Mapping[int, str]:
        """The things asked about, by number; the others hang on nothing."""
        index = self._solver.network.index
        return {index[thing]: thing for thing in self.wanted if thing in index}

    @cached_property
    def unsure(self) -> frozenset[str]:
        """The wanted things of which a hold of one person, shared, may keep more than this tells.

        They hang on groups that lose a member in several ways, or on people who hang on something themselves.
        """
        gates = self.compiled.network.gates
        above = _above(gates, self._memberships.doubtful | {gate.node for gate in gates if gate.node in self._people})
        return above & frozenset(self.wanted)

    def lost(self, holds: Collection[Hold]) -> frozenset[str]:
        """The wanted things that newly stop, or run on old data, when these holds are lost (proven)."""
        return frozenset(self._wanted[node] for node in self._falls(holds) if node in self._wanted)

    def hanging(self, hold: Hold) -> frozenset[str]:
        """All that newly stops, or runs on old data, when this hold alone is lost (proven), asked about or not."""
        names = self._solver.network.names
        return frozenset(names[node] for node in self._falls((hold,)))

    def _falls(self, holds: Iterable[Hold]) -> Iterator[int]:
        index, gone = self._solver.network.index, self._gone
        lost = [(index[_node(hold)], _FALLEN) for hold in holds]
        for node, marks in self._solver.fall([*self._leaving, *lost] if self._leaving else lost).items():
            if marks & ~gone.get(node, 0) & _LOST:
                yield node

    @cached_property
    def _leaving(self) -> list[Fall]:
        """What falls at once when those away leave."""
        network, index = self.compiled.network, self._solver.network.index
        named = ((network.names[node], marks) for node, marks in network.fallen(self.away))
        return [(index[name], marks) for name, marks in named if name in index]

    @cached_property
    def _gone(self) -> Mapping[int, int]:
        """The marks that nodes gain when those away leave."""
        return self._solver.fall(self._leaving)


def _above(gates: Iterable[Gate], nodes: Collection[str]) -> frozenset[str]:
    """Whatever hangs on some nodes, however far, and the nodes."""
    users: dict[str, list[str]] = {}
    for gate in gates if nodes else ():
        for member in gate.members:
            users.setdefault(member.node, []).append(gate.node)
    reached = set(nodes)
    waiting = sorted(nodes)
    for node in waiting:  # what is reached on the way joins the end
        fresh = set(users.get(node, ())) - reached
        reached |= fresh
        waiting.extend(sorted(fresh))
    return frozenset(reached)


def _by_ids(hold: Hold) -> tuple[str, str, str, str]:
    return hold.order


def _counts(gate: Gate, member: Member) -> bool:
    """Whether a member passes something on that is proven, and not only care, which has places of its own."""
    return not member.unknown and (member.link is not None or gone_by(gate.node) is not None)


def _hold(gate: Gate, member: Member) -> Hold:
    went = gone_by(gate.node)
    if went is not None:
        return Hold(member.node, Way.LOGIN, went[1])
    assert member.link is not None  # `_counts` lets no other pass
    key = member.link.key
    return Hold(member.node, Way.IN_PERSON, key.source if key.target == member.node else key.target, key)


def _node(hold: Hold) -> str:
    return aside("hold", *hold.order)


def _with_its_person(hold: Hold) -> Gate:
    """A hold is lost, too, where the person's own node is, for whatever else may be written of people."""
    return Gate(_node(hold), (Member(hold.person, State.STOPS, Certainty.CERTAIN),))


def _through_holds(gate: Gate, held: Mapping[int, Hold]) -> Gate:
    """The same gate, with the hold in place of the person."""
    if not held:
        return gate
    members = (
        replace(member, node=_node(hold)) if (hold := held.get(id(member))) else member for member in gate.members
    )
    return replace(gate, members=tuple(members))
