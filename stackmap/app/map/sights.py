"""What is known of anything on the map, and of what the report and the guide tell: its name, its place, its evidence,
and what the rules say of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from stackmap.analysis import Analysis, BusFactor, Way, bus_factors, ties_behind
from stackmap.analysis.sets.budget import Steps
from stackmap.analysis.what_if.changes import SUPPOSED_SOURCE
from stackmap.app.map.personal import personal_users
from stackmap.app.opening import Reading
from stackmap.model import (
    IDENTITY_SOURCE,
    NOTES_SOURCE,
    EdgeKind,
    Evidence,
    How,
    Link,
    NodeKind,
    Outcome,
    Severity,
    Vertex,
    is_unread,
    kind_of,
    system_id,
    system_of,
)
from stackmap.render.map_page import Proof
from stackmap.render.words import full_day
from stackmap.rules import TAPE, Verdicts

__all__ = ["Sights", "few_people"]

_HOW = {
    How.OBSERVED: "observed, certain",
    How.DECLARED: "written down, certain",
    How.INFERRED_KEY: "joined by a key, likely",
    How.INFERRED_NAME: "joined by a name, possible",
}
_OWNER_GONE = "OO08"
_PAIRS = 2
_EFFORT = 1_000_000
"""Enough for all pairs of a stack of 10,000 things drawn at random, where that takes a few seconds."""
_OURS = {
    NOTES_SOURCE: ("your notes", "in your notes"),
    IDENTITY_SOURCE: ("worked out", "with each reading"),
    SUPPOSED_SOURCE: ("supposed", "for this map alone"),
}
"""Sources that are no vendor: how they are called, and when what they say was seen."""


def few_people(analysis: Analysis, effort: int = _EFFORT) -> Mapping[str, BusFactor]:
    """How few people stand between each counted thing and its failure, as far as a standing tells that: nobody, one
    person, two, or more. The search for larger sets, which may take long, is left to `bus-factor`.

    One person is always found. Pairs are looked for in so many steps; beyond, what may be two counts as two.
    """
    return {factor.thing: factor for factor in bus_factors(analysis, order=_PAIRS, budget=Steps(effort))}


@dataclass
class Sights:
    """Everything that may be drawn of one reading."""

    reading: Reading
    analysis: Analysis
    verdicts: Verdicts

    @cached_property
    def _read_at(self) -> Mapping[tuple[str, str], str]:
        found = {(item.source, item.inventory): item.read_at for item in self.reading.coverage}
        return {key: full_day(when.date()) for key, when in found.items() if when}

    @cached_property
    def tape_lines(self) -> frozenset[tuple[str, str]]:
        """Which thing hangs on which login, by rule; login "" where it hangs on a person named directly."""
        told = (one for one in self.verdicts.findings if one.code in TAPE and one.severity is not Severity.INFO)
        return frozenset((one.subject, login) for one in told for login in one.path or ("",))

    @cached_property
    def tape(self) -> frozenset[str]:
        """Things that a rule says hang on one person's login."""
        return frozenset(thing for thing, _ in self.tape_lines)

    @cached_property
    def open(self) -> Mapping[str, tuple[str, ...]]:
        """The codes of what `check` finds open about things, the worst first, by thing. A mere note is not open."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for one in self.verdicts.findings:
            if one.severity is not Severity.INFO:
                found[one.subject][one.code] = None
        return {subject: tuple(codes) for subject, codes in found.items()}

    @cached_property
    def owner_gone(self) -> Mapping[str, str]:
        """Things whose declared owners are all gone, by rule, each with the sentence that says so."""
        return {one.subject: one.because for one in self.verdicts.findings if one.code == _OWNER_GONE}

    @cached_property
    def broken(self) -> frozenset[str]:
        """Things that are proven to be broken whoever leaves."""
        losses = self.analysis.leave(()).already_broken
        return frozenset(loss.thing for loss in losses if loss.outcome is not Outcome.UNKNOWN)

    @cached_property
    def factors(self) -> Mapping[str, BusFactor]:
        """How few people stand between each counted thing and its failure, by thing."""
        return few_people(self.analysis)

    @cached_property
    def systems(self) -> int:
        """How many of the counted things are systems."""
        return sum(vertex.kind is NodeKind.SYSTEM for vertex in self.analysis.counted.values())

    @cached_property
    def working_logins(self) -> Mapping[str, tuple[str, ...]]:
        """Logins on which something hangs, with what does, by id: logins never read too, personal use not."""
        return {login: tuple(things) for login, things in self.ties.items()}

    @cached_property
    def ties(self) -> Mapping[str, Mapping[str, tuple[Way, ...]]]:
        """The same with the ways in which things hang on each login."""
        stack = self.reading.stack
        ends = {link.target for link in stack.graph.links(EdgeKind.RUNS_AS, EdgeKind.AUTHORIZED_BY)}
        ends |= {link.target for link in stack.graph.links(EdgeKind.ROUTES_TO, EdgeKind.OWNED_BY)}
        logins = [end for end in ends if end in stack.accounts or is_unread(end)]
        behind = {login: self._not_personal(login, ties_behind(stack, login)) for login in sorted(logins)}
        return {login: things for login, things in behind.items() if things}

    @cached_property
    def personal(self) -> Mapping[str, frozenset[str]]:
        """The logins of those who use an app each for themselves, by app."""
        return personal_users(self.reading.stack)

    def _not_personal(self, login: str, ties: Mapping[str, tuple[Way, ...]]) -> Mapping[str, tuple[Way, ...]]:
        return {thing: ways for thing, ways in ties.items() if login not in self.personal.get(thing, ())}

    def proofs(self, evidence: Sequence[Evidence], system: str = "") -> tuple[Proof, ...]:
        """Evidence as the panel shows it."""
        return tuple(
            Proof(
                _OURS[item.source][0] if item.source in _OURS else system or item.source,
                item.inventory,
                item.record,
                _HOW[item.how],
                self._day_of(item),
                item.link,
            )
            for item in evidence
        )

    def _day_of(self, item: Evidence) -> str:
        known = self._read_at.get((item.source, item.inventory), "not known")
        return _OURS[item.source][1] if item.source in _OURS else known

    def system_name(self, node_id: str) -> str:
        """The system something lies in, as people call it; "" when nobody knows."""
        graph = self.reading.stack.graph
        prefix = system_of(node_id)
        if graph.systems_of(node_id) or not prefix:
            return graph.system_name(node_id)
        product, tenant = map(unquote, prefix.split("/"))
        vertex = graph.get(system_id(product, tenant))
        return graph.system_name(vertex.id) if vertex and vertex.name else product

    def named(self, vertex: Vertex) -> str:
        """What texts call it. What the vendor gave no name is called by its kind and number, never by our id."""
        if vertex.name:
            return self.reading.stack.graph.called(vertex.id)
        number = unquote(vertex.id.rsplit("/", 1)[-1]) if kind_of(vertex.id) else vertex.id
        return f"{vertex.kind.value.lower()} {number}"

    def origin(self, link: Link) -> str:
        """The name of the system that an edge leads to, directly or by one of its datasets."""
        graph = self.reading.stack.graph
        systems = graph.systems_of(link.target)
        return graph.system_name(systems[0]) if systems else graph.name(link.target)
