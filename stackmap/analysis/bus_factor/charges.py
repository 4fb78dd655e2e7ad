"""A proven lower bound on how many people it takes to lose half of a stack, without trying sets.

Everything that can be lost names a group of people of whom at least one must leave before it is. If its weight is
charged to each of them, then what a set of people loses is at most what they are charged together; so it takes at least
as many people as the highest charges that reach half. What several of a group would be charged for twice is taken off
by charging less, and counting the rest as lost anyway (a Lagrangian bound: the share is found by subgradient steps).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stackmap.analysis.bus_factor.losses import Losses
from stackmap.analysis.sets.budget import Budget
from stackmap.analysis.sets.tally import Bits

__all__ = ["fewest_by_charges"]

_WHOLE = 64
"""A weight is charged in so many parts: whole numbers, so that no rounding proves anything."""

_CHARGED = 1 << 7
"""What one charge costs, in bits worked out: Python takes so long for it."""

_STEPS = (8, 8, 4, 4, 2, 2, 1, 1) * 6
"""By how many parts what is charged moves, step by step."""


@dataclass(frozen=True, slots=True)
class _Charge:
    weight: int
    group: tuple[int, ...]


def fewest_by_charges(losses: Losses, order: Sequence[int], budget: Budget) -> int:
    """So many people at least must leave for half to be lost; 1 where the budget does not afford to work it out.

    `order`: all people, whoever does least harm alone first: where there is a choice, these are charged.
    """
    if not budget.affords(losses.cost(len(losses.weights)) * losses.people):
        return 1
    groups = _groups(losses, order, budget)
    if groups is None:
        return 1
    charges = [_Charge(weight, tuple(group)) for weight, group in zip(losses.weights.values(), groups, strict=True)]
    shares = [_WHOLE] * len(charges)
    size = 1
    while _too_few(charges, shares, size, losses, budget):
        size += 1
    return size


def _groups(losses: Losses, order: Sequence[int], budget: Budget) -> list[list[int]] | None:
    """For everything that has a weight, people of whom one must leave before it is lost; none of them can be spared.

    All at once, each in a departure of its own: whoever does most harm leaves first, or stays where that loses it.
    None where the budget ends on the way.
    """
    bundles = list(losses.weights)
    every = (1 << len(bundles)) - 1
    leaving: list[Bits] = [0] * losses.people
    groups: list[list[int]] = [[] for _ in bundles]
    for person in reversed(order):
        if not budget.reserve(losses.cost(len(bundles))):
            return None
        leaving[person] = every
        lost = losses.ready.lost(leaving)
        for place, bundle in enumerate(bundles):
            if lost[bundle] >> place & 1:
                groups[place].append(person)
                leaving[person] ^= 1 << place
    return groups


def _too_few(charges: Sequence[_Charge], shares: list[int], size: int, losses: Losses, budget: Budget) -> bool:
    """Whether it is proven that no so many people lose half; the next size starts from the shares that prove it."""
    half = losses.half * _WHOLE
    cost = sum(len(charge.group) for charge in charges) * _CHARGED
    for step in _STEPS:
        if not budget.reserve(cost):
            break
        charged = [0] * losses.people
        anyway = 0
        for charge, share in zip(charges, shares, strict=True):
            anyway += (_WHOLE - share) * charge.weight
            for person in charge.group:
                charged[person] += share * charge.weight
        highest = sorted(range(losses.people), key=lambda person: (-charged[person], person))[:size]
        if anyway + sum(charged[person] for person in highest) < half:
            return True
        chosen = set(highest)
        for place, charge in enumerate(charges):
            twice = sum(person in chosen for person in charge.group) - 1
            shares[place] = min(_WHOLE, max(0, shares[place] - step * twice))
    return False
