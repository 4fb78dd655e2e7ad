"""Circles of supply: two feeds that only feed each other are no redundancy.

By the ordinary rule things that hang on one another stand until something outside breaks, which is right for "needs"
and wrong for "is fed by": along edges that are declared `supply`, things work only as far as they are fed from outside.
So a circle of nothing but supply is *grounded*: what in it only feeds itself stops.

Where a circle mixes supply with other edges, things on it may feed one another through those as well, and nobody said
whether they do. Proven, they do not (its circles of nothing but supply are grounded all the same); at worst, they do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from stackmap.analysis.compiling.ordering import Arcs, circles_of, ordered
from stackmap.analysis.compiling.requirements import requirements
from stackmap.analysis.compiling.routes import place_of
from stackmap.analysis.gates.network import word_of
from stackmap.analysis.stack import Stack
from stackmap.model import EdgeKind, Link, NodeKind

__all__ = ["Circle", "Circles", "DoubtfulCircle", "circles"]

_MOST = 100_000
"""So many nodes and arcs are written out round by round, those of the smallest circles first: a second or two."""

_ROUNDS = 8
"""What is too large is written out in so many rounds at most: each tells more of who is fed another way."""


@dataclass(frozen=True)
class Circle:
    """Nodes that hang on one another, on their way to gates.

    `turns`: who is worked out before whom in a round; nodes of one turn stand or fall together. None: as many `rounds`
    as can be afforded do not tell in every case who is fed. `mixed`: what its nodes need counts as what feeds them.
    """

    nodes: frozenset[str]
    turns: Mapping[str, int] | None
    rounds: int
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class DoubtfulCircle:
    """Ids of things that hang on one another: what looks like an alternative among them may only be fed by itself.

    `mixed`: some of their edges are supply and some are not; else there are too many to tell in every case.
    """

    things: tuple[str, ...]
    mixed: bool


@dataclass(frozen=True, slots=True)
class Circles:
    """`grounded`: circles of supply, exactly judged. `doubtful`: circles that are not.

    `at_worst`: what is judged of those at worst: what is mixed, and else what is supply and too large.
    """

    grounded: tuple[Circle, ...] = ()
    doubtful: tuple[DoubtfulCircle, ...] = ()
    at_worst: tuple[Circle, ...] = ()


@dataclass(frozen=True, slots=True)
class _Hanging:
    """What hangs on what, whatever the edges pass: the same circles in every reading.

    From a content to its place leads no edge: that arc goes with either sort.
    """

    any: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    fed: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    needed: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    supply: set[tuple[str, str]] = field(default_factory=set)
    other: set[tuple[str, str]] = field(default_factory=set)

    def add(self, node: str, end: str, supply: bool | None) -> None:
        """An arc by one edge; None: by no edge."""
        self.any[node][end] = None
        if supply is not False:
            self.fed[node][end] = None
        if supply is not True:
            self.needed[node][end] = None
        if supply is not None:
            (self.supply if supply else self.other).add((node, end))


def circles(stack: Stack) -> Circles:
    """The circles in which some edge is declared supply: a walk through the stack, where one is."""
    if not stack.graph.supply:
        return Circles()
    hanging = _hanging(stack)
    nodes = {*hanging.any, *(end for ends in hanging.any.values() for end in ends)}
    proven, worst = _Allowance(hanging), _Allowance(hanging)
    fed = [proven.of_supply(one) for one in _with_an_arc(circles_of(nodes, hanging.fed), hanging.supply)]
    too_large = [one for one in fed if one.turns is None]
    unknown = {node for one in too_large for node in one.nodes}
    whole = _with_an_arc(circles_of(nodes, hanging.any), hanging.supply)
    mixed = set(_with_an_arc(whole, hanging.other))
    doubtful = sorted((_ids(one), one in mixed) for one in whole if one in mixed or one & unknown)
    return Circles(
        tuple(one for one in fed if one.turns is not None),
        tuple(DoubtfulCircle(things, mixed=both) for things, both in doubtful),
        (*(worst.mixed(one) for one in whole if one in mixed), *too_large),
    )


def _ids(circle: frozenset[str]) -> tuple[str, ...]:
    """The ids of the nodes of a circle; a list and its place have one."""
    return tuple(sorted({word_of(node)[1] or node for node in circle}))


def _hanging(stack: Stack) -> _Hanging:
    hanging = _Hanging()
    for vertex in stack.graph.vertices():
        if vertex.kind is NodeKind.DATASET:
            hanging.add(vertex.id, place_of(stack, vertex.id), None)
        for need in requirements(stack, vertex.id):
            for end, links in need.ends.items():
                for link in filter(_is_needed, links):
                    to_place = link.kind is EdgeKind.WRITES_TO and end == link.target
                    node = place_of(stack, end) if to_place else end
                    hanging.add(need.host, node, (link.kind, link.source, link.target) in stack.graph.supply)
    return hanging


def _is_needed(link: Link) -> bool:
    """An owner of whom nothing else is said is accountable, and nothing hangs on him."""
    return link.kind is not EdgeKind.OWNED_BY or any(fact.outcomes is not None for fact in link.facts)


def _with_an_arc(circles: Sequence[frozenset[str]], arcs: Iterable[tuple[str, str]]) -> list[frozenset[str]]:
    """Those of them inside which one of these arcs runs, the smallest first."""
    where = {node: number for number, circle in enumerate(circles) for node in circle}
    held = {where[node] for node, end in arcs if where.get(node, -1) == where.get(end)}
    return sorted((circles[number] for number in held), key=lambda circle: (len(circle), min(circle)))


@dataclass
class _Allowance:
    """So many nodes and arcs may still be written out."""

    hanging: _Hanging
    left: int = field(default_factory=lambda: _MOST)

    def of_supply(self, nodes: frozenset[str]) -> Circle:
        """A circle of nothing but supply: each node is fed for itself."""
        return self._circle(nodes, [frozenset({node}) for node in sorted(nodes)], self.hanging.fed)

    def mixed(self, nodes: frozenset[str]) -> Circle:
        """A circle as it is judged at worst: nodes that merely need one another stand together."""
        units = circles_of(nodes, self.hanging.needed)
        return replace(self._circle(nodes, units, self.hanging.any), mixed=True)

    def _circle(self, nodes: frozenset[str], units: Sequence[frozenset[str]], arcs: Arcs) -> Circle:
        """In each round at least one more of those that are waited for is fed, or no more are in any later one."""
        inside = [(node, end) for node in nodes for end in arcs.get(node, ()) if end in nodes]
        most = self.left // (len(nodes) + len(inside))
        turns = ordered(units, arcs, most)
        rounds = 1 + len(self._waited_for(inside, turns)) if turns else 0
        if turns is None or rounds > most:
            return Circle(nodes, None, min(_ROUNDS, max(1, most)))
        self.left -= rounds * (len(nodes) + len(inside))
        return Circle(nodes, turns, rounds)

    def _waited_for(self, inside: Iterable[tuple[str, str]], turns: Mapping[str, int]) -> set[str]:
        """The nodes of which others see what they were in the round before."""
        supply = self.hanging.supply
        return {
            end
            for node, end in inside
            if turns[end] > turns[node] or (turns[end] == turns[node] and (node, end) in supply)
        }
