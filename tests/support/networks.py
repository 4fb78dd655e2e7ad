"""Small random networks with circles, groups and members of every sort, and what the definition says of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from random import Random

from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import Reading, Run
from stackmap.analysis.gates.network import OFF, Network
from stackmap.model import Certainty, State

__all__ = ["defined_states", "dense_network", "random_network"]

_LOSSES = (State.LATER, State.STARVES, State.STOPS)


def random_network(dice: Random, people: int = 4, nodes: int = 7, gates: int = 9) -> Network:
    """One in which anything may hang on anything, itself included, and many a node on nothing."""
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


def dense_network(dice: Random, people: int, nodes: int, *, plain: bool = False) -> Network:
    """One in which every node hangs on something. `plain`: what is lost is lost at every mark, and nothing is off."""
    names = [f"n{number}" for number in range(nodes)]
    persons = [f"p{number}" for number in range(people)]
    pool = [*persons, *names] if plain else [*persons, *names, OFF]

    def member(node: str) -> Member:
        if plain:
            return Member(node, State.STOPS, Certainty.CERTAIN)
        cap = dice.choice([State.STOPS, State.STOPS, State.STARVES, State.LATER])
        return Member(node, cap, dice.choice(tuple(Certainty)), dice.random() < 0.2)

    gates = []
    for name in names:
        for _ in range(dice.choice((1, 1, 2))):
            members = tuple(member(node) for node in dice.sample(pool, dice.randint(1, min(6, len(pool)))))
            assumed = not plain and dice.random() < 0.2
            gates.append(Gate(name, members, dice.randint(1, len(members)), assumed))
    return Network(tuple(gates), {person: _falls_with(dice, person, names, plain=plain) for person in persons})


def _falls_with(dice: Random, person: str, names: list[str], *, plain: bool) -> Mapping[Reading, tuple[str, ...]]:
    """What falls at once when a person leaves: at worst a node of the network may, too, and rarely it is proven."""
    if plain or dice.random() < 0.5:
        return dict.fromkeys(Reading, (person,))
    both = (person, dice.choice(names))
    return {Reading.WORST: both, Reading.PROVEN: both if dice.random() < 0.3 else (person,)}


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
