"""From a stack to its gate network: the one place where the rules of the field become arithmetic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from stackmap.analysis.compiling.care import Care
from stackmap.analysis.compiling.groups import Group, single_gates
from stackmap.analysis.compiling.holders import leaving_of
from stackmap.analysis.compiling.requirements import requirements
from stackmap.analysis.compiling.routes import Leaving, Routes, place_of
from stackmap.analysis.compiling.supply import circles, layered
from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import Reading
from stackmap.analysis.gates.network import OFF, Network
from stackmap.analysis.stack import ANONYMOUS, Stack, anonymous_id
from stackmap.model import Certainty, NodeKind, State

__all__ = ["compile_network"]

_Seeds: TypeAlias = dict[str, dict[Reading, tuple[str, ...]]]
_Uses: TypeAlias = dict[str, list[int]]
"""The gates that a node is a member of, by number."""

_USUAL = Leaving()


def compile_network(stack: Stack, how: Leaving = _USUAL) -> Network:
    """The gates of a stack under one way of leaving."""
    routes = Routes(stack, how)
    grounded = circles(stack).grounded
    gates = [*_switched_off(stack), *_contents(stack), *_required(routes, grounded)]
    gates.extend(Care(routes).gates())
    routes.finish()
    seeds = _seeds(stack)
    return Network(tuple(_can_be_lost(layered([*gates, *routes.gates], grounded), seeds)), seeds)


def _switched_off(stack: Stack) -> Iterator[Gate]:
    """Gates that stop what was read as switched off (logins aside: what hangs on them follows their acts)."""
    for vertex in stack.graph.vertices():
        if vertex.switched_off and vertex.kind is not NodeKind.ACCOUNT:
            member = Member(OFF, State.STOPS, Certainty.CERTAIN, False, vertex.id)
            yield Gate(place_of(stack, vertex.id), (member,))


def _contents(stack: Stack) -> Iterator[Gate]:
    """The content of a Dataset hangs on its place."""
    for vertex in stack.graph.vertices(NodeKind.DATASET):
        place = Member(place_of(stack, vertex.id), State.STOPS, Certainty.CERTAIN, False, vertex.id)
        yield Gate(vertex.id, (place,))


def _required(routes: Routes, grounded: Sequence[frozenset[str]]) -> list[Gate]:
    """The gates of every requirement.

    Members of an assumed group that stop before anybody leaves drop out of it (semantics, rule 10), so those groups
    come last, when the rest tells what stops. What nobody listed has no requirements (rule 20).
    """
    gates: list[Gate] = []
    assumed: list[Group] = []
    for vertex in routes.stack.graph.vertices():
        for need in requirements(routes.stack, vertex.id):
            if not need.group:
                gates.extend(single_gates(routes, need))
            elif need.assumed:
                assumed.append(Group(routes, need))
            else:
                gates.extend(Group(routes, need).gates())
    proven = [gate for group in assumed for gate in group.proven_gates()]
    broken = [*_switched_off(routes.stack), *_contents(routes.stack), *gates, *routes.gates, *proven]
    stopped = _stopped_already(layered(broken, grounded))
    gates.extend(gate for group in assumed for gate in group.gates(stopped))
    return gates


def _stopped_already(gates: Sequence[Gate]) -> frozenset[str]:
    """The nodes that stop in the proven baseline."""
    stops = State.STOPS
    uses: _Uses = defaultdict(list)
    left: list[int] = []
    for number, gate in enumerate(gates):
        left.append(len(gate.members) - gate.need + 1)
        for member in gate.members:
            if member.cap is stops and not member.unknown:
                uses[member.node].append(number)
    return frozenset(_fallen([OFF], uses, left, gates))


def _seeds(stack: Stack) -> _Seeds:
    seeds: _Seeds = {
        person: dict.fromkeys(Reading, tuple(dict.fromkeys((person, leaving_of(stack, person)))))
        for person in stack.people
    }
    for account in stack.accounts.values():
        if account.anonymous:
            alone = anonymous_id(account.id)
            seeds[alone] = {Reading.PROVEN: (alone,), Reading.WORST: ()}
    seeds[ANONYMOUS] = {Reading.PROVEN: (), Reading.WORST: (ANONYMOUS,)}
    return seeds


def _can_be_lost(gates: Sequence[Gate], seeds: _Seeds) -> list[Gate]:
    """Drop gates of which so many members can never fail that the gate cannot be lost."""
    uses: _Uses = defaultdict(list)
    left: list[int] = []
    for number, gate in enumerate(gates):
        left.append(1 if gate.assumed else len(gate.members) - gate.need + 1)
        for member in gate.members:
            uses[member.node].append(number)
    falling = [OFF, *(node for fallen in seeds.values() for nodes in fallen.values() for node in nodes)]
    _fallen(falling, uses, left, gates)
    return [gate for gate, missing in zip(gates, left, strict=True) if missing <= 0]


def _fallen(falling: Iterable[str], uses: _Uses, left: list[int], gates: Sequence[Gate]) -> set[str]:
    """What falls with some nodes, each gate when as many of its members have as are `left`: these are counted down."""
    waiting = list(falling)
    fallen = set(waiting)
    while waiting:
        for number in uses.get(waiting.pop(), ()):
            left[number] -= 1
            if left[number] <= 0:
                owner = gates[number].node
                if owner not in fallen:
                    fallen.add(owner)
                    waiting.append(owner)
    return fallen
