"""Who takes which hold: an assignment with load caps, as a flow of least cost.

As many holds as can be with somebody; of these ways that with the people who fit best; then even loads, whoever much
hangs on already taking less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import Enum
from heapq import nsmallest
from typing import NamedTuple, TypeAlias

import networkx as nx

from stackmap.analysis.succession.holds import Hold

__all__ = ["Choice", "Fit", "Sharing"]

_AT_ONCE = 50
"""So many holds are weighed against each other at once: the time grows faster than their number."""

_OFFERED = 12
"""To so many people a hold is offered at first; to everybody where none of them has room."""

_Node: TypeAlias = tuple[str, ...]
_DONE: _Node = ("done",)


class _Costs(NamedTuple):
    """Of a hold with somebody who fits one grade worse; who comes later, of equal fit; with nobody."""

    worse: int
    later: int
    nobody: int


class Fit(Enum):
    """How well somebody fits as second holder, the best first. `NAMED_TOO`: others are named for more of it."""

    NAMED = "backup by your notes"
    NAMED_TOO = "backup by your notes for less of it"
    SAME_TEAM = "same team"
    NAMED_THERE = "backup of other things there by your notes"
    IN_CHARGE = "looks after things there"
    RUNS_THINGS = "runs things there"
    OWNS_THINGS = "owns things there"
    HAS_LOGIN = "has a login there"


@dataclass(frozen=True, slots=True)
class Choice:
    """A hold to be shared, and who could: by fit, the best first, and then by id. `named`: what they are backups of.

    `first`: those who come first of equal fit, whatever their load; nobody, where that makes no difference.
    """

    hold: Hold
    people: Mapping[Fit, Sequence[str]]
    named: Mapping[str, Sequence[str]] = field(default_factory=dict)
    first: Set[str] = frozenset()

    @property
    def everybody(self) -> Iterator[str]:
        """Everybody who could, those who fit best first."""
        return (person for fit in Fit for person in self.people.get(fit, ()))

    def fit_of(self, person: str) -> Fit:
        """How somebody who could fits."""
        return next(fit for fit in Fit if person in self.people.get(fit, ()))


@dataclass
class Sharing:
    """Assignments so far. `cap`: how many holds one person takes; a `firm` one is not exceeded for what is left over.

    `busy`: how many holds hang on somebody already.
    """

    cap: int
    firm: bool
    busy: Mapping[str, int] = field(default_factory=dict)
    taken: Counter[str] = field(default_factory=Counter)

    def share_out(self, choices: Sequence[Choice]) -> dict[Hold, str]:
        """Who takes which hold; those that nobody can take, or has room for, are left out."""
        found: dict[Hold, str] = {}
        for first in range(0, len(choices), _AT_ONCE):
            batch = choices[first : first + _AT_ONCE]
            shared = self._cheapest([self._offered(place, choice) for place, choice in enumerate(batch)])
            self.taken.update(shared.values())
            found.update(shared)
            for choice in batch:
                if choice.hold not in shared and (person := self._anybody(choice)):
                    self.taken[person] += 1
                    found[choice.hold] = person
        return found

    def _room(self, person: str) -> int:
        return max(0, self.cap - self.taken.get(person, 0))

    def _load(self, person: str) -> int:
        return self.busy.get(person, 0) + self.taken.get(person, 0)

    def _offered(self, place: int, choice: Choice) -> Choice:
        """The same choice among fewer people: of each fit the least loaded, and of equals others from hold to hold."""
        found: dict[Fit, Sequence[str]] = {}
        room = _OFFERED
        for fit, people in choice.people.items():
            start = place * _OFFERED % len(people) if people else 0
            free = (person for person in (*people[start:], *people[:start]) if self._room(person))
            found[fit] = nsmallest(room, free, key=lambda person: (person not in choice.first, self._load(person)))
            room -= len(found[fit])
        return Choice(choice.hold, found, first=choice.first)

    def _anybody(self, choice: Choice) -> str | None:
        free = [person for person in choice.everybody if self._room(person)]
        if not free and not self.firm:
            free = list(choice.everybody)
        return min(free, key=self._load, default=None)

    def _cheapest(self, choices: Sequence[Choice]) -> dict[Hold, str]:
        """The flow of one unit from each hold, through a person, past that person's load."""
        people = sorted({person for choice in choices for person in choice.everybody})
        costs = self._costs(choices, people)
        graph: nx.DiGraph[_Node] = nx.DiGraph()
        graph.add_node(_DONE, demand=len(choices))
        for place, choice in enumerate(choices):
            self._add_hold(graph, ("hold", f"{place}"), choice, costs)
        for person in people:
            self._add_loads(graph, person, len(choices))
        flow = nx.min_cost_flow(graph)
        return {
            choice.hold: node[1]
            for place, choice in enumerate(choices)
            for node, units in flow["hold", f"{place}"].items()
            if units and node != _DONE
        }

    def _costs(self, choices: Sequence[Choice], people: Sequence[str]) -> _Costs:
        """One hold with somebody who fits better outweighs who comes first with all; that, any difference of loads."""
        holds = len(choices)
        heaviest = max(map(self._load, people), default=0) + min(self.cap, holds)
        later = holds * heaviest + 1
        worse = later * (holds + 1) if any(choice.first for choice in choices) else later
        return _Costs(worse, later, worse * len(Fit) * (holds + 1))

    @staticmethod
    def _add_hold(graph: nx.DiGraph[_Node], node: _Node, choice: Choice, costs: _Costs) -> None:
        graph.add_node(node, demand=-1)
        graph.add_edge(node, _DONE, capacity=1, weight=costs.nobody)  # the last resort
        for rank, fit in enumerate(Fit):
            for person in choice.people.get(fit, ()):
                later = costs.later if choice.first and person not in choice.first else 0
                graph.add_edge(node, ("person", person), capacity=1, weight=costs.worse * rank + later)

    def _add_loads(self, graph: nx.DiGraph[_Node], person: str, holds: int) -> None:
        """Each further hold costs one more, so that loads come out even."""
        for unit in range(min(self._room(person), holds)):
            step: _Node = ("load", person, f"{unit}")
            graph.add_edge(("person", person), step, capacity=1, weight=self._load(person) + unit)
            graph.add_edge(step, _DONE, capacity=1, weight=0)
