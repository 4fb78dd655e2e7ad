"""Small random networks with circles, groups and members of every sort, and what the definition says of them."""

from __future__ import annotations

from collections.abc import Collection
from random import Random

from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import Reading, Run
from stackmap.analysis.gates.network import OFF, Network
from stackmap.model import Certainty, State

__all__ = ["defined_states", "random_network"]

_LOSSES = (State.LATER, State.STARVES, State.STOPS)


def random_network(dice: Random, people: int = 4, nodes: int = 7, gates: int = 9) -> Network:
    """A network of so many people, further nodes and gates; anything may hang on anything, itself included."""
    everybody = [f"p{number}" for number in range(people)]
    things = [f"n{number}" for number in range(nodes)]
    made = tuple(_gate(dice, [*everybody, *things, OFF], things) for _ in range(gates))
    seeds = {one: _seeds(dice, one, things) for one in everybody}
    return Network(made, seeds)


def _gate(dice: Random, ends: list[str], things: list[str]) -> Gate:
    chosen = dice.sample(ends, dice.choice((1, 1, 2, 3, 4)))
    members = tuple(
        Member(end, dice.choice(_LOSSES), dice.choice(list(Certainty)), dice.random() < 0.2) for end in chosen
    )
    return Gate(dice.choice(things), members, dice.randint(1, len(members)), assumed=dice.random() < 0.2)


def _seeds(dice: Random, person: str, things: list[str]) -> dict[Reading, tuple[str, ...]]:
    further = tuple(dice.sample(things, 1)) if dice.random() < 0.3 else ()
    both = dict.fromkeys(Reading, (person, *further))
    return {**both, Reading.PROVEN: ()} if dice.random() < 0.2 else both


def defined_states(network: Network, run: Run, people: Collection[str]) -> dict[str, State]:
    """The least fixpoint by its definition (semantics, rule 21): every node again and again until none gets worse."""
    reading = Reading.WORST if run is Run.WORST else Reading.PROVEN
    fallen = {OFF, *(node for person in people for node in network.seeds[person].get(reading, ()))}
    states = {name: State.STOPS if name in fallen else State.WORKS for name in network.names}
    while True:
        worse = {
            gate.node: state for gate in network.gates if (state := _passed(gate, run, states)) > states[gate.node]
        }
        if not worse:
            return states
        states |= worse


def _passed(gate: Gate, run: Run, states: dict[str, State]) -> State:
    """The k-th best of what the members pass: k is how many are needed, all of an assumed gate at worst."""
    need = len(gate.members) if gate.assumed and run is Run.WORST else gate.need
    return sorted(_of_member(member, run, states) for member in gate.members)[need - 1]


def _of_member(member: Member, run: Run, states: dict[str, State]) -> State:
    counts = run is Run.WORST or (not member.unknown and member.certainty >= run - Run.POSSIBLE)
    return min(member.cap, states[member.node]) if counts else State.WORKS
