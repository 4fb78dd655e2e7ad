"""From a stack to its gate network: the one place where the rules of the field become arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from stackmap.analysis.anonymous import ANONYMOUS, anonymous_id
from stackmap.analysis.compiling.care import Care
from stackmap.analysis.compiling.falling import can_be_lost, stopped_already
from stackmap.analysis.compiling.groups import Group, single_gates
from stackmap.analysis.compiling.holders import leaving_of
from stackmap.analysis.compiling.requirements import requirements
from stackmap.analysis.compiling.rounds import grounded, lost_at_worst_in
from stackmap.analysis.compiling.routes import Leaving, Routes, place_of
from stackmap.analysis.compiling.supply import Circles, circles
from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import Reading
from stackmap.analysis.gates.network import OFF, Network
from stackmap.analysis.stack import Stack
from stackmap.model import Certainty, NodeKind, State

__all__ = ["compile_network"]

_Seeds: TypeAlias = dict[str, dict[Reading, tuple[str, ...]]]
_USUAL = Leaving()


def compile_network(stack: Stack, how: Leaving = _USUAL, known: Circles | None = None) -> Network:
    """The gates of a stack under one way of leaving. `known`: its circles of supply, where they were looked for."""
    routes = Routes(stack, how)
    found = circles(stack) if known is None else known
    gates = [*_switched_off(stack), *_contents(stack), *_required(routes, found)]
    gates.extend(Care(routes).gates())
    routes.finish()
    gates.extend(routes.gates)
    judged = grounded(gates, found.grounded, stack.graph.supply)
    judged.extend(lost_at_worst_in(gates, judged, found, stack.graph.supply))
    seeds = _seeds(stack)
    falling = [node for fallen in seeds.values() for nodes in fallen.values() for node in nodes]
    return Network(tuple(can_be_lost(judged, falling)), seeds)


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


def _required(routes: Routes, found: Circles) -> list[Gate]:
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
    if not assumed:
        return gates
    proven = [gate for group in assumed for gate in group.proven_gates()]
    broken = [*_switched_off(routes.stack), *_contents(routes.stack), *gates, *routes.gates, *proven]
    stopped = stopped_already(grounded(broken, found.grounded, routes.stack.graph.supply))
    gates.extend(gate for group in assumed for gate in group.gates(stopped))
    return gates


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
