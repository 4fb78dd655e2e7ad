"""Small random gate networks in which everything hangs on everything: alternatives, k of n, circles, what is off."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import Reading
from stackmap.analysis.gates.network import OFF, Network
from stackmap.model import Certainty, State

__all__ = ["dense_network"]


def dense_network(dice: Random, people: int, nodes: int, *, plain: bool = False) -> Network:
    """A network of so many people and nodes. `plain`: what is lost is lost at every mark."""
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
